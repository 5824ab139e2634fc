"""Charts of what views say: intervals against targets, sparks, KPI plots, rows of the roadmap."""

from datetime import date

from markupsafe import Markup

from generator.render import charts, plots, trends
from generator.render.site import words
from generator.views.kpis import Display, KpiCard, KpiPage
from generator.views.obligations import ObligationView
from generator.views.roadmap import Bar, RoadmapView

GANTT_HEIGHT = 22
ALTERNATE = ' class="alt"'  # a label that a narrow screen leaves out
TONES = {True: "ok", False: "bad", None: "warn"}


def measured(card: KpiCard, needed: float | None = None, op: str = "", met: bool | None = None) -> Markup:  # noqa: FBT001 - from templates
    """A reading's interval against what is needed, or the dashed frame of no reading."""
    reading = card.reading
    aim = needed if needed is not None else card.target.value if card.target else None
    if reading is None or reading.value is None or aim is None:
        return charts.nothing("no reading yet")
    up = not op.startswith("<") if op else card.direction == "up"
    span = reading.interval
    low, high = (span.low, span.high) if span else (reading.value, reading.value)
    good = met if needed is not None else card.met
    mark = charts.Whisker(reading.value, low, high, aim, up=up, tone=TONES[good])
    now, goal = words.figure(reading.value, card.display, card.unit), words.short_figure(aim, card.display, card.unit)
    label = f"{now}, needs {goal}"
    return charts.whisker(mark, label, charts.Scale(0.5, 1.0) if _fits_floor(card, low, aim) else None)


def spark(card: KpiCard) -> Markup:
    """The last readings of a KPI with its target."""
    values = [reading.value for reading in card.trend if reading.value is not None][-26:]
    if not values:
        return charts.nothing("no reading yet")
    now = words.figure(values[-1], card.display, card.unit)
    label = f"{words.plural(len(values), 'reading')}, now {now}; {words.target(card)}"
    return charts.spark(values, card.target.value if card.target else None, label, up=card.direction == "up")


def plot(page: KpiPage, since: date | None = None, marks: tuple[tuple[date, str], ...] = ()) -> Markup:
    """All readings of a KPI, or those since a day, with interval, targets, and what began when."""
    card = page.card
    trend = trends.Trend(card, page.cadence, page.targets, since, marks=marks)
    known = [reading for reading in trend.readings if reading.value is not None]
    if not known:
        return charts.nothing("no reading yet")
    now = words.figure(known[-1].value, card.display, card.unit)
    spelling = trends.Spelling(
        figure=lambda value: words.figure(value, card.display, card.unit),
        tick=lambda value: words.short_figure(value, card.display, card.unit),
        month=lambda day, _: words.MONTHS[day.month - 1],
        aim=lambda value: words.bound(card, value) if since else "",
        label=(
            f"{words.plural(len(known), 'reading')}, {words.span(known[0].as_of, known[-1].as_of)}, "
            f"now {now}; {words.target(card)}"
        ),
    )
    drawn = trends.plot_of(trend, spelling)
    return plots.plot(drawn) if drawn else charts.nothing("no reading yet")


def gantt_row(bar: Bar, view: RoadmapView) -> Markup:
    """One row of the roadmap: a phase's time and how much of it is used, or a point in time."""
    at, middle = bar.at, GANTT_HEIGHT / 2
    end = min(at + bar.width, 100.0)
    parts = [
        f'<line class="ch-grid" x1="{tick.at:.2f}%" x2="{tick.at:.2f}%" y1="0" y2="{GANTT_HEIGHT}"/>'
        for tick in view.ticks
    ]
    if bar.level in ("phase", "plan"):
        height = 12 if bar.level == "phase" else 8
        top = middle - height / 2
        box = f'y="{top}" height="{height}" rx="3"'
        whole = bar.done is not None and bar.level == "plan"
        if not whole:
            css = "gn-ph" if bar.level == "phase" else "gn-plan"
            parts.append(f'<rect class="{css}" x="{at:.2f}%" width="{max(end - at, 0.4):.2f}%" {box}/>')
        if bar.used > 0 or whole:
            width = bar.width if whole else bar.used
            parts.append(f'<rect class="{_bar_class(bar)}" x="{at:.2f}%" width="{max(width, 0.4):.2f}%" {box}/>')
    else:
        parts.append(_point(bar, at, middle, due=bar.start <= view.as_of))
    now = f"{view.as_of_at:.2f}%"
    parts.append(f'<line class="gn-now" x1="{now}" x2="{now}" y1="0" y2="{GANTT_HEIGHT}"/>')
    return charts.SCREEN.svg(GANTT_HEIGHT, _row_label(bar), parts)


def axis(view: RoadmapView) -> Markup:
    """The months of the roadmap, and the as-of day above them."""
    step = max(1, round(len(view.ticks) / 9))
    parts = [
        f'<text{"" if number % (2 * step) == 0 else ALTERNATE} x="{tick.at:.2f}%" dx="2" y="30">'
        f"{words.MONTHS[tick.day.month - 1]}{_year(tick.day)}</text>"
        for number, tick in enumerate(view.ticks)
        if number % step == 0 and tick.at < 97
    ]
    anchor = "middle" if 8 < view.as_of_at < 92 else "start" if view.as_of_at <= 8 else "end"
    now = f"{view.as_of_at:.2f}%"
    parts.append(f'<text class="k" x="{now}" y="12" text-anchor="{anchor}">as of {words.plain_day(view.as_of)}</text>')
    parts.append(f'<line class="gn-now" x1="{now}" x2="{now}" y1="16" y2="36"/>')
    return charts.SCREEN.svg(36, "", parts)


def wordings(view: ObligationView, as_of: date) -> Markup:
    """The wordings of an obligation along time, the one in force in the line's colour."""
    parts = ['<rect class="tk" y="20" width="100%" height="16" rx="3"/>']
    for wording in view.wordings:
        css, width = "bar-line" if wording.in_force else "bar-mute", max(wording.width - 0.2, 0.3)
        parts.append(f'<rect class="{css}" x="{wording.at:.2f}%" y="20" width="{width:.2f}%" height="16"/>')
        anchor = "start" if wording.at < 85 else "end"
        parts.append(
            f'<text x="{wording.at:.2f}%" y="52" text-anchor="{anchor}">{words.plain_day(wording.since)}</text>'
        )
    now, anchor = f"{view.as_of_at:.2f}%", "middle" if 10 < view.as_of_at < 90 else "end"
    parts.append(f'<line class="tm" x1="{now}" x2="{now}" y1="14" y2="42"/>')
    parts.append(f'<text class="k" x="{now}" y="11" text-anchor="{anchor}">as of {words.plain_day(as_of)}</text>')
    label = "; ".join(f"wording {words.span(one.since, one.until)}" for one in reversed(view.wordings))
    return charts.SCREEN.svg(60, f"{label}; as of {words.plain_day(as_of)}", parts)


def branches(amount: int) -> Markup:
    """The lines from one body down to those below it."""
    middles = [(2 * number + 1) / (2 * amount) * 100 for number in range(amount)]
    parts = ['<line x1="50%" x2="50%" y1="0" y2="17"/>']
    parts.append(f'<line x1="{middles[0]:.2f}%" x2="{middles[-1]:.2f}%" y1="17" y2="17"/>')
    parts.extend(f'<line x1="{at:.2f}%" x2="{at:.2f}%" y1="17" y2="34"/>' for at in middles)
    return Markup('<svg aria-hidden="true">%s</svg>') % Markup("").join(map(Markup, parts))


def _fits_floor(card: KpiCard, low: float, aim: float) -> bool:
    return card.display is Display.SHARE and low >= 0.5 and aim >= 0.5


def _bar_class(bar: Bar) -> str:
    if bar.state.tone == "bad":
        return "gn-late"
    return "gn-done" if bar.done or bar.state.tone in ("ok", "warn") else "gn-run"


def _point(bar: Bar, at: float, middle: float, *, due: bool) -> str:
    css = _bar_class(bar) if bar.state.tone in ("ok", "bad", "warn") and (due or bar.done) else "gn-plan"
    if bar.level == "gate":
        return (
            f'<svg x="{at:.2f}%" y="{middle - 9}" width="18" height="18" overflow="visible">'
            f'<path class="{css} gn-gate" transform="translate(-9 0)" d="M9 0 18 9 9 18 0 9z"/></svg>'
        )
    return f'<circle class="{css}" cx="{at:.2f}%" cy="{middle}" r="5"/>'


def _row_label(bar: Bar) -> str:
    when = words.span(bar.start, bar.end) if bar.level in ("phase", "plan") else words.plain_day(bar.done or bar.start)
    return f"{bar.ref.title}, {when}, {bar.state.word}"


def _year(day: date) -> str:
    return f" {day.year % 100:02d}" if day.month == 1 else ""
