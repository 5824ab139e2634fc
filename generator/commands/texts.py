"""The Markdown of a programme: found by the fields' types, rendered in one batch."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from generator.commands.world import World
from generator.model.fields import Parsed
from generator.model.portal import Portal
from generator.model.record import Value


def rendered_texts(world: World, portal: Portal) -> Mapping[str, str]:
    """Source text -> safe HTML of every Markdown field of every record."""
    return world.markup.render(markdown_texts(portal))


def markdown_texts(portal: Portal) -> Iterator[str]:
    """Every text of these records that is written in Markdown."""
    for entry in portal.entries.values():
        yield from _texts(entry.record)


def _texts(value: Value) -> Iterator[str]:
    for name, is_markdown in _plan(type(value)):
        item = getattr(value, name)
        if isinstance(item, str):
            if is_markdown:
                yield item
        elif isinstance(item, Value):
            yield from _texts(item)
        elif isinstance(item, tuple):
            for part in item:
                if isinstance(part, Value):
                    yield from _texts(part)


@cache
def _plan(record: type[Value]) -> tuple[tuple[str, bool], ...]:
    return tuple((name, _is_markdown(info.metadata, info.annotation)) for name, info in record.model_fields.items())


def _is_markdown(metadata: Iterable[object], annotation: Any) -> bool:
    if any(isinstance(item, Parsed) and item.is_markdown for item in metadata):
        return True
    if get_origin(annotation) is Annotated:
        return _is_markdown(get_args(annotation)[1:], None)
    return any(_is_markdown((), argument) for argument in get_args(annotation))
