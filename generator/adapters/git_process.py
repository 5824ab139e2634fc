"""Git as a child process: plumbing only, argument lists, and an environment in which the repository cannot make it lie.

1. Nothing of the caller's environment, user or machine configuration reaches git.
2. Replace refs and grafts are switched off, the commit-graph file is not believed.
3. No hook, file system monitor, text conversion, pager, prompt or transport can start.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.errors import HistoryError

_OVERRIDES = (
    "advice.graftFileDeprecated=false",  # naming one, to switch it off, is warned of on every walk
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.commitGraph=false",
    "core.warnAmbiguousRefs=true",
    "core.quotePath=false",
    "log.showSignature=false",
    "safe.directory=*",  # ownership matters where git may run what a repository configures: here it may run nothing
)
_KEPT = ("PATH", "TMPDIR", "SYSTEMROOT", "HOME")


def environment() -> dict[str, str]:
    """The environment in which every git process runs."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "LC_ALL": "C",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_PAGER": "cat",
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a git process left: its exit code, output and message."""

    code: int
    output: bytes
    message: str


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git on one repository: `directory` is its top folder, `git_dir` where its objects lie."""

    directory: str
    git_dir: str

    def attempt(self, *arguments: str, data: bytes = b"") -> Outcome:
        """Run git to its end, whatever the exit code."""
        return _run([*self._command(), *arguments], self.directory, data)

    def output(self, *arguments: str, data: bytes = b"") -> bytes:
        """The output of git; raises HistoryError when it fails."""
        outcome = self.attempt(*arguments, data=data)
        if outcome.code != 0:
            raise self.failure(arguments[0], outcome)
        return outcome.output

    def failure(self, command: str, outcome: Outcome) -> HistoryError:
        """What a command that failed is told as."""
        message = outcome.message.strip().splitlines() or [f"exit code {outcome.code}"]
        return HistoryError(f"git {command} failed: {message[-1]}", remedy=f"git -C {self.directory} fsck")

    def stream(self, arguments: Iterable[str], lines: Iterable[str]) -> Iterator[IO[bytes]]:
        """One git process that is fed these lines: yields its output to read from, once."""
        with tempfile.TemporaryFile() as asked:  # a file, not a pipe: neither side can wait for the other
            asked.writelines(f"{line}\n".encode() for line in lines)
            asked.seek(0)
            with _started([*self._command(), *arguments], self.directory, asked) as process:
                if process.stdout is None:  # pragma: no cover - it was asked for
                    raise HistoryError("git gave no output")
                yield process.stdout

    def _command(self) -> list[str]:
        overrides = [item for setting in _OVERRIDES for item in ("-c", setting)]
        return ["git", *overrides, f"--git-dir={self.git_dir}"]


def repository(directory: str) -> Git:
    """The repository that holds this folder; raises HistoryError when there is none."""
    folder = Path(directory)
    if not folder.is_dir():
        raise HistoryError(f"{directory} is not a folder", reason="NO_REPOSITORY")
    command = ["git", "-c", "safe.directory=*", "rev-parse", "--absolute-git-dir"]
    found = _run(command, str(folder), b"")
    if found.code != 0:
        raise HistoryError(
            f"{directory} is not in a git repository",
            remedy="start one with `git init` and commit; only `roadmap check --tree` needs none",
            reason="NO_REPOSITORY",
        )
    top = _run(["git", "-c", "safe.directory=*", "rev-parse", "--show-toplevel"], str(folder), b"")
    git_dir = os.fsdecode(found.output.removesuffix(b"\n"))
    return Git(os.fsdecode(top.output.removesuffix(b"\n")) if top.code == 0 else git_dir, git_dir)


def _run(command: list[str], directory: str, data: bytes) -> Outcome:
    try:
        done = subprocess.run(command, cwd=directory, env=environment(), input=data, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise _no_git() from error
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def _started(command: list[str], directory: str, asked: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, cwd=directory, env=environment(), stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise _no_git() from error


def _no_git() -> HistoryError:
    return HistoryError("git is not installed", remedy="install git 2.31 or newer", reason="NO_GIT")
