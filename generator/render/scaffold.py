"""A new record as text: what is known filled in, every other required field empty and marked TODO.

A field that is left empty is missing for `roadmap check`: nothing undecided can slip through.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.load.yaml_writer import Value, written

TODO = "TODO"
_SHORT = 150  # characters of a comment
_RUNS_ITSELF = frozenset({"classification", "tags", "notes", "formerly", "supersedes", "superseded_by"})

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a new record: its schema, the fields that have a value, hints for those that have none."""

    schema: Schema
    definitions: Schema
    values: Mapping[str, Value]
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are written, in their order: those required, and those that have a value or a hint."""
        required = self.schema.get("required", [])
        known = (name for name in self.schema["properties"] if name in self.values or name in self.hints)
        return tuple(sorted({*required, *known}, key=list(self.schema["properties"]).index))

    @property
    def open(self) -> tuple[str, ...]:
        """The fields that somebody has to fill in."""
        return tuple(name for name in self.names if name not in self.values)


def fields_text(draft: Draft, *, optional: bool) -> str:
    """The record's fields, one a line, starting at the margin; with `optional`, the other fields as comments."""
    properties = draft.schema["properties"]
    lines: list[str] = []
    for name in draft.names:
        if name in draft.values:
            lines.append(f"{name}: {written(draft.values[name])}")
        else:
            lines.extend(_open(name, properties[name], draft))
    if optional:
        left = [name for name in properties if name not in draft.names and name not in _RUNS_ITSELF]
        lines.extend(f"# {name}:  # {_comment(properties[name], '')}".rstrip() for name in left)
    return "".join(f"{line}\n" for line in lines)


def item_text(fields: str, indent: str) -> str:
    """The fields as an item of a list."""
    first, *rest = fields.splitlines()
    return "".join(f"{line}\n" for line in (f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)))


def _open(name: str, schema: Schema, draft: Draft) -> Iterator[str]:
    """An empty field with its comment; a mapping, or a list of mappings, shows the fields inside."""
    inner = _resolved(schema, draft)
    many = _resolved(inner["items"], draft) if isinstance(inner.get("items"), dict) else None
    shape = many or inner
    if "properties" not in shape or name in draft.hints:
        yield f"{name}:  # {TODO} {_comment(schema, draft.hints.get(name, ''))}"
        return
    yield f"{name}:  # {_comment(schema, '')}"
    dash = "- " if many else ""
    for index, part in enumerate(shape.get("required") or list(shape["properties"])[:1]):
        before = dash if index == 0 else " " * len(dash)
        for line in _open(part, shape["properties"][part], draft):
            yield f"  {before}{line}"
            before = " " * len(dash)


def _resolved(schema: Schema, draft: Draft) -> Schema:
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    return draft.definitions[name] if name else schema


def _comment(schema: Schema, hint: str) -> str:
    """What the field means and what may stand there."""
    if hint:
        return hint
    text = str(schema.get("description", "")).rstrip(".")
    words = [str(word) for word in schema.get("enum", []) if isinstance(word, str)]
    if words:
        text += f": {', '.join(words)}"
    elif schema.get("format") == "date":
        text += " (YYYY-MM-DD)"
    elif schema.get("type") == "boolean":
        text += " (true or false)"
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
