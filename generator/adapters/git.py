"""The repository's past, read by plumbing (see `git_process` for how git is kept from lying)."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO

from generator.adapters import git_log
from generator.adapters.git_process import Git, repository
from generator.adapters.names import refuse_unusual
from generator.adapters.signatures import commit_signature, judged
from generator.adapters.work_tree import WorkTree
from generator.errors import HistoryError
from generator.model.judgement import Commit
from generator.model.signature import Signature

_FULL_ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMBIGUOUS = re.compile(r"refname '(.+)' is ambiguous")
_CHANGES_BYTES = re.compile(rb"(?m)^[^#\n]*\s(ident|filter=|eol=crlf|working-tree-encoding=|export-subst)")


class CommitTree:
    """The content folder as it stood in one commit."""

    def __init__(self, git: Git, commit: str, root: str) -> None:
        self._git = git
        self.commit = commit
        self.root = root

    def files(self) -> Mapping[str, str]:
        """Path -> blob id of every file; a symbolic link, submodule or unusual name raises HistoryError."""
        return self._files

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of these files; raises HistoryError when the commit has no such file."""
        wanted = list(paths)
        missing = [path for path in wanted if path not in self._files]
        if missing:
            raise HistoryError(f"commit {self.commit} has no file {self.root}{missing[0]}", reason="UNKNOWN_FILE")
        data = dict(_blobs(self._git, sorted({self._files[path] for path in wanted})))
        return {path: data[self._files[path]] for path in wanted}

    @cached_property
    def _files(self) -> dict[str, str]:
        below = ("--", self.root) if self.root else ()
        output = self._git.output("ls-tree", "-r", "-z", "--full-tree", self.commit, *below)
        regular: dict[str, str] = {}
        irregular: list[str] = []
        for entry in output.split(b"\0")[:-1]:
            head, _, name = entry.partition(b"\t")
            mode, _, blob = head.decode("ascii").split(" ")
            path = name.decode("utf-8", "surrogateescape").removeprefix(self.root)
            if mode in ("100644", "100755"):
                regular[path] = blob
            else:
                irregular.append(path)
        refuse_unusual(regular, irregular)
        return regular


class GitHistory:
    """The history of the repository that holds a folder; `root` is the content folder in it. Raises HistoryError."""

    def __init__(self, directory: str, root: str = "content/") -> None:
        self._directory = directory
        self._root = root

    @cached_property
    def _git(self) -> Git:
        return repository(self._directory)

    def resolve(self, revision: str) -> str:
        """The full commit id that a revision names; a day names the last commit of HEAD's first-parent chain by then.

        The day is that of the committer's own claim, in UTC; the chain decides, not the newest date. Whoever may push
        a tag could name it like a day, a branch or a commit's first digits: a day is a day, the others are refused.
        """
        if not revision or revision.startswith("-") or "\0" in revision or "\n" in revision:
            raise _unknown(revision)
        if _DAY.fullmatch(revision):
            return self._last_by(revision)
        found = self._git.attempt("rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
        commit = found.output.decode("ascii", "replace").strip()
        if found.code != 0 or not _FULL_ID.fullmatch(commit):
            if revision == "HEAD":
                raise HistoryError("the repository has no commit yet", remedy="commit first", reason="NO_COMMIT")
            raise _unknown(revision)
        if (name := _AMBIGUOUS.search(found.message)) and name[1] not in ("HEAD", commit):
            raise HistoryError(
                f"{name[1]!r} names two commits: a tag, and a branch or a commit",
                remedy=f"write refs/heads/{name[1]} or the full commit id, and ask who made the tag",
                reason="AMBIGUOUS_NAME",
            )
        return commit

    def commit(self, revision: str) -> Commit:
        """One commit, without its files."""
        output = self._git.output(*git_log.ARGUMENTS, "--no-walk", "--no-patch", self.resolve(revision), "--")
        return next(git_log.commits(output, self._root))

    def log(self, tip: str, *, first_parent: bool) -> Iterator[Commit]:
        """The commits reachable from `tip`, oldest first, each with its changes below the content folder.

        A merge's changes are those against its first parent. Raises HistoryError with the reason SHALLOW for a
        shallow clone: its past is cut off and its first commit would seem to have added everything.
        """
        self.refuse_shallow()
        chain = ("--first-parent",) if first_parent else ()
        output = self._git.output(*git_log.ARGUMENTS, *chain, self.resolve(tip), "--", self._root or ".")
        yield from git_log.commits(output, self._root)

    def tree(self, commit: str) -> CommitTree:
        """The content folder as it stood in that commit."""
        return CommitTree(self._git, self.resolve(commit), self._root)

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Blob id and bytes, in the order asked, through one process; each is hashed again."""
        return _blobs(self._git, ids)

    def refuse_shallow(self) -> None:
        """Raise HistoryError SHALLOW where the past is cut off: its first commit would seem to have added all."""
        if (self._common_dir / "shallow").is_file():
            raise HistoryError(
                "this is a shallow clone: its past is cut off",
                remedy="git fetch --unshallow (in CI: fetch-depth: 0)",
                reason="SHALLOW",
            )

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Whether the first commit is reachable from the second.

        Raises HistoryError UNKNOWN_COMMIT for a commit that is not here: a clone without it cannot tell.
        """
        self.refuse_shallow()
        found = self._git.attempt("merge-base", "--is-ancestor", self.resolve(ancestor), self.resolve(descendant))
        # Newer versions of git exit with 128 where a parent is missing, 2.39 with 1 and a complaint.
        if found.code not in (0, 1) or (found.code == 1 and "error: " in found.message):
            raise self._git.failure("merge-base", found)
        return found.code == 0

    def merge_base(self, one: str, other: str) -> str:
        """The newest commit from which both are reachable; raises HistoryError NO_MERGE_BASE where there is none."""
        self.refuse_shallow()
        found = self._git.attempt("merge-base", self.resolve(one), self.resolve(other))
        if found.code != 0:
            raise HistoryError(
                f"{one} and {other} have no commit in common", remedy="name two commits", reason="NO_MERGE_BASE"
            )
        return found.output.decode("ascii").split()[0]

    def is_clean(self) -> bool:
        """Whether the work tree's content folder equals HEAD."""
        head = self.tree("HEAD")
        there = WorkTree(self._git.directory, self._root, ids_like=head.commit)
        return dict(there.files()) == dict(head.files())

    def signatures(self, commits: Iterable[str]) -> Mapping[str, Signature]:
        """What is signed of these commits, and by which keys."""
        return {commit: commit_signature(data) for commit, data in _objects(self._git, commits, b"commit")}

    def judged(self, data: bytes, signature: bytes, namespace: str) -> Signature:
        """What a detached SSH signature says of these bytes."""
        return judged(data, signature, namespace)

    def irregularities(self) -> tuple[str, ...]:
        """What could make git lie, a sentence each; empty is as it should be."""
        return tuple(self._irregularities())

    def _last_by(self, day: str) -> str:
        self.refuse_shallow()
        output = self._git.output(
            "log", "--first-parent", "--date=format-local:%Y-%m-%d", "--format=%H %cd", "HEAD", "--"
        )
        for line in output.decode("ascii", "replace").splitlines():
            commit, _, committed = line.partition(" ")
            if committed <= day:
                return commit
        raise HistoryError(f"there is no commit on or before {day}", remedy="see `git log`", reason="UNKNOWN_COMMIT")

    def _irregularities(self) -> Iterator[str]:
        replaced = self._git.output("for-each-ref", "--format=%(refname)", "refs/replace/").decode("utf-8", "replace")
        for name in replaced.split():
            yield f"replace ref {name.removeprefix('refs/replace/')} shows another object in place of a commit or file"
        common = self._common_dir
        if (common / "info" / "grafts").is_file():
            yield "a graft file (info/grafts) gives commits other parents"
        if (common / "shallow").is_file():
            yield "the clone is shallow: its past is cut off"
        if (common / "info" / "attributes").is_file():
            yield "info/attributes may change the bytes of checked-out files"
        head = self._git.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if head.code == 0:
            yield from self._files_that_lie()

    def _files_that_lie(self) -> Iterator[str]:
        output = self._git.output("ls-tree", "-r", "-z", "--full-tree", "HEAD")
        for entry in output.split(b"\0")[:-1]:
            head, _, name = entry.partition(b"\t")
            path, blob = os.fsdecode(name), head.decode("ascii").split(" ")[2]
            if path == ".mailmap":
                yield ".mailmap makes other tools show other author names than the commits hold"
            elif path.rsplit("/", 1)[-1] == ".gitattributes":
                (_, data), *_ = self.blobs([blob])
                if _CHANGES_BYTES.search(data):
                    yield f"{path} changes the bytes of checked-out files"

    @cached_property
    def _common_dir(self) -> Path:
        """Where the repository's shared files lie; a linked work tree names them in a file."""
        git_dir = Path(self._git.git_dir)
        try:
            return git_dir / os.fsdecode((git_dir / "commondir").read_bytes().removesuffix(b"\n"))
        except OSError:
            return git_dir


def _unknown(revision: str) -> HistoryError:
    return HistoryError(f"there is no commit {revision!r}", remedy="see `git log`", reason="UNKNOWN_COMMIT")


def _blobs(git: Git, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    yield from _objects(git, ids, b"blob")


def _objects(git: Git, ids: Iterable[str], kind: bytes) -> Iterator[tuple[str, bytes]]:
    asked = list(ids)
    if not asked:
        return
    for output in git.stream(("cat-file", "--batch", "--buffer"), asked):
        for one in asked:
            yield one, _object(output, one, kind)


def _object(output: IO[bytes], blob: str, kind: bytes) -> bytes:
    header = output.readline().split()
    if len(header) != 3 or header[1] != kind:
        raise HistoryError(f"the file contents {blob} are missing from the repository", remedy="git fsck")
    data = output.read(int(header[2]))
    output.read(1)
    digest = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
    if digest(kind + b" %d\0" % len(data) + data).hexdigest() != blob:
        raise HistoryError(f"the file contents {blob} do not have that id", remedy="git fsck", reason="CORRUPT")
    return data
