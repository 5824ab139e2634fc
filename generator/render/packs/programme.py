"""The sections on the programme's course: summary, roadmap and gates."""

from dataclasses import dataclass

from markupsafe import Markup

from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.gates import GateView, gates
from generator.views.home import HomeView, home
from generator.views.kpis import KpiCard
from generator.views.phases import ChecklistLine, PhaseView, PlanLine, phases
from generator.views.roadmap import Bar, RoadmapView, roadmap_view
from generator.views.shown import State, Tone

QUARTER_STARTS = (1, 4, 7, 10)
MOST_CARDS = 4
MOST_GAPS = 12


@dataclass(frozen=True, slots=True)
class SummaryContext:
    """The programme on one page."""

    home: HomeView
    gaps_left: int
    cards: tuple[KpiCard, ...]
    phases: tuple[PhaseView, ...]
    strip: tuple[str, ...]
    gates: tuple[tuple[GateView, str], ...]


def summary(source: PackSource) -> SummaryContext:
    """Gaps first, then phases, figures and gates."""
    view = home(source.judgement)
    named = tuple((gate, _tally(gate)) for gate in gates(source.judgement) if source.wants("phases", gate.phase.key))
    return SummaryContext(
        view, max(view.gaps_total - MOST_GAPS, 0), view.cards[:MOST_CARDS], view.phases, tuple(_strip(p) for p in view.phases), named
    )


def _strip(phase: PhaseView) -> str:
    if phase.status.startswith("passed"):
        return "done"
    return "now" if phase.current or phase.status in ("running", "late") else "next"


def _tally(gate: GateView) -> str:
    counted = (
        (gate.met, "met"),
        (gate.not_met, "not met"),
        (gate.watched, "watched"),
        (gate.not_measurable, "not yet measurable"),
    )
    return ", ".join(f"{amount} {word}" for amount, word in counted if amount) or "no criterion"


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A quarter's first month on the calendar; the year where it begins."""

    at: float
    month: str
    year: str


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One row of the calendar: dates in words, a bar or a sign at its place in percent."""

    title: str
    start: str
    due: str
    done: str
    phase: bool
    late: bool
    bar: str
    at: float
    width: float
    sign: str
    sign_at: float


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase against its timebox."""

    key: str
    title: str
    timebox: str
    length: str
    cadence: str
    roles: str
    state: State


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Plan items or checklist lines of the phases."""

    title: str
    lines: tuple[PlanLine | ChecklistLine, ...]


@dataclass(frozen=True, slots=True)
class RoadmapContext:
    """The roadmap on the calendar, its timeboxes, plan and checklists."""

    origin: Markup
    view: RoadmapView | None
    ticks: tuple[AxisTick, ...]
    rows: tuple[GanttRow, ...]
    phases: tuple[PhaseRow, ...]
    plan: tuple[PlanTable, ...]


def roadmap(source: PackSource) -> RoadmapContext:
    """The whole calendar; the pack's filter narrows plan and checklists only."""
    view = roadmap_view(source.judgement)
    shown = phases(source.judgement)
    rows = tuple(_gantt_row(bar) for bar in view.bars if bar.level != "plan") if view else ()
    return RoadmapContext(
        source.origin("roadmap/roadmap.yaml"),
        view,
        tuple(_ticks(view)) if view else (),
        rows,
        tuple(_phase_row(phase) for phase in shown),
        tuple(_plan_tables(source, shown)),
    )


def _ticks(view: RoadmapView) -> list[AxisTick]:
    ticks = [tick for tick in view.ticks if tick.day.month in QUARTER_STARTS and tick.at < 96]
    return [
        AxisTick(round(tick.at, 2), fmt.MONTHS[tick.day.month - 1][:3], str(tick.day.year) if tick.day.month == 1 or not index else "")
        for index, tick in enumerate(ticks)
    ]


def _gantt_row(bar: Bar) -> GanttRow:
    end = None if bar.open_ended else bar.end
    late = bool(bar.done and end and bar.done > end) or bar.state.tone is Tone.BAD
    is_phase = bar.level == "phase"
    begun = bar.used > 0
    return GanttRow(
        title=bar.ref.title,
        start=fmt.tight_day(bar.start) if is_phase else "",
        due=(fmt.tight_day(end) if end else "open") if is_phase else fmt.tight_day(end or bar.start),
        done=fmt.tight_day(bar.done) if bar.done else bar.state.word.lower() if is_phase else "–",
        phase=is_phase,
        late=late,
        bar=("ph" if begun else "phplan") if is_phase else "",
        at=round(bar.at, 2),
        width=round(max(bar.width, 0.6), 2),
        sign="" if is_phase else _sign(bar),
        sign_at=round(bar.at + (bar.width if bar.width < 100 - bar.at else 0), 2),
    )


def _sign(bar: Bar) -> str:
    filled = bar.done is not None
    if bar.level == "gate":
        return "◆" if filled else "◇"
    return "●" if filled else "○"


def _phase_row(phase: PhaseView) -> PhaseRow:
    box = phase.timebox
    if box is None or not (box.shortest or box.longest):
        allowed, length = "open", f"from {fmt.short_day(phase.start)}"
    else:
        allowed = f"{_span(box.shortest)} to {_span(box.longest)}"
        in_weeks = (box.longest or box.shortest).endswith("W")
        length = _length(box.weeks, "weeks") if in_weeks else _length(box.months, "months")
    state = box.state if box and box.inside is not None else phase.state
    names = "; ".join(role.title for role in phase.roles) or "none new"
    return PhaseRow(phase.ref.key, phase.ref.title, allowed, length, phase.cadence, names, state)


def _span(duration: str) -> str:
    units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
    amount, unit = duration[1:-1], duration[-1:]
    return fmt.plural(int(amount), units[unit]) if amount.isdigit() and unit in units else "open"


def _length(value: float | None, unit: str) -> str:
    return f"{fmt.number(value)}{fmt.NO_BREAK}{unit}" if value is not None else "open"


def _plan_tables(source: PackSource, shown: tuple[PhaseView, ...]) -> list[PlanTable]:
    wanted = [phase for phase in shown if source.wants("phases", phase.ref.key)]
    checklists = [PlanTable(f"Checklist of {phase.ref.title}", phase.checklist) for phase in wanted if phase.checklist]
    plans = [PlanTable(f"Project plan of {phase.ref.title}", phase.plan) for phase in wanted if phase.plan]
    return [*plans, *checklists]


@dataclass(frozen=True, slots=True)
class GatesContext:
    """Every gate with its criteria."""

    origin: Markup
    gates: tuple[GateView, ...]


def phase_gates(source: PackSource) -> GatesContext:
    """The gates of the phases that the pack is about."""
    return GatesContext(
        source.origin("roadmap/roadmap.yaml", "governance/decisions/"),
        tuple(gate for gate in gates(source.judgement) if source.wants("phases", gate.phase.key)),
    )
