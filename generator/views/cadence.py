"""The cadence record: proof from git that the roadmap was kept up to date as each phase asks, and every gap."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from generator.kinds.portal import Settings
from generator.kinds.roadmap import Phase
from generator.model.judgement import Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, ref

_PREFIXES = ("rmp-", "phs-", "mst-", "gat-", "chk-", "pln-", "plt-", "clu-")
_LIMITS = {"weekly": 10, "monthly": 45, "quarterly": 110, "annually": 400}  # days, where the portal says nothing


@dataclass(frozen=True, slots=True)
class Update:
    """A day on which the roadmap changed in meaning, and the commit that shows it."""

    day: date
    commit: str
    subject: str


@dataclass(frozen=True, slots=True)
class CadenceGap:
    """A time without an update that is longer than the cadence allows."""

    since: date
    until: date
    days: int
    limit: int


@dataclass(frozen=True, slots=True)
class CadenceRecord:
    """One phase's record: how often it was to be updated, the updates, the gaps."""

    phase: Ref
    cadence: str
    start: date
    end: date  # its last day, or the as-of date while it runs
    updates: tuple[Update, ...]
    gaps: tuple[CadenceGap, ...]
    limit: int = 0  # days that may pass between two updates
    longest: int = 0  # days that did pass at most


@remembered
def cadence_records(j: Judgement) -> tuple[CadenceRecord, ...]:
    """The record of every phase that has begun, in order; empty where no history was read."""
    if not j.timeline.steps:
        return ()
    updates = _updates(j)
    begun = sorted((phase for phase in j.portal.all(Phase) if phase.start <= j.as_of), key=lambda phase: phase.start)
    return tuple(_record(j, phase, updates) for phase in begun)


def _record(j: Judgement, phase: Phase, updates: tuple[Update, ...]) -> CadenceRecord:
    end = min(phase.end or j.as_of, j.as_of)
    settings = next(iter(j.portal.all(Settings)), None)
    limit = (settings.staleness_days if settings else {}).get(phase.review_cadence, _LIMITS[phase.review_cadence])
    own = tuple(update for update in updates if phase.start <= update.day <= end)
    days = [phase.start - timedelta(days=1), *(update.day for update in own), end]
    longest = max((later - earlier).days for earlier, later in pairwise(days))
    gaps = tuple(
        CadenceGap(earlier, later, (later - earlier).days, limit)
        for earlier, later in pairwise(days)
        if (later - earlier).days > limit
    )
    return CadenceRecord(ref(j.portal, phase.id), phase.review_cadence, phase.start, end, own, gaps, limit, longest)


def _updates(j: Judgement) -> tuple[Update, ...]:
    """Steps that changed a record of the roadmap; a change of spaces or comments changes none."""
    settings = next(iter(j.portal.all(Settings)), None)
    zone = ZoneInfo(settings.timezone if settings else "UTC")
    found = []
    for step in j.timeline.steps:
        if any(change.key.startswith(_PREFIXES) for change in step.changes):
            subject = step.merged[-1].subject if step.merged else step.commit.subject
            found.append(Update(step.commit.committed.astimezone(zone).date(), step.commit.id, subject))
    return tuple(found)
