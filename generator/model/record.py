"""Records: frozen pydantic models with links, administrative fields and a canonical form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import FieldPath
from generator.model.fields import Classification, Id

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Link:
    """Field metadata: the text is the key of a record of one of these kinds."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True, slots=True)
class Administrative:
    """Field metadata: the field runs the record's life (status, owner, review) and never enters a sign-off's digest."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One link found in a record: where it stands, what it names and which kinds may be meant."""

    field: FieldPath
    target: str
    kinds: tuple[str, ...]


class Value(BaseModel):
    """A frozen value without a key of its own; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", regex_engine="python-re", defer_build=True)

    def canonical(self, *, normative: bool = False) -> dict[str, Json]:
        """The set fields as JSON without floats or nulls; `normative` leaves the administrative ones out."""
        return {
            info.alias or name: _canonical(value, normative=normative)  # `from` and `for` are words of Python
            for name, info in self.__class__.model_fields.items()
            if (value := getattr(self, name)) is not None and value not in ((), {})
            if not (normative and name in administrative_fields(self.__class__))
        }

    def references(self) -> Iterator[Reference]:
        """Every link in this value and the values inside it, in field order."""
        for name, links in _link_plan(self.__class__):
            value = getattr(self, name)
            if value is not None:
                yield from _references(value, links, (name,))


class Record(Value):
    """A value with a key; `classification` is the portal's when it is empty."""

    classification: Annotated[Classification | None, Administrative()] = Field(
        None, description="Who may read it: public, internal or restricted; empty means the portal's."
    )

    def replaced(self, **values: object) -> Self:
        """A copy with some fields changed, not validated again."""
        return self.model_copy(update=values)


class Row(Record):
    """A record that is one row of a CSV table; its key is made of the columns its kind declares."""


class Entity(Record):
    """A record with an id and the common optional fields."""

    id: Id = Field(description="Its name for ever: three-letter prefix and lower-case words; never reused or renamed.")
    tags: Annotated[tuple[str, ...], Administrative()] = Field((), description="Words to find it by.")
    notes: Annotated[str | None, Administrative()] = Field(None, description="Remarks for editors.")
    formerly: Annotated[tuple[str, ...], Administrative()] = Field((), description="Ids it had before; old links work.")


@cache
def administrative_fields(record: type[Value]) -> frozenset[str]:
    """The names of the fields that never enter a sign-off's digest."""
    return frozenset(
        name
        for name, info in record.model_fields.items()
        if any(isinstance(item, Administrative) for item in info.metadata)
    )


def _canonical(value: object, *, normative: bool) -> Json:
    if isinstance(value, Value):
        return dict(value.canonical(normative=normative))
    if isinstance(value, dict):
        return {str(_canonical(k, normative=normative)): _canonical(v, normative=normative) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_canonical(item, normative=normative) for item in value]
    return _plain(value)


def _plain(value: object) -> Json:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)  # dates and the other field types print themselves in their written form


def linked_kinds(record: type[Value]) -> dict[str, tuple[str, ...]]:
    """Field name -> the kinds that its links may name."""
    return {name: kinds for name, kinds in _link_plan(record) if kinds}


_Links = tuple[str, ...] | None


@cache
def _link_plan(record: type[Value]) -> tuple[tuple[str, _Links], ...]:
    """Field name -> the kinds it links to, or None where only nested values do."""
    plan: list[tuple[str, _Links]] = []
    for name, info in record.model_fields.items():
        own = next((item.kinds for item in info.metadata if isinstance(item, Link)), None)
        kinds = own or _link_in(info.annotation)
        if kinds or _holds_values(info.annotation):
            plan.append((name, kinds))
    return tuple(plan)


def _link_in(annotation: Any) -> _Links:
    if get_origin(annotation) is Annotated:
        base, *metadata = get_args(annotation)
        return next((item.kinds for item in metadata if isinstance(item, Link)), None) or _link_in(base)
    return next((kinds for argument in get_args(annotation) if (kinds := _link_in(argument))), None)


def _holds_values(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, UnionType, tuple, dict, Annotated):
        return any(_holds_values(argument) for argument in get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, Value)


def _references(value: object, kinds: _Links, field: FieldPath) -> Iterator[Reference]:
    if isinstance(value, Value):
        for inner in value.references():
            yield Reference((*field, *inner.field), inner.target, inner.kinds)
    elif isinstance(value, str):
        if kinds:
            yield Reference(field, value, kinds)
    elif isinstance(value, dict):
        yield from _map_references(value, kinds, field)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _references(item, kinds, (*field, index))


def _map_references(value: dict[object, object], kinds: _Links, field: FieldPath) -> Iterator[Reference]:
    """A map's keys link (competency -> level), or its values hold links."""
    for name, item in value.items():
        if kinds:
            yield Reference((*field, str(name)), str(name), kinds)
        if isinstance(item, Value):
            yield from _references(item, None, (*field, str(name)))
