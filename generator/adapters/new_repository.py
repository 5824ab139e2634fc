"""New repositories, the same on every machine."""

import subprocess
from pathlib import Path

from generator.adapters.files import storage_error
from generator.adapters.git_process import Git, environment
from generator.errors import HistoryError, StorageError


class GitRepositories:
    """Makes repositories with git."""

    def create(self, directory: str, stream: bytes) -> str:
        """A repository in a new or empty folder, filled from a fast-import stream and checked out; its head commit."""
        folder = Path(directory).resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise StorageError(f"{directory} is not empty", remedy="name a new folder", reason="NOT_EMPTY")
        except OSError as error:
            raise storage_error(directory, "make", error) from error
        _initialised(folder)
        git = Git(str(folder), str(folder / ".git"))
        git.output("fast-import", "--quiet", "--done", "--date-format=raw", data=stream)
        git.output("read-tree", "HEAD")
        git.output("checkout-index", "--all", "--quiet")
        git.output("update-index", "-q", "--refresh")
        return git.output("rev-parse", "--verify", "HEAD").decode("ascii").strip()


def _initialised(folder: Path) -> None:
    command = ["git", "init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1", "."]
    try:
        done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    except FileNotFoundError as error:
        raise HistoryError("git is not installed", remedy="install git 2.31 or newer", reason="NO_GIT") from error
    if done.returncode != 0:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise StorageError(f"git cannot make a repository in {folder}: {message}")
