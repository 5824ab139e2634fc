"""The pages that a concept has of its own, in place of the plain ones."""

from collections.abc import Callable, Iterator

from generator.render.site.curriculum import matrix_pages, module_pages, register_pages, role_pages
from generator.render.site.duties import obligation_pages, regulatory_pages, risk_pages, system_pages, trace_pages
from generator.render.site.governing import budget_pages, decision_pages, governance_pages, right_pages, seat_pages
from generator.render.site.measuring import experiment_pages, incident_pages, kpi_pages, snapshot_pages
from generator.render.site.people import calendar_pages, change_pages, charter_pages, cohort_pages
from generator.render.site.programme import home_pages, programme_pages
from generator.render.site.proving import as_of_pages, assurance_pages, change_log_pages, evidence_pages, rule_pages
from generator.render.site.source import Draft, SiteSource

PageMaker = Callable[[SiteSource], Iterator[Draft]]
MAKERS: tuple[PageMaker, ...] = (
    home_pages,
    programme_pages,
    role_pages,
    matrix_pages,
    module_pages,
    register_pages,
    obligation_pages,
    regulatory_pages,
    risk_pages,
    system_pages,
    trace_pages,
    governance_pages,
    decision_pages,
    right_pages,
    seat_pages,
    budget_pages,
    kpi_pages,
    incident_pages,
    experiment_pages,
    snapshot_pages,
    calendar_pages,
    cohort_pages,
    charter_pages,
    change_pages,
    evidence_pages,
    change_log_pages,
    as_of_pages,
    rule_pages,
    assurance_pages,
)


def special_pages(source: SiteSource) -> Iterator[Draft]:
    """Every page that is not a plain list or record."""
    for maker in MAKERS:
        yield from maker(source)
