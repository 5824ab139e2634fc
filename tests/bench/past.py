"""The repository that the history is measured on: one line of commits, each of which edits one file of many."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

FILES = 1_000
SHORT, LONG = 10_000, 50_000
TIPS = {SHORT: "main", LONG: "long"}  # the branches that end after so many commits; HEAD is main


def written(repository: Path) -> None:
    """Write it, without a work tree."""
    repository.mkdir()
    subprocess.run(["git", "init", "-q", "-b", TIPS[SHORT], "."], cwd=repository, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=repository, stdin=subprocess.PIPE) as process:
        if process.stdin is None:  # pragma: no cover - it was asked for
            raise OSError("git fast-import takes no input")
        process.stdin.writelines(stream())
    subprocess.run(["git", "repack", "-adq"], cwd=repository, check=True)


def stream() -> Iterator[bytes]:
    """All commits as a fast-import stream; the short branch is the beginning of the long one."""
    for number in range(LONG):
        yield commit(number)
    for count, branch in TIPS.items():
        yield f"reset refs/heads/{branch}\nfrom :{count}\n\n".encode()


def commit(number: int) -> bytes:
    """One commit of the stream: the first adds every file, the others edit one in turn."""
    seconds = 1_400_000_000 + number * 600
    head = f"commit refs/heads/{TIPS[LONG]}\nmark :{number + 1}\ncommitter A <a@b> {seconds} +0000\n"
    parts = [head.encode(), b"data 6\nchange\n", f"from :{number}\n".encode() if number else b""]
    for file in range(FILES) if number == 0 else [number % FILES]:
        text = f"---\nid: nte-{file}\ntitle: T{number}\ntopic: method\n---\n\nText {number} of {file}.\n".encode()
        parts.append(f"M 100644 inline content/notes/nte-{file}.md\ndata {len(text)}\n".encode() + text + b"\n")
    return b"".join([*parts, b"\n"])
