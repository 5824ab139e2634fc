"""Obligations: the wording in force on a date, how sure we are of it, and what serves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.matrix import Requirement
from generator.kinds.module import Module
from generator.kinds.obligation import Obligation
from generator.kinds.obligation import Wording as DatedWording
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.asked_evidence import EvidenceLine, evidence_lines
from generator.views.dates import days_after
from generator.views.matrix import roles_of
from generator.views.memo import remembered
from generator.views.people import People, people_in
from generator.views.regulatory import ChangeLine, regulatory_changes
from generator.views.rights import decision_rights
from generator.views.shown import Ref, State, Tone, listed, ref, refs

__all__ = [
    "ChangeLine",
    "EvidenceLine",
    "ObligationView",
    "Wording",
    "obligation",
    "obligations",
    "regulatory_changes",
]


@dataclass(frozen=True, slots=True)
class Wording:
    """One dated wording of an obligation, in our own words."""

    since: date
    until: date | None
    summary: str
    source: str
    verified: date | None
    verification: str
    in_force: bool
    state: State  # in force, to come, superseded
    grade: State  # primary ok, secondary warn
    at: float  # where it begins on the bar of all wordings, percent
    width: float


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation's page."""

    ref: Ref
    instrument: str
    citation: str
    kind: str
    force: str
    jurisdiction: str
    interpreter: Ref
    status: str  # proposed | in-force | ended
    state: State
    wording: Wording | None  # in force on the as-of date
    wordings: tuple[Wording, ...]  # newest first
    as_of_at: float  # percent on the bar of all wordings
    successor: Ref | None
    modules: tuple[Ref, ...]
    approved_modules: tuple[Ref, ...]
    roles: tuple[Ref, ...]  # reached by mandatory modules that serve it
    people: People
    risks: tuple[Ref, ...]
    systems: tuple[Ref, ...]
    served: tuple[tuple[date, date | None], ...]  # the days on which a mandatory module answered it, oldest first
    coverage: State  # Covered, Partly covered, Gap, Not in force
    evidence: tuple[EvidenceLine, ...]
    changes: tuple[ChangeLine, ...]
    rights: tuple[tuple[str, Ref], ...]  # letter, party: of regulatory-interpretation
    notes: str


_TYPE = "regulatory-interpretation"
_STATUS = {
    "proposed": State(Tone.WAIT, "To come"),
    "in-force": State(Tone.OK, "In force"),
    "ended": State(Tone.MUTE, "Ended"),
}
_GAPS_FIRST = {Tone.BAD: 0, Tone.WARN: 1, Tone.OK: 2}


@remembered
def obligations(j: Judgement) -> tuple[ObligationView, ...]:
    """Every obligation, gaps first."""
    views = [obligation(j, found.id) for found in j.portal.all(Obligation)]
    return tuple(sorted(views, key=lambda view: (_GAPS_FIRST.get(view.coverage.tone, 3), view.ref.key)))


@remembered
def obligation(j: Judgement, key: str) -> ObligationView:
    """One obligation."""
    found = j.portal.find(key, Obligation)
    if found is None:
        raise KeyError(key)
    status = status_on(found, j.as_of)
    modules = [one for one in j.portal.all(Module) if key in one.obligations and one.status != "retired"]
    approved = [one for one in modules if one.status == "approved"]
    roles = sorted({cell.role for one in approved for cell in roles_of(j, one.id)})
    bar = _Bar(found, j.as_of)
    wordings = tuple(_wording(one, j.as_of, bar) for one in sorted(found.versions, key=lambda v: v.from_, reverse=True))
    evidence = evidence_lines(j, found, tuple(modules))
    return ObligationView(
        ref=ref(j.portal, key),
        instrument=found.instrument,
        citation=found.citation,
        kind=found.kind,
        force=found.force,
        jurisdiction=found.jurisdiction,
        interpreter=ref(j.portal, found.interpreter),
        status=status,
        state=_STATUS[status],
        wording=next((wording for wording in wordings if wording.in_force), None),
        wordings=wordings,
        as_of_at=bar.at(j.as_of),
        successor=ref(j.portal, found.superseded_by) if found.superseded_by else None,
        modules=refs(j.portal, (one.id for one in modules)),
        approved_modules=refs(j.portal, (one.id for one in approved)),
        roles=refs(j.portal, roles),
        people=people_in(j, tuple(roles)),
        risks=refs(j.portal, sorted({risk for one in approved for risk in one.risks})),
        systems=refs(j.portal, sorted({system for one in approved for system in one.systems})),
        served=served_days(j, found),
        coverage=_coverage(status, approved, roles, evidence),
        evidence=evidence,
        changes=tuple(line for line in regulatory_changes(j) if line.obligation.key == key),
        rights=_rights(j),
        notes=found.notes or "",
    )


def served_days(j: Judgement, found: Obligation) -> tuple[tuple[date, date | None], ...]:
    """The stretches of days, oldest first, on which an approved module that serves it was mandatory for somebody.

    The modules of today cite the successor; they served the wording before it as well.
    """
    cited = {found.id, found.superseded_by} - {None}
    serving = {one.id for one in j.portal.all(Module) if one.status == "approved" and cited & set(one.obligations)}
    rows = [row for row in j.portal.all(Requirement) if row.module in serving and row.requirement == "mandatory"]
    spans: list[tuple[date, date | None]] = []
    for row in sorted(rows, key=lambda row: row.effective_from):
        since, until = spans[-1] if spans else (row.effective_from, None)
        if not spans or (until is not None and row.effective_from > days_after(until, 1)):
            spans.append((row.effective_from, row.effective_to))
        elif until is not None:
            spans[-1] = (since, max(until, row.effective_to) if row.effective_to else None)
    return tuple(spans)


def status_on(found: Obligation, day: date) -> str:
    """Derived from the dated wordings: proposed, in-force or ended."""
    if day < found.applies_from:
        return "proposed"
    return "in-force" if found.wording_on(day) else "ended"


@dataclass(frozen=True, slots=True)
class _Bar:
    """The time that the bar of wordings shows: from the first wording to a year after the as-of date."""

    found: Obligation
    as_of: date

    @property
    def _ends(self) -> tuple[date, date]:
        start = min(self.found.applies_from, self.as_of)
        later = max((one.from_ for one in self.found.versions), default=start)
        return start, days_after(max(self.as_of, later, self.found.ended or later), 365)

    def at(self, day: date) -> float:
        """Where a day begins, in percent."""
        start, end = self._ends
        return round(100 * min(1.0, max(0.0, (day - start).days / (end - start).days)), 3)


def _wording(one: DatedWording, day: date, bar: _Bar) -> Wording:
    if one.in_force(day):
        state = State(Tone.OK, "In force")
    elif one.from_ > day:
        state = State(Tone.WAIT, "To come", f"in {numbered((one.from_ - day).days, 'day')}")
    else:
        state = State(Tone.MUTE, "Ended")
    primary = one.verification == "primary"
    at = bar.at(one.from_)
    return Wording(
        since=one.from_,
        until=one.to,
        summary=one.summary,
        source=one.source,
        verified=one.verified,
        verification=one.verification,
        in_force=one.in_force(day),
        state=state,
        grade=State(Tone.OK, "Primary source") if primary else State(Tone.WARN, "Secondary source"),
        at=at,
        width=round((bar.at(days_after(one.to, 1)) if one.to else 100.0) - at, 3),
    )


def _coverage(status: str, approved: list[Module], roles: list[str], evidence: tuple[EvidenceLine, ...]) -> State:
    """A duty in force is covered by an approved module that is mandatory for someone, with its evidence held."""
    if status != "in-force":
        return State(Tone.MUTE if status == "ended" else Tone.WAIT, "Not in force", _STATUS[status].word.lower())
    if not approved:
        return State(Tone.BAD, "Gap", "no approved module serves it")
    if not roles:
        return State(Tone.BAD, "Gap", "its modules are mandatory for no role")
    missing = [line for line in evidence if not line.state.good]
    if missing:
        names = listed(line.asked.replace("-", " ") for line in missing)
        return State(Tone.WARN, "Partly covered", f"evidence incomplete: {names}")
    return State(Tone.OK, "Covered")


def _rights(j: Judgement) -> tuple[tuple[str, Ref], ...]:
    """Letter and party of the right to interpret."""
    table = decision_rights(j)
    row = next((row for row in table.rows if row.subject == _TYPE), None)
    if row is None:
        return ()
    return tuple((letter, party) for letter, party in zip(row.letters, table.parties, strict=True) if letter)
