"""A figure over time: a line with its interval, the range that meets the target, and axes in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from generator.render.charts import SCREEN, Canvas, Level, Point, Scale

TOP, FOOT = 10, 28  # room above the highest value and below the lowest
TYPICAL_SCREEN = 700  # pixels that a label's share across is reckoned with
LETTER = 7.4  # width of a letter of a label
NEAR = 14  # a line nearer to a label than this would strike it through
PLACES = (0.01, 0.28, 0.52, 0.78)


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time: shares across from 0 to 1, with an interval where there is one."""

    points: tuple[Point, ...]
    band: tuple[tuple[float, float, float], ...] = ()  # share across, low, high
    gaps: tuple[int, ...] = ()  # numbers of the points before which the line breaks

    def runs(self) -> Iterator[tuple[Point, ...]]:
        """The points that a line joins."""
        for start, end in pairwise((0, *self.gaps, len(self.points))):
            if end > start:
                yield self.points[start:end]


@dataclass(frozen=True, slots=True)
class Aim:
    """A target while it held."""

    start: float  # shares across
    end: float
    value: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of one figure over time."""

    series: Series
    scale: Scale
    ticks: tuple[tuple[float, str], ...]  # value and words on the left axis
    dates: tuple[tuple[float, str], ...]  # share across and words below
    marks: tuple[tuple[float, str], ...] = ()  # share across and words: phases begin, definitions change
    aims: tuple[Aim, ...] = ()  # every target in turn
    up: bool = True
    last: str = ""  # words beside the last value
    label: str = ""
    height: int = 220

    @property
    def bottom(self) -> float:
        """Where the lowest value lies."""
        return self.height - FOOT

    @property
    def level(self) -> Level:
        """The height of a value."""
        return Level(self.scale, TOP, self.bottom)


def plot(chart: Plot, on: Canvas = SCREEN) -> Markup:
    """A line with its interval, the range that meets the target, and axes in words."""
    level, bottom = chart.level, chart.bottom
    parts = [*_band(chart, on)]
    for value, _ in chart.ticks:
        y = level(value)
        parts.append(f'<line {on.paint("ch-grid")} x1="{on.across(0)}" x2="{on.across(1)}" y1="{y:.1f}" y2="{y:.1f}"/>')
    parts.append(on.lines(chart.height, _drawn(chart, on)))
    for at, text in chart.marks:
        x = on.across(at)
        parts.append(f'<line {on.paint("ch-now")} x1="{x}" x2="{x}" y1="{bottom - 16}" y2="{bottom}"/>')
        parts.append(on.text(x, bottom - 5, text, more='dx="5"'))
    parts.extend(_aim_labels(chart, on))
    parts.extend(_dots(chart, on))
    parts.extend(
        on.text(on.across(at), chart.height - 8, text, more='text-anchor="middle"') for at, text in chart.dates
    )
    return _on_screen(chart, parts) if on.on_screen else _on_paper(chart, parts, on)


def _on_screen(chart: Plot, parts: list[str]) -> Markup:
    axis = Markup("").join(
        SCREEN.text("38", chart.level(value) + 4, text, more='text-anchor="end"') for value, text in chart.ticks
    )
    left = Markup('<svg class="ch" height="%s" aria-hidden="true">%s</svg>') % (chart.height, axis)
    return Markup('<div class="rp-plot">%s%s</div>') % (left, SCREEN.svg(chart.height, chart.label, parts))


def _on_paper(chart: Plot, parts: list[str], on: Canvas) -> Markup:
    x = f"{on.left - 8:.1f}"
    axis = [on.text(x, chart.level(value) + 5, text, more='text-anchor="end"') for value, text in chart.ticks]
    frame = Markup('<svg %s viewBox="0 0 1000 %s" width="174mm" height="%smm" role="img"><title>%s</title>%s</svg>')
    ends = f'x1="{on.across(0)}" x2="{on.across(1)}" y1="{chart.bottom}" y2="{chart.bottom}"'
    axis.append(Markup("<line %s %s/>") % (on.paint("ch-axis"), Markup(ends)))  # noqa: S704 - our own numbers
    inner = Markup("").join(map(Markup, [*axis, *parts]))
    return frame % (on.paint("font"), chart.height, f"{chart.height * 0.174:.1f}", chart.label, inner)


def _band(chart: Plot, on: Canvas) -> Iterable[str]:
    for aim in chart.aims:
        y = chart.level(aim.value)
        top, depth = (float(TOP), y - TOP) if chart.up else (y, chart.bottom - y)
        box = f'x="{on.across(aim.start)}" width="{on.long(aim.end - aim.start)}"'
        yield f'<rect {on.paint("ch-band")} {box} y="{top:.1f}" height="{max(depth, 0):.1f}"/>'


def _drawn(chart: Plot, on: Canvas) -> Iterable[str]:
    level = chart.level
    if chart.series.band:
        upper = [f"{on.run(x)},{level(high):.1f}" for x, _, high in chart.series.band]
        lower = [f"{on.run(x)},{level(low):.1f}" for x, low, _ in reversed(chart.series.band)]
        yield f'<polygon {on.paint("ch-iv")} points="{" ".join([*upper, *lower])}"/>'
    if chart.aims:
        yield f'<path {on.paint("ch-t")} d="{_steps(chart, on)}"/>'
    for run in chart.series.runs():
        if len(run) > 1:
            points = " ".join(f"{on.run(x)},{level(value):.1f}" for x, value in run)
            yield f'<polyline {on.paint("ch-l")} points="{points}"/>'


def _steps(chart: Plot, on: Canvas) -> str:
    """One path over all targets: a step where one follows another, a gap where none held."""
    path, end = "", -1.0
    for aim in chart.aims:
        y = f"{chart.level(aim.value):.1f}"
        path += f"V{y}" if aim.start == end else f"M{on.run(aim.start)} {y}"
        path += f"H{on.run(aim.end)}"
        end = aim.end
    return path


def _dots(chart: Plot, on: Canvas) -> Iterable[str]:
    """A dot for a reading that no line joins, on paper for each; the last one is marked and named."""
    if not chart.series.points:
        return
    for run in chart.series.runs():
        for at, value in run if len(run) == 1 or not on.on_screen else ():
            radius = 5 if len(run) == 1 else 3
            yield f'<circle {on.paint("ch-p")} cx="{on.across(at)}" cy="{chart.level(value):.1f}" r="{radius}"/>'
    at, value = chart.series.points[-1]
    x, y = on.across(at), chart.level(value)
    yield f'<circle {on.paint("ch-d")} cx="{x}" cy="{y:.1f}" r="5"/>'
    if on.on_screen:
        below = 22 if y < chart.height / 2 else -10
        yield on.text(x, y, chart.last, "k", f'dx="6" dy="{below}" text-anchor="end"')
    else:
        yield on.text(on.across(1), y + 6, chart.last, "k", 'dx="12"')


def _aim_labels(chart: Plot, on: Canvas) -> Iterable[str]:
    for aim in chart.aims:
        width = len(aim.label) * LETTER / (on.width or TYPICAL_SCREEN)
        if not aim.label:
            continue
        at, rise = _free_place(chart, aim, width)
        yield on.text(on.across(at), chart.level(aim.value) + rise, aim.label, "tx-ok")


def _free_place(chart: Plot, aim: Aim, width: float) -> tuple[float, float]:
    """Where along the target its label keeps clear of the readings; one with too little time ends where that ends."""
    room = aim.end - aim.start - width
    places = [
        (max(aim.start + (room * share if room > 0 else room), 0.0), rise)
        for share in PLACES
        for rise in ((15.0, -6.0) if room <= 0 and _was_higher(chart, aim) else (-6.0, 15.0))
        if TOP < chart.level(aim.value) + rise < chart.bottom
    ]
    if not places:
        return aim.start, -6.0

    def distance(place: tuple[float, float]) -> float:
        at, rise = place
        middle = chart.level(aim.value) + rise - 4
        near = (abs(y - middle) for x, y in _traced(chart) if at - 0.02 <= x <= at + width + 0.02)
        return min(near, default=float(chart.height))

    return next((place for place in places if distance(place) >= NEAR), max(places, key=distance))


def _was_higher(chart: Plot, aim: Aim) -> bool:
    """Whether the target before this one lies above it in the drawing, so that the step comes down to it."""
    return any(other.end == aim.start and chart.level(other.value) < chart.level(aim.value) for other in chart.aims)


def _traced(chart: Plot, steps: int = 12) -> Iterator[tuple[float, float]]:
    """The line of readings as many positions: share across and height."""
    for run in chart.series.runs():
        yield from ((x, chart.level(value)) for x, value in run)
        for (x1, v1), (x2, v2) in pairwise(run):
            for step in range(1, steps):
                share = step / steps
                yield x1 + (x2 - x1) * share, chart.level(v1 + (v2 - v1) * share)
