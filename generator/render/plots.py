"""A figure over time: a line with its interval, the range that meets the target, and axes in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from generator.render.charts import SCREEN, Canvas, Level, Point, Scale


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time: shares across from 0 to 1, with an interval where there is one."""

    points: tuple[Point, ...]
    band: tuple[tuple[float, float, float], ...] = ()  # share across, low, high
    gaps: tuple[int, ...] = ()  # numbers of the points before which the line breaks


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of one figure over time."""

    series: Series
    scale: Scale
    ticks: tuple[tuple[float, str], ...]  # value and words on the left axis
    dates: tuple[tuple[float, str], ...]  # share across and words below
    marks: tuple[tuple[float, str], ...] = ()  # share across and words: phases begin, definitions change
    needed: float | None = None
    needed_label: str = ""
    up: bool = True
    last: str = ""  # words beside the last value
    label: str = ""
    height: int = 220


def plot(chart: Plot, on: Canvas = SCREEN) -> Markup:
    """A line with its interval, the range that meets the target, and axes in words."""
    bottom = chart.height - 28
    level = Level(chart.scale, 10, bottom)
    parts = [*_band(chart, level, bottom, on)]
    for value, _ in chart.ticks:
        y = level(value)
        parts.append(f'<line {on.paint("ch-grid")} x1="0" x2="{on.across(1)}" y1="{y:.1f}" y2="{y:.1f}"/>')
    parts.append(on.lines(chart.height, _drawn(chart, level, on)))
    for at, text in chart.marks:
        x = on.across(at)
        parts.append(f'<line {on.paint("ch-now")} x1="{x}" x2="{x}" y1="{bottom - 16}" y2="{bottom}"/>')
        parts.append(Markup('<text x="%s" dx="5" y="%s">%s</text>') % (x, bottom - 5, text))
    parts.extend(_last(chart, level, on))
    for at, text in chart.dates:
        parts.append(
            Markup('<text x="%s" y="%s" text-anchor="middle">%s</text>') % (on.across(at), chart.height - 8, text)
        )
    axis = Markup("").join(
        Markup('<text x="38" y="%s" text-anchor="end">%s</text>') % (f"{level(value) + 4:.1f}", text)
        for value, text in chart.ticks
    )
    left = Markup('<svg class="ch" height="%s" aria-hidden="true">%s</svg>') % (chart.height, axis)
    return Markup('<div class="rp-plot">%s%s</div>') % (left, on.svg(chart.height, chart.label, parts))


def _band(chart: Plot, level: Level, bottom: float, on: Canvas) -> Iterable[str]:
    if chart.needed is None:
        return
    y = level(chart.needed)
    top, depth = (10.0, y - 10) if chart.up else (y, bottom - y)
    yield f'<rect {on.paint("ch-band")} width="{on.across(1)}" y="{top:.1f}" height="{max(depth, 0):.1f}"/>'


def _drawn(chart: Plot, level: Level, on: Canvas) -> Iterable[str]:
    if chart.series.band:
        upper = [f"{on.run(x)},{level(high):.1f}" for x, _, high in chart.series.band]
        lower = [f"{on.run(x)},{level(low):.1f}" for x, low, _ in reversed(chart.series.band)]
        yield f'<polygon {on.paint("ch-iv")} points="{" ".join([*upper, *lower])}"/>'
    if chart.needed is not None:
        yield f'<path {on.paint("ch-t")} d="M0 {level(chart.needed):.1f}H{on.run(1)}"/>'
    cuts = (0, *chart.series.gaps, len(chart.series.points))
    for start, end in pairwise(cuts):
        run = chart.series.points[start:end]
        if len(run) > 1:
            points = " ".join(f"{on.run(x)},{level(value):.1f}" for x, value in run)
            yield f'<polyline {on.paint("ch-l")} points="{points}"/>'


def _last(chart: Plot, level: Level, on: Canvas) -> Iterable[str]:
    if chart.needed is not None and chart.needed_label:
        yield Markup('<text class="tx-ok" x="4" y="%s">%s</text>') % (
            f"{level(chart.needed) - 5:.1f}",
            chart.needed_label,
        )
    if not chart.series.points:
        return
    at, value = chart.series.points[-1]
    x, y = on.across(at), level(value)
    yield f'<circle {on.paint("ch-d")} cx="{x}" cy="{y:.1f}" r="5"/>'
    below = 22 if y < chart.height / 2 else -10
    yield Markup('<text class="k" x="%s" dx="6" dy="%s" y="%s" text-anchor="end">%s</text>') % (
        x,
        below,
        f"{y:.1f}",
        chart.last,
    )
