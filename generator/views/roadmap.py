"""The roadmap as a chart on the calendar: positions in percent of the whole span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.roadmap import Roadmap
from generator.model.judgement import Judgement
from generator.views.dates import days_after, months_after
from generator.views.memo import remembered
from generator.views.phases import MilestoneView, PhaseView, PlanLine, phases, plan_lines
from generator.views.shown import Ref, State, Tone

_MOST_TICKS = 240  # months on the axis
_OPEN_MONTHS = 12  # how far the chart shows a phase without an end


@dataclass(frozen=True, slots=True)
class Tick:
    """A month on the axis: where it begins and how wide it is, in percent of the whole span."""

    day: date
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the roadmap chart; positions are percent of the whole span, None where it has no end."""

    ref: Ref
    level: str  # "phase" | "milestone" | "gate" | "plan"
    start: date
    end: date | None
    done: date | None
    at: float
    width: float
    used: float  # percent of the span that has passed inside the bar
    state: State
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """The roadmap on the calendar."""

    ref: Ref
    start: date
    end: date
    as_of: date
    as_of_at: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    phases: tuple[PhaseView, ...]
    milestones_done: int
    milestones_late: int
    milestones: int


@remembered
def roadmap_view(j: Judgement) -> RoadmapView | None:
    """The whole roadmap for the chart; None without phases."""
    found = phases(j)
    if not found:
        return None
    span = _span(j, found)
    bars: list[Bar] = []
    for view in found:
        bars.append(_phase_bar(span, view))
        bars.extend(_milestone_bar(span, item) for item in view.milestones)
        if view.gate is not None:
            bars.append(
                Bar(view.gate.ref, "gate", view.gate.due, None, None, span.at(view.gate.due), 0.0, 0.0, view.gate.state)
            )
        bars.extend(_plan_bar(span, line) for line in view.plan)
    milestones = [item for view in found for item in view.milestones]
    roadmap = next(iter(j.portal.entries_of(Roadmap)), None)
    return RoadmapView(
        ref=Ref(roadmap.key, getattr(roadmap.record, "title", roadmap.key), "roadmap/", "roadmap")
        if roadmap
        else Ref("", "Roadmap"),
        start=span.start,
        end=span.end,
        as_of=j.as_of,
        as_of_at=span.at(j.as_of),
        ticks=span.ticks(),
        bars=tuple(bars),
        phases=found,
        milestones_done=sum(item.done is not None for item in milestones),
        milestones_late=sum(item.state.tone is Tone.BAD for item in milestones),
        milestones=len(milestones),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of the chart, whole months."""

    start: date
    end: date  # the first day after it
    today: date

    def at(self, day: date) -> float:
        """Where a day begins, in percent, kept inside the chart."""
        share = (day - self.start).days / (self.end - self.start).days
        return round(100 * min(1.0, max(0.0, share)), 3)

    def width(self, start: date, end: date) -> float:
        """The width of a bar from a day to another, end included."""
        return round(self.at(days_after(end, 1)) - self.at(start), 3)

    def used(self, start: date, end: date) -> float:
        """How much of a bar has passed."""
        return self.width(start, min(end, self.today)) if start <= self.today else 0.0

    def ticks(self) -> tuple[Tick, ...]:
        """The months of the axis."""
        found: list[Tick] = []
        day = self.start
        while day < self.end and len(found) < _MOST_TICKS:
            after = months_after(day, 1)
            found.append(Tick(day, self.at(day), round(self.at(after) - self.at(day), 3)))
            day = after
        return tuple(found)


def _span(j: Judgement, found: tuple[PhaseView, ...]) -> _Span:
    starts = [view.start for view in found] + [line.start for line in plan_lines(j)]
    starts += [min(item.due, item.done or item.due) for view in found for item in view.milestones]
    ends = [view.end or days_after(months_after(view.start, _OPEN_MONTHS), -1) for view in found]
    ends += [item.due for view in found for item in view.milestones]
    ends += [view.gate.due for view in found if view.gate]
    last = max(ends)
    return _Span(min(starts).replace(day=1), months_after(last.replace(day=1), 1), j.as_of)


def _phase_bar(span: _Span, view: PhaseView) -> Bar:
    end = view.end or days_after(span.end, -1)
    return Bar(
        ref=view.ref,
        level="phase",
        start=view.start,
        end=view.end,
        done=view.gate.decision.date if view.gate and view.gate.decision and view.status.startswith("passed") else None,
        at=span.at(view.start),
        width=span.width(view.start, end),
        used=span.used(view.start, end),
        state=view.state,
        open_ended=view.end is None,
    )


def _milestone_bar(span: _Span, item: MilestoneView) -> Bar:
    day = item.done or item.due
    return Bar(item.ref, "milestone", item.due, None, item.done, span.at(day), 0.0, 0.0, item.state)


def _plan_bar(span: _Span, line: PlanLine) -> Bar:
    end = max(line.done or line.due, line.start)
    return Bar(
        ref=line.ref,
        level="plan",
        start=line.start,
        end=line.due,
        done=line.done,
        at=span.at(line.start),
        width=span.width(line.start, end),
        used=span.used(line.start, end),
        state=line.state,
    )
