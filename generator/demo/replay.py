"""The history applied backwards from the content: the files as each commit left them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.demo.failure import ReplayError
from generator.demo.history import Entry
from generator.demo.sources import Sources


@dataclass(frozen=True)
class Replayed:
    """One commit and the files that it left different: path below the content folder -> text, None where removed."""

    entry: Entry
    changed: Mapping[str, str | None]


def replay(content: Mapping[str, str], entries: Iterable[Entry]) -> tuple[Replayed, ...]:
    """The commits, oldest first, whose last one leaves exactly `content`. Raises ReplayError where they do not fit."""
    history = list(entries)
    sources = Sources(content)
    after = sources.files()
    found: list[Replayed] = []
    for entry in reversed(history):
        try:
            _undo(sources, entry)
        except ReplayError as error:
            raise ReplayError(f"{entry.at:%Y-%m-%d %H:%M} {entry.message!r}: {error.message}") from error
        before = sources.files()
        changed: dict[str, str | None] = {path: text for path, text in after.items() if before.get(path) != text}
        changed.update(dict.fromkeys(before.keys() - after.keys()))
        if not changed:
            raise ReplayError(f"{entry.at:%Y-%m-%d %H:%M} {entry.message!r} changes nothing")
        found.append(Replayed(entry, dict(sorted(changed.items()))))
        after = before
    if after:
        raise ReplayError(f"no commit adds {_listed(after)}; name what they hold in the history")
    return tuple(reversed(found))


def _undo(sources: Sources, entry: Entry) -> None:
    for key, field, value in entry.was:
        sources.set_back(key, field, value)
    for pattern in entry.adds:
        sources.take_out(pattern)
    for path, text in entry.removed:
        sources.put_back(path, text)


def _listed(files: Mapping[str, str]) -> str:
    shown = sorted(files)[:8]
    return ", ".join(shown) + (f" and {len(files) - len(shown)} more" if len(files) > len(shown) else "")
