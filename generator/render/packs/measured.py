"""The section on KPIs: a figure with its interval, chart, scopes, population and source each."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.render.packs import format as fmt
from generator.render.packs.chart import trend
from generator.render.packs.figures import counts, figure, interval, target
from generator.render.packs.source import PackSource
from generator.views.kpis import Baseline, KpiCard, KpiPage, SourceFacts, kpi_cards, kpi_page

SCOPE_FILTERS = {"phase": "phases", "role": "roles"}


@dataclass(frozen=True, slots=True)
class KpiItem:
    """One KPI as the pack prints it."""

    page: KpiPage
    sentence: str
    chart: Markup
    scopes: tuple[KpiCard, ...]
    day: date | None  # of all scopes, where it is one day
    targets: str
    baseline: str
    source: str
    breaks: str


@dataclass(frozen=True, slots=True)
class KpiContext:
    """Every KPI."""

    origin: Markup
    pages: tuple[KpiItem, ...]


def measured(source: PackSource) -> KpiContext:
    """Every KPI that is not retired, in the order of the definitions."""
    items = tuple(_item(source, kpi_page(source.judgement, card.ref.key)) for card in kpi_cards(source.judgement))
    return KpiContext(source.origin("kpi/definitions.yaml", "kpi/snapshots/", "kpi/imports.yaml"), items)


def _item(source: PackSource, page: KpiPage) -> KpiItem:
    card = page.card
    scopes = tuple(each for each in page.scopes if _wanted(source, each.scope.key))
    days = {each.reading.as_of for each in scopes if each.reading}
    return KpiItem(
        page,
        _sentence(card),
        trend(page),
        scopes if len(scopes) > 1 else (),
        days.pop() if len(days) == 1 else None,
        _targets(page) if len(page.targets) > 1 else "",
        _baseline(page.card, card.baseline),
        _source(page.source),
        "; ".join(f"{fmt.short_day(each.day)}: {each.text} (commit {each.commit[:8]})" for each in card.breaks),
    )


def _wanted(source: PackSource, key: str) -> bool:
    kind = key.partition(":")[0] if ":" in key else {"phs": "phase", "rol": "role"}.get(key[:3], "")
    field = SCOPE_FILTERS.get(kind)
    return field is None or source.wants(field, key.partition(":")[2] or key)


def _sentence(card: KpiCard) -> str:
    reading = card.reading
    if reading is None or reading.value is None:
        return f"{card.scope.title}: {(reading.reason if reading else '') or card.state.reason or 'no figure yet'}."
    between = f", interval {interval(reading, card.display, card.unit)}" if reading.interval else ""
    counted = counts(reading)
    return (
        f"{card.scope.title}, {fmt.day(reading.as_of)}: {figure(reading.value, card.display, card.unit)}"
        f"{f' ({counted})' if counted != '–' else ''}{between}; target {target(card)}."
    )


def _targets(page: KpiPage) -> str:
    sign = "≥" if page.card.direction == "up" else "≤"
    parts = []
    for each in page.targets:
        value = figure(each.value, page.card.display, page.card.unit)
        until = f" to {fmt.short_day(each.until)}" if each.until else ""
        parts.append(f"{sign}{fmt.NO_BREAK}{value} from {fmt.short_day(each.since)}{until}")
    return "; ".join(parts)


def _baseline(card: KpiCard, base: Baseline | None) -> str:
    if base is None:
        return ""
    until = f" to {fmt.short_day(base.until)}" if base.until and base.until != base.since else ""
    window = f", {fmt.short_day(base.since)}{until}" if base.since else ""
    if base.value is not None:
        return f"{figure(base.value, card.display, card.unit)}{window}"
    return f"{fmt.count(base.count)} in {fmt.count(base.exposure)}{window}"


def _source(facts: SourceFacts | None) -> str:
    if facts is None:
        return ""
    rows = f", {facts.rows:,} rows read, {facts.rejected or 0:,} rejected" if facts.rows is not None else ""
    taken = f", taken {fmt.instant(facts.extracted)}" if facts.extracted else ""
    held = f", held at {facts.held_at}" if facts.held_at else ""
    query = f" by {facts.query}" if facts.query else ""
    filters = f" ({'; '.join(facts.filters)})" if facts.filters else ""
    run = f", run by {facts.run_by.title}" if facts.run_by else ""
    totals = f", control totals {', '.join(facts.totals)}" if facts.totals else ""
    digest = f", SHA-256 {facts.sha256[:16]}…" if facts.sha256 else ""
    return f"{facts.ref.key}: {facts.system} {facts.report}{query}{filters}{run}{taken}{rows}{totals}{held}{digest}"
