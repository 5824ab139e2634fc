"""Charts as SVG text: one function a chart, two back ends.

On screen a chart has no width of its own: positions across are percentages, heights are pixels, so that text keeps its
size from a phone to a wide screen; lines lie in an inner drawing that stretches. In print everything is a number and
every colour an attribute, because the printer knows neither style sheets nor percentages inside a drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

Point = tuple[float, float]  # share across from 0 to 1, value
ENDS = 0.98  # lines end here, so that the last dot is not cut off


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn: on screen (no width) or on paper (a width in points and colours by class)."""

    width: float | None = None
    colours: Mapping[str, str] = field(default_factory=dict)

    def across(self, share: float) -> str:
        """A position or length across."""
        return f"{share * 100:.2f}%" if self.width is None else f"{share * self.width:.2f}"

    def paint(self, css: str) -> Markup:
        """The class of a shape, and on paper its colours."""
        colour = self.colours.get(css.split(maxsplit=1)[0], "")
        return Markup('class="%s"%s') % (css, Markup(f" {colour}"))  # noqa: S704 - from the tokens

    def svg(self, height: int, label: str, parts: Iterable[str]) -> Markup:
        """The drawing; a label makes it an image with a name, none hides it from readers."""
        name = Markup('role="img" aria-label="%s"') % label if label else Markup('aria-hidden="true"')
        box = (
            Markup("")
            if self.width is None
            else Markup(' width="%s" viewBox="0 0 %s %s"')
            % (
                self.width,
                self.width,
                height,
            )
        )
        return Markup('<svg class="ch" height="%s"%s %s>%s</svg>') % (
            height,
            box,
            name,
            Markup("").join(map(Markup, parts)),
        )

    def lines(self, height: int, parts: Iterable[str]) -> Markup:
        """Lines that stretch with the screen; on paper they need no stretching."""
        inner = Markup("").join(map(Markup, parts))
        if self.width is not None:
            return inner
        return Markup('<svg width="100%%" height="%s" viewBox="0 0 1000 %s" preserveAspectRatio="none">%s</svg>') % (
            height,
            height,
            inner,
        )

    def run(self, share: float) -> str:
        """A position across inside `lines`."""
        return f"{share * (self.width or 1000):.1f}"

    def bar(self, share: float, tone: str, label: str, *, target: float | None = None, height: int = 8) -> Markup:
        """A bar filled to a share, with the mark of its target."""
        filled = min(max(share, 0.0), 1.0)
        parts = [f'<rect {self.paint("tk")} y="2" width="{self.across(1)}" height="{height}" rx="3"/>']
        if filled > 0:
            parts.append(
                f'<rect {self.paint(f"bar-{tone}")} y="2" width="{self.across(filled)}" height="{height}" rx="3"/>'
            )
        if target is not None:
            at = self.across(target)
            parts.append(f'<line {self.paint("tm")} x1="{at}" x2="{at}" y1="0" y2="{height + 4}"/>')
        return self.svg(height + 4, label, parts)


SCREEN = Canvas()
bar = SCREEN.bar


def stack(parts: Sequence[tuple[str, float]], label: str, on: Canvas = SCREEN) -> Markup:
    """A bar of shares side by side, each in its tone."""
    total = sum(amount for _, amount in parts) or 1
    drawn, at = [], 0.0
    for tone, amount in parts:
        width = amount / total
        if amount:
            drawn.append(
                f'<rect {on.paint(f"bar-{tone}")} x="{on.across(at)}" width="{on.across(max(width - 0.006, 0.002))}" '
                f'height="12" rx="2"/>'
            )
        at += width
    return on.svg(14, label, drawn)


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of values that a chart spans."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Where a value lies in the range, cut to 0..1."""
        return min(max((value - self.low) / ((self.high - self.low) or 1), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Whisker:
    """A value with its interval against what is needed."""

    value: float
    low: float
    high: float
    needed: float
    up: bool = True
    tone: str = "line"

    def scale(self) -> Scale:
        """A range that shows all of it with some air; shares never leave 0 to 1."""
        values = (self.value, self.low, self.high, self.needed)
        low, high = min(values), max(values)
        air = (high - low) * 0.25 or 0.05
        below, above = low - air, high + air
        if low >= 0 and high <= 1:
            below, above = max(below, 0.0), min(above, 1.0)
        return Scale(below, above)


def whisker(mark: Whisker, label: str, scale: Scale | None = None, on: Canvas = SCREEN) -> Markup:
    """An interval as a line, its value as a dot, the range that meets the need as a band."""
    span = scale or mark.scale()
    needed = span.share(mark.needed)
    start, width = (needed, 1 - needed) if mark.up else (0.0, needed)
    left, right = on.across(span.share(mark.low)), on.across(span.share(mark.high))
    parts = [
        f'<rect {on.paint("tk")} y="3" width="{on.across(1)}" height="14"/>',
        f'<rect {on.paint("ch-band")} x="{on.across(start)}" y="3" width="{on.across(width)}" height="14"/>',
        f'<line {on.paint("tm")} x1="{on.across(needed)}" x2="{on.across(needed)}" y1="0" y2="20"/>',
        f'<line {on.paint("ivl")} x1="{left}" x2="{right}" y1="10" y2="10"/>',
        f'<circle {on.paint(f"bar-{mark.tone} ivd")} cx="{on.across(span.share(mark.value))}" cy="10" r="6"/>',
    ]
    return on.svg(20, label, parts)


def nothing(label: str, on: Canvas = SCREEN) -> Markup:
    """The dashed frame of what has no reading yet."""
    return on.svg(20, label, [f'<rect {on.paint("none")} x="1" y="4" width="{on.across(0.99)}" height="12" rx="3"/>'])


def spark(values: Sequence[float], needed: float | None, label: str, *, up: bool = True, on: Canvas = SCREEN) -> Markup:
    """A small line with its target: the last value is marked."""
    height = 46
    scale = _room([*values, *([needed] if needed is not None else [])])
    level = Level(scale, 4, height - 4)
    steps = max(len(values) - 1, 1)
    points = " ".join(f"{on.run(ENDS * i / steps)},{level(value):.1f}" for i, value in enumerate(values))
    parts: list[str] = []
    lines: list[str] = []
    if needed is not None:
        y = level(needed)
        top, depth = (0.0, y) if up else (y, height - y)
        parts.append(f'<rect {on.paint("ch-band")} width="{on.across(ENDS)}" y="{top:.1f}" height="{depth:.1f}"/>')
        lines.append(f'<path {on.paint("ch-t")} d="M0 {y:.1f}H{on.run(ENDS)}"/>')
    if len(values) > 1:
        lines.append(f'<polyline {on.paint("ch-l")} points="{points}"/>')
    parts.append(on.lines(height, lines))
    if values:
        end = ENDS if len(values) > 1 else ENDS / 2
        parts.append(f'<circle {on.paint("ch-d")} cx="{on.across(end)}" cy="{level(values[-1]):.1f}" r="4.5"/>')
    return on.svg(height, label, parts)


@dataclass(frozen=True, slots=True)
class Level:
    """The height of a value inside a drawing."""

    scale: Scale
    top: float
    bottom: float

    def __call__(self, value: float) -> float:
        """The height in pixels from the top."""
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)


def _room(values: Sequence[float]) -> Scale:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = (high - low) * 0.12 or abs(high) * 0.05 or 0.05
    return Scale(low - air, high + air)


def scale_of(values: Sequence[float], *, share: bool = False) -> Scale:
    """A range with air around these values; shares stay between 0 and 1."""
    room = _room(values)
    return Scale(max(room.low, 0.0), min(room.high, 1.0)) if share else room


def round_ticks(scale: Scale, most: int = 5) -> tuple[float, ...]:
    """Round values inside the range for the axis."""
    raw = (scale.high - scale.low) / max(most - 1, 1)
    power = 1e-6
    while power * 10 <= raw:
        power *= 10
    step = next(step for step in (power, power * 2, power * 2.5, power * 5, power * 10) if step >= raw)
    first = -(-scale.low // step)
    values = []
    while first * step <= scale.high + step * 1e-9:
        values.append(round(first * step, 9))
        first += 1
    return tuple(values)
