"""From findings to problems: a finding gets its message, its place, and its cause where a record it reads failed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.checks import ON_CHANGE, excepted
from generator.checks.causes import explained
from generator.errors import Finding, Position, Problem, Severity
from generator.kinds import KINDS
from generator.kinds.seat import SignOff
from generator.load import Loaded
from generator.load.extract import names_in
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.portal import Portal
from generator.model.record import Record

_EVERYWHERE = ("bod-", "sea-")  # who owns two records does not make one follow from the other


def found_problems(
    loaded: Loaded, judgement: Judgement, rules: Iterable[Rule], recorded: Judgement | None = None
) -> tuple[Problem, ...]:
    """All problems of loading and of every rule, errors before warnings, roots before what follows, each by place.

    `recorded` is the judgement of the same state on the day of its newest commit, for the rules on change.
    """
    severities = {rule.code: rule.severity for rule in rules}
    problems = [replace(p, severity=severities.get(p.code, p.severity)) for p in loaded.problems]
    for rule in rules:
        if rule.check is not None:
            problems.extend(_judged(rule, loaded, recorded if recorded and rule.code in ON_CHANGE else judgement))
    signed = {sign_off.id: sign_off.subject for sign_off in loaded.portal.all(SignOff)}
    unique = explained(excepted(dict.fromkeys(problems), judgement), signed)
    return tuple(sorted(unique, key=_rank))


def _rank(problem: Problem) -> tuple[bool, bool, Position, str, str]:
    warning = problem.severity is Severity.WARNING
    return bool(problem.caused_by), warning, problem.position, problem.code, problem.message


def _judged(rule: Rule, loaded: Loaded, judgement: Judgement) -> Iterator[Problem]:
    if rule.check is None:
        return
    if not loaded.lost:
        for finding in rule.check(judgement):
            yield _problem(rule, finding, loaded, "")
        return
    records = {kind.name: kind.record for kind in KINDS}
    read: set[type[Record]] = set()
    watched = replace(judgement, portal=judgement.portal.observed(read.add))
    findings = list(rule.check(watched))
    lost = [one for one in loaded.lost if records[one.kind] in read]
    for finding in findings:
        names = _names_about(finding, loaded.portal) if lost else frozenset[str]()
        cause = next((one.place for one in lost if not one.names or not names or one.names & names), "")
        yield _problem(rule, finding, loaded, cause)


def _names_about(finding: Finding, portal: Portal) -> frozenset[str]:
    """The ids that a finding is about: its record's, those it names, and its neighbours'; none for a whole file.

    What a rule reads lies two links away at most: from a permission over its certificate to the modules.
    """
    key = finding.subject
    entry = portal.entries.get(key)
    if entry is None:
        return frozenset()
    linked = [reference.target for reference in portal.references[key]]
    linked += [reference.target for near in linked for reference in portal.references.get(near, ())]
    linking = [edge.source for edge in portal.incoming(key)]
    told = names_in(key, entry.parent, *map(str, finding.values.values()))
    return told | {name for name in names_in(*linked, *linking) if not name.startswith(_EVERYWHERE)}


def _problem(rule: Rule, finding: Finding, loaded: Loaded, cause: str) -> Problem:
    values = {"key": finding.subject, **finding.values}
    message = rule.message.format(**values)
    position = loaded.position(finding.subject, finding.field)
    return Problem(
        rule.code, rule.severity, message, position, finding.subject, finding.field, remedy=rule.remedy, caused_by=cause
    )
