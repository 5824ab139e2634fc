"""From findings to problems: a finding gets its message, its place, and its cause where a record it reads failed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.errors import Finding, Problem
from generator.load import Loaded
from generator.model.judgement import Judgement
from generator.model.kind import Rule


def found_problems(loaded: Loaded, judgement: Judgement, rules: Iterable[Rule]) -> tuple[Problem, ...]:
    """All problems of loading and of every rule, roots first, then what follows from them, each by place."""
    severities = {rule.code: rule.severity for rule in rules}
    problems = [replace(p, severity=severities.get(p.code, p.severity)) for p in loaded.problems]
    for rule in rules:
        if rule.check is not None:
            problems.extend(_judged(rule, loaded, judgement))
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (bool(p.caused_by), p.position, p.code, p.message)))


def _judged(rule: Rule, loaded: Loaded, judgement: Judgement) -> Iterator[Problem]:
    if rule.check is None:
        return
    if not loaded.failed_kinds:
        for finding in rule.check(judgement):
            yield _problem(rule, finding, loaded, "")
        return
    read: set[str] = set()
    watched = replace(judgement, portal=judgement.portal.observed(read.add))
    for finding in list(rule.check(watched)):
        cause = next((loaded.failed_kinds[kind] for kind in sorted(read) if kind in loaded.failed_kinds), "")
        yield _problem(rule, finding, loaded, cause)


def _problem(rule: Rule, finding: Finding, loaded: Loaded, cause: str) -> Problem:
    values = {"key": finding.subject, **finding.values}
    message = rule.message.format(**values)
    position = loaded.position(finding.subject, finding.field)
    return Problem(
        rule.code, rule.severity, message, position, finding.subject, finding.field, remedy=rule.remedy, caused_by=cause
    )
