"""Small worlds of seats, decisions, edits and signatures, for the tests of sign-off."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from generator.kinds.decision import DECISION, Decision
from generator.kinds.governance import BODY, Body
from generator.kinds.portal import PRINCIPLE, Principle
from generator.kinds.seat import SEAT, SIGN_OFF, Seat, SignOff
from generator.model.change import Canonical, changes
from generator.model.judgement import Commit, Judgement, Person, Step, Timeline
from generator.model.portal import Entry, Portal
from generator.views.wording import normative_digest

SUBJECT = "pri-a"
FIRST_DAY = date(2026, 1, 1)
SEATS = ("sea-a", "sea-b", "sea-c")


@dataclass(frozen=True)
class Edit:
    """Somebody changes the subject: its wording, or only its notes."""

    seat: str
    wording: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Sign:
    """A seat signs; `wording` is what its digest is of, empty means the wording of that moment."""

    seat: str
    recorded_by: str = "sea-c"
    wording: str = ""
    decision: str = "dec-2026-001"
    expires_after: int | None = None  # days


@dataclass(frozen=True)
class Rules:
    """Who votes until when, and the decisions there are."""

    members: tuple[tuple[str, bool, int | None], ...] = (
        ("sea-a", True, None),
        ("sea-b", True, None),
    )  # last day, or open
    quorum: int = 2
    decisions: tuple[tuple[str, str, int, int, bool], ...] = (("dec-2026-001", "accepted", 0, 2, True),)
    # id, status, day taken, votes, whether it names the subject


@dataclass(frozen=True)
class World:
    """Events, one a day from the first day on, and the rules they fall under."""

    events: tuple[Edit | Sign, ...]
    rules: Rules = field(default_factory=Rules)
    days_later: int = 0  # the as-of date, after the last event

    @property
    def as_of(self) -> date:
        """The day of judgement."""
        return FIRST_DAY + timedelta(days=len(self.events) - 1 + self.days_later)


def address(seat: str) -> str:
    """The address under which a seat commits."""
    return f"{seat}@northmere.example"


def subject(wording: str, notes: str) -> Principle:
    """The record that is signed."""
    return Principle.model_validate(
        {"id": SUBJECT, "title": "T", "statement": wording, **({"notes": notes} if notes else {})}
    )


def digest_of(wording: str) -> str:
    """The digest a sign-off of that wording carries."""
    portal = Portal([Entry(PRINCIPLE, SUBJECT, subject(wording, ""), "principles.yaml")])
    return normative_digest(Judgement(FIRST_DAY, portal), SUBJECT)


def judged(world: World) -> Judgement:
    """The judgement of a world, with its timeline."""
    fixed = list(_rules(world.rules))
    wording, notes = "", ""
    signed: list[Entry] = []
    state = dict(Portal(fixed).canonical)
    states: list[tuple[str, Canonical]] = [("sea-c", state)]
    for day, event in enumerate(world.events):
        if isinstance(event, Edit):
            wording, notes = event.wording or wording, event.notes or notes
            author = event.seat
        else:
            signed.append(_sign_off(event, day, wording, len(signed) + 1))
            author = event.recorded_by
        new = [*signed[-1:], Entry(PRINCIPLE, SUBJECT, subject(wording, notes), "principles.yaml")]
        state = state | dict(Portal(new).canonical)
        states.append((author, state))
    portal = Portal([*fixed, *signed, Entry(PRINCIPLE, SUBJECT, subject(wording, notes), "principles.yaml")])
    return Judgement(world.as_of, portal, timeline=Timeline(tuple(_steps(states))))


def without_history(j: Judgement) -> Judgement:
    """The same judgement where no history was read."""
    return replace(j, timeline=Timeline())


def _steps(states: list[tuple[str, Canonical]]) -> Iterable[Step]:
    before: Canonical = {}
    for number, (author, after) in enumerate(states):
        person = Person(author, address(author))
        at = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=number - 1)
        commit = Commit(f"{number:040x}", "", (), person, at, person, at, f"step {number}")
        yield Step(commit, changes(before, after))
        before = after


def _sign_off(event: Sign, day: int, wording: str, number: int) -> Entry:
    on = FIRST_DAY + timedelta(days=day)
    raw: dict[str, object] = {
        "id": f"sgn-2026-{number:03}",
        "subject": SUBJECT,
        "digest": digest_of(event.wording or wording),
        "decision": event.decision,
        "seat": event.seat,
        "on": on,
    }
    if event.expires_after is not None:
        raw["expires"] = on + timedelta(days=event.expires_after)
    record = SignOff.model_validate(raw)
    return Entry(SIGN_OFF, record.id, record, f"governance/sign-offs/{record.id}.yaml")


def _rules(rules: Rules) -> Iterable[Entry]:
    for seat in SEATS:
        git = hashlib.sha256(address(seat).encode()).hexdigest()
        holder = {"holder": f"hr-{seat[-1]}", "from": "2025-01-01", "git": [git]}
        record = Seat.model_validate({"id": seat, "title": seat, "function": "f", "holders": [holder]})
        yield Entry(SEAT, seat, record, "governance/seats.yaml")
    members = [_member(seat, voting=voting, last=last) for seat, voting, last in rules.members]
    body = Body.model_validate(
        {
            "id": "bod-a", "title": "Body", "kind": "working-group", "charter_version": "1.0.0",
            "effective_from": "2025-01-01", "review_by": "2027-01-01", "chair": {"seat": "sea-a"},
            "members": members, "quorum": str(rules.quorum),
        }
    )  # fmt: skip
    yield Entry(BODY, "bod-a", body, "governance/bodies/bod-a.md")
    for key, status, day, votes, names in rules.decisions:
        decision = Decision.model_validate(
            {
                "id": key, "title": "D", "type": "module-sign-off", "status": status, "body": "bod-a",
                "date": FIRST_DAY + timedelta(days=day), "votes": {"for": str(votes), "against": "0", "abstain": "0"},
                "affects": [SUBJECT] if names else [],
            }
        )  # fmt: skip
        yield Entry(DECISION, key, decision, f"governance/decisions/{key}.md")


def _member(seat: str, *, voting: bool, last: int | None) -> dict[str, object]:
    member: dict[str, object] = {"seat": seat, "voting": voting, "from": "2025-01-01"}
    return member if last is None else {**member, "to": FIRST_DAY + timedelta(days=last)}
