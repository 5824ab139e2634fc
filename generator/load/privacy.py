"""PII001: no e-mail address but functional mailboxes, no long run of digits, in any text of the sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.errors import FieldPath, Position, Problem
from generator.load.tree import Tree
from generator.load.validate import Source
from generator.model.portal import Portal

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_DIGITS = re.compile(r"(?<![\w.:/-])\d{9,}(?!\w|\.\d)")
_CANDIDATE = re.compile(r"@|\d{9}")


def personal_data(portal: Portal, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """What looks like a person's data, each at its field."""
    allowed = _functional_mailboxes(portal)
    for path, tree in trees.items():
        if tree.faults:
            continue
        for field, text in _suspects(tree.value, ()):
            for message, offset in _findings(text, allowed):
                yield _at_its_line(Source(path, tree).problem("PII001", message, field), text, offset)


def _at_its_line(problem: Problem, text: str, offset: int) -> Problem:
    """The problem at its line and column, where the text stands in the file as it is: the body of a Markdown file."""
    if problem.field != ("text",) or not problem.position.path.endswith(".md"):
        return problem
    line = problem.position.line + text.count("\n", 0, offset)
    return replace(problem, position=Position(problem.position.path, line, offset - text.rfind("\n", 0, offset)))


def _functional_mailboxes(portal: Portal) -> frozenset[str]:
    """The addresses that portal.yaml declares as functional: its contact and mailboxes."""
    found: set[str] = set()
    for entry in portal.entries.values():
        if entry.kind.name == "portal":
            values = (getattr(entry.record, "contact", None), *(getattr(entry.record, "mailboxes", None) or ()))
            found.update(value.lower() for value in values if isinstance(value, str))
    return frozenset(found)


def _suspects(value: Any, field: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """The texts worth a closer look."""
    parts = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [value])
    for name, item in parts:
        if isinstance(item, str):
            if _CANDIDATE.search(item):
                yield ((*field, name) if item is not value else field), item
        elif isinstance(item, (dict, list)):
            yield from _suspects(item, (*field, name))


def _findings(text: str, allowed: frozenset[str]) -> Iterator[tuple[str, int]]:
    for match in _ADDRESS.finditer(text):
        if match[0].lower() not in allowed:
            message = f'"{match[0]}" is not a functional mailbox that portal.yaml declares as contact or in mailboxes'
            yield message, match.start()
    for match in _DIGITS.finditer(text):
        message = f'"{match[0][:4]}..." is a run of {len(match[0])} digits and may be a personal number'
        yield message, match.start()
