"""Severities as portal.yaml sets them: raised by `strict`, lowered by a dated, decided waiver."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.errors import Severity
from generator.kinds.portal import Settings
from generator.model.kind import Rule


def lowered(rules: Iterable[Rule], settings: Settings | None, as_of: date) -> tuple[Rule, ...]:
    """The rules with the severities that hold on that day."""
    if settings is None:
        return tuple(rules)
    return tuple(replace(rule, severity=_severity(rule, settings, as_of)) for rule in rules)


def _severity(rule: Rule, settings: Settings, as_of: date) -> Severity:
    waiver = settings.waive.get(rule.code)
    if waiver is not None and as_of <= waiver.until:
        return Severity.WARNING
    return Severity.ERROR if rule.code in settings.strict else rule.severity
