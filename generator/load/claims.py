"""Which kind holds a file, and which columns its table has."""

import re
from functools import cache, lru_cache
from typing import Any

from generator.model.kind import CsvTable, Kind, Nested, YamlList
from generator.model.record import Entity

AnyKind = Kind[Any]


@lru_cache(maxsize=1 << 14)
def claimants(path: str, kinds: tuple[AnyKind, ...]) -> tuple[AnyKind, ...]:
    """The kinds whose shape holds a file of that path."""
    return tuple(kind for kind in kinds if (glob := glob_of(kind)) and _pattern(glob).fullmatch(path))


def glob_of(kind: AnyKind) -> str:
    """The path pattern of a kind's files; empty for a nested kind."""
    shape = kind.shape
    if isinstance(shape, YamlList):
        return shape.path
    return "" if isinstance(shape, Nested) else shape.glob


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("[^/]*".join(re.escape(part) for part in glob.split("*")))


@cache
def table_columns(kind: AnyKind) -> tuple[str, ...]:
    """The fixed header of a CSV kind, in the order of its fields; the common optional fields have no column."""
    from_name = kind.shape.from_name if isinstance(kind.shape, CsvTable) else ()
    common = Entity.model_fields.keys() - {"id"}
    written = ((name, info.alias or name) for name, info in kind.record.model_fields.items())
    return tuple(alias for name, alias in written if name not in common and name not in from_name)
