"""The history files: what each commit of the demo repository did, written as what to undo."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

import yaml

from generator.demo.failure import ReplayError
from generator.demo.yaml_edit import Value

_FIELDS = {"at", "seat", "message", "merge", "adds", "was", "removed", "each", "body"}
MERGED_AFTER = timedelta(minutes=50)
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit: when, by which seat, what it added, changed and removed; `merge` names the seat that merged it."""

    at: datetime
    seat: str
    message: str
    merge: str = ""
    adds: tuple[str, ...] = ()
    was: tuple[tuple[str, str, Value], ...] = ()  # key, field, value before
    removed: tuple[tuple[str, str], ...] = ()  # path, text before
    body: str = ""

    @property
    def done(self) -> datetime:
        """When the commit is on the main branch."""
        return self.at + MERGED_AFTER if self.merge else self.at


def entries(texts: Mapping[str, str], paths: Iterable[str]) -> tuple[Entry, ...]:
    """The commits of all history files, oldest first; `paths` are the content's files, for `each`."""
    known = tuple(sorted(paths))
    found = [entry for name, text in sorted(texts.items()) for entry in _entries(name, text, known)]
    found.sort(key=lambda entry: entry.at)
    for earlier, later in pairwise(found):
        if later.at <= earlier.done:
            raise ReplayError(
                f"{later.message!r} at {later.at} does not follow {earlier.message!r}, done {earlier.done}"
            )
    return tuple(found)


def _entries(name: str, text: str, paths: tuple[str, ...]) -> Iterator[Entry]:
    for index, raw in enumerate(_parsed(name, text)):
        unknown = raw.keys() - _FIELDS
        if unknown:
            raise ReplayError(f"{name}: entry {index + 1}: unknown field {min(unknown)}")
        try:
            yield from _each(raw, paths) if "each" in raw else (_entry(raw),)
        except (ValueError, KeyError) as error:
            raise ReplayError(f"{name}: entry {index + 1}: {error!r}") from error


def _parsed(name: str, text: str) -> list[dict[str, Any]]:
    try:
        return yaml.load(text, Loader=_Loader) or []  # noqa: S506 - a base loader makes text only
    except yaml.YAMLError as error:
        raise ReplayError(f"{name} is not readable as YAML: {error}") from error


def _entry(raw: Mapping[str, Any]) -> Entry:
    was = []
    for name, value in raw.get("was", {}).items():
        key, _, field = name.partition("#")
        was.append((key, field, value if value != "null" else None))
    return Entry(
        at=datetime.fromisoformat(raw["at"]).astimezone(UTC),
        seat=raw["seat"],
        message=raw["message"],
        merge=raw.get("merge", ""),
        adds=tuple(raw.get("adds", ())),
        was=tuple(was),
        removed=tuple(raw.get("removed", {}).items()),
        body=raw.get("body", "").strip("\n"),
    )


def _each(raw: Mapping[str, Any], paths: tuple[str, ...]) -> Iterator[Entry]:
    """One commit a file: on the day in its name, at the time of day of `at`; {date} and {name} stand for the file's."""
    for path in paths:
        if fnmatchcase(path, raw["each"]):
            name = path.rsplit("/", 1)[-1]
            day = date.fromisoformat(name[:10])
            values = {"date": str(day), "name": name, "day": f"{day.day} {day:%B %Y}"}
            one = {**raw, "at": f"{day}T{raw['at']}:00Z", "message": raw["message"].format_map(values)}
            one["adds"] = [pattern.format_map(values) for pattern in raw["adds"]]
            yield _entry(one)
