"""The sections on the programme's course: summary, roadmap and gates."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.cadence import CadenceRecord, cadence_records
from generator.views.decisions import ConditionView, open_conditions
from generator.views.gates import GateView, gates
from generator.views.home import HomeGap, HomeView, home, home_gaps
from generator.views.kpis import KpiCard
from generator.views.phases import ChecklistLine, PhaseView, PlanLine, phases
from generator.views.roadmap import Bar, RoadmapView, roadmap_view
from generator.views.shown import State

QUARTER_STARTS = (1, 4, 7, 10)
MOST_TICKS = 8  # more quarters than these are shown by half-years
NARROWEST_TICK = 9  # percent between two labels
LAST_TICK = 95
MOST_CARDS = 4
MOST_ROLES = 3
MOST_GAPS = 12


@dataclass(frozen=True, slots=True)
class SummaryContext:
    """The programme on one page."""

    home: HomeView
    gaps: tuple[HomeGap, ...]
    gaps_left: int
    conditions: tuple[ConditionView, ...]
    cards: tuple[KpiCard, ...]
    phases: tuple[PhaseView, ...]
    strip: tuple[str, ...]
    gates: tuple[tuple[GateView, str], ...]


def summary(source: PackSource) -> SummaryContext:
    """Gaps first, then phases, figures and gates."""
    view, gaps = home(source.judgement), home_gaps(source.judgement)
    named = tuple((gate, _tally(gate)) for gate in gates(source.judgement) if source.wants("phases", gate.phase.key))
    return SummaryContext(
        view,
        gaps[:MOST_GAPS],
        len(gaps[MOST_GAPS:]),
        open_conditions(source.judgement),
        view.cards[:MOST_CARDS],
        view.phases,
        tuple(_strip(p) for p in view.phases),
        named,
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
    lines: tuple[tuple[str, PlanLine | ChecklistLine], ...]  # phase, line


@dataclass(frozen=True, slots=True)
class RoadmapContext:
    """The roadmap on the calendar, its timeboxes, plan and checklists."""

    origin: Markup
    view: RoadmapView | None
    ticks: tuple[AxisTick, ...]
    rows: tuple[GanttRow, ...]
    phases: tuple[PhaseRow, ...]
    plan: tuple[PlanTable, ...]
    cadence: tuple[CadenceRecord, ...]


def roadmap(source: PackSource) -> RoadmapContext:
    """The whole calendar; the pack's filter narrows plan and checklists only."""
    view = roadmap_view(source.judgement)
    shown = phases(source.judgement)
    decided = {phase.gate.ref.key: phase.gate.judged_on for phase in shown if phase.gate and phase.gate.decision}
    rows = (
        tuple(_gantt_row(bar, source.as_of, decided.get(bar.ref.key)) for bar in view.bars if bar.level != "plan")
        if view
        else ()
    )
    return RoadmapContext(
        source.origin("roadmap/roadmap.yaml"),
        view,
        tuple(_ticks(view)) if view else (),
        rows,
        tuple(_phase_row(phase) for phase in shown),
        tuple(_plan_tables(source, shown)),
        cadence_records(source.judgement),
    )


def _ticks(view: RoadmapView) -> list[AxisTick]:
    quarters = [tick for tick in view.ticks if tick.day.month in QUARTER_STARTS and tick.at < LAST_TICK]
    close = len(quarters) > MOST_TICKS
    shown = [tick for tick in quarters if not close or tick.day.month in (1, 7)]
    ticks: list[AxisTick] = []
    last = -float(NARROWEST_TICK)
    for tick in shown:
        if tick.at - last >= NARROWEST_TICK:
            named = tick.day.month == 1 or not ticks
            ticks.append(
                AxisTick(round(tick.at, 2), fmt.MONTHS[tick.day.month - 1][:3], str(tick.day.year) if named else "")
            )
            last = tick.at
    return ticks


def _gantt_row(bar: Bar, as_of: date, decided: date | None) -> GanttRow:
    end = None if bar.open_ended else bar.end
    done = bar.done or decided
    is_phase = bar.level == "phase"
    late = not is_phase and end is not None and (done > end if done else as_of > end)
    begun = bar.used > 0
    return GanttRow(
        title=bar.ref.title,
        start=fmt.tight_day(bar.start) if is_phase else "",
        due=(fmt.tight_day(end) if end else "open") if is_phase else fmt.tight_day(end or bar.start),
        done=fmt.tight_day(done) if done else bar.state.word.lower() if is_phase else "–",
        phase=is_phase,
        late=late,
        bar=("ph" if begun else "phplan") if is_phase else "",
        at=round(bar.at, 2),
        width=round(max(bar.width, 0.6), 2),
        sign="" if is_phase else _sign(bar, reached=done is not None),
        sign_at=round(bar.at + (bar.width if bar.width < 100 - bar.at else 0), 2),
    )


def _sign(bar: Bar, *, reached: bool) -> str:
    if bar.level == "gate":
        return "◆" if reached else "◇"
    return "●" if reached else "○"


def _phase_row(phase: PhaseView) -> PhaseRow:
    box = phase.timebox
    if box is None or not (box.shortest or box.longest):
        allowed, length = "open", f"from {fmt.short_day(phase.start)}"
    else:
        allowed = f"{_span(box.shortest)} to {_span(box.longest)}"
        in_weeks = (box.longest or box.shortest).endswith("W")
        length = _length(box.weeks, "weeks") if in_weeks else _length(box.months, "months")
    state = box.state if box and box.inside is not None else phase.state
    names = "; ".join(role.title for role in phase.roles[:MOST_ROLES]) or "none new"
    names += f" and {len(phase.roles) - MOST_ROLES} more" if len(phase.roles) > MOST_ROLES else ""
    return PhaseRow(phase.ref.key, phase.ref.title, allowed, length, phase.cadence, names, state)


def _span(duration: str) -> str:
    units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
    amount, unit = duration[1:-1], duration[-1:]
    return fmt.plural(int(amount), units[unit]) if amount.isdigit() and unit in units else "open"


def _length(value: float | None, unit: str) -> str:
    return f"{fmt.number(value)}{fmt.NO_BREAK}{unit}" if value is not None else "open"


def _plan_tables(source: PackSource, shown: tuple[PhaseView, ...]) -> list[PlanTable]:
    wanted = [phase for phase in shown if source.wants("phases", phase.ref.key)]
    plan = tuple((phase.ref.title, line) for phase in wanted for line in phase.plan)
    checks = tuple((phase.ref.title, line) for phase in wanted for line in phase.checklist)
    return [PlanTable(title, lines) for title, lines in (("Project plan", plan), ("Checklists", checks)) if lines]


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
