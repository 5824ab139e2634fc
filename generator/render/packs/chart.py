"""The line of a KPI over time on paper: hex attributes and a bundled font on every text, a title as its words."""

from datetime import timedelta

from markupsafe import Markup

from generator.render.charts import Canvas
from generator.render.packs import format as fmt
from generator.render.packs.figures import figure
from generator.render.plots import plot
from generator.render.trends import Spelling, Trend, plot_of
from generator.views.kpis import Display, KpiCard, KpiPage, Reading

LEAST_READINGS = 3  # a table says fewer better
FONT = 'font-family="Pack Sans"'
INK, MUTED, LINE, BAR, GOOD, BAD = "#17212B", "#46566A", "#C3CCD5", "#1F5F8B", "#14553A", "#9B1C1C"
PAPER = Canvas(
    width=840.0,
    left=62.0,
    looks={
        "": f'{FONT} font-size="14.5" fill="{MUTED}"',
        "font": FONT,
        "k": f'{FONT} font-size="18.5" font-weight="600" fill="{INK}"',
        "tx-ok": f'{FONT} font-size="14.5" font-weight="600" fill="{GOOD}"',
        "ch-band": 'fill="#E9F4EE"',
        "ch-iv": 'fill="#DCE7F0"',
        "ch-grid": f'stroke="{LINE}" stroke-width="0.8"',
        "ch-axis": f'stroke="{MUTED}" stroke-width="1"',
        "ch-now": f'stroke="{BAD}" stroke-width="1.4" stroke-dasharray="3 4"',
        "ch-t": f'fill="none" stroke="{GOOD}" stroke-width="2" stroke-dasharray="7 5"',
        "ch-l": f'fill="none" stroke="{BAR}" stroke-width="3.2"',
        "ch-p": f'fill="{BAR}"',
        "ch-d": f'fill="#FFFFFF" stroke="{BAR}" stroke-width="3.2"',
    },
)


def trend(page: KpiPage) -> Markup:
    """The chart of a KPI's trend at its widest scope; empty with fewer than three readings."""
    card = page.card
    points = [reading for reading in card.trend if reading.value is not None]
    if len(points) < LEAST_READINGS:
        return Markup("")
    drawn = plot_of(_shown(page), _spelling(page, points))
    return plot(drawn, PAPER) if drawn else Markup("")


def _shown(page: KpiPage) -> Trend:
    marks = tuple((each.day, "definition changed") for each in page.card.breaks)
    reading = page.card.reading
    until = reading.as_of + timedelta(days=page.card.age_days or 0) if reading else None
    return Trend(page.card, page.cadence, page.targets, until=until, marks=marks)


def _spelling(page: KpiPage, points: list[Reading]) -> Spelling:
    card = page.card
    return Spelling(
        figure=lambda value: figure(value, card.display),
        tick=lambda value: tick(value, card.display),
        month=lambda day, first: fmt.MONTHS[day.month - 1][:3] + (f" {day.year}" if first or day.month == 1 else ""),
        aim=lambda value: f"target {figure(value, card.display, card.unit)}",
        label=_words(page, points),
        most_months=12,
        height=165,
        end=1.0,
        band=False,
    )


def tick(value: float, display: Display) -> str:
    """A value of the left axis, without needless places."""
    if display is Display.NUMBER or display is Display.GAIN:
        return fmt.number(value, 0 if value.is_integer() else 2)
    scaled = round(value * 100, 6)
    return fmt.number(scaled, 0 if scaled.is_integer() else 1) + f"{fmt.NO_BREAK}%" * (display is not Display.POINTS)


def _words(page: KpiPage, points: list[Reading]) -> str:
    card: KpiCard = page.card
    first, last = points[0], points[-1]
    aim = f", target {figure(card.target.value, card.display, card.unit)}" if card.target else ""
    sort = "Dots" if page.cadence == "per-cohort" else "Line chart"
    return (
        f"{sort} of {card.ref.title}, {card.scope.title}: "
        f"from {figure(first.value, card.display)} on {fmt.day(first.as_of)} "
        f"to {figure(last.value, card.display)} on {fmt.day(last.as_of)}, {len(points)} readings{aim}."
    )
