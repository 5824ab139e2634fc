"""Rules on values that are of their type and cannot be meant: scales, signs, currencies, links to the wrong one."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches

from generator.errors import Finding, Severity
from generator.kinds.assurance import Review
from generator.kinds.budget import BudgetLine
from generator.kinds.cohort import Cohort, Experiment, Retrospective
from generator.kinds.decision import Decision
from generator.kinds.kpi import Kpi
from generator.kinds.module import Module
from generator.kinds.portal import Settings
from generator.kinds.roadmap import Gate, Milestone, Phase
from generator.kinds.working_days import WorkingDays
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import numbered

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as a training catalogue needs it
_PERIODS = {
    "quarterly": (re.compile(r"[0-9]{4}-Q[1-4]"), "2026-Q1"),
    "annually": (re.compile(r"(FY)?[0-9]{4}"), "2026"),
}
_TO_DECIDE = timedelta(days=31)  # a phase's gate may be decided after its last day
_FIRST_STEPS = 366  # days that a new programme may take before its changes are under control
_CADENCES = ("weekly", "monthly", "quarterly", "annually", "per-cohort")


def _other_currency(j: Judgement) -> Iterator[Finding]:
    lines = j.portal.all(BudgetLine)
    usual = Counter(line.currency for line in lines).most_common(1)
    for line in lines:
        if line.currency != usual[0][0]:
            yield Finding(line.id, ("currency",), {"currency": line.currency, "usual": usual[0][0]})


def _off_the_scale(j: Judgement) -> Iterator[Finding]:
    shares = {kpi.id: kpi for kpi in j.portal.all(Kpi) if kpi.method == "proportion"}
    for kpi in shares.values():
        for index, target in enumerate(kpi.target):
            if not 0 <= target.value <= 1:
                yield Finding(kpi.id, ("target", index, "value"), {"kpi": kpi.id, "value": target.value})
        if kpi.baseline is not None and kpi.baseline.value is not None and not 0 <= kpi.baseline.value <= 1:
            yield Finding(kpi.id, ("baseline", "value"), {"kpi": kpi.id, "value": kpi.baseline.value})
    for gate in j.portal.all(Gate):
        for index, criterion in enumerate(gate.criteria):
            if criterion.kpi in shares and not 0 <= criterion.value <= 1:
                values = {"kpi": criterion.kpi, "value": criterion.value}
                yield Finding(gate.id, ("criteria", index, "value"), values)


def _two_targets(j: Judgement) -> Iterator[Finding]:
    for kpi in j.portal.all(Kpi):
        for index, target in enumerate(kpi.target[1:], start=1):
            before = kpi.target[index - 1]
            if before.to is None or target.from_ <= before.to:
                values = {"from": target.from_, "to": before.to or "an open end", "value": before.value}
                yield Finding(kpi.id, ("target", index, "from"), values)


def _against_the_direction(j: Judgement) -> Iterator[Finding]:
    for gate in j.portal.all(Gate):
        for index, criterion in enumerate(gate.criteria):
            kpi = j.portal.find(criterion.kpi, Kpi)
            wrong = {"up": ("<", "<="), "down": (">", ">=")}
            if kpi is not None and criterion.op in wrong[kpi.direction]:
                values = {"kpi": kpi.id, "op": criterion.op, "direction": kpi.direction}
                yield Finding(gate.id, ("criteria", index, "op"), values)


def _outside_its_phase(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        children: list[Milestone | Gate] = [*j.portal.children(phase.id, Milestone), *j.portal.children(phase.id, Gate)]
        for child in children:
            if phase.end is not None and phase.start <= phase.end < child.due - _TO_DECIDE:
                yield Finding(child.id, ("due",), {"due": child.due, "phase": phase.id, "end": phase.end})


def _more_than_all(j: Judgement) -> Iterator[Finding]:
    for experiment in j.portal.all(Experiment):
        for arm, counts in experiment.result.items():
            if counts.x is not None and counts.x > counts.n:
                yield Finding(experiment.id, ("result", arm, "x"), {"arm": arm, "x": counts.x, "n": counts.n})


def _replaced_by_nothing(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        named = any(other.supersedes == decision.id for other in j.portal.all(Decision))
        if decision.status == "superseded" and decision.superseded_by is None and not named:
            yield Finding(decision.id, ("status",))


def _unconditional(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        if decision.outcome == "pass-with-conditions" and not decision.conditions:
            yield Finding(decision.id, ("outcome",))


def _not_its_retrospective(j: Judgement) -> Iterator[Finding]:
    for cohort in j.portal.all(Cohort):
        found = j.portal.find(cohort.retrospective, Retrospective)
        if found is not None and found.cohort != cohort.id:
            text = f"{found.id} is about {found.cohort}"
            yield Finding(cohort.id, ("retrospective",), {"text": text})
    for found in j.portal.all(Retrospective):
        about = j.portal.find(found.cohort, Cohort)
        if about is None:
            continue
        if found.date < about.start:
            text = f"it was held {found.date}, before {about.id} began on {about.start}"
            yield Finding(found.id, ("date",), {"text": text})


def _holiday_of_another_year(j: Judgement) -> Iterator[Finding]:
    for days in j.portal.all(WorkingDays):
        for index, day in enumerate(days.holidays):
            if day.year != days.year:
                yield Finding(j.portal.key_of(days), ("holidays", index), {"day": day, "year": days.year})


def _settings(j: Judgement) -> Iterator[Finding]:
    for settings in j.portal.all(Settings):
        for word in settings.staleness_days:
            if word not in _CADENCES:
                close = get_close_matches(word, _CADENCES, n=1)
                hint = f'; did you mean "{close[0]}"?' if close else ""
                yield Finding("portal", ("staleness_days", word), {"text": f'"{word}" is no cadence{hint}'})
        for name, platform in settings.platforms.items():
            if "{course}" not in platform.course_url:
                text = f"the address of courses on {name} has no {{course}}"
                yield Finding("portal", ("platforms", name, "course_url"), {"text": text})
        ahead = (settings.change_control_from - j.as_of).days
        if ahead > _FIRST_STEPS:
            days = numbered(ahead, "day")
            text = f"no change is under control for another {days}"
            yield Finding("portal", ("change_control_from",), {"text": text})


def _no_language(j: Judgement) -> Iterator[Finding]:
    for settings in j.portal.all(Settings):
        if not _LANGUAGE.fullmatch(settings.language):
            yield Finding("portal", ("language",), {"word": settings.language})
    for module in j.portal.all(Module):
        for index, word in enumerate(module.language):
            if not _LANGUAGE.fullmatch(word):
                yield Finding(module.id, ("language", index), {"word": word})


def _no_period(j: Judgement) -> Iterator[Finding]:
    for review in j.portal.all(Review):
        form, example = _PERIODS[review.cadence]
        if not form.fullmatch(review.period):
            values = {"period": review.period, "cadence": review.cadence, "example": example}
            yield Finding(review.id, ("period",), values)


def _due_before_it_was_decided(j: Judgement) -> Iterator[Finding]:
    for decision in j.portal.all(Decision):
        days = [("conditions", index, one.due) for index, one in enumerate(decision.conditions)]
        days += [("actions", index, one.due) for index, one in enumerate(decision.actions)]
        for field, index, due in days:
            if due < decision.date:
                yield Finding(decision.id, (field, index, "due"), {"due": due, "date": decision.date})


def _rule(code: str, title: str, why: str, remedy: str, message: str) -> Rule:
    return Rule(code, Severity.ERROR, title, why, remedy, message, _CHECKS[code])


_CHECKS = {
    "BUD005": _other_currency,
    "COH008": _not_its_retrospective,
    "DEC011": _replaced_by_nothing,
    "DEC012": _unconditional,
    "DEC013": _due_before_it_was_decided,
    "EXP004": _more_than_all,
    "KPI022": _off_the_scale,
    "KPI023": _two_targets,
    "LNG001": _no_language,
    "POR004": _settings,
    "REV003": _no_period,
    "ROA012": _against_the_direction,
    "ROA013": _outside_its_phase,
    "SLA010": _holiday_of_another_year,
}
RULES = (
    _rule(
        "BUD005",
        "Budgets are in one currency",
        "Sums over two currencies mean nothing.",
        "Convert the amount, or correct the code.",
        "{key} is in {currency}; the other lines are in {usual}",
    ),
    _rule(
        "COH008",
        "A retrospective is about its cohort",
        "Lessons filed under another cohort are not found where they were learned.",
        "Name the retrospective of this cohort, or correct the date.",
        "{key}: {text}",
    ),
    _rule(
        "DEC011",
        "What is superseded has a successor",
        "A decision that is out of force without another one leaves nothing in force.",
        "Name the decision that replaces it under superseded_by.",
        "{key} is superseded, and no decision replaces it",
    ),
    _rule(
        "DEC012",
        "A pass with conditions names them",
        "A condition that nobody wrote down is met by nobody.",
        "List the conditions with owner and due date, or decide pass.",
        "{key} passes with conditions and names none",
    ),
    _rule(
        "DEC013",
        "What a decision asks for lies ahead of it",
        "A condition that was due before it was set cannot be met in time.",
        "Correct the due date.",
        "{key}: due {due}, before the decision of {date}",
    ),
    _rule(
        "EXP004",
        "An arm has no more successes than people",
        "Counts that cannot be true make every test on them untrue.",
        "Correct the counts.",
        "{key}: arm {arm} has {x} successes among {n}",
    ),
    _rule(
        "KPI022",
        "Shares lie between 0 and 1",
        "A target of 95 is never reached where 0.95 was meant.",
        "Write the share as a number from 0 to 1.",
        "{key}: {kpi} is a share; {value} does not lie between 0 and 1",
    ),
    _rule(
        "KPI023",
        "One target holds at a time",
        "Where two targets hold on one day, each reader picks his own.",
        "Let the earlier one end on the day before.",
        "{key}: a target from {from} begins while {value} holds to {to}",
    ),
    _rule(
        "LNG001",
        "Languages are named by their tag",
        "Browsers, screen readers and the catalogue read tags, not names.",
        "Write a BCP 47 tag, such as en or de-CH.",
        '{key}: "{word}" is no language tag; expected one such as en or de-CH',
    ),
    _rule(
        "POR004",
        "The settings mean what they say",
        "A setting that nothing reads, or that switches control off, is noticed too late.",
        "Correct the setting in portal.yaml.",
        "{text}",
    ),
    _rule(
        "REV003",
        "A review names its period",
        "A review of no period that exists is missing from the row of reviews.",
        "Write the period as the calendar does.",
        '{key}: "{period}" is no period of a review held {cadence}; expected one such as {example}',
    ),
    _rule(
        "ROA012",
        "A criterion asks for better, not worse",
        "A gate that opens when the figure is bad opens for the wrong reason.",
        "Turn the comparison round, or correct the KPI's direction.",
        "{key}: {kpi} {op} asks for the worse side; better is {direction}",
    ),
    _rule(
        "ROA013",
        "Milestones and gates lie in their phase",
        "A gate may be decided shortly after the last day; what is due long after its phase holds nothing up.",
        "Correct the due date, or move it to the phase it belongs to.",
        "{key} is due {due}, more than a month after {phase} ends on {end}",
    ),
    _rule(
        "SLA010",
        "Holidays lie in their year",
        "A holiday in the wrong year makes a working day of it, and a deadline falls on it.",
        "Correct the date, or move it to its year.",
        "{key}: {day} does not lie in {year}",
    ),
)
