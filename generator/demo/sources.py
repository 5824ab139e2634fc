"""The content folder as texts, edited by the keys of records."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from generator.demo import tables, yaml_edit
from generator.demo.failure import ReplayError
from generator.demo.yaml_edit import Value
from generator.load.assemble import is_source

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---[ ]*\n(.*)\Z", re.DOTALL | re.MULTILINE)
SETTINGS = "portal.yaml"  # the one record without an id
BODY = "text"  # the field that stands below the front matter


class Sources:
    """The files of the content folder at one moment of the replay, by path below it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)
        self._paths: dict[str, str] = {}
        for path in self._files:
            self._index(path)

    def files(self) -> dict[str, str]:
        """Path -> text, sorted."""
        return dict(sorted(self._files.items()))

    def take_out(self, pattern: str) -> None:
        """Remove the files of that path or the records of that key; `*` stands for anything. Raises ReplayError."""
        paths = [path for path in self._files if fnmatchcase(path, pattern)]
        keys = [] if paths else [key for key in self._paths if fnmatchcase(key, pattern)]
        if not paths and not keys:
            raise ReplayError(f"there is nothing named {pattern} at this point")
        for path in paths:
            self._put(path, "")
        for path in sorted({self._paths[key] for key in keys}):
            gone = [key for key in keys if self._paths.get(key) == path]
            self._put(path, _without(path, self._files[path], gone))

    def put_back(self, path: str, text: str) -> None:
        """Add a file that a later commit removed. Raises ReplayError."""
        if path in self._files:
            raise ReplayError(f"{path} is there: it cannot have been removed")
        self._put(path, text)

    def set_back(self, key: str, field: str, value: Value) -> None:
        """Give one field of a record the value it had before. Raises ReplayError."""
        path = self._paths.get(key)
        if path is None:
            raise ReplayError(f"there is no record {key} at this point")
        text = self._files[path]
        changed = _with_field(path, text, key, field, value)
        if changed == text:
            raise ReplayError(f"{key}#{field} has the value {value!r} already")
        self._put(path, changed)

    def _put(self, path: str, text: str) -> None:
        self._paths = {key: at for key, at in self._paths.items() if at != path}
        if text.strip():
            self._files[path] = text
            self._index(path)
        else:
            self._files.pop(path, None)

    def _index(self, path: str) -> None:
        for key in _keys(path, self._files[path]):
            self._paths[key] = path


@lru_cache(maxsize=4096)
def _keys(path: str, text: str) -> tuple[str, ...]:
    return tuple(_keys_in(path, text)) if is_source(path) else ()


def _keys_in(path: str, text: str) -> Iterator[str]:
    if path == SETTINGS:
        yield "portal"
    elif path.endswith(".yaml"):
        yield from sorted(yaml_edit.ids(text))
    elif path.endswith(".md"):
        yield from sorted(yaml_edit.ids(_split(path, text)[0]))
    elif path.endswith(".csv"):
        yield from tables.row_keys(text, tables.table_of(path))


def _without(path: str, text: str, keys: list[str]) -> str:
    if path.endswith(".csv"):
        return tables.without_rows(text, tables.table_of(path), keys)
    front, body = _split(path, text)
    for key in keys:
        if front and key in yaml_edit.ids(front):  # a nested record goes with its parent
            front = yaml_edit.without(front, key)
    return _joined(path, front, body) if front else ""


def _with_field(path: str, text: str, key: str, field: str, value: Value) -> str:
    if path.endswith(".csv"):
        table = tables.table_of(path)
        return tables.with_cell(text, table, key, field, _reworded(tables.cell(text, table, key, field), value))
    front, body = _split(path, text)
    key = "" if path == SETTINGS else key
    if path.endswith(".md") and field == BODY:
        return _joined(path, front, "\n" + _reworded(body.strip("\n"), value).strip("\n") + "\n")
    parts = tuple(field.split("."))
    now = yaml_edit.value_at(front, key, parts)
    before = _reworded(now, value) if isinstance(now, str) and _rewords(value) else value
    return _joined(path, yaml_edit.with_field(front, key, parts, before), body)


def _rewords(value: Value) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_rewords(item) for item in value)
    return isinstance(value, dict) and value.keys() == {"now", "was"}


def _reworded(text: str, value: Value) -> str:
    """The text before: given whole, or as the places in it that read otherwise now."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not _rewords(value):
        raise ReplayError(f"expected text, or mappings with now and was, found {value!r}")
    if isinstance(value, list):
        for item in value:
            text = _reworded(text, item)
        return text
    now, was = str(value["now"]), str(value["was"] or "")
    if text.count(now) != 1:
        raise ReplayError(f'"{now}" stands {text.count(now)} times in the text; it must stand once')
    return text.replace(now, was)


def _split(path: str, text: str) -> tuple[str, str]:
    """Front matter and body; a YAML file is all front matter."""
    if not path.endswith(".md"):
        return text, ""
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise ReplayError(f"{path} has no front matter")
    return match[1], match[2]


def _joined(path: str, front: str, body: str) -> str:
    return f"---\n{front}---\n{body}" if path.endswith(".md") else front
