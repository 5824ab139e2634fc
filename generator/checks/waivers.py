"""Exceptions: severities lowered for a time by decision, in portal.yaml for a rule, in a decision for one record."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from generator.errors import FieldPath, Finding, Problem, Severity
from generator.kinds.decision import Decision, Waiver
from generator.kinds.portal import Principle, Settings
from generator.model.judgement import Judgement
from generator.model.kind import Rule


def excepted(problems: Iterable[Problem], j: Judgement) -> tuple[Problem, ...]:
    """The problems, those that an accepted decision waives on that day lowered to warnings that cite it."""
    waivers = tuple(_in_force(j))
    return tuple(_lowered(problem, waivers) for problem in problems) if waivers else tuple(problems)


def _in_force(j: Judgement) -> Iterator[tuple[Decision, Waiver]]:
    for decision in j.portal.all(Decision):
        for waiver in decision.waives if decision.status == "accepted" else ():
            if waiver.rule is not None and waiver.until is not None and j.as_of <= waiver.until:
                yield decision, waiver


def _lowered(problem: Problem, waivers: Iterable[tuple[Decision, Waiver]]) -> Problem:
    for decision, waiver in waivers:
        if waiver.rule == problem.code and _meets(waiver.subject, problem):
            message = f"{problem.message} (waived until {waiver.until} by {decision.id})"
            return replace(problem, severity=Severity.WARNING, message=message)
    return problem


def _meets(subject: str | None, problem: Problem) -> bool:
    if subject is None:
        return True
    if subject.endswith("/"):
        return problem.key.startswith(subject)
    key, _, field = subject.partition("#")
    return key == problem.key and (not field or field == ".".join(str(part) for part in problem.field))


def _undecided(j: Judgement) -> Iterator[Finding]:
    for settings in j.portal.all(Settings):
        for code, waiver in settings.waive.items():
            decision = j.portal.find(waiver.decision, Decision)
            unseen = waiver.decision not in j.portal
            if not unseen and (decision is None or decision.type != "waiver" or decision.status != "accepted"):
                yield Finding("portal", ("waive", code, "decision"), {"rule": code, "decision": waiver.decision})


def _named(j: Judgement) -> Iterator[tuple[str, FieldPath, str]]:
    """Record, field and code wherever settings and decisions name a rule."""
    for settings in j.portal.all(Settings):
        for index, code in enumerate(settings.strict):
            yield "portal", ("strict", index), code
        for code in settings.waive:
            yield "portal", ("waive", code), code
    for decision in j.portal.all(Decision):
        for index, waiver in enumerate(decision.waives):
            if waiver.rule is not None:
                yield decision.id, ("waives", index, "rule"), waiver.rule


def _unknown(known: frozenset[str], j: Judgement) -> Iterator[Finding]:
    for key, field, code in _named(j):
        if code not in known:
            yield Finding(key, field, {"rule": code})


def _untested(known: frozenset[str], j: Judgement) -> Iterator[Finding]:
    for principle in j.portal.all(Principle):
        for index, code in enumerate(principle.tested_by):
            if code not in known:
                text = f'it is tested by "{code}", which is not the code of a rule'
                yield Finding(principle.id, ("tested_by", index), {"text": text})
        if not principle.tested_by:
            yield Finding(principle.id, (), {"text": "no rule tests it"})


def waiver_rules(codes: frozenset[str]) -> tuple[Rule, ...]:
    """The rules on exceptions themselves; `codes` are those of all other rules."""
    known = codes | {"PRI001", "POR002", "POR003"}
    return (
        Rule(
            "POR002",
            Severity.ERROR,
            "Rules are lowered by decision",
            "A rule that anybody may switch off is no rule.",
            "Name an accepted decision of type waiver.",
            "{rule} is lowered by {decision}, which is no accepted waiver",
            _undecided,
        ),
        Rule(
            "POR003",
            Severity.ERROR,
            "Codes name rules",
            "An exception to a misspelt rule excepts nothing.",
            "Correct the code; `roadmap explain` lists them.",
            '"{rule}" is not the code of a rule',
            partial(_unknown, known),
        ),
        Rule(
            "PRI001",
            Severity.WARNING,
            "Principles are tested",
            "A principle without a test is decoration.",
            "Name codes of rules under tested_by.",
            "{key}: {text}",
            partial(_untested, known),
        ),
    )
