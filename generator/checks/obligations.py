"""Rules on obligations, risks and regulatory changes: every duty is served on every day."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.errors import Finding, Severity
from generator.kinds.decision import Decision
from generator.kinds.governance import Sla
from generator.kinds.matrix import Requirement
from generator.kinds.module import Module
from generator.kinds.obligation import Obligation, RegulatoryChange
from generator.kinds.risk import Risk, appetite
from generator.kinds.roadmap import Phase
from generator.kinds.working_days import WorkingCalendar, WorkingDays
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import numbered

DAY = timedelta(days=1)


def approved_modules(j: Judgement) -> tuple[Module, ...]:
    """The modules that are approved."""
    return tuple(module for module in j.portal.all(Module) if module.status == "approved")


def _unserved(j: Judgement) -> Iterator[Finding]:
    served = {key for module in approved_modules(j) for key in module.obligations}
    for obligation in j.portal.all(Obligation):
        # The modules of today cite the successor; they served the wording before it as well.
        if obligation.wording_on(j.as_of) is not None and not {obligation.id, obligation.superseded_by} & served:
            yield Finding(obligation.id, ("id",), {"day": j.as_of})


def _ended(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        for index, key in enumerate(module.obligations if module.status != "retired" else ()):
            obligation = j.portal.find(key, Obligation)
            if obligation is None or obligation.ended is None or obligation.ended >= j.as_of:
                continue
            advice = f"use {obligation.superseded_by}" if obligation.superseded_by else "nothing follows it"
            values = {"obligation": key, "day": obligation.ended, "advice": advice}
            yield Finding(module.id, ("obligations", index), values)


def uncovered_days(j: Judgement, obligation: Obligation) -> tuple[date, date] | None:
    """The first stretch of days, since the programme began, on which no mandatory module served the obligation."""
    starts = [phase.start for phase in j.portal.all(Phase)]
    if not starts:
        return None
    day = max(obligation.applies_from, min(starts))
    last = min(obligation.ended or j.as_of, j.as_of)
    serving = {module.id for module in approved_modules(j) if obligation.id in module.obligations}
    rows = [row for row in j.portal.all(Requirement) if row.module in serving and row.requirement == "mandatory"]
    for row in sorted(rows, key=lambda row: row.effective_from):
        if row.effective_from > day:
            last = min(last, row.effective_from - DAY)
            break
        day = max(day, (row.effective_to or last) + DAY)
    return (day, last) if day <= last else None


def _uncovered(j: Judgement) -> Iterator[Finding]:
    served = {key for module in approved_modules(j) for key in module.obligations}
    for obligation in j.portal.all(Obligation):
        gap = uncovered_days(j, obligation) if obligation.id in served else None
        if gap is not None and not _accepted_gap(j, obligation.id):
            values = {"from": gap[0], "to": gap[1], "days": numbered((gap[1] - gap[0]).days + 1, "day")}
            yield Finding(obligation.id, ("id",), values)


def _accepted_gap(j: Judgement, key: str) -> bool:
    """A decision of risk acceptance or waiver names the obligation."""
    return any(
        decision.status == "accepted" and decision.type in ("risk-acceptance", "waiver") and decision.covers(key)
        for decision in j.portal.all(Decision)
    )


def _high_risks(j: Judgement) -> Iterator[Finding]:
    limit = appetite(j)
    addressed = {key for module in approved_modules(j) for key in module.risks}
    for risk in j.portal.all(Risk):
        if limit is not None and risk.inherent.score > limit and risk.id not in addressed:
            yield Finding(risk.id, ("inherent",), {"score": risk.inherent.score, "appetite": limit})


def _assessment_slas(j: Judgement) -> Iterator[tuple[RegulatoryChange, Sla]]:
    for sla in j.portal.all(Sla):
        if sla.decision_type == "regulatory-interpretation":
            for change in j.portal.all(RegulatoryChange):
                if change.status != "not-applicable":
                    yield change, sla


def _slow(j: Judgement) -> Iterator[Finding]:
    calendar = WorkingCalendar.of(j.portal.all(WorkingDays))
    for change, sla in _assessment_slas(j):
        end = min(change.assessed_on or j.as_of, j.as_of)
        business = sla.clock == "business"
        taken = calendar.between(change.published, end) if business else (end - change.published).days
        if taken > sla.target_days:
            state = "was assessed after" if change.assessed_on and change.assessed_on <= j.as_of else "has waited for"
            values = {
                "state": state,
                "taken": numbered(taken, f"{sla.clock} day"),
                "sla": sla.id,
                "target": sla.target_days,
            }
            yield Finding(change.id, ("published",), values)


def _unknown_year(j: Judgement) -> Iterator[Finding]:
    calendar = WorkingCalendar.of(j.portal.all(WorkingDays))
    needed: dict[str, set[int]] = {sla.id: {j.as_of.year} for sla in j.portal.all(Sla) if sla.clock == "business"}
    for change, sla in _assessment_slas(j):
        if sla.id in needed:
            last = min(change.assessed_on or j.as_of, j.as_of)
            needed[sla.id].update(range(change.published.year, last.year + 1))
    for key, years in sorted(needed.items()):
        for year in sorted(years - calendar.years):
            yield Finding(key, ("clock",), {"year": year})


def _undecided_change(j: Judgement) -> Iterator[Finding]:
    for change in j.portal.all(RegulatoryChange):
        decided = any(edge.source for edge in j.portal.incoming(change.id) if j.portal.find(edge.source, Decision))
        if change.decision_needed and change.status == "assessed" and not decided:
            yield Finding(change.id, ("decision_needed",))


RULES = (
    Rule(
        "OBL002",
        Severity.ERROR,
        "Every obligation in force is served",
        "A duty that no training answers is an open promise to the supervisor.",
        "Name the obligation in an approved module.",
        "{key} is in force on {day} and no module serves it",
        _unserved,
    ),
    Rule(
        "OBL003",
        Severity.ERROR,
        "Modules cite what is in force",
        "Training to an ended wording proves the wrong thing.",
        "Cite the successor.",
        "{key} cites {obligation}, which ended {day}; {advice}",
        _ended,
    ),
    Rule(
        "OBL005",
        Severity.WARNING,
        "Every obligation is served on every day",
        "An auditor asks what staff were trained to on a given day.",
        "Start a mandatory module earlier next time, and have the gap accepted by decision.",
        "{key}: no mandatory module served it from {from} to {to} ({days})",
        _uncovered,
    ),
    Rule(
        "REG003",
        Severity.WARNING,
        "Changes are assessed within their SLA",
        "The clock starts on the day of publication.",
        "Assess it now; the delay stays on record.",
        "{key} {state} {taken}; {sla} allows {target}",
        _slow,
    ),
    Rule(
        "REG006",
        Severity.ERROR,
        "Needed decisions follow",
        "An assessment that asks for a decision and gets none changes nothing.",
        "Record the decision with the change under affects.",
        "{key} needs a decision and none names it",
        _undecided_change,
    ),
    Rule(
        "RSK002",
        Severity.ERROR,
        "High risks are addressed by training",
        "A risk above appetite that nobody is trained for is accepted by silence.",
        "Name the risk in an approved module.",
        "{key} scores {score}, above appetite {appetite}, and no approved module addresses it",
        _high_risks,
    ),
    Rule(
        "SLA009",
        Severity.ERROR,
        "Business days are counted on a committed calendar",
        "A library's holidays change between versions; a count must not.",
        "Add the year to governance/working-days.yaml.",
        "{key} counts business days in {year}, and no working days of {year} are recorded",
        _unknown_year,
    ),
)
