"""The line of a KPI over time as inline SVG: hex attributes and a bundled font on every text, a title as its words."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup, escape

from generator.render.packs import format as fmt
from generator.render.packs.figures import figure
from generator.views.kpis import KpiCard, Reading

WIDTH, HEIGHT = 1000, 225
LEFT, RIGHT, TOP, BOTTOM = 52, 900, 12, 190
FONT = 'font-family="Pack Sans"'
INK, MUTED, LINE, BAR, GOOD, BAD = "#17212B", "#46566A", "#C3CCD5", "#1F5F8B", "#14553A", "#9B1C1C"
GAP_FACTOR = 1.9  # a step so much longer than the usual one is a missing snapshot


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day and a value stand in the picture."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        days = max((self.last - self.first).days, 1)
        return round(LEFT + (day - self.first).days / days * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)


def trend(card: KpiCard, cadence: str) -> Markup:
    """The chart of a card's trend; empty with fewer than three readings, a table says it better."""
    points = [reading for reading in card.trend if reading.value is not None]
    if len(points) < 3:
        return Markup("")
    scale = _scale(card, points)
    parts = [
        f'<svg {FONT} viewBox="0 0 {WIDTH} {HEIGHT}" width="174mm" height="{174 * HEIGHT / WIDTH:.1f}mm" role="img">',
        f"<title>{escape(_words(card, points))}</title>",
        *_grid(card, scale),
        *_target(card, scale),
        *_months(scale),
        *_line(card, _segments(points, cadence), scale),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it is escaped


def _scale(card: KpiCard, points: list[Reading]) -> Scale:
    values = [p.value for p in points if p.value is not None]
    if card.target is not None:
        values.append(card.target.value)
    low, high = min(values), max(values)
    step = _step((high - low) or abs(high) or 1.0)
    low, high = (
        step * int(low / step - (1 if low % step < step * 0.15 or low < 0 else 0)),
        step * (int(high / step) + 1),
    )
    ceiling = 1.0 if card.display.value == "share" else high
    if card.display.value == "share":
        low, high = max(low, 0.0), min(high, ceiling)
    return Scale(points[0].as_of, points[-1].as_of, low, high if high > low else low + step)


def _step(span: float) -> float:
    magnitude = 10.0 ** _floor_log10(span / 4)
    return next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= span / 4)


def _floor_log10(value: float) -> int:
    exponent = 0
    while value < 1:
        value, exponent = value * 10, exponent - 1
    while value >= 10:
        value, exponent = value / 10, exponent + 1
    return exponent


def _grid(card: KpiCard, scale: Scale) -> list[str]:
    step = _step(scale.high - scale.low)
    lines = round((scale.high - scale.low) / step)
    parts = []
    for index in range(lines + 1):
        value = scale.low + index * step
        y = scale.y(value)
        parts.append(
            f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{LINE}" stroke-width="{0.8 if index else 1.6}"/>'
        )
        label = escape(_axis_label(value, card, step))
        parts.append(_text(LEFT - 8, y + 5, label, anchor="end"))
    return parts


def _axis_label(value: float, card: KpiCard, step: float) -> str:
    if card.display.value in ("share", "change", "points"):
        return fmt.number(value * 100, 0 if step * 100 >= 1 else 1)
    return fmt.number(value, 0 if step >= 1 else 1 if step >= 0.1 else 2)


def _target(card: KpiCard, scale: Scale) -> list[str]:
    if card.target is None:
        return []
    y = scale.y(card.target.value)
    edge = scale.y(scale.high if card.direction == "up" else scale.low)
    top, height = min(y, edge), round(abs(y - edge), 1)
    label_y = y + (18 if y < TOP + 24 else -7)
    return [
        f'<rect x="{LEFT}" y="{top}" width="{RIGHT - LEFT}" height="{height}" fill="#E9F4EE"/>',
        f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{GOOD}" stroke-width="2" stroke-dasharray="7 5"/>',
        _text(
            LEFT + 6, label_y, f"target {figure(card.target.value, card.display, card.unit)}", colour=GOOD, weight=600
        ),
    ]


def _months(scale: Scale) -> list[str]:
    parts, last_x = [], -100.0
    every = 1 if (scale.last - scale.first).days < 400 else 3
    for index in range(scale.first.year * 12 + scale.first.month - 1, scale.last.year * 12 + scale.last.month):
        year, month = divmod(index, 12)
        day = max(date(year, month + 1, 1), scale.first)
        x = scale.x(day)
        if (month % every and day != scale.first) or x - last_x < 44:
            continue
        label = fmt.MONTHS[month][:3] + (f" {year}" if month == 0 or last_x < 0 else "")
        parts.append(f'<line x1="{x}" y1="{BOTTOM}" x2="{x}" y2="{BOTTOM + 6}" stroke="{MUTED}" stroke-width="1"/>')
        parts.append(_text(x, BOTTOM + 22, label, anchor="start" if last_x < 0 else "middle"))
        last_x = x + (24 if last_x < 0 else 0)
    return parts


def _line(card: KpiCard, segments: list[list[Reading]], scale: Scale) -> list[str]:
    parts = []
    for segment in segments:
        spots = [(scale.x(p.as_of), scale.y(p.value or 0.0)) for p in segment]
        joined = " ".join(f"{x},{y}" for x, y in spots)
        parts.append(f'<polyline fill="none" stroke="{BAR}" stroke-width="3.2" points="{joined}"/>')
        radius = 3.2 if len(spots) > 1 else 5
        parts.extend(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{BAR}"/>' for x, y in spots)
    for mark in card.breaks:
        if scale.first < mark.day < scale.last:
            x = scale.x(mark.day)
            parts.append(
                f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{BOTTOM}" '
                f'stroke="{BAD}" stroke-width="1.4" stroke-dasharray="3 4"/>'
            )
            parts.append(_text(x + 5, TOP + 12, "definition changed", colour=BAD))
    last = segments[-1][-1]
    x, y = scale.x(last.as_of), scale.y(last.value or 0.0)
    parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="#FFFFFF" stroke="{BAR}" stroke-width="3.2"/>')
    parts.append(_text(x + 13, y + 6, figure(last.value, card.display), colour=INK, weight=600, size=18.5))
    return parts


def _segments(points: list[Reading], cadence: str) -> list[list[Reading]]:
    """Runs without a missing snapshot between them; cohorts are different people and never joined by a line."""
    if cadence == "per-cohort":
        return [[point] for point in points]
    steps = sorted((b.as_of - a.as_of).days for a, b in pairwise(points))
    usual = steps[len(steps) // 2]
    runs = [[points[0]]]
    for before, after in pairwise(points):
        if (after.as_of - before.as_of).days > usual * GAP_FACTOR:
            runs.append([])
        runs[-1].append(after)
    return runs


def _text(x: float, y: float, label: str, **look: object) -> str:
    colour, size = look.get("colour", MUTED), look.get("size", 14.5)
    anchor = f' text-anchor="{look["anchor"]}"' if "anchor" in look else ""
    weight = f' font-weight="{look["weight"]}"' if "weight" in look else ""
    return f'<text {FONT} x="{x}" y="{y}" font-size="{size}" fill="{colour}"{anchor}{weight}>{escape(label)}</text>'


def _words(card: KpiCard, points: list[Reading]) -> str:
    first, last = points[0], points[-1]
    aim = f", target {figure(card.target.value, card.display, card.unit)}" if card.target else ""
    return (
        f"Line chart of {card.ref.title}, {card.scope.title}: "
        f"from {figure(first.value, card.display)} on {fmt.day(first.as_of)} "
        f"to {figure(last.value, card.display)} on {fmt.day(last.as_of)}, {len(points)} readings{aim}."
    )
