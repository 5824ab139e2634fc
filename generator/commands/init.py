"""`roadmap init`: a programme of one's own, small and true: nothing in it claims to be approved."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.commands.edits import Edit, written
from generator.commands.schema import editor_files
from generator.errors import UsageError
from generator.kinds import KINDS
from generator.load.claims import claimants, glob_of
from generator.ports import Files
from generator.render.schema import modeline

_PLACE = re.compile(r"@\{([a-z]+)(?:\+(\d+))?\}")
_ROOT = "content/"
_SCHEMAS = "schemas"


@dataclass(frozen=True, slots=True)
class Programme:
    """What a new programme is called and the day on which it begins."""

    organisation: str
    day: date


def init(files: Files, directory: str, starter: Mapping[str, str], programme: Programme) -> tuple[str, ...]:
    """Write a new programme into a folder, or nothing when one of its files is there; the paths written."""
    if not programme.organisation.strip() or re.search(r'["\\\n\r]', programme.organisation):
        raise UsageError("the organisation's name must be words without quotes", remedy='--name "Bank of Somewhere"')
    texts = {_filled(path, programme): _filled(text, programme) for path, text in starter.items()}
    texts = {path: _modelined(path, text) for path, text in texts.items()} | editor_files(_SCHEMAS, _ROOT)
    return written(files, directory, (Edit(path, text.encode(), is_new=True) for path, text in sorted(texts.items())))


def _filled(text: str, programme: Programme) -> str:
    """The text with its places filled in; what is no brace any more needs no quotes."""

    def value(match: re.Match[str]) -> str:
        if match[1] == "organisation":
            return programme.organisation
        if match[1] == "year":
            return str(programme.day.year)
        return (programme.day + timedelta(days=int(match[2] or 0))).isoformat()

    return _PLACE.sub(value, re.sub(r'"((?:dec-)?@\{(?:day|year)(?:\+\d+)?\}(?:-001)?)"', r"\1", text))


def _modelined(path: str, text: str) -> str:
    """The text below the line that tells an editor its schema, for YAML sources."""
    source = path.removeprefix(_ROOT)
    held: Iterable[str] = (glob_of(kind) for kind in claimants(source, KINDS)) if source != path else ()
    glob = next((glob for glob in held if glob.endswith(".yaml")), "")
    return modeline(glob, path, _SCHEMAS) + text if glob else text
