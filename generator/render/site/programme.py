"""Home, the roadmap, phases with their gates, the plan and its pilots."""

from collections.abc import Iterator

from generator.kinds.roadmap import Phase, Roadmap
from generator.render.site import words
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.views.cadence import cadence_records
from generator.views.decisions import open_conditions
from generator.views.gates import GateView, gates
from generator.views.home import home
from generator.views.phases import PhaseView, phases, plan_lines
from generator.views.roadmap import roadmap_view


def home_pages(source: SiteSource) -> Iterator[Draft]:
    """The first page."""
    yield home_page(source)


def programme_pages(source: SiteSource) -> Iterator[Draft]:
    """Everything about the course of the programme."""
    yield from _roadmap(source)
    every = phases(source.judgement)
    yield _phase_index(source, every)
    yield from (phase_page(source, phase, every) for phase in every)
    found = gates(source.judgement)
    yield _gate_index(source, found)
    yield from (gate_page(source, gate) for gate in found)
    yield _plan(source, every)
    yield _cadence(source)


def home_page(source: SiteSource) -> Draft:
    """The first page: what is asked of whom, how the programme stands, what is next."""
    view = home(source.judgement)
    return Draft(
        "",
        view.programme,
        "home.html",
        {"home": view, "commit": source.commit, "withheld": source.withheld, "downloads": source.downloads},
        lede=view.lede,
        crumbs=(Crumb(view.organisation),),
        actions=(("Roadmap", "roadmap/"), ("Change plan", "communications/"), ("For auditors", "evidence/")),
        shows=tuple(source.portal.entries),
    )


def _roadmap(source: SiteSource) -> Iterator[Draft]:
    view = roadmap_view(source.judgement)
    if view is None:
        return
    late = words.plural(view.milestones_late, "is late", "are late") if view.milestones_late else "none is late"
    yield Draft(
        "roadmap/",
        "Roadmap",
        "roadmap.html",
        {"view": view},
        lede=f"{view.milestones_done} of {view.milestones} milestones are reached; {late}.",
        crumbs=(Crumb("Programme", ""), Crumb(words.span(view.start, view.end))),
        actions=(("Gates", "gates/"), ("Plan", "plan/")),
        shows=_roadmap_keys(source),
        source=next(iter(entry.key for entry in source.portal.entries_of(Roadmap)), ""),
    )


def _roadmap_keys(source: SiteSource) -> tuple[str, ...]:
    parts = (*source.portal.entries_of(Roadmap), *source.portal.entries_of(Phase))
    keys = {entry.key for entry in parts}
    return tuple(key for key, entry in source.portal.entries.items() if key in keys or entry.parent in keys)


def _phase_index(source: SiteSource, every: tuple[PhaseView, ...]) -> Draft:
    running = next((phase.ref.title for phase in every if phase.current), "no phase")
    return Draft(
        "phases/",
        "Phases",
        "phases.html",
        {"phases": every},
        lede=f"{words.plural(len(every), 'phase')}; {running} runs now.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=_roadmap_keys(source),
    )


def phase_page(source: SiteSource, phase: PhaseView, every: tuple[PhaseView, ...]) -> Draft:
    """One phase: its gate board, conditions of the gate before, milestones, facts."""
    before = next((one.gate for one in every if one.number == phase.number - 1), None)
    return Draft(
        phase.ref.url,
        phase.ref.title,
        "phase.html",
        {"phase": phase, "phases": every, "gate": phase.gate, "last": before},
        lede=phase.summary,
        crumbs=(Crumb("Roadmap", "roadmap/"), Crumb(f"phase {phase.number} of {phase.of}")),
        actions=(("Roadmap chart", "roadmap/"), ("Calendar", "calendar/")),
        shows=_with_parts(source, phase.ref.key),
        source=phase.ref.key,
        history=phase.ref.key,
    )


def _gate_index(source: SiteSource, found: tuple[GateView, ...]) -> Draft:
    due = next((gate for gate in found if gate.decision is None), None)
    lede = f"Next: {due.ref.title}, due {words.plain_day(due.due)}. {due.sentence}" if due else "Every gate is decided."
    return Draft(
        "gates/",
        "Gates",
        "gates.html",
        {"gates": found, "conditions": open_conditions(source.judgement)},
        lede=lede if found else "No gate is defined.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=tuple(gate.ref.key for gate in found),
    )


def gate_page(source: SiteSource, gate: GateView) -> Draft:
    """One gate: every criterion computed, and the decision beside it."""
    return Draft(
        gate.ref.url,
        gate.ref.title,
        "gate.html",
        {"gate": gate},
        lede=gate.sentence,
        crumbs=(Crumb("Gates", "gates/"), Crumb(gate.phase.title, gate.phase.url)),
        shows=_with_parts(source, gate.ref.key),
        source=gate.ref.key,
        history=gate.ref.key,
    )


def _plan(source: SiteSource, every: tuple[PhaseView, ...]) -> Draft:
    lines = plan_lines(source.judgement)
    late = sum(line.state.tone == "bad" for line in lines)
    return Draft(
        "plan/",
        "Plan",
        "plan.html",
        {"lines": lines, "phases": every},
        lede=f"{words.plural(len(lines), 'plan item')}, {late or 'none'} late.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=tuple(line.ref.key for line in lines) + tuple(one.ref.key for phase in every for one in phase.checklist),
    )


def _cadence(source: SiteSource) -> Draft:
    """Proof from the history that the roadmap was kept up to date as often as each phase asks."""
    records = cadence_records(source.judgement)
    gaps = sum(len(record.gaps) for record in records)
    told = f"{words.plural(gaps, 'gap')} in all" if gaps else "no gap"
    return Draft(
        "cadence/",
        "Cadence record",
        "cadence.html",
        {"records": records},
        lede=f"{words.plural(len(records), 'phase has', 'phases have')} begun; {told}."
        if records
        else "No history was read.",
        crumbs=(Crumb("Roadmap", "roadmap/"),),
        shows=_roadmap_keys(source),
    )


def _with_parts(source: SiteSource, key: str) -> tuple[str, ...]:
    return (key, *(child for child, entry in source.portal.entries.items() if entry.parent == key))
