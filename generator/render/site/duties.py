"""Obligations, regulatory changes, risks, AI systems, traceability and gaps."""

from collections.abc import Iterator

from generator.render.site import words
from generator.render.site.generic import link_panels
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.views.obligations import ChangeLine, ObligationView, obligations, regulatory_changes
from generator.views.registers import systems
from generator.views.risks import RiskView, heat_map, risks
from generator.views.traceability import gaps, obligation_by_module, risk_by_module, role_by_competency


def obligation_pages(source: SiteSource) -> Iterator[Draft]:
    """The register of obligations and a page each."""
    views = obligations(source.judgement)
    covered = sum(view.coverage.good for view in views)
    yield Draft(
        "obligations/",
        "Obligations",
        "obligations.html",
        {"views": views},
        lede=f"{words.plural(len(views), 'obligation')}, {covered} of them covered today; gaps come first.",
        actions=(("Traceability", "traceability/"), ("Regulatory changes", "regulatory/")),
        shows=tuple(view.ref.key for view in views),
        source=views[0].ref.key if views else "",
    )
    for view in views:
        yield obligation_page(source, view)


def obligation_page(source: SiteSource, view: ObligationView) -> Draft:
    """One obligation: what it asks by date, how it is covered, who reads it."""
    return Draft(
        view.ref.url,
        view.ref.title,
        "obligation.html",
        {"view": view, **link_panels(source, view.ref.key)},
        lede=f"{view.instrument}, {view.citation}",
        crumbs=(Crumb("Obligation", "obligations/"), Crumb(view.kind), Crumb(view.force), Crumb(view.jurisdiction)),
        actions=(("Evidence", "evidence/"), ("Traceability", "traceability/")),
        shows=(view.ref.key, *(change.ref.key for change in view.changes)),
        source=view.ref.key,
        history=view.ref.key,
    )


def regulatory_pages(source: SiteSource) -> Iterator[Draft]:
    """The log of regulatory changes and a page each."""
    lines = regulatory_changes(source.judgement)
    waiting = sum(line.assessed_on is None for line in lines)
    rest = f"{words.plural(waiting, 'waits', 'wait')} for an assessment" if waiting else "every one is assessed"
    yield Draft(
        "regulatory/",
        "Regulatory changes",
        "regulatory.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'change')} of law and guidance; {rest}.",
        crumbs=(Crumb("Obligations", "obligations/"),),
        shows=tuple(line.ref.key for line in lines),
    )
    for line in lines:
        yield _regulatory_page(source, line)


def _regulatory_page(source: SiteSource, line: ChangeLine) -> Draft:
    record, published = source.portal.entries[line.ref.key].record, words.plain_day(line.published)
    return Draft(
        line.ref.url,
        line.ref.title,
        "regulatory-change.html",
        {"line": line, "text": getattr(record, "text", None), **link_panels(source, line.ref.key)},
        lede=f"{line.instrument}: published {published}, in force {words.plain_day(line.in_force)}.",
        crumbs=(Crumb("Regulatory change", "regulatory/"), Crumb(line.obligation.title, line.obligation.url)),
        shows=(line.ref.key,),
        source=line.ref.key,
        history=line.ref.key,
    )


def risk_pages(source: SiteSource) -> Iterator[Draft]:
    """The heat map and a page for every risk."""
    views = risks(source.judgement)
    above = sum(view.above_appetite for view in views)
    yield Draft(
        "risks/",
        "Risks",
        "risks.html",
        {"views": views, "heat": heat_map(source.judgement)},
        lede=f"{words.plural(len(views), 'risk')}; {above or 'none'} above the bank's appetite after treatment.",
        crumbs=(Crumb("Obligations", "obligations/"),),
        shows=tuple(view.ref.key for view in views),
        source=views[0].ref.key if views else "",
    )
    for view in views:
        yield _risk_page(source, view)


def _risk_page(source: SiteSource, view: RiskView) -> Draft:
    return Draft(
        view.ref.url,
        view.ref.title,
        "risk.html",
        {"view": view, **link_panels(source, view.ref.key)},
        lede=_risk_lede(view),
        crumbs=(Crumb("Risk", "risks/"), Crumb(view.category)),
        shows=(view.ref.key,),
        source=view.ref.key,
        history=view.ref.key,
    )


def _risk_lede(view: RiskView) -> str:
    scores = f"Inherent {view.inherent.value}, residual {view.residual.value}"
    appetite = f", appetite {view.appetite}" if view.appetite is not None else ""
    return f"{scores}{appetite}; {words.plural(len(view.modules), 'approved module')} trains against it."


def system_pages(source: SiteSource) -> Iterator[Draft]:
    """The AI systems and a page each."""
    views = systems(source.judgement)
    yield Draft(
        "systems/",
        "AI systems",
        "systems.html",
        {"views": views},
        lede=f"{words.plural(len(views), 'AI system')} in the register; who uses, who oversees, what it takes.",
        crumbs=(Crumb("Obligations", "obligations/"),),
        shows=tuple(view.ref.key for view in views),
    )
    for view in views:
        yield Draft(
            view.ref.url,
            view.ref.title,
            "system.html",
            {"view": view, **link_panels(source, view.ref.key)},
            lede=view.purpose,
            crumbs=(Crumb("AI system", "systems/"), Crumb(view.ai_act_class), Crumb(view.status)),
            shows=(view.ref.key,),
            source=view.ref.key,
            history=view.ref.key,
        )


def trace_pages(source: SiteSource) -> Iterator[Draft]:
    """What is missing, and three matrices of what serves what."""
    j = source.judgement
    found = gaps(j)
    matrices = (obligation_by_module(j), risk_by_module(j), role_by_competency(j))
    keys = tuple(row.ref.key for one in matrices for row in one.rows)
    yield Draft(
        "gaps/",
        "Gaps first",
        "gaps.html",
        {"gaps": found},
        lede=f"{words.plural(len(found), 'gap')} of coverage today." if found else "No gap of coverage today.",
        crumbs=(Crumb("Evidence", "evidence/"),),
        actions=(("Traceability", "traceability/"), ("Open warnings", "rules/")),
        shows=tuple(gap.ref.key for gap in found if gap.ref.key in source.portal),
    )
    yield Draft(
        "traceability/",
        "Traceability",
        "traceability.html",
        {"matrices": matrices, "gaps": found},
        lede="From duty and risk to module, from role to competency. Rows with gaps come first.",
        crumbs=(Crumb("Obligations", "obligations/"),),
        shows=keys,
    )
