"""The sections on what is owed and what went wrong: from obligations and risks to incidents, lessons and findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.cohorts import CohortView, LessonView, RetrospectiveView, cohorts, lessons, retrospectives
from generator.views.incidents import IncidentsView, incidents
from generator.views.obligations import ChangeLine, ObligationView, obligations, regulatory_changes
from generator.views.registers import FindingView, ReviewView, findings, reviews
from generator.views.risks import HeatMap, RiskView, heat_map, risks


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one wording on the calendar strip, all answered or all not, in percent."""

    css: str
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Which wording of an obligation was in force on which day, and whether a mandatory module answered it then."""

    title: str
    wordings: str
    stretches: tuple[Stretch, ...]
    modules: int


@dataclass(frozen=True, slots=True)
class ObligationsContext:
    """Obligations with their dated wordings."""

    origin: Markup
    views: tuple[ObligationView, ...]
    coverage: tuple[CoverageRow, ...]
    years: tuple[tuple[float, str], ...]
    as_of_at: float
    uncovered: int


def dated_obligations(source: PackSource) -> ObligationsContext:
    """The obligations of the pack, the calendar of their wordings two years around the as-of date."""
    views = tuple(view for view in obligations(source.judgement) if source.wants("obligations", view.ref.key))
    first, last = date(source.as_of.year - 1, 1, 1), date(source.as_of.year + 1, 12, 31)
    years = tuple((_at(date(year, 1, 1), first, last), str(year)) for year in range(first.year, last.year + 1))
    rows = tuple(calendar_row(view, first, last) for view in views)
    bare = sum(row.modules == 0 and view.wording is not None for row, view in zip(rows, views, strict=True))
    return ObligationsContext(
        source.origin("registers/obligations.yaml"), views, rows, years, _at(source.as_of, first, last), bare
    )


def calendar_row(view: ObligationView, first: date, last: date) -> CoverageRow:
    """The strip of an obligation from `first` to `last`."""
    oldest_first = sorted(view.wordings, key=lambda wording: wording.since)
    stretches: list[Stretch] = []
    for number, wording in enumerate(oldest_first):
        begin, end = max(wording.since, first), min((wording.until or last) + timedelta(days=1), last)
        for since, until, answered in _answered(view, begin, end):
            css = "h" if not answered else "b" if number else ""
            at = _at(since, first, last)
            stretches.append(Stretch(css, at, round(_at(until, first, last) - at, 2)))
    count = len(oldest_first)
    return CoverageRow(
        view.ref.title, str(count) if count == 1 else f"{count}, changed", tuple(stretches), len(view.approved_modules)
    )


def _answered(view: ObligationView, begin: date, end: date) -> Iterator[tuple[date, date, bool]]:
    """The days from `begin` to before `end`, cut where a mandatory module begins or ceases to answer the duty."""
    at = begin
    for since, until in view.served:
        start, stop = max(since, begin), min(until + timedelta(days=1), end) if until else end
        if at < min(start, end):
            yield at, min(start, end), False
        if max(at, start) < stop:
            yield max(at, start), stop, True
        at = max(at, stop if start < end else end)
    if at < end:
        yield at, end, False


def _at(day: date, first: date, last: date) -> float:
    return round(min(max((day - first).days / (last - first).days * 100, 0), 100), 2)


@dataclass(frozen=True, slots=True)
class RegulatoryContext:
    """The regulatory-change log."""

    origin: Markup
    lines: tuple[ChangeLine, ...]
    texts: tuple[Markup, ...]


def regulation(source: PackSource) -> RegulatoryContext:
    """Changes of the law and what was made of them, newest first."""
    lines = tuple(
        line for line in regulatory_changes(source.judgement) if source.wants("obligations", line.obligation.key)
    )
    texts = tuple(
        source.prose(getattr(source.judgement.portal.entries[line.ref.key].record, "text", None)) for line in lines
    )
    return RegulatoryContext(source.origin("regulatory/"), lines, texts)


@dataclass(frozen=True, slots=True)
class RisksContext:
    """The risk register and its heat map."""

    origin: Markup
    views: tuple[RiskView, ...]
    heat: HeatMap
    above: int
    numbers: Mapping[str, int]


def risk_register(source: PackSource) -> RisksContext:
    """Every risk, highest residual first."""
    views = risks(source.judgement)
    numbers = {view.ref.key: number for number, view in enumerate(views, start=1)}
    above = sum(view.above_appetite for view in views)
    return RisksContext(source.origin("registers/risks.yaml"), views, heat_map(source.judgement), above, numbers)


@dataclass(frozen=True, slots=True)
class IncidentsContext:
    """The incident register and its trend."""

    origin: Markup
    view: IncidentsView


def incident_register(source: PackSource) -> IncidentsContext:
    """Incidents with counts a quarter and rates by exposure."""
    return IncidentsContext(
        source.origin("registers/incidents.csv", "registers/exposure.csv"), incidents(source.judgement)
    )


@dataclass(frozen=True, slots=True)
class LessonsContext:
    """Cohorts, retrospectives and what came of the lessons."""

    origin: Markup
    cohorts: tuple[CohortView, ...]
    retrospectives: tuple[RetrospectiveView, ...]
    lessons: tuple[LessonView, ...]
    tally: str


def lessons_learned(source: PackSource) -> LessonsContext:
    """The cohorts of the pack's phases; open lessons first."""
    groups = tuple(group for group in cohorts(source.judgement) if source.wants("phases", group.phase.key))
    kept = {group.ref.key for group in groups}
    held = tuple(each for each in retrospectives(source.judgement) if each.cohort.key in kept)
    told = tuple(each for each in lessons(source.judgement) if each.cohort is None or each.cohort.key in kept)
    open_ = sum(each.status == "open" for each in told)
    tally = f"{fmt.plural(len(told), 'lesson')}, {open_ or 'none'} open"
    return LessonsContext(source.origin("cohorts/"), groups, held, told, tally)


@dataclass(frozen=True, slots=True)
class FindingsContext:
    """Audit findings and reviews."""

    origin: Markup
    findings: tuple[FindingView, ...]
    reviews: tuple[ReviewView, ...]


def audit_findings(source: PackSource) -> FindingsContext:
    """What auditors raised and what the reviews found."""
    j = source.judgement
    return FindingsContext(source.origin("registers/findings.yaml", "governance/reviews.yaml"), findings(j), reviews(j))
