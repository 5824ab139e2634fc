"""How the days of a pilot charter add up, and whether they keep its two limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.cohort import CHARTER_DAYS, PilotCharter
from generator.kinds.roadmap import Phase, Timebox
from generator.model.fields import Duration
from generator.model.judgement import Judgement
from generator.views.dates import days_after, duration_after
from generator.views.shown import State, Tone

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a charter's days; without days it is left out of the plan."""

    name: str
    start: date
    end: date
    days: int


@dataclass(frozen=True, slots=True)
class CharterDays:
    """Preparation, delivery and looking back, their sum, and the limits on the sum and on delivery."""

    parts: tuple[Part, ...]
    days: int
    most: int
    weeks: float | None
    shortest: Duration | None
    longest: Duration | None
    state: State


def charter_days(j: Judgement, key: str) -> CharterDays:
    """The days of one charter."""
    charter = j.portal.find(key, PilotCharter)
    if charter is None:
        raise KeyError(key)
    phase = j.portal.find(charter.phase, Phase)
    box = phase.timebox if phase and phase.timebox else Timebox(min=None, max=None)
    parts = _parts(charter)
    faults = tuple(_faults(charter, parts, box))
    state = (
        State(Tone.BAD, "Not inside its limits", "; ".join(faults)) if faults else State(Tone.OK, "Inside both limits")
    )
    weeks = parts[1].days / DAYS_A_WEEK if parts else None
    return CharterDays(parts, _days(charter.start, charter.end), CHARTER_DAYS, weeks, box.min, box.max, state)


def _parts(charter: PilotCharter) -> tuple[Part, ...]:
    delivery = charter.delivery
    if delivery is None:
        return ()
    before, after = days_after(delivery.start, -1), days_after(delivery.end, 1)
    return (
        Part("Preparation", charter.start, before, _days(charter.start, before)),
        Part("Delivery", delivery.start, delivery.end, _days(delivery.start, delivery.end)),
        Part("Looking back", after, charter.end, _days(after, charter.end)),
    )


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _faults(charter: PilotCharter, parts: tuple[Part, ...], box: Timebox) -> tuple[str, ...]:
    faults = []
    days = _days(charter.start, charter.end)
    if days > CHARTER_DAYS:
        faults.append(f"{days} days are over {CHARTER_DAYS}")
    if not parts:
        return (*faults, "it does not say when delivery starts and ends")
    if min(part.days for part in parts) < 0:
        faults.append("the parts do not follow one another")
    first, after = parts[1].start, days_after(parts[1].end, 1)
    short = box.min is not None and after < duration_after(box.min, first)
    if short or (box.max is not None and after > duration_after(box.max, first)):
        faults.append(f"{parts[1].days / DAYS_A_WEEK:.1f} weeks of delivery are too {'few' if short else 'many'}")
    return tuple(faults)
