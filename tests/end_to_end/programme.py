"""The command line as a person meets it: a process, a small programme in git, and the one form of every failure."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.repositories import git

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = ROOT / "tests" / "portals" / "minimal"
AT = "2026-02-20T12:00:00+00:00"
PACK = "pck-q1"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def form(self) -> tuple[int, list[str], str]:
        """Exit code, the first words of the lines that tell the failure, the reason."""
        words = [line.split(":")[0] for line in self.err.splitlines()]
        told = [word for word in words if word in ("error", "help", "reason", "Traceback (most recent call last)")]
        reasons = [line.removeprefix("reason: ") for line in self.err.splitlines() if line.startswith("reason: ")]
        return self.code, told, " ".join(reasons)


def refused(reason: str) -> tuple[int, list[str], str]:
    """The form that every refusal by the machine has."""
    return 3, ["error", "help", "reason"], reason


@dataclass(frozen=True)
class Person:
    """Somebody at a terminal: a home of their own, the caches and keys in it, nothing else from this machine."""

    home: Path

    def environment(self, **others: str) -> dict[str, str]:
        """What their shell exports."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            **others,
        }

    def roadmap(self, *arguments: str | Path, **others: str) -> Ran:
        """Run a command to its end."""
        return self.run([sys.executable, "-m", "generator", *map(str, arguments)], **others)

    def run(self, command: list[str], **others: str) -> Ran:
        """Run any program to its end."""
        done = subprocess.run(
            command, cwd=self.home, env=self.environment(**others), capture_output=True, timeout=120, check=False
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def started(self, *arguments: str | Path) -> "subprocess.Popen[bytes]":
        """Begin a command and go on."""
        return subprocess.Popen(
            [sys.executable, "-m", "generator", *map(str, arguments)],
            cwd=self.home,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def programme(folder: Path, changes: Mapping[str, bytes] | None = None) -> Path:
    """The minimal portal, changed in these files below content/, in one commit."""
    shutil.copytree(MINIMAL, folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    settings = folder / "content" / "portal.yaml"
    # One commit brings everything, so no decision can come before what it decides.
    lines = settings.read_text(encoding="utf-8").splitlines()
    lines = ["change_control_from: 2026-03-01" if "change_control_from:" in line else line for line in lines]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for path, data in (changes or {}).items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(data)
    git(folder, "init", "-q", "--template=", "-b", "main", ".")
    commit(folder, "roadmap: begin")
    return folder


def commit(folder: Path, message: str) -> None:
    """Commit everything at the one fixed time."""
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", message, GIT_AUTHOR_DATE=AT, GIT_COMMITTER_DATE=AT)


def standing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def beside(target: Path) -> list[str]:
    """The names that stand in a target's folder, hidden ones too."""
    return sorted(path.name for path in target.parent.iterdir())
