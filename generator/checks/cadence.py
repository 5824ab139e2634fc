"""Rules on the rhythm of the record: the roadmap kept up to date, commits in the order of time."""

from collections.abc import Iterator
from itertools import pairwise

from generator.errors import Finding, Severity
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.cadence import cadence_records

_PATH = "roadmap/roadmap.yaml"


def _gaps(j: Judgement) -> Iterator[Finding]:
    for record in cadence_records(j):
        for gap in record.gaps:
            values = {"since": gap.since, "until": gap.until, "days": gap.days, "limit": gap.limit}
            yield Finding(record.phase.key, ("review_cadence",), values | {"cadence": record.cadence})


def _backwards(j: Judgement) -> Iterator[Finding]:
    steps = j.timeline.steps
    for earlier, later in pairwise(steps):
        if later.commit.committed < earlier.commit.committed:
            values = {
                "commit": later.commit.id[:10],
                "instant": later.commit.committed.isoformat(),
                "parent": earlier.commit.id[:10],
                "before": earlier.commit.committed.isoformat(),
            }
            yield Finding(_PATH, (), values)


RULES = (
    Rule(
        code="CAD001",
        severity=Severity.WARNING,
        title="The roadmap is updated as often as its phase asks",
        why="A roadmap that nobody touches for weeks is not how the programme is run; the gap stays on record.",
        remedy="Nothing mends a gap that is over; update the roadmap now, and say in the next review why it paused.",
        message="{key}: no update of the roadmap from {since} to {until}, {days} days; {cadence} allows {limit}",
        check=_gaps,
    ),
    Rule(
        code="HIS001",
        severity=Severity.WARNING,
        title="Commits follow each other in time",
        why="A commit dated before the one it builds on has a wrong clock or a forged date; as-of follows the chain.",
        remedy="Find out whose clock was wrong; do not rewrite the history.",
        message="commit {commit} says {instant}, before its parent {parent} at {before}",
        check=_backwards,
    ),
)
