"""Rules on communications, champions, sponsors and reviews: every role is told, helped and looked at in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.errors import Finding, Severity
from generator.kinds.assurance import Review
from generator.kinds.change_plan import ALL, Champion, Communication, Sponsor, Toolkit
from generator.kinds.decision import Decision
from generator.kinds.roadmap import Gate, Milestone, Phase
from generator.kinds.role import Role
from generator.kinds.working_days import WorkingCalendar, WorkingDays
from generator.model.fields import add_months
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.views.sending import sent_on

DAYS_BEFORE = 30
MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3


def _after_the_fact(j: Judgement) -> Iterator[Finding]:
    for message in j.portal.all(Communication):
        milestone = j.portal.find(message.milestone, Milestone)
        if milestone is not None and message.date is not None and message.date > milestone.due:
            values = {"date": message.date, "milestone": milestone.id, "due": milestone.due}
            yield Finding(message.id, ("date",), values)


def _unsent(j: Judgement) -> Iterator[Finding]:
    for message in j.portal.all(Communication):
        day = sent_on(j, message)
        if message.status == "planned" and day is not None and day < j.as_of:
            yield Finding(message.id, ("status",), {"date": day})


def _untold(j: Judgement) -> Iterator[Finding]:
    messages = [(m.audience, sent_on(j, m)) for m in j.portal.all(Communication) if m.status != "cancelled"]
    for phase in j.portal.all(Phase):
        window = (phase.start - timedelta(days=DAYS_BEFORE), phase.start)
        told = {audience for audience, day in messages if day is not None and window[0] <= day <= window[1]}
        for index, role in enumerate(phase.roles if phase.start <= j.as_of and messages else ()):
            if role not in told and ALL not in told:
                yield Finding(phase.id, ("roles", index), {"role": role, "days": DAYS_BEFORE})


def _on_a_holiday(j: Judgement) -> Iterator[Finding]:
    calendar = WorkingCalendar.of(j.portal.all(WorkingDays))
    for message in j.portal.all(Communication):
        day = sent_on(j, message)
        if day is not None and day.year in calendar.years and not calendar.is_business_day(day):
            yield Finding(message.id, ("date",), {"date": day})


def _no_champion(j: Judgement) -> Iterator[Finding]:
    champions = [c for c in j.portal.all(Champion) if c.from_ <= j.as_of and (c.to is None or c.to >= j.as_of)]
    active = {champion.role for champion in champions}
    for phase in j.portal.all(Phase):
        running = phase.start <= j.as_of and (phase.end is None or j.as_of <= phase.end)
        for index, role in enumerate(phase.roles if running else ()):
            if role not in active:
                yield Finding(phase.id, ("roles", index), {"role": role})


def _no_sponsor(j: Judgement) -> Iterator[Finding]:
    sponsors = [s for s in j.portal.all(Sponsor) if s.from_ <= j.as_of and (s.to is None or s.to >= j.as_of)]
    sponsored = {key for sponsor in sponsors if sponsor.kind == "executive" for key in sponsor.phases}
    for phase in j.portal.all(Phase):
        running = phase.start <= j.as_of and (phase.end is None or j.as_of <= phase.end)
        if running and phase.id not in sponsored:
            yield Finding(phase.id, ("id",))


def _no_toolkit(j: Judgement) -> Iterator[Finding]:
    written = {(toolkit.phase, toolkit.audience) for toolkit in j.portal.all(Toolkit)}
    for phase in j.portal.all(Phase):
        for index, key in enumerate(phase.roles if phase.start <= j.as_of else ()):
            role = j.portal.find(key, Role)
            if role is not None and role.leads_teams and (phase.id, key) not in written:
                yield Finding(phase.id, ("roles", index), {"role": key})


def _institutional_since(j: Judgement) -> date | None:
    """The day on which the last gate passed, where the programme has become institutional."""
    last = [phase for phase in j.portal.all(Phase) if phase.end is None]
    keys = {key for phase in last for key in phase.depends_on}
    decisions = [j.portal.find(gate.decision, Decision) for key in keys for gate in j.portal.children(key, Gate)]
    passed = [d.date for d in decisions if d is not None and (d.outcome or "fail") != "fail"]
    return max(passed) if passed and len(passed) == len(decisions) else None


def _missing_reviews(j: Judgement) -> Iterator[Finding]:
    phases = j.portal.all(Phase)
    if not phases:
        return
    start = min(phase.start for phase in phases)
    held = sorted(review.held for review in j.portal.all(Review) if review.held is not None and review.held <= j.as_of)
    institutional = _institutional_since(j)
    quarterly_until = max(add_months(start, MONTHS_A_YEAR), institutional or j.as_of)
    for one, other in zip([start, *held], [*held, j.as_of], strict=True):
        months = MONTHS_A_QUARTER + 1 if one < quarterly_until else MONTHS_A_YEAR + 1
        if other > add_months(one, months):  # a month to hold it in after the quarter or year has ended
            first = min(phases, key=lambda phase: phase.start)
            cadence = "quarter" if one < quarterly_until else "year"
            yield Finding(first.id, ("id",), {"from": one, "to": other, "cadence": cadence})


RULES = (
    Rule(
        "COM001",
        Severity.ERROR,
        "Messages come before their milestone",
        "News about a date that has passed is no help.",
        "Move the message, or derive its date with offset_days.",
        "{key} on {date} comes after {milestone}, which is due {due}",
        _after_the_fact,
    ),
    Rule(
        "COM002",
        Severity.WARNING,
        "Planned messages are sent",
        "A message that was not sent changed nothing.",
        "Send it and set its status, or cancel it.",
        "{key} was planned for {date} and is not marked sent",
        _unsent,
    ),
    Rule(
        "COM003",
        Severity.WARNING,
        "Roles are told before their phase",
        "People who are surprised resist.",
        "Plan a message to the role.",
        "{key}: {role} had no message in the {days} days before the start",
        _untold,
    ),
    Rule(
        "COM006",
        Severity.WARNING,
        "Messages go out on business days",
        "A message on a holiday is read by nobody.",
        "Move it to a business day.",
        "{key} on {date} falls on a weekend or holiday",
        _on_a_holiday,
    ),
    Rule(
        "CHP001",
        Severity.WARNING,
        "Roles of a running phase have a champion",
        "People ask a colleague before they ask a portal.",
        "Name a champion for the role.",
        "{key}: {role} has no active champion",
        _no_champion,
    ),
    Rule(
        "SPO001",
        Severity.ERROR,
        "A running phase has an executive sponsor",
        "Without a sponsor the programme loses against the day's work.",
        "Name the sponsor in change/sponsors.yaml.",
        "{key} has no active executive sponsor",
        _no_sponsor,
    ),
    Rule(
        "TKT002",
        Severity.WARNING,
        "Managers have a toolkit in their phase",
        "A team asks its own manager first; a manager without words puts training off.",
        "Write a toolkit for the role and the phase, or take leads_teams from the role.",
        "{key}: {role} leads teams and has no toolkit for the phase",
        _no_toolkit,
    ),
    Rule(
        "REV001",
        Severity.WARNING,
        "The programme is reviewed every quarter, then every year",
        "Quarterly until a year has passed and the programme is institutional; then yearly.",
        "Hold the review and record it.",
        "no review was held between {from} and {to}; one each {cadence} is needed",
        _missing_reviews,
    ),
)
