"""The change plan: sponsors, champions, messages, incentives, toolkits, HR integrations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.change_plan import Champion, HrIntegration, Incentive, Sponsor, Toolkit
from generator.kinds.roadmap import Phase
from generator.model.judgement import Judgement
from generator.views.calendar import MessageView, messages
from generator.views.kpi_cards import COMPLETION, KpiCard, kpi_card
from generator.views.memo import remembered
from generator.views.readings import scopes_of
from generator.views.shown import Ref, State, Tone, due_state, ref, refs


@dataclass(frozen=True, slots=True)
class ChampionLine:
    """A champion's seat in a unit."""

    ref: Ref
    unit: str
    role: Ref
    seat: Ref
    since: date
    until: date | None
    active: bool


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """A sponsor's seat and commitment."""

    ref: Ref
    kind: str
    seat: Ref
    phases: tuple[Ref, ...]
    since: date
    until: date | None
    commitment: str
    active: bool


@dataclass(frozen=True, slots=True)
class IncentiveLine:
    """An incentive and its rule."""

    ref: Ref
    kind: str
    rule: str
    certification: Ref | None
    since: date
    until: date | None
    decision: Ref | None
    minimum_n: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class ToolkitView:
    """A manager toolkit."""

    ref: Ref
    audience: Ref
    version: str
    phase: Ref | None
    modules: tuple[Ref, ...]
    minutes: int | None
    body_text: str


@dataclass(frozen=True, slots=True)
class IntegrationLine:
    """Training inside an HR process."""

    ref: Ref
    kind: str
    status: str
    phase: Ref
    owner: Ref
    due: date
    live_since: date | None
    evidence: tuple[Ref, ...]
    state: State


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's completion."""

    unit: str
    card: KpiCard


@dataclass(frozen=True, slots=True)
class ChangePlanView:
    """The change plan."""

    sponsors: tuple[SponsorLine, ...]
    champions: tuple[ChampionLine, ...]
    messages: tuple[MessageView, ...]
    incentives: tuple[IncentiveLine, ...]
    toolkits: tuple[ToolkitView, ...]
    integrations: tuple[IntegrationLine, ...]
    units: tuple[UnitLine, ...]
    roles_without_champion: tuple[Ref, ...]


@remembered
def change_plan(j: Judgement) -> ChangePlanView:
    """Everything about winning people over."""
    champions = tuple(_champion(j, one) for one in j.portal.all(Champion))
    served = {line.role.key for line in champions if line.active}
    begun = {role for phase in j.portal.all(Phase) if phase.start <= j.as_of for role in phase.roles}
    units = (scope for scope in scopes_of(j, COMPLETION) if scope.startswith("unit:"))
    return ChangePlanView(
        sponsors=tuple(_sponsor(j, one) for one in j.portal.all(Sponsor)),
        champions=champions,
        messages=messages(j),
        incentives=tuple(_incentive(j, one) for one in j.portal.all(Incentive)),
        toolkits=tuple(toolkit(j, one.id) for one in j.portal.all(Toolkit)),
        integrations=tuple(_integration(j, one) for one in j.portal.all(HrIntegration)),
        units=tuple(UnitLine(scope.partition(":")[2], kpi_card(j, COMPLETION, scope)) for scope in units),
        roles_without_champion=refs(j.portal, sorted(begun - served)),
    )


@remembered
def toolkit(j: Judgement, key: str) -> ToolkitView:
    """One toolkit."""
    found = j.portal.find(key, Toolkit)
    if found is None:
        raise KeyError(key)
    return ToolkitView(
        ref(j.portal, key),
        ref(j.portal, found.audience),
        found.version,
        ref(j.portal, found.phase) if found.phase else None,
        refs(j.portal, found.modules),
        found.minutes,
        found.text or "",
    )


def _lasts(j: Judgement, since: date, until: date | None) -> bool:
    return since <= j.as_of and (until is None or j.as_of <= until)


def _champion(j: Judgement, one: Champion) -> ChampionLine:
    active = _lasts(j, one.from_, one.to)
    return ChampionLine(
        ref(j.portal, one.id), one.unit, ref(j.portal, one.role), ref(j.portal, one.seat), one.from_, one.to, active
    )


def _sponsor(j: Judgement, one: Sponsor) -> SponsorLine:
    return SponsorLine(
        ref(j.portal, one.id),
        one.kind,
        ref(j.portal, one.seat),
        refs(j.portal, one.phases),
        one.from_,
        one.to,
        one.commitment,
        _lasts(j, one.from_, one.to),
    )


def _incentive(j: Judgement, one: Incentive) -> IncentiveLine:
    return IncentiveLine(
        ref(j.portal, one.id),
        one.kind,
        one.rule,
        ref(j.portal, one.certification) if one.certification else None,
        one.from_,
        one.to,
        ref(j.portal, one.decision) if one.decision else None,
        one.minimum_n,
        _lasts(j, one.from_, one.to),
    )


def _integration(j: Judgement, one: HrIntegration) -> IntegrationLine:
    state = due_state(one.due, one.live_since, j.as_of)
    if one.status == "live":
        state = State(Tone.OK, "Live", f"since {one.live_since}" if one.live_since else "")
    elif one.status == "dropped":
        state = State(Tone.MUTE, "Dropped")
    return IntegrationLine(
        ref(j.portal, one.id),
        one.kind,
        one.status,
        ref(j.portal, one.phase),
        ref(j.portal, one.owner),
        one.due,
        one.live_since,
        refs(j.portal, one.evidence),
        state,
    )
