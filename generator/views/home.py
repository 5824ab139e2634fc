"""The first page: one computed sentence, phases, figures, gaps, changes and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from generator.kinds.kpi import Kpi
from generator.kinds.roadmap import Gate
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.calendar import dates_for_everyone
from generator.views.changes import Sentence, sentences
from generator.views.decisions import ConditionView, open_conditions
from generator.views.governance import OpenMatter, bodies, open_matters
from generator.views.issued import PackLine, newest_pack, next_pack, packs
from generator.views.kpis import KpiCard, kpi_cards, kpi_page
from generator.views.memo import remembered
from generator.views.phases import PhaseView, current_phase, phases
from generator.views.shown import Dated, Ref, State, Tone, listed, refs, settings_of
from generator.views.sign_offs import sign_offs
from generator.views.traceability import gaps

__all__ = ["HomeChange", "HomeGap", "HomeView", "PackLine", "home", "home_gaps", "packs"]

_SOON = 30
_RECENT = timedelta(days=14)
_SHOWN = 5
_A_STEP = 2  # sentences of one commit, so that a large one leaves room for others
_MINOR = ("Measured", "Changed")  # figures have their cards; a field without a meaning of its own is history


@dataclass(frozen=True, slots=True)
class HomeGap:
    """A gap on the first page: what is wrong, until when, with whom."""

    ref: Ref
    text: str
    state: State
    due: date | None
    days: int | None
    who: Ref | None


@dataclass(frozen=True, slots=True)
class HomeChange:
    """A recent change by meaning."""

    sentence: Sentence
    when: datetime
    commit: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the first page."""

    organisation: str
    programme: str
    lede: str
    roles: tuple[Ref, ...]
    phases: tuple[PhaseView, ...]
    cards: tuple[KpiCard, ...]
    gaps: tuple[HomeGap, ...]
    gaps_total: int
    changed: tuple[HomeChange, ...]
    gates: tuple[Dated, ...]
    conditions: tuple[ConditionView, ...]
    matters: tuple[OpenMatter, ...]
    dates: tuple[Dated, ...]
    newest_pack: PackLine | None
    next_pack: PackLine | None


@remembered
def home(j: Judgement) -> HomeView:
    """The first page."""
    settings = settings_of(j.portal)
    found = home_gaps(j)
    return HomeView(
        organisation=settings.organisation if settings else "",
        programme=settings.programme if settings else "",
        lede=_lede(j),
        roles=tuple(sorted(refs(j.portal, (role.id for role in j.portal.all(Role))), key=lambda role: role.title)),
        phases=phases(j),
        cards=leading_cards(j),
        gaps=found[:_SHOWN],
        gaps_total=len(found),
        changed=recent_changes(j)[:_SHOWN],
        gates=_gates(j)[:_SHOWN],
        conditions=open_conditions(j)[:_SHOWN],
        matters=open_matters(j)[:_SHOWN],
        dates=dates_for_everyone(j),
        newest_pack=newest_pack(j),
        next_pack=next_pack(j),
    )


@remembered
def leading_cards(j: Judgement) -> tuple[KpiCard, ...]:
    """The KPI of each sort that most gate criteria rest on: completion, competency, incidents, behaviour."""
    uses: dict[str, int] = {}
    for gate in j.portal.all(Gate):
        for criterion in gate.criteria:
            uses[criterion.kpi] = uses.get(criterion.kpi, 0) + 1
    sorts = {kpi.id: kpi.sort for kpi in j.portal.all(Kpi)}
    best: dict[str, KpiCard] = {}
    for card in kpi_cards(j):
        sort = sorts[card.ref.key]
        if sort not in best or uses.get(card.ref.key, 0) > uses.get(best[sort].ref.key, 0):
            best[sort] = card
    return tuple(best.values())


@remembered
def home_gaps(j: Judgement) -> tuple[HomeGap, ...]:
    """Every gap that the first page counts, worst and soonest first."""
    found: list[HomeGap] = []
    for card in leading_cards(j):
        floor = kpi_page(j, card.ref.key).roles
        cards = [one for one in floor.cards if one.met is False and one.state.tone is Tone.BAD] if floor else []
        found += [_below(one) for one in cards]
    for view in sign_offs(j):
        if view.status in ("lapsed", "expired"):
            text = f"{view.state.word}: {view.subject.title}"
            found.append(HomeGap(view.subject, text, view.state, None, None, view.seat))
    for gap in gaps(j):
        found.append(HomeGap(gap.ref, f"{gap.ref.title}: {gap.text}", gap.state, None, None, gap.owner))
    for body in bodies(j):
        if body.charter_state.tone is Tone.WARN:
            text = f"Charter: {body.charter_state.word.lower()}"
            found.append(_dated_gap(j, HomeGap(body.ref, text, body.charter_state, body.review_by, None, body.ref)))
    for condition in open_conditions(j):
        if condition.state.tone in (Tone.BAD, Tone.WARN):
            late = HomeGap(condition.decision, condition.text, condition.state, condition.due, None, condition.owner)
            found.append(_dated_gap(j, late))
    return tuple(sorted(found, key=_gap_order))


@remembered
def recent_changes(j: Judgement) -> tuple[HomeChange, ...]:
    """What changed in the last two weeks by meaning, newest first; where little did, the newest changes."""
    found: list[HomeChange] = []
    for step in reversed(j.timeline.steps):
        recent = step.commit.committed.date() >= j.as_of - _RECENT
        if not recent and len(found) >= _SHOWN:
            break
        if step.commit.committed.date() > j.as_of:
            continue
        said = (one for one in sentences(j.portal, step.changes, j.before) if one.topic not in _MINOR)
        found += [HomeChange(one, step.commit.committed, step.commit.id[:7]) for one in islice(said, _A_STEP)]
    return tuple(found)


def _lede(j: Judgement) -> str:
    """Where the programme stands, what is due next, what is wrong: one or two sentences."""
    current = current_phase(j)
    if current is None:
        first = next(iter(phases(j)), None)
        return f"{first.ref.title} begins in {numbered((first.start - j.as_of).days, 'day')}." if first else ""
    if current.days:
        where = f"Day {current.day} of {current.days} of {current.ref.title}."
    else:
        where = f"{current.ref.title}, day {current.day}."
    parts = []
    soon = [one for one in open_conditions(j) if one.days <= _SOON]
    if soon:
        days = numbered(max(0, soon[0].days), "day")
        several = len(soon) > 1
        parts.append(
            f"{len(soon)} conditions are due, the next in {days}" if several else f"1 condition is due in {days}"
        )
    lapsed = sum(view.status == "lapsed" for view in sign_offs(j))
    if lapsed:
        parts.append(f"{numbered(lapsed, 'sign-off has', 'sign-offs have')} lapsed")
    missed = [card.ref.title for card in leading_cards(j) if card.met is False]
    if missed and len(parts) < 2:
        parts.append(f"{numbered(len(missed), 'leading figure is', 'leading figures are')} below target")
    sentence = listed(parts)
    return f"{where} {sentence[0].upper()}{sentence[1:]}." if sentence else f"{where} Nothing is overdue."


def _gates(j: Judgement) -> tuple[Dated, ...]:
    """Gates ahead, with how many deciding criteria are not settled."""
    ahead = []
    for view in phases(j):
        gate = view.gate
        if gate is None or gate.decision is not None:
            continue
        open_criteria = gate.not_met + gate.not_measurable
        total = gate.met + open_criteria
        text = f"{open_criteria} of {numbered(total, 'deciding criterion', 'deciding criteria')} not settled: "
        text += f"{gate.not_met} not met, {gate.not_measurable} not yet measurable"
        ahead.append(Dated(gate.due, gate.ref, text if open_criteria else gate.sentence, gate.state, None, gate.days))
    return tuple(ahead)


def _below(card: KpiCard) -> HomeGap:
    reading = card.reading
    counts = f": {reading.numerator} of {reading.denominator}" if reading and reading.denominator else ""
    text = f"{card.scope.title} is below target in {card.ref.title}{counts}"
    about = Ref(card.ref.key, card.scope.title, card.scope.url or card.ref.url, card.ref.kind)
    return HomeGap(about, text, card.state, None, None, None)


def _dated_gap(j: Judgement, gap: HomeGap) -> HomeGap:
    return HomeGap(gap.ref, gap.text, gap.state, gap.due, (gap.due - j.as_of).days if gap.due else None, gap.who)


def _gap_order(gap: HomeGap) -> tuple[bool, date, bool, str]:
    """Bad before warning, then by date; among those without one, a broken chain of evidence before a low figure."""
    return (gap.state.tone is not Tone.BAD, gap.due or date.max, gap.ref.kind == "kpi", gap.text)
