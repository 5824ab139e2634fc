"""A strict YAML reader: one pass over libyaml's events builds values and marks together.

The subset: block and flow mappings and lists, plain, quoted and block scalars. Refused, each with its place: anchors
and aliases (SRC004), tags (SRC005), nesting deeper than 32 (SRC006), more than 1 MiB or 100,000 nodes (SRC007),
duplicate keys (SRC003), keys that are not text and scalars longer than 64 KiB (SRC008). Scalars stay text; only an
empty plain scalar, `~` and `null` are None. Nothing is composed, so nesting cannot exhaust the stack.
"""

import gc
from typing import Any

import yaml

from generator.load.text import decoded, escaped_faults
from generator.load.tree import Fault, Marks, Tree, mark

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_SCALAR = 1 << 16
MAX_FAULTS = 100  # more of them say nothing new, and a hostile file may hold hundreds of thousands

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Scalar = yaml.ScalarEvent  # most events are
_NULLS = frozenset(("", "~", "null"))


def parse_yaml(data: bytes) -> Tree:
    """The tree of one YAML document."""
    text, faults = decoded(data, MAX_BYTES)
    if not faults and not text.strip():
        message = "the file is empty; bring its text back, or write # nothing yet"
        faults = (Fault("SRC009", message, mark(1, 1)),)
    return Tree(None, mark(1, 1), faults) if faults else parse_yaml_text(text, 0)


def parse_yaml_text(text: str, line_offset: int) -> Tree:
    """The tree of YAML text that starts `line_offset` lines below the top of its file."""
    builder = _Builder(line_offset)
    collecting = gc.isenabled()
    gc.disable()  # many small long-lived objects: the collector would scan them over and over (measured: half the time)
    try:
        builder.read(text)
    except yaml.YAMLError as error:
        builder.faults.append(_syntax_fault(error, line_offset))
    finally:
        if collecting:
            gc.enable()
    return Tree(builder.value, builder.marks, tuple(builder.faults))


class _Stopped(Exception):
    """The document is beyond a limit: what was built so far is dropped."""


class _Builder:
    """Builds value and marks from events; the stack holds open collections."""

    def __init__(self, line_offset: int) -> None:
        self.offset = line_offset + 1
        self.value: Any = None
        self.marks: Marks = mark(self.offset, 1)
        self.faults: list[Fault] = []
        self.stack: list[tuple[Any, Any]] = []  # (value, inner marks)
        self.keys: list[tuple[str, int] | None] = []  # the key waiting for its value, for each open collection
        self.nodes = 0

    def read(self, text: str) -> None:
        """Take all events; stops at the first limit."""
        try:
            for event in yaml.parse(text, Loader=_Loader):
                self.take(event)
        except _Stopped:
            self.value = None

    def take(self, event: Any) -> None:
        """One event."""
        kind = event.__class__
        if kind is _Scalar:
            self.scalar(event)
        elif kind is yaml.MappingStartEvent:
            self.open({}, {}, event)
        elif kind is yaml.SequenceStartEvent:
            self.open([], [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.keys.pop()
        elif kind is yaml.AliasEvent:
            self.fault("SRC004", f"the alias *{event.anchor} is not allowed; write the value out", event)
            self.put(None, self.mark(event))
        elif kind is yaml.DocumentStartEvent and self.nodes:
            self.fault("SRC009", "a second document starts here; a file holds one", event)
            raise _Stopped

    def scalar(self, event: Any) -> None:
        value = event.value
        place = self.mark(event)
        if event.anchor is None and event.tag is None and self.nodes < MAX_NODES:
            self.nodes += 1  # what `check` would do: scalars are most of a file
        else:
            self.check(event)
        if len(value) > MAX_SCALAR:
            self.fault("SRC008", f"the text has {len(value):,} characters; at most {MAX_SCALAR:,} are read", event)
            value = ""
        elif event.style == '"' and not (value.isascii() and value.isprintable()):
            self.faults.extend(escaped_faults(value, place))
        plain = event.style is None or event.style == ""
        if self.stack and self.keys[-1] is None and self.stack[-1][0].__class__ is dict:
            self.keys[-1] = (self.new_key(value, event), place)
        else:
            self.put(None if plain and value in _NULLS else value, place)

    def open(self, value: Any, inner: Any, event: Any) -> None:
        self.check(event)
        if len(self.stack) >= MAX_DEPTH:
            self.fault("SRC006", f"nested deeper than {MAX_DEPTH} levels; make the structure flatter", event)
            raise _Stopped
        place = self.mark(event)
        if self.stack and self.keys[-1] is None and self.stack[-1][0].__class__ is dict:
            self.fault("SRC008", "a key must be text, found a list or mapping", event)
            raise _Stopped
        self.put(value, [place, inner])
        self.stack.append((value, inner))
        self.keys.append(None)

    def put(self, value: Any, marks: Marks) -> None:
        if not self.stack:
            self.value, self.marks = value, marks
            return
        parent, inner = self.stack[-1]
        if parent.__class__ is list:
            parent.append(value)
            inner.append(marks)
            return
        key = self.keys[-1]
        if key is None:  # an alias where a key belongs; its fault is already told
            raise _Stopped
        name, key_mark = key
        self.keys[-1] = None
        if name not in parent:  # of duplicate keys the first stays; the second is a fault
            parent[name] = value
            inner[name] = [key_mark, marks]

    def new_key(self, name: str, event: Any) -> str:
        parent, inner = self.stack[-1]
        if name in parent:
            line = inner[name][0] >> 20
            self.fault("SRC003", f'the key "{name}" stands here for the second time (first on line {line})', event)
        elif name == "<<":
            self.fault("SRC004", "the merge key << is not allowed; write the fields out", event)
        return name

    def check(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fault("SRC007", f"more than {MAX_NODES:,} values in one file; split it", event)
            raise _Stopped
        if event.anchor is not None:
            self.fault("SRC004", f"the anchor &{event.anchor} is not allowed; write the value out", event)
        if event.tag is not None:
            self.fault("SRC005", f"the tag {event.tag} is not allowed; delete it", event)

    def mark(self, event: Any) -> int:
        start = event.start_mark
        return mark(start.line + self.offset, start.column + 1)

    def fault(self, code: str, message: str, event: Any) -> None:
        self.faults.append(Fault(code, message, self.mark(event)))
        if len(self.faults) >= MAX_FAULTS:
            raise _Stopped


# What libyaml says -> what editors did most often.
_HINTS = (
    ("mapping values are not allowed", "quote a text that holds ': ', or indent the line like its neighbours"),
    ("expected '-' indicator", "indent the line like its neighbours, with spaces"),
    ("expected key", "indent the line like its neighbours, or close a quote opened above"),
    ("expected ',' or", "look above for a bracket that is not closed, or put the comma between two entries"),
    ("cannot start any token", "quote a text that begins with this character"),
    ("could not find expected ':'", "write NAME: VALUE"),
    ("unexpected end of stream", "close the quote or the bracket"),
)


def _syntax_fault(error: yaml.YAMLError, line_offset: int) -> Fault:
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None)
    # A key without its colon is noticed only where the next one has its own.
    place = getattr(error, "context_mark" if context == "while scanning a simple key" else "problem_mark", None)
    line, column = (place.line + 1 + line_offset, place.column + 1) if place else (line_offset + 1, 1)
    told = f"{context + ': ' if context else ''}{problem}"
    hint = next((f"; {hint}" for words, hint in _HINTS if words in told), "")
    return Fault("SRC009", f"not readable as YAML: {told}{hint}", mark(line, column))
