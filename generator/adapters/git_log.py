"""The output of `git log --raw -z`, parsed: one pass over the whole history."""

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.model.judgement import Commit, FileChange, Person

FIELDS = ("%H", "%T", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%s", "%b")
ARGUMENTS = (
    "log",
    "-z",
    "--raw",
    "--root",
    "--reverse",
    "--topo-order",
    "--sparse",
    "--full-history",
    "--diff-merges=first-parent",
    "--no-renames",
    "--no-abbrev",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--ignore-submodules=none",
    "-O/dev/null",
    "--encoding=UTF-8",
    "--format=" + "%x00".join(FIELDS),
)
_REGULAR = ("100644", "100755")
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)  # git counts whole seconds


def commits(output: bytes, root: str) -> Iterator[Commit]:
    """The commits in the order of the output, their files below `root`, named relative to it."""
    tokens = output.split(b"\0")
    count, last = len(FIELDS), len(tokens) - 1  # the last token is what follows the final NUL: nothing
    at = 0
    while at + count <= last:
        header = [token.decode("utf-8", "replace") for token in tokens[at : at + count]]
        at += count
        files: list[FileChange] = []
        while at < last and tokens[at].lstrip(b"\n").startswith(b":"):
            files.append(_file(tokens[at].lstrip(b"\n"), tokens[at + 1], root))
            at += 2
        yield _commit(header, tuple(files))


def _commit(header: list[str], files: tuple[FileChange, ...]) -> Commit:
    commit, tree, parents, author, author_mail, authored, committer, mail, committed, subject, body = header
    return Commit(
        id=commit,
        tree=tree,
        parents=tuple(parents.split()),
        author=Person(author, author_mail),
        authored=_instant(authored),
        committer=Person(committer, mail),
        committed=_instant(committed),
        subject=subject,
        body=body.strip("\n"),
        files=files,
    )


def _file(entry: bytes, path: bytes, root: str) -> FileChange:
    """`:100644 100644 OLD NEW M`; a symbolic link or submodule has status X, whatever happened to it."""
    _, mode, old, new, status = entry.decode("ascii").split(" ")
    regular = mode in (*_REGULAR, "000000")
    name = path.decode("utf-8", "surrogateescape").removeprefix(root)
    # T is a change of type, M; what was added or deleted is said by the ids
    sort = "X" if not regular else status[:1] if status[:1] in "AMD" else "M"
    return FileChange(sort, name, _blob(old), _blob(new))


def _blob(blob: str) -> str:
    return blob if blob.strip("0") else ""


def _instant(seconds: str) -> datetime:
    """The instant of a commit; what lies outside the calendar is its nearest end, so that a forged date is seen."""
    try:
        return datetime.fromtimestamp(int(seconds or 0), UTC)
    except (ValueError, OverflowError, OSError):
        return _FIRST if seconds.startswith("-") else _LAST
