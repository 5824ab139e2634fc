"""KPI figures in words: value, interval, counts and target, as every section prints them."""

from generator.render.packs import format as fmt
from generator.views.kpis import Display, KpiCard, Reading

POINTS_PER_ONE = 100


def figure(value: float | None, display: Display, unit: str = "") -> str:
    """95.1 %, +22.8 %, +12.8 points, gain 0.28, or a plain number with its unit."""
    if value is None:
        return "–"
    if display is Display.SHARE:
        return fmt.percent(value)
    if display is Display.CHANGE:
        return fmt.percent(value, plus=True)
    if display is Display.POINTS:
        return f"{fmt.number(value * POINTS_PER_ONE, plus=True)}{fmt.NO_BREAK}points"
    if display is Display.GAIN:
        return fmt.number(value, 2, plus=True)
    places = 0 if float(value).is_integer() else 1
    return (
        f"{fmt.number(value, places)}{fmt.NO_BREAK}{unit}".strip()
        if unit not in ("", "ratio", "count")
        else fmt.number(value, places)
    )


def bare(value: float, display: Display) -> str:
    """The figure without its unit, for the first end of an interval."""
    return figure(value, display).removesuffix(f"{fmt.NO_BREAK}%").removesuffix(f"{fmt.NO_BREAK}points")


def interval(reading: Reading | None, display: Display, unit: str = "") -> str:
    """94.5 to 95.7 %; a dash where there is none."""
    if reading is None or reading.interval is None:
        return "–"
    return f"{bare(reading.interval.low, display)} to {figure(reading.interval.high, display, unit)}"


def target(card: KpiCard) -> str:
    """≥ 95.0 %."""
    if card.target is None:
        return "none"
    return f"{'≥' if card.direction == 'up' else '≤'}{fmt.NO_BREAK}{figure(card.target.value, card.display, card.unit)}"


def counts(reading: Reading | None) -> str:
    """4,986 / 5,242, 412 pairs, or 21 in 2,650."""
    if reading is None or reading.withheld:
        return "–"
    if reading.n_pairs is not None:
        return fmt.plural(reading.n_pairs, "pair")
    if reading.numerator is not None and reading.denominator is not None:
        return f"{reading.numerator:,} / {reading.denominator:,}"
    if reading.numerator is not None and reading.exposure is not None:
        return f"{reading.numerator:,} in {reading.exposure:,}"
    return fmt.count(reading.numerator)
