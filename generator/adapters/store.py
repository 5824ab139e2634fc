"""Where issued packs are kept: a folder, or the orphan branch `evidence` of the repository.

Both hold `ledger.jsonl` and `packs/SHA256.pdf`, and both only grow: the file is stored first, then the line that
names it, and a line that does not follow the last one is refused.
"""

import fcntl
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.adapters.files import DiskFiles, storage_error
from generator.adapters.git_process import Git, repository
from generator.errors import HistoryError, StorageError, VerificationError

LEDGER = "ledger.jsonl"
PACKS = "packs"
BRANCH = "branch:"
"""What a store's name starts with when it is a branch: `branch:evidence`."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_COMMIT = "0" * 40
_WHO = ("-c", "user.name=roadmap-portal", "-c", "user.email=roadmap-portal@localhost")


def opened_store(name: str, directory: str) -> "FolderStore | BranchStore":
    """The store of that name: a folder (relative to the repository) or `branch:NAME`. Nothing is opened yet."""
    if name.startswith(BRANCH):
        return BranchStore(directory, name.removeprefix(BRANCH))
    return FolderStore(Path(directory) / name)


class FolderStore:
    """A folder, locked by flock while it grows, so that a killed process leaves no lock behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ledger(self) -> bytes:
        """The lines so far; none where the folder does not exist. Raises StorageError."""
        try:
            return (self.folder / LEDGER).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise storage_error(str(self.folder / LEDGER), "read", error) from error

    def pack(self, sha256: str) -> bytes:
        """The bytes of an issued pack, which have that SHA-256. Raises StorageError."""
        path = self._path(sha256)
        try:
            return _checked(path.read_bytes(), sha256, str(path))
        except OSError as error:
            raise storage_error(str(path), "read", error) from error

    def append(self, line: bytes, sha256: str, data: bytes) -> None:
        """Store the file, then its line. Raises StorageError; LEDGER_MOVED where another line came first."""
        files = DiskFiles()
        with self._locked():
            extended = _extended(self.ledger(), line)
            files.write(str(self._path(sha256)), _checked(data, sha256, "the pack"))
            files.write(str(self.folder / LEDGER), extended)

    def _path(self, sha256: str) -> Path:
        return self.folder / PACKS / f"{_name(sha256)}.pdf"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        path = self.folder / ".lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise storage_error(str(path), "write", error) from error


class BranchStore:
    """A branch that shares no commit with the sources: a clone brings it along as origin/evidence."""

    def __init__(self, directory: str, branch: str) -> None:
        self._directory = directory
        self.branch = branch

    def ledger(self) -> bytes:
        """The lines so far; none where there is no such branch. Raises StorageError."""
        git = self._git()
        tip = self._tip(git, self._own(git))
        return self._blob(git, f"{tip}:{LEDGER}") if tip else b""

    def pack(self, sha256: str) -> bytes:
        """The bytes of an issued pack, which have that SHA-256. Raises StorageError."""
        git = self._git()
        tip = self._tip(git, self._own(git))
        if not tip:
            raise StorageError(f"there is no branch {self.branch}", reason="NOT_FOUND")
        place = f"{tip}:{PACKS}/{_name(sha256)}.pdf"
        return _checked(self._blob(git, place), sha256, f"{self.branch}:{PACKS}")

    def append(self, line: bytes, sha256: str, data: bytes) -> None:
        """One commit with file and line. Raises StorageError; LEDGER_MOVED where another line came first."""
        git = self._git()
        own = self._own(git)  # read once: a branch that moves from here on is not the one that was extended
        tip = self._tip(git, own)
        extended = _extended(self._blob(git, f"{tip}:{LEDGER}") if tip else b"", line)
        _checked(data, sha256, "the pack")
        try:
            packs = self._tree(git, f"{tip}:{PACKS}" if tip else "", f"{_name(sha256)}.pdf", data)
            root = self._mktree(
                git, {LEDGER: ("100644 blob", self._stored(git, extended)), PACKS: ("040000 tree", packs)}
            )
            parents = ("-p", tip) if tip else ()
            message = f"Issue {sha256[:16]}\n".encode()
            commit = git.output(*_WHO, "commit-tree", root, *parents, data=message).decode().strip()
            moved = git.attempt("update-ref", f"refs/heads/{self.branch}", commit, own or _NO_COMMIT)
        except HistoryError as error:
            raise StorageError(error.message, reason="STORAGE") from error
        if moved.code != 0:
            raise _moved()

    def _git(self) -> Git:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", self.branch) or ".." in self.branch:
            raise StorageError(f"'{self.branch}' cannot name a branch", reason="STORAGE")
        try:
            return repository(self._directory)
        except HistoryError as error:
            raise StorageError(error.message, remedy=error.remedy, reason=error.reason) from error

    def _tip(self, git: Git, own: str) -> str:
        """Where our own branch or the one that a clone brought along stands, whichever is ahead; empty: no such branch.

        Raises StorageError LEDGER_DIVERGED where neither continues the other.
        """
        theirs = self._commit(git, f"refs/remotes/origin/{self.branch}")
        if not own or not theirs:
            return own or theirs
        if self._continues(git, own, theirs):
            return own
        if self._continues(git, theirs, own):
            return theirs
        raise StorageError(
            f"the branches {self.branch} and origin/{self.branch} have parted: each issued packs that the other lacks",
            remedy=f"the published one counts: git branch -f {self.branch} origin/{self.branch}, then issue again",
            reason="LEDGER_DIVERGED",
        )

    def _own(self, git: Git) -> str:
        return self._commit(git, f"refs/heads/{self.branch}")

    def _commit(self, git: Git, reference: str) -> str:
        found = git.attempt("rev-parse", "--verify", "-q", f"{reference}^{{commit}}")
        return found.output.decode().strip() if found.code == 0 else ""

    def _continues(self, git: Git, later: str, earlier: str) -> bool:
        return later == earlier or git.attempt("merge-base", "--is-ancestor", earlier, later).code == 0

    def _blob(self, git: Git, place: str) -> bytes:
        found = git.attempt("cat-file", "blob", place)
        if found.code != 0:
            raise StorageError(f"the branch {self.branch} has no {place.partition(':')[2]}", reason="NOT_FOUND")
        return found.output

    def _stored(self, git: Git, data: bytes) -> str:
        return git.output("hash-object", "-w", "--stdin", data=data).decode().strip()

    def _tree(self, git: Git, before: str, name: str, data: bytes) -> str:
        entries: dict[str, tuple[str, str]] = {}
        for line in git.output("ls-tree", "-z", before).split(b"\0")[:-1] if before else ():
            head, _, path = line.decode().partition("\t")
            kind, _, blob = head.rpartition(" ")
            entries[path] = (kind, blob)
        return self._mktree(git, {**entries, name: ("100644 blob", self._stored(git, data))})

    def _mktree(self, git: Git, entries: dict[str, tuple[str, str]]) -> str:
        lines = "".join(f"{kind} {blob}\t{path}\0" for path, (kind, blob) in sorted(entries.items()))
        return git.output("mktree", "-z", data=lines.encode()).decode().strip()


def _extended(ledger: bytes, line: bytes) -> bytes:
    """The ledger with one more line; raises StorageError where the line does not follow the last one."""
    from generator.evidence.ledger import Ledger  # start-up time: to know that nothing was issued needs no ledger

    extended = ledger + line + b"\n"
    try:
        before = Ledger.parse(ledger)
    except VerificationError as error:
        raise StorageError(error.message, remedy="the store was changed by hand", reason="LEDGER_BROKEN") from error
    try:
        Ledger.parse(extended)
    except VerificationError as error:
        raise _moved() if before.lines else StorageError(error.message, reason="LEDGER_BROKEN") from error
    return extended


def _moved() -> StorageError:
    return StorageError("another pack was issued meanwhile", remedy="run again", reason="LEDGER_MOVED")


def _checked(data: bytes, sha256: str, place: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StorageError(f"{place}: the bytes do not have the SHA-256 {sha256[:16]}…", reason="STORE_DIFFERS")
    return data


def _name(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise StorageError("a pack is named by 64 hexadecimal digits", reason="STORAGE")
    return sha256
