"""`./run` on machines that lack something: one line, the remedy, a reason, exit 3."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN = ("cat", "cksum", "dirname", "id", "mkdir", "rm", "tail", "uname")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs that is the whole PATH: a machine without git, Python or a package manager."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PLAIN:
        found = shutil.which(name)
        if found:
            (programs / name).symlink_to(found)
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    shutil.copy(ROOT / "run", checkout / "run")
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    shutil.copy(ROOT / "pyproject.toml", checkout / "pyproject.toml")
    return tmp_path


def give(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    path.chmod(0o755)


def run(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(machine / "checkout" / "run"), *arguments],
        env={"PATH": str(machine / "bin"), "HOME": str(machine), "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_git_it_names_the_remedy(machine: Path) -> None:
    result = run(machine, "roadmap", "check")
    assert (result.returncode, result.stdout) == (3, "")
    assert "git is not installed" in result.stderr
    assert result.stderr.endswith("reason: NO_GIT\n")


def test_without_python_it_names_the_remedy(machine: Path) -> None:
    give(machine, "git", "exit 0")
    result = run(machine, "roadmap", "check")
    assert result.returncode == 3
    assert "no Python 3.11 or newer found" in result.stderr
    assert result.stderr.endswith("reason: NO_PYTHON\n")


def test_an_old_python_does_not_count(machine: Path) -> None:
    give(machine, "git", "exit 0")
    give(machine, "python3", "exit 1")
    result = run(machine, "roadmap", "check")
    assert (result.returncode, "reason: NO_PYTHON" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install -y git"),
        ("dnf", "sudo dnf install -y git"),
        ("brew", "brew install git"),
    ],
)
def test_the_line_is_the_one_of_this_machine(machine: Path, manager: str, line: str) -> None:
    give(machine, manager, "exit 1")
    give(machine, "id", "echo 1000")
    assert line in run(machine, "roadmap", "check").stderr


def test_a_failed_installation_shows_the_end_of_its_log(machine: Path) -> None:
    give(machine, "git", "exit 0")
    broken = machine / "checkout" / ".venv" / "bin"
    broken.mkdir(parents=True)
    script = '#!/bin/sh\ncase "$*" in *install*) echo no such wheel; exit 1;; esac\n'
    (broken / "python").write_text(script, encoding="ascii")
    (broken / "python").chmod(0o755)
    result = run(machine, "roadmap", "check")
    assert (result.returncode, "no such wheel" in result.stderr) == (3, True)
    assert result.stderr.endswith("reason: INSTALL_FAILED\n")
