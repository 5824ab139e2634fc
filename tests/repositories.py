"""Git repositories for tests, written in one fast-import process."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

DAY = 86_400
START = 1_767_261_600  # 2026-01-01T10:00:00Z
SYMLINK = b"../linked-elsewhere"  # a file with these bytes becomes a symbolic link


@dataclass(frozen=True)
class Spec:
    """One commit: the files it puts (None removes), its parents by place in the list, who and when."""

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    parents: tuple[int, ...] | None = None  # None: the one before
    message: str = "change"
    author: str = "Head of Learning <head-of-learning@northmere.example>"
    at: int = 0  # seconds since the epoch; 0: a day after the one before


def written(directory: Path, specs: Iterable[Spec], *, root: str = "content/", checkout: bool = False) -> list[str]:
    """Write a repository whose branch main ends at the last commit; the commit ids in order."""
    directory.mkdir(parents=True, exist_ok=True)
    git(directory, "init", "-q", "--template=", "-b", "main", ".")
    marks = directory / ".git" / "marks"
    git(directory, "fast-import", "--quiet", "--force", f"--export-marks={marks}", data=stream(list(specs), root))
    if checkout:
        git(directory, "reset", "-q", "--hard", "main")
    ids = dict(line.split() for line in marks.read_text().splitlines())
    return [ids[f":{number}"] for number in range(1, len(ids) + 1)]


def written_many(directory: Path, histories: Iterable[Iterable[Spec]]) -> list[list[str]]:
    """Histories that have nothing in common in one repository, the branches 0, 1, 2 …; the commit ids of each."""
    git(directory, "init", "-q", "--template=", "-b", "0", ".")
    lengths: list[int] = []
    streams = []
    for branch, specs in enumerate(map(list, histories)):
        streams.append(stream(specs, "content/", str(branch), sum(lengths)))
        lengths.append(len(specs))
    marks = directory / ".git" / "marks"
    git(directory, "fast-import", "--quiet", "--force", f"--export-marks={marks}", data=b"".join(streams))
    ids = dict(line.split() for line in marks.read_text().splitlines())
    numbers = iter(range(1, len(ids) + 1))
    return [[ids[f":{next(numbers)}"] for _ in range(length)] for length in lengths]


def stream(specs: list[Spec], root: str, branch: str = "main", marked: int = 0) -> bytes:
    """The commits as a fast-import stream; every one moves the branch. So many marks are taken already."""
    parts = []
    at = START
    for index, spec in enumerate(specs):
        at = spec.at or at + DAY
        parents = spec.parents if spec.parents is not None else ((index - 1,) if index else ())
        message = spec.message.encode()
        parts.append(f"reset refs/heads/{branch}\n\n".encode() if not parents else b"")
        parts.append(
            f"commit refs/heads/{branch}\nmark :{marked + index + 1}\nauthor {spec.author} {at} +0000\n"
            f"committer {spec.author} {at} +0000\ndata {len(message)}\n".encode()
            + message
            + b"\n"
        )
        for number, parent in enumerate(parents):
            parts.append(f"{'merge' if number else 'from'} :{marked + parent + 1}\n".encode())
        parts.extend(_file(root + path, data) for path, data in sorted(spec.files.items()))
        parts.append(b"\n")
    return b"".join(parts)


def _file(path: str, data: bytes | None) -> bytes:
    name = b'"' + path.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
    if data is None:
        return b"D " + name + b"\n"
    mode = b"120000" if data == SYMLINK else b"100644"
    return b"M " + mode + b" inline " + name + f"\ndata {len(data)}\n".encode() + data + b"\n"


def git(directory: Path, *arguments: str, data: bytes = b"", **environment: str) -> bytes:
    """The output of a git command in that folder, free of this machine's configuration."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **environment}
    for who in ("AUTHOR", "COMMITTER"):
        clean.setdefault(f"GIT_{who}_NAME", "Tester")
        clean.setdefault(f"GIT_{who}_EMAIL", "tester@northmere.example")
    done = subprocess.run(["git", *arguments], cwd=directory, env=clean, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def checked_out_many(directory: Path, commits: Iterable[str], target: Path) -> Path:
    """Plain checkouts of these commits, each in the folder of its id, by git itself in one go."""
    names = sorted(set(commits))
    asked = "".join(f"{name}^{{tree}}\n" for name in names).encode()
    trees = git(directory, "cat-file", "--batch-check=%(objectname)", data=asked).decode().split()
    listed = "".join(f"040000 tree {tree}\t{name}\n" for name, tree in zip(names, trees, strict=True))
    return checked_out(directory, git(directory, "mktree", data=listed.encode()).decode().strip(), target)


def checked_out(directory: Path, commit: str, target: Path) -> Path:
    """A plain checkout of a commit into an empty folder, by git itself."""
    target.mkdir(parents=True)
    index = str(target.parent / f"{target.name}.index")
    git(directory, "read-tree", commit, GIT_INDEX_FILE=index)
    git(directory, "checkout-index", "-a", f"--prefix={target}/", GIT_INDEX_FILE=index)
    return target
