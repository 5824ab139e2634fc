"""YAML in the house form by ruamel.yaml's round trip: indentation and spacing change, comments and quotes stay."""

import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import BaseResolver

from generator.errors import StorageError

_LIST = re.compile(r"(?:[ ]*(?:#.*)?\n)*-(?=[ \n])")  # a list at the margin, below comments and blank lines


class _TextOnly(BaseResolver):
    """Guesses no types but null: 1.10 stays 1.10, a date stays as it is written."""

    def __init__(self, version: Any = None, loader: Any = None, loadumper: Any = None) -> None:  # noqa: ARG002 - ruamel passes it
        super().__init__(loadumper=loader or loadumper)

    @property
    def processing_version(self) -> tuple[int, int]:
        """YAML 1.2."""
        return (1, 2)


_TextOnly.add_implicit_resolver_base("tag:yaml.org,2002:null", re.compile("(?:~|null|)$"), ["~", "n", ""])


def house_form(text: str) -> str:
    """One document, two spaces a level, lists set in under their key, no line wrapped. Raises StorageError."""
    listed = _LIST.match(text) is not None
    yaml = _round_trip()
    out = io.StringIO()
    try:
        document = yaml.load(_moved(text, "  ") if listed else text)
        yaml.dump(document, out)
    except (YAMLError, ValueError, RecursionError) as error:
        raise StorageError("the YAML cannot be read and written back", reason="UNREADABLE") from error
    written = out.getvalue()
    # ruamel sets in a list even where it is the whole document, and keeps comments in their columns: so the text
    # moves in before and out after
    return _moved(written, "") if isinstance(document, CommentedSeq) and not document.fa.flow_style() else written


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.Resolver = _TextOnly
    yaml.preserve_quotes = True
    yaml.width = 1 << 30
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _moved(text: str, margin: str) -> str:
    """The lines with that margin instead of none, or of two spaces."""
    lines = text.splitlines(keepends=True)
    return "".join(margin + line if margin and line.strip() else line.removeprefix("  ") for line in lines)
