"""The records of single files by content: each version of a file is parsed and validated once, ever."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache as remembered

from generator.kinds import KINDS
from generator.load import LOADER_VERSION, form, is_source, parse
from generator.load.extract import file_records
from generator.model.record import Json, Value
from generator.ports import Cache, History

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of a file says: its records' canonical forms by key, or why it does not load."""

    records: Mapping[str, dict[str, Json]] = field(default_factory=dict)
    problem: str = ""


NOTHING = Version()
Place = tuple[str, str]  # path below the content folder, blob id


def versions(history: History, cache: Cache, places: Iterable[Place]) -> dict[Place, Version]:
    """The versions at these places; files that hold no records give none."""
    wanted = sorted({place for place in places if place[1] and is_source(place[0]) and form(place[0])})
    keys = {place: f"records:{schema()}:{place[1]}:{place[0]}" for place in wanted}
    stored = cache.many(keys.values())
    found = {place: _load(stored[key]) for place, key in keys.items() if key in stored}
    fresh = dict(_read(history, [place for place in wanted if place not in found]))
    cache.put({keys[place]: _dump(version) for place, version in fresh.items()})
    return found | fresh


def _read(history: History, places: list[Place]) -> Iterator[tuple[Place, Version]]:
    paths: dict[str, list[str]] = {}
    for path, blob in places:
        paths.setdefault(blob, []).append(path)
    for blob, data in history.blobs(sorted(paths)):
        for path in paths[blob]:
            yield (path, blob), version(path, data)


def version(path: str, data: bytes) -> Version:
    """What these bytes say at that path."""
    found = file_records(path, parse(form(path), data), KINDS)
    if found.problems:
        first = found.problems[0]
        return Version({}, f"{path}:{first.position.line}: {first.code} {first.message}")
    records: dict[str, dict[str, Json]] = {}
    for entry in found.entries:
        if entry.key in records:
            return Version({}, f'{path}: REF001 "{entry.key}" stands twice')
        records[entry.key] = entry.record.canonical()
    return Version(records)


def _dump(found: Version) -> bytes:
    return json.dumps([found.records, found.problem], ensure_ascii=False, separators=(",", ":")).encode()


def _load(data: bytes) -> Version:
    return Version(*json.loads(data))


@remembered
def schema() -> str:
    """A digest of everything that decides how bytes become records: the loader's version and every field's type."""
    digest = hashlib.sha256(LOADER_VERSION.encode())
    for kind in KINDS:
        digest.update(f"{kind.name} {kind.shape!r} {kind.key}\n".encode())
    for model in sorted(_models(Value), key=lambda model: (model.__module__, model.__qualname__)):
        fields = [(name, f.annotation, f.metadata, f.default) for name, f in model.model_fields.items()]
        digest.update(f"{model.__qualname__} {_ADDRESS.sub('', repr(fields))}\n".encode())
    return digest.hexdigest()[:16]


def _models(base: type[Value]) -> Iterator[type[Value]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)
