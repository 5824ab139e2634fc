"""Rules on the words of a charter that are read by machine or looked for by people: when it meets, its headings."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.errors import Finding, Severity
from generator.kinds.governance import CHARTER_HEADINGS, Body
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.dates import days_after
from generator.views.recurrence import occurrences

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*")
_SOON = 2 * 366  # days; a body that meets less often than that has no rhythm


def _unreadable_meetings(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        if body.meets is None:
            continue
        first = body.effective_from
        try:
            days = occurrences(body.meets.rrule, first, first, days_after(first, _SOON))
        except ValueError as error:
            yield Finding(body.id, ("meets", "rrule"), {"text": str(error)})
            continue
        if not days:
            yield Finding(body.id, ("meets", "rrule"), {"text": "no day of two years fits it"})


def _headings(j: Judgement) -> Iterator[Finding]:
    for body in j.portal.all(Body):
        found = dict(_written_headings(body.text or ""))
        odd = {line: words for line, words in found.items() if words not in CHARTER_HEADINGS}
        for wanted in CHARTER_HEADINGS:
            if wanted in found.values():
                continue
            near = get_close_matches(wanted.lower(), [words.lower() for words in odd.values()], n=1, cutoff=0.75)
            line = next((line for line, words in odd.items() if words.lower() in near), None)
            if line is None:
                yield Finding(body.id, ("text",) if body.text else ("id",), {"text": f'has no heading "{wanted}"'})
            else:
                text = f'has a heading "{odd.pop(line)}"; did you mean "{wanted}"?'
                yield Finding(body.id, ("text", line), {"text": text})


def _written_headings(text: str) -> Iterator[tuple[int, str]]:
    """Line of the text, counted from 0, and words of every heading."""
    for number, line in enumerate(text.splitlines()):
        heading = _HEADING.fullmatch(line.strip())
        if heading:
            yield number, heading.group(1)


RULES = (
    Rule(
        code="GOV021",
        severity=Severity.ERROR,
        title="A body's meetings can be computed",
        why="A rule that cannot be read leaves the calendar empty, and nobody is told that the meeting is missing.",
        remedy="Write an RFC 5545 rule, such as FREQ=MONTHLY;BYDAY=2TH for the second Thursday.",
        message="{key}: its meetings cannot be computed: {text}",
        check=_unreadable_meetings,
    ),
    Rule(
        code="GOV022",
        severity=Severity.WARNING,
        title="A charter says purpose, scope and deliverables",
        why="Who reads a charter looks for these headings; what stands under another one is not found.",
        remedy="Give the charter the headings Purpose, In scope, Out of scope and Deliverables.",
        message="{key}: its charter {text}",
        check=_headings,
    ),
)
