"""Whether each sign-off counts: today's wording, by another hand, under a right, with a quorum."""

from collections.abc import Iterator
from functools import partial

from generator.errors import Finding, Severity
from generator.kinds.seat import SignOff
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.sign_off_faults import sign_off_faults
from generator.views.sign_offs import sign_offs


def _lapsed(j: Judgement) -> Iterator[Finding]:
    for view in sign_offs(j):
        if view.status == "lapsed":
            changed = f"changed in {view.lapsed_in}, {view.lapsed_on}" if view.lapsed_in else "it reads otherwise now"
            yield Finding(view.ref.key, ("digest",), {"subject": view.subject.key, "changed": changed})


def _faulty(code: str, j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(SignOff):
        for fault in sign_off_faults(j, one.id):
            if fault.code == code:
                yield Finding(one.id, (fault.field,), {"text": fault.text})


LISTED_KEY = Rule(
    code="SGN006",
    severity=Severity.ERROR,
    title="A sign-off is signed by a key of its seat",
    why="A detached signature proves a sign-off only when it is of its bytes and by a key that the seat's holder had "
    "listed on that day.",
    remedy="Sign again: ssh-keygen -Y sign -n roadmap-sign-off -f KEY FILE, with a key listed in seats.yaml.",
    message="{key}: {text}",
)
RULES = (
    LISTED_KEY,
    Rule(
        code="SGN001",
        severity=Severity.WARNING,
        title="A sign-off is of today's wording",
        why="A signature under other words does not count.",
        remedy="Have the seat sign again: `roadmap new sign-off --for` the record fills in today's digest.",
        message="{key}: the digest is of an earlier wording of {subject} ({changed}): sign-off lapsed",
        check=_lapsed,
    ),
    Rule(
        code="SGN002",
        severity=Severity.ERROR,
        title="Nobody signs off their own work",
        why="Separation of duties: who wrote it cannot be the one who approves it.",
        remedy="Let another seat that holds the right sign.",
        message="{key}: {text}",
        check=partial(_faulty, "SGN002"),
    ),
    Rule(
        code="SGN003",
        severity=Severity.ERROR,
        title="The seat held the right when it signed",
        why="A sign-off counts under the charter and decision rights of its day only.",
        remedy="Let a voting seat of the accountable body sign, under an accepted decision that names the record.",
        message="{key}: {text}",
        check=partial(_faulty, "SGN003"),
    ),
    Rule(
        code="SGN005",
        severity=Severity.ERROR,
        title="The decision behind a sign-off had its quorum",
        why="A decision without quorum is none.",
        remedy="Decide again with enough votes.",
        message="{key}: {text}",
        check=partial(_faulty, "SGN005"),
    ),
    Rule(
        code="SGN007",
        severity=Severity.ERROR,
        title="A sign-off's digest is of the record it was recorded with",
        why="A digest that never was the record's approves nothing.",
        remedy="Have the seat sign again: `roadmap new sign-off --for` the record fills in today's digest.",
        message="{key}: {text}",
        check=partial(_faulty, "SGN007"),
    ),
)
