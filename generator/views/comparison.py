"""Which cohorts compare: those with the same test, the same definition of the figure and the same length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.kinds.cohort import Cohort
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.readings import newest_reading, scopes_of
from generator.views.shown import Ref, ref

SCOPE = "cohort:"
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which conditions a cohort was measured."""

    test: str  # version of its assessment; empty: not on record
    weeks: int
    definition: int  # how often the definition had changed by the day of the reading


@dataclass(frozen=True, slots=True)
class Apart:
    """A cohort that does not compare with the others, and why."""

    ref: Ref
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CohortComparison:
    """The largest group of cohorts that compare, its terms, and the cohorts apart."""

    alike: tuple[Ref, ...]
    terms: str
    apart: tuple[Apart, ...]


def terms_of(j: Judgement, scope: str, day: date, breaks: Iterable[date]) -> Terms | None:
    """The terms of a cohort that was read on a day; None where the scope is no cohort."""
    cohort = j.portal.find(scope.removeprefix(SCOPE), Cohort) if scope.startswith(SCOPE) else None
    if cohort is None:
        return None
    weeks = round(((cohort.end - cohort.start).days + 1) / DAYS_A_WEEK)
    return Terms(cohort.assessment_version or "", weeks, sum(one <= day for one in breaks))


def compare(one: Terms | None, other: Terms | None) -> bool:
    """Whether figures of two cohorts say the same thing; what is no cohort compares with itself alone."""
    return one == other and (one is None or bool(one.test))


def cohort_comparison(j: Judgement, kpi: str, breaks: tuple[date, ...]) -> CohortComparison | None:
    """How the cohorts of a KPI compare; None where fewer than two were measured."""
    found: dict[str, Terms] = {}
    for scope in scopes_of(j, kpi):
        reading = newest_reading(j, kpi, scope, j.as_of) if scope.startswith(SCOPE) else None
        terms = terms_of(j, scope, reading.as_of, breaks) if reading and reading.value is not None else None
        if terms is not None:
            found[scope.removeprefix(SCOPE)] = terms
    if len(found) < 2:
        return None
    known = Counter(terms for terms in found.values() if terms.test) or Counter(found.values())
    usual = known.most_common(1)[0][0]
    alike = tuple(ref(j.portal, key) for key, terms in found.items() if compare(terms, usual))
    apart = [Apart(ref(j.portal, k), _reasons(terms, usual)) for k, terms in found.items() if not compare(terms, usual)]
    return CohortComparison(alike, f"test version {usual.test or 'unknown'}, {_weeks(usual)}", tuple(apart))


def _reasons(terms: Terms, usual: Terms) -> tuple[str, ...]:
    reasons = []
    if not terms.test:
        reasons.append("the version of its test is not on record")
    elif terms.test != usual.test:
        reasons.append(f"test version {terms.test}, the others {usual.test}")
    if terms.weeks != usual.weeks:
        reasons.append(f"{_weeks(terms)}, the others {_weeks(usual)}")
    if terms.definition != usual.definition:
        reasons.append("the definition of the figure was another")
    return tuple(reasons)


def _weeks(terms: Terms) -> str:
    return numbered(terms.weeks, "week")
