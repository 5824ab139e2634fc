"""A KPI's readings over time as a plot, for screen and paper alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from generator.render.charts import ENDS, Scale, round_ticks, scale_of
from generator.render.plots import Aim, Plot, Series
from generator.views.kpis import Display, KpiCard, Reading, Target

GAP_FACTOR = 1.9  # a step so much longer than the usual one is a missing snapshot
ROOM_FOR_A_MARK = 0.12


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: a card's readings since a day, every target of its KPI, and what began when."""

    card: KpiCard
    cadence: str = ""
    targets: tuple[Target, ...] = ()  # empty: the target in force, all along
    since: date | None = None
    until: date | None = None  # the chart's last day, where that is after the last reading
    marks: tuple[tuple[date, str], ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of that time, withheld ones too."""
        return tuple(each for each in self.card.trend if self.since is None or each.as_of >= self.since)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a chart writes its words, and how many months have room below it."""

    figure: Callable[[float], str]
    tick: Callable[[float], str]
    month: Callable[[date, bool], str]  # a month; whether it is the first one named
    aim: Callable[[float], str]
    label: str
    most_months: int = 7
    height: int = 220
    end: float = ENDS  # where the last reading lies
    band: bool = True  # whether intervals are drawn


def plot_of(trend: Trend, spelling: Spelling) -> Plot | None:
    """The plot; None without a reading."""
    card = trend.card
    known = [(each.as_of, each.value) for each in trend.readings if each.value is not None]
    if not known:
        return None
    days = _Days(known[0][0], max(known[-1][0], trend.until or known[-1][0]), spelling.end)
    held = _held(trend, days)
    band = tuple((days(one.as_of), one.interval.low, one.interval.high) for one in trend.readings if one.interval)
    band = band if spelling.band and trend.cadence != "per-cohort" else ()
    edges = [edge for _, low, high in band for edge in (low, high)] if trend.since else []
    values = [*(value for _, value in known), *edges, *(target.value for target in held)]
    scale = scale_of(values, share=card.display is Display.SHARE)
    return Plot(
        Series(tuple((days(day), value) for day, value in known), _clipped(band, scale), _gaps(trend)),
        scale,
        tuple((tick, spelling.tick(tick)) for tick in round_ticks(scale)),
        tuple((days(day), spelling.month(day, number == 0)) for number, day in enumerate(days.months(spelling))),
        tuple(_begun(trend.marks, days)),
        tuple(_aims(held, days, spelling)),
        card.direction == "up",
        spelling.figure(known[-1][1]),
        spelling.label,
        spelling.height,
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """Where days lie between the first and the last."""

    first: date
    last: date
    end: float

    def __call__(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return min(max((day - self.first).days / days, 0.0), 1.0) * self.end

    def months(self, spelling: Spelling) -> list[date]:
        """The middles of the months, as many as have room."""
        found: list[date] = []
        year, month = self.first.year, self.first.month
        while date(year, month, 15) <= self.last:
            if date(year, month, 15) >= self.first:
                found.append(date(year, month, 15))
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return found[:: max(1, -(-len(found) // spelling.most_months))]


def _held(trend: Trend, days: _Days) -> list[Target]:
    """The targets that held at some time in the chart, oldest first."""
    if not trend.targets:
        return [trend.card.target] if trend.card.target else []
    inside = (each for each in trend.targets if each.since <= days.last and (each.until or days.last) >= days.first)
    return sorted(inside, key=lambda target: target.since)


def _aims(held: list[Target], days: _Days, spelling: Spelling) -> Iterator[Aim]:
    for number, target in enumerate(held):
        alone = len(held) == 1 and target.in_force
        start = 0.0 if alone else days(target.since)
        end = 1.0 if target.until is None or alone else days(target.until + timedelta(days=1))
        if number + 1 == len(held) and target.in_force:
            end = 1.0
        if end > start:
            yield Aim(start, end, target.value, spelling.aim(target.value))


def _gaps(trend: Trend) -> tuple[int, ...]:
    """Numbers of the known points before which the line breaks.

    It breaks where a reading between is withheld or a snapshot is missing, and cohorts are different people: no line
    ever joins them.
    """
    known = [number for number, each in enumerate(trend.readings) if each.value is not None]
    days = [trend.readings[number].as_of for number in known]
    if trend.cadence == "per-cohort":
        return tuple(range(1, len(known)))
    steps = sorted((after - before).days for before, after in pairwise(days))
    usual = steps[len(steps) // 2] if steps else 0
    return tuple(
        number
        for number in range(1, len(known))
        if known[number] - known[number - 1] > 1 or (days[number] - days[number - 1]).days > usual * GAP_FACTOR
    )


def _clipped(band: tuple[tuple[float, float, float], ...], scale: Scale) -> tuple[tuple[float, float, float], ...]:
    return tuple((x, max(low, scale.low), min(high, scale.high)) for x, low, high in band)


def _begun(marks: tuple[tuple[date, str], ...], days: _Days) -> Iterator[tuple[float, str]]:
    """What began inside the chart, and what was running when it begins."""
    earlier = [mark for mark in marks if mark[0] < days.first]
    later = [mark for mark in marks if days.first <= mark[0] <= days.last]
    crowded = bool(later) and days(later[0][0]) < ROOM_FOR_A_MARK
    if earlier and not crowded:
        yield 0.0, earlier[-1][1]
    yield from ((days(day), text) for day, text in later)
