"""Records whose every text is marked, to be looked for where they must not appear."""

from typing import Any

from generator.model.fields import Classification
from generator.model.portal import Entry, Portal
from generator.model.record import Record, Value

CANARY = "kestrelmark"


def restricted(portal: Portal, *names: str) -> Portal:
    """The portal with every record of these kinds restricted and marked."""
    return Portal(marked(entry) if entry.kind.name in names else entry for entry in portal.entries.values())


def marked(entry: Entry) -> Entry:
    """The entry as a restricted one, the canary in each of its texts that is made of words."""
    values = {name: _marked(getattr(entry.record, name)) for name in type(entry.record).model_fields}
    record: Record = entry.record.replaced(**values | {"classification": Classification.RESTRICTED})
    return Entry(entry.kind, entry.key, record, entry.path, entry.at, entry.parent)


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return type(value)(f"{value} {CANARY}") if " " in value else value
    if isinstance(value, tuple):
        return tuple(_marked(item) for item in value)
    if isinstance(value, dict):
        return {name: _marked(item) for name, item in value.items()}
    if isinstance(value, Value):
        return value.model_copy(update={name: _marked(getattr(value, name)) for name in type(value).model_fields})
    return value
