"""KPIs with their readings, incidents, experiments."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.kinds.kpi import Snapshot
from generator.render.site import words
from generator.render.site.generic import link_panels
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.views.cohorts import experiments
from generator.views.incidents import incidents
from generator.views.kpis import KpiPage, Reading, kpi_cards, kpi_page, readings, scope_ref
from generator.views.phases import phases
from generator.views.shown import Ref, ref

RECENT = timedelta(days=100)
MANY_READINGS = 14


def kpi_pages(source: SiteSource) -> Iterator[Draft]:
    """All KPIs, and a page each."""
    j = source.judgement
    cards = kpi_cards(j)
    good = sum(card.state.good for card in cards)
    yield Draft(
        "kpis/",
        "KPIs",
        "kpis.html",
        {"cards": cards},
        lede=f"{words.plural(len(cards), 'KPI')}; {good} on target today. Every rate is computed from counts.",
        actions=(("Incidents", "incidents/"), ("Snapshots", "kpis/snapshots/")),
        shows=tuple(card.ref.key for card in cards),
        source=cards[0].ref.key if cards else "",
    )
    starts = tuple((phase.start, phase.ref.title) for phase in phases(j))
    for card in cards:
        yield _kpi(source, kpi_page(j, card.ref.key), starts)


def _kpi(source: SiteSource, page: KpiPage, starts: tuple[tuple[date, str], ...]) -> Draft:
    card = page.card
    known = [reading for reading in card.trend if reading.value is not None]
    recent = source.judgement.as_of - RECENT
    zoom = len(known) > MANY_READINGS and sum(reading.as_of >= recent for reading in known) > 2
    breaks = tuple((one.day, one.text) for one in card.breaks)
    return Draft(
        card.ref.url,
        card.ref.title,
        "kpi.html",
        {
            "page": page,
            "card": card,
            "marks": starts + breaks,
            "recent": recent if zoom else None,
            **link_panels(source, card.ref.key),
        },
        lede=_definition(page),
        crumbs=(
            Crumb("KPI", "kpis/"),
            Crumb(page.cadence),
            Crumb(f"owned by {page.owner.title}" if page.owner.title else page.sort),
        ),
        actions=(("All snapshots", "kpis/snapshots/"),),
        shows=(
            card.ref.key,
            *(reading.key for reading in known[-1:]),
            *((page.source.ref.key,) if page.source else ()),
        ),
        source=card.ref.key,
        history=card.ref.key,
    )


def _definition(page: KpiPage) -> str:
    if page.numerator and page.denominator:
        return f"{page.numerator}, out of {page.denominator[:1].lower()}{page.denominator[1:]}."
    return page.method or words.target(page.card).capitalize()


def incident_pages(source: SiteSource) -> Iterator[Draft]:
    """The register of incidents and its trend."""
    view = incidents(source.judgement)
    missing = (
        f"{view.without_lesson} with a training cause lack a lesson"
        if view.without_lesson
        else "every training cause has its lesson"
    )
    yield Draft(
        "incidents/",
        "Incidents",
        "incidents.html",
        {"view": view},
        lede=f"{words.plural(len(view.lines), 'incident')}, {view.open} open; {missing}.",
        crumbs=(Crumb("KPIs", "kpis/"),),
        shows=tuple(line.ref.key for line in view.lines),
    )


def experiment_pages(source: SiteSource) -> Iterator[Draft]:
    """What is tried out, how large it has to be, and what came of it."""
    views = experiments(source.judgement)
    yield Draft(
        "experiments/",
        "Experiments",
        "experiments.html",
        {"views": views},
        lede=f"{words.plural(len(views), 'experiment')}, each registered before it began.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=tuple(view.ref.key for view in views),
    )


def snapshot_pages(source: SiteSource) -> Iterator[Draft]:
    """Every reading, by KPI, newest first."""
    j = source.judgement
    pairs = sorted({(row.kpi, row.scope) for row in source.portal.all(Snapshot)})
    groups: dict[str, list[tuple[Reading, str, Ref]]] = {}
    for kpi, scope in pairs:
        place = scope_ref(j, scope)
        groups.setdefault(kpi, []).extend(
            (reading, words.slug(reading.key), place) for reading in readings(j, kpi, scope)
        )
    for lines in groups.values():
        lines.sort(key=lambda line: (line[0].as_of, line[1]), reverse=True)
    total = sum(map(len, groups.values()))
    newest = max((line[0].as_of for lines in groups.values() for line in lines), default=None)
    yield Draft(
        "kpis/snapshots/",
        "Snapshots",
        "snapshots.html",
        {"groups": [(ref(j.portal, kpi), lines) for kpi, lines in groups.items()]},
        lede=f"{words.count(total)} readings as counts"
        + (f", the newest of {words.plain_day(newest)}." if newest else "."),
        crumbs=(Crumb("KPIs", "kpis/"),),
        shows=tuple(line[0].key for lines in groups.values() for line in lines[:1]),
        search=False,
    )
