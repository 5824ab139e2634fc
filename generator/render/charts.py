"""Charts as SVG text: one function a chart.

On screen a chart has no width of its own: positions across are percentages, heights are pixels, so that text keeps its
size from a phone to a wide screen; lines lie in an inner drawing that stretches. On paper everything is a number and
every colour and font an attribute, because the printer knows neither style sheets nor percentages inside a drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

Point = tuple[float, float]  # share across from 0 to 1, value
ENDS = 0.98  # lines end here, so that the last dot is not cut off


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn: on screen (no width) or on paper (a width in units and attributes by class)."""

    width: float | None = None
    looks: Mapping[str, str] = field(default_factory=dict)
    left: float = 0.0  # units before the first position across

    @property
    def on_screen(self) -> bool:
        """Whether positions across are percentages and looks are classes."""
        return self.width is None

    def across(self, share: float) -> str:
        """A position across."""
        return f"{share * 100:.2f}%" if self.width is None else f"{self.left + share * self.width:.1f}"

    def long(self, share: float) -> str:
        """A length across."""
        return f"{share * 100:.2f}%" if self.width is None else f"{share * self.width:.1f}"

    def paint(self, css: str) -> Markup:
        """The class of a shape, on paper its attributes."""
        return Markup('class="%s"') % css if self.width is None else Markup(self.looks[css])  # noqa: S704 - our own table

    def text(self, at: str, y: float, words: str, css: str = "", more: str = "") -> Markup:
        """A text in the look of a class; `more` holds further attributes."""
        named = self.paint(css) if css or not self.on_screen else Markup("")
        return Markup('<text %s x="%s" y="%s"%s>%s</text>') % (
            named,
            at,
            f"{y:.1f}",
            Markup(f" {more}" if more else ""),  # noqa: S704 - our own attributes
            words,
        )

    def svg(self, height: int, label: str, parts: Iterable[str]) -> Markup:
        """The drawing for a screen; a label makes it an image with a name, none hides it from readers."""
        name = Markup('role="img" aria-label="%s"') % label if label else Markup('aria-hidden="true"')
        inner = Markup("").join(map(Markup, parts))
        return Markup('<svg class="ch" height="%s" %s>%s</svg>') % (height, name, inner)

    def lines(self, height: int, parts: Iterable[str]) -> Markup:
        """Lines that stretch with the screen; on paper they need no stretching."""
        inner = Markup("").join(map(Markup, parts))
        if not self.on_screen:
            return inner
        return Markup('<svg width="100%%" height="%s" viewBox="0 0 1000 %s" preserveAspectRatio="none">%s</svg>') % (
            height,
            height,
            inner,
        )

    def run(self, share: float) -> str:
        """A position across inside `lines`."""
        return f"{self.left + share * (self.width or 1000):.1f}"


SCREEN = Canvas()


def bar(share: float, tone: str, label: str, *, target: float | None = None, height: int = 8) -> Markup:
    """A bar filled to a share, with the mark of its target."""
    filled = min(max(share, 0.0), 1.0)
    parts = [f'<rect class="tk" y="2" width="{SCREEN.long(1)}" height="{height}" rx="3"/>']
    if filled > 0:
        parts.append(f'<rect class="bar-{tone}" y="2" width="{SCREEN.long(filled)}" height="{height}" rx="3"/>')
    if target is not None:
        at = SCREEN.across(target)
        parts.append(f'<line class="tm" x1="{at}" x2="{at}" y1="0" y2="{height + 4}"/>')
    return SCREEN.svg(height + 4, label, parts)


def stack(parts: Sequence[tuple[str, float]], label: str) -> Markup:
    """A bar of shares side by side, each in its tone."""
    total = sum(amount for _, amount in parts) or 1
    drawn, at = [], 0.0
    for tone, amount in parts:
        width = amount / total
        if amount:
            drawn.append(
                f'<rect class="bar-{tone}" x="{SCREEN.across(at)}" width="{SCREEN.long(max(width - 0.006, 0.002))}" '
                f'height="12" rx="2"/>'
            )
        at += width
    return SCREEN.svg(14, label, drawn)


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


def whisker(mark: Whisker, label: str, scale: Scale | None = None) -> Markup:
    """An interval as a line, its value as a dot, the range that meets the need as a band."""
    span = scale or mark.scale()
    needed = span.share(mark.needed)
    start, width = (needed, 1 - needed) if mark.up else (0.0, needed)
    left, right = SCREEN.across(span.share(mark.low)), SCREEN.across(span.share(mark.high))
    parts = [
        f'<rect class="tk" y="3" width="{SCREEN.long(1)}" height="14"/>',
        f'<rect class="ch-band" x="{SCREEN.across(start)}" y="3" width="{SCREEN.long(width)}" height="14"/>',
        f'<line class="tm" x1="{SCREEN.across(needed)}" x2="{SCREEN.across(needed)}" y1="0" y2="20"/>',
        f'<line class="ivl" x1="{left}" x2="{right}" y1="10" y2="10"/>',
        f'<circle class="bar-{mark.tone} ivd" cx="{SCREEN.across(span.share(mark.value))}" cy="10" r="6"/>',
    ]
    return SCREEN.svg(20, label, parts)


def nothing(label: str) -> Markup:
    """The dashed frame of what has no reading yet."""
    return SCREEN.svg(20, label, [f'<rect class="none" x="1" y="4" width="{SCREEN.long(0.99)}" height="12" rx="3"/>'])


def spark(values: Sequence[float], needed: float | None, label: str, *, up: bool = True) -> Markup:
    """A small line with its target: the last value is marked."""
    height = 46
    scale = _room([*values, *([needed] if needed is not None else [])])
    level = Level(scale, 4, height - 4)
    steps = max(len(values) - 1, 1)
    points = " ".join(f"{SCREEN.run(ENDS * i / steps)},{level(value):.1f}" for i, value in enumerate(values))
    parts: list[str] = []
    lines: list[str] = []
    if needed is not None:
        y = level(needed)
        top, depth = (0.0, y) if up else (y, height - y)
        parts.append(f'<rect class="ch-band" width="{SCREEN.long(ENDS)}" y="{top:.1f}" height="{depth:.1f}"/>')
        lines.append(f'<path class="ch-t" d="M0 {y:.1f}H{SCREEN.run(ENDS)}"/>')
    if len(values) > 1:
        lines.append(f'<polyline class="ch-l" points="{points}"/>')
    parts.append(SCREEN.lines(height, lines))
    if values:
        end = ENDS if len(values) > 1 else ENDS / 2
        parts.append(f'<circle class="ch-d" cx="{SCREEN.across(end)}" cy="{level(values[-1]):.1f}" r="4.5"/>')
    return SCREEN.svg(height, label, parts)


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
    step = next(step for step in (power, power * 2, power * 5, power * 10) if step >= raw)
    first = -(-scale.low // step)
    values = []
    while first * step <= scale.high + step * 1e-9:
        values.append(round(first * step, 9))
        first += 1
    return tuple(values)
