"""Edits of YAML text that leave everything else as its author wrote it.

The text is composed to nodes with their places; an edit cuts or replaces the characters between two places. Values
stand in the history as text, so nothing is guessed and nothing is reformatted.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from generator.demo.failure import ReplayError
from generator.load.yaml_writer import Value, written

__all__ = ["Value", "ids", "value_at", "with_field", "without", "written"]
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def ids(text: str) -> frozenset[str]:
    """The ids of all mappings in the text, at any depth."""
    return frozenset(found for node in _mappings(_root(text)) if (found := _scalar(node, "id")))


def without(text: str, key: str) -> str:
    """The text without the mapping of that id; empty when nothing is left."""
    return _cut(text, _path_to(text, key))


def with_field(text: str, key: str, field: tuple[str, ...], value: Value) -> str:
    """The text with one field of the mapping of that id set; None takes the field out."""
    path = _path_to(text, key)
    for part in field[:-1]:
        path = (*path, _step(path[-1], part))
    holder, name = path[-1], field[-1]
    if isinstance(holder, yaml.SequenceNode):
        item = _step(holder, name)
        return _cut(text, (*path, item)) if value is None else _replaced(text, item, value)
    pair = _pair(holder, name)
    if pair is None:
        if value is None:
            raise ReplayError(f"{key} has no field {name}: it cannot have been without it before")
        return _inserted(text, holder, name, value)
    return _cut(text, (*path, pair[1])) if value is None else _replaced(text, pair[1], value)


def value_at(text: str, key: str, field: tuple[str, ...]) -> Value:
    """The value of a field of the mapping of that id, None where there is none."""
    node = _path_to(text, key)[-1]
    for part in field[:-1]:
        node = _step(node, part)
    if isinstance(node, yaml.MappingNode):
        pair = _pair(node, field[-1])
        return None if pair is None else _plain(pair[1])
    return _plain(_step(node, field[-1]))


@lru_cache(maxsize=4096)
def _root(text: str) -> Any:
    return yaml.compose(text, Loader=_Loader)


def _mappings(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _mappings(item)


def _scalar(node: Any, name: str) -> str:
    pair = _pair(node, name)
    return str(pair[1].value) if pair and isinstance(pair[1], yaml.ScalarNode) else ""


def _pair(node: Any, name: str) -> tuple[Any, Any] | None:
    if not isinstance(node, yaml.MappingNode):
        raise ReplayError(f"there is no mapping that could hold {name}")
    return next((pair for pair in node.value if pair[0].value == name), None)


def _step(node: Any, part: str) -> Any:
    if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
        return node.value[int(part)]
    pair = _pair(node, part)
    if pair is None:
        raise ReplayError(f"there is no field {part}")
    return pair[1]


def _path_to(text: str, key: str) -> tuple[Any, ...]:
    """The nodes from the root to the mapping of that id."""
    found = _search(_root(text), key)
    if found is None:
        raise ReplayError(f"{key} is not in the file")
    return found


def _search(node: Any, key: str) -> tuple[Any, ...] | None:
    """An empty key is the document itself."""
    if isinstance(node, yaml.MappingNode):
        if not key or _scalar(node, "id") == key:
            return (node,)
        inner = [value for _, value in node.value]
    else:
        inner = node.value if isinstance(node, yaml.SequenceNode) else []
    for value in inner:
        if (found := _search(value, key)) is not None:
            return (node, *found)
    return None


def _cut(text: str, path: tuple[Any, ...]) -> str:
    """The text without the last node of the path; a collection that it leaves empty goes with it."""
    if len(path) == 1:
        return ""
    holder, node = path[-2], path[-1]
    if len(holder.value) == 1:
        return _cut(text, path[:-1])
    index = next(i for i, item in enumerate(holder.value) if node in (item if isinstance(item, tuple) else (item,)))
    if holder.flow_style:
        return _cut_flow(text, holder, index)
    item = holder.value[index]
    start = text.rfind("\n", 0, (item[0] if isinstance(item, tuple) else item).start_mark.index) + 1
    if isinstance(item, tuple) and text[start : item[0].start_mark.index].strip():
        raise ReplayError(f"the first field of a list item, {item[0].value}, cannot be taken out")
    return text[: _with_comments(text, start)] + text[_line_end(text, _end(node)) :]


def _cut_flow(text: str, holder: Any, index: int) -> str:
    spans = [
        (item[0].start_mark.index, _end(item[1])) if isinstance(item, tuple) else (item.start_mark.index, _end(item))
        for item in holder.value
    ]
    start = spans[index][0] if index == 0 else spans[index - 1][1]
    end = spans[1][0] if index == 0 else spans[index][1]
    return text[:start] + text[end:]


def _with_comments(text: str, start: int) -> int:
    """Where the comment lines directly above a line begin; a comment at the top of the file is the file's."""
    first = start
    while first > 0:
        above = text.rfind("\n", 0, first - 1) + 1
        if not text[above:first].lstrip().startswith("#"):
            return first
        first = above
    return start


def _replaced(text: str, node: Any, value: Value) -> str:
    start, end = node.start_mark.index, _end(node)
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    if not block and not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        start = len(text[:start].rstrip())  # a block collection starts on the line below its key
        return f"{text[:start]} {written(value)}{text[end:]}"
    ending = "\n" if block and text[end - 1 : end] == "\n" else ""
    return text[:start] + written(value) + ending + text[end:]


def _inserted(text: str, holder: Any, name: str, value: Value) -> str:
    """The new field stands last."""
    key, last = holder.value[-1]
    end = _end(last)
    if holder.flow_style:
        return f"{text[:end]}, {name}: {written(value)}{text[end:]}"
    end = _line_end(text, end)
    indent = " " * key.start_mark.column
    before = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return f"{before}{indent}{name}: {written(value)}\n{text[end:]}"


def _end(node: Any) -> int:
    """Where the node's own characters end; a block collection ends with its last part."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    """The start of the next line, or `at` itself where a line ends there already."""
    if text[at - 1 : at] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _plain(node: Any) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plain(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return str(node.value)
