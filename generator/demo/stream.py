"""The replayed history as a stream for git fast-import: the same commit ids on every machine."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from generator.demo.history import Entry
from generator.demo.replay import Replayed

_ZONE = "+0000"
_MAIN = "refs/heads/main"


def fast_import(history: Iterable[Replayed], beside: Mapping[str, bytes], titles: Mapping[str, str]) -> bytes:
    """The stream; `beside` are files next to the content folder, in the first commit; `titles` name the seats."""
    return b"".join(_commands(history, beside, titles))


def address(seat: str) -> str:
    """The e-mail address under which a seat commits."""
    return f"{seat.removeprefix('sea-')}@northmere.example"


def _commands(history: Iterable[Replayed], beside: Mapping[str, bytes], titles: Mapping[str, str]) -> Iterator[bytes]:
    yield b"feature done\n"
    tip = 0
    for replayed in history:
        entry = replayed.entry
        files = {f"content/{path}": None if text is None else text.encode() for path, text in replayed.changed.items()}
        if not tip:
            files.update(beside)
        mark = tip + 1
        author = _person(entry.seat, titles, entry.at)
        yield _commit(_MAIN if not entry.merge else f"refs/heads/{_branch(entry)}", mark, author, _message(entry))
        yield (f"from :{tip}\n" if tip else "").encode() + b"".join(_file(*item) for item in sorted(files.items()))
        yield b"\n"
        if entry.merge:
            merger = _person(entry.merge, titles, entry.done)
            message = f"Merge branch '{_branch(entry)}'\n\n{entry.message}\n"
            yield _commit(_MAIN, mark + 1, merger, message)
            yield f"from :{tip}\nmerge :{mark}\n".encode() if tip else b""
            yield b"".join(_file(*item) for item in sorted(files.items()))
            yield f"\nreset refs/heads/{_branch(entry)}\nfrom {'0' * 40}\n\n".encode()
            mark += 1
        tip = mark
    yield b"done\n"


def _commit(ref: str, mark: int, person: str, message: str) -> bytes:
    data = message.encode()
    return (
        f"commit {ref}\nmark :{mark}\nauthor {person}\ncommitter {person}\ndata {len(data)}\n".encode() + data + b"\n"
    )


def _file(path: str, data: bytes | None) -> bytes:
    if data is None:
        return f"D {path}\n".encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _person(seat: str, titles: Mapping[str, str], at: datetime) -> str:
    return f"{titles[seat]} <{address(seat)}> {int(at.timestamp())} {_ZONE}"


def _message(entry: Entry) -> str:
    return f"{entry.message}\n\n{entry.body}\n" if entry.body else f"{entry.message}\n"


def _branch(entry: Entry) -> str:
    words = "".join(c if c.isalnum() else " " for c in entry.message.lower()).split()
    return f"{entry.at:%Y-%m-%d}-{'-'.join(words[:6])}"
