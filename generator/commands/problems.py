"""From findings to problems: a finding gets its message, its place, and its cause where a record it reads failed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.checks import excepted
from generator.checks.causes import explained
from generator.errors import Finding, Position, Problem, Severity
from generator.kinds import KINDS
from generator.kinds.seat import SignOff
from generator.load import Loaded
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.record import Record


def found_problems(loaded: Loaded, judgement: Judgement, rules: Iterable[Rule]) -> tuple[Problem, ...]:
    """All problems of loading and of every rule, errors before warnings, roots before what follows, each by place."""
    severities = {rule.code: rule.severity for rule in rules}
    problems = [replace(p, severity=severities.get(p.code, p.severity)) for p in loaded.problems]
    for rule in rules:
        if rule.check is not None:
            problems.extend(_judged(rule, loaded, judgement))
    signed = {sign_off.id: sign_off.subject for sign_off in loaded.portal.all(SignOff)}
    unique = explained(excepted(dict.fromkeys(problems), judgement), signed)
    return tuple(sorted(unique, key=_rank))


def _rank(problem: Problem) -> tuple[bool, bool, Position, str, str]:
    warning = problem.severity is Severity.WARNING
    return bool(problem.caused_by), warning, problem.position, problem.code, problem.message


def _judged(rule: Rule, loaded: Loaded, judgement: Judgement) -> Iterator[Problem]:
    if rule.check is None:
        return
    if not loaded.failed_kinds:
        for finding in rule.check(judgement):
            yield _problem(rule, finding, loaded, "")
        return
    failed = {kind.record: loaded.failed_kinds[kind.name] for kind in KINDS if kind.name in loaded.failed_kinds}
    read: set[type[Record]] = set()
    watched = replace(judgement, portal=judgement.portal.observed(read.add))
    for finding in list(rule.check(watched)):
        cause = next((place for record, place in failed.items() if record in read), "")
        yield _problem(rule, finding, loaded, cause)


def _problem(rule: Rule, finding: Finding, loaded: Loaded, cause: str) -> Problem:
    values = {"key": finding.subject, **finding.values}
    message = rule.message.format(**values)
    position = loaded.position(finding.subject, finding.field)
    return Problem(
        rule.code, rule.severity, message, position, finding.subject, finding.field, remedy=rule.remedy, caused_by=cause
    )
