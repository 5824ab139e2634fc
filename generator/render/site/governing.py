"""Bodies and charters, decisions, decision rights, time limits, seats, sign-offs, budget."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from generator.kinds.governance import Body
from generator.kinds.seat import SignOff
from generator.render.site import words
from generator.render.site.generic import link_panels
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.views.budget import budget
from generator.views.calendar import meetings
from generator.views.decisions import DecisionLine, decision, decisions, open_actions, open_conditions, waivers
from generator.views.governance import (
    BodyView,
    bodies,
    decision_rights,
    escalations,
    open_matters,
    raci,
    seats,
    slas,
    tiers,
)
from generator.views.sign_offs import sign_offs

MEETINGS_AHEAD = timedelta(days=70)


def governance_pages(source: SiteSource) -> Iterator[Draft]:
    """The map of governance and a page for every body with its charter."""
    j = source.judgement
    found = bodies(j)
    top = [body for body in found if body.tier == 0]
    groups = len(found) - len(top)
    yield Draft(
        "governance/",
        "Who decides, by when",
        "governance.html",
        {
            "tiers": tiers(j),
            "matters": open_matters(j),
            "rights": decision_rights(j),
            "escalations": escalations(j),
            "decisions": decisions(j)[:5],
            "total": len(decisions(j)),
            "meetings": meetings(j, j.as_of + MEETINGS_AHEAD)[:8],
        },
        lede=f"{len(top)} at the top, {groups} below, each with written rights and time limits.",
        actions=(("Decision log", "decisions/"), ("Seats", "seats/")),
        shows=tuple(entry.key for entry in source.portal.entries_of(Body)),
    )
    for body in found:
        yield body_page(source, body)


def body_page(source: SiteSource, view: BodyView) -> Draft:
    """One body: its charter, members, rights, rhythm."""
    return Draft(
        view.ref.url,
        view.ref.title,
        "body.html",
        {"body": view, **link_panels(source, view.ref.key)},
        lede=view.purpose,
        crumbs=(
            Crumb("Governance", "governance/"),
            Crumb(words.word(view.kind)),
            Crumb(f"charter {view.charter_version}"),
        ),
        actions=(("Decisions", "decisions/"),),
        shows=(view.ref.key, *(member.seat.key for member in view.members)),
        source=view.ref.key,
        history=view.ref.key,
    )


def decision_pages(source: SiteSource) -> Iterator[Draft]:
    """The log and a page for every decision."""
    j = source.judgement
    lines = decisions(j)
    due = open_conditions(j)
    yield Draft(
        "decisions/",
        "Decision log",
        "decisions.html",
        {"lines": lines, "conditions": due, "todo": open_actions(j), "waivers": waivers(j)},
        lede=f"{words.plural(len(lines), 'decision')}; {words.plural(len(due), 'open condition')}.",
        crumbs=(Crumb("Governance", "governance/"),),
        shows=tuple(line.ref.key for line in lines),
    )
    for line in lines:
        yield _decision_page(source, line)


def _decision_page(source: SiteSource, line: DecisionLine) -> Draft:
    view = decision(source.judgement, line.ref.key)
    return Draft(
        line.ref.url,
        line.ref.title,
        "decision.html",
        {"view": view, "line": line, **link_panels(source, line.ref.key)},
        lede=f"{words.word(line.status)} by {line.body.title} on {words.plain_day(line.date)}.",
        crumbs=(Crumb("Decision", "decisions/"), Crumb(line.ref.key), Crumb(words.word(line.type))),
        shows=(line.ref.key,),
        source=line.ref.key,
        history=line.ref.key,
    )


def right_pages(source: SiteSource) -> Iterator[Draft]:
    """Decision rights and activities, time limits and matters on the clock."""
    j = source.judgement
    rights, activities = decision_rights(j), raci(j)
    yield Draft(
        "decision-rights/",
        "Decision rights",
        "rights.html",
        {"rights": rights, "activities": activities},
        lede=f"{words.plural(len(rights.rows), 'type')} of decision; exactly one party is accountable for each.",
        crumbs=(Crumb("Governance", "governance/"),),
        shows=_keys(source, "decision-right", "raci"),
        source=next(iter(_keys(source, "decision-right")), ""),
    )
    open_now, limits = open_matters(j), slas(j)
    breached = sum(matter.state.tone == "bad" for matter in open_now)
    yield Draft(
        "sla/",
        "Time limits",
        "limits.html",
        {"matters": open_now, "limits": limits, "escalations": escalations(j)},
        lede=f"{words.plural(len(open_now), 'matter')} on the clock, {breached or 'none'} over its limit.",
        crumbs=(Crumb("Governance", "governance/"),),
        shows=_keys(source, "sla", "escalation", "working-days"),
        source=next(iter(_keys(source, "sla")), ""),
    )


def seat_pages(source: SiteSource) -> Iterator[Draft]:
    """Seats with their holders, and sign-offs with whether they hold."""
    j = source.judgement
    found = seats(j)
    yield Draft(
        "seats/",
        "Seats",
        "seats.html",
        {"seats": found},
        lede=f"{words.plural(len(found), 'seat')}: positions, never people. Holders are pseudonyms known to HR.",
        crumbs=(Crumb("Governance", "governance/"),),
        shows=tuple(seat.ref.key for seat in found),
    )
    lines = sign_offs(j)
    holding = sum(line.status == "valid" for line in lines)
    yield Draft(
        "sign-offs/",
        "Sign-offs",
        "sign-offs.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'sign-off')}; {holding} hold today. A changed wording lapses its sign-off.",
        crumbs=(Crumb("Modules", "modules/"),),
        shows=tuple(entry.key for entry in source.portal.entries_of(SignOff)),
    )


def budget_pages(source: SiteSource) -> Iterator[Draft]:
    """The money: approved, committed, spent, forecast."""
    view = budget(source.judgement)
    yield Draft(
        "budget/",
        "Budget",
        "budget.html",
        {"view": view},
        lede=_money(view.total.approved, view.total.actual, view.total.currency)
        if view.total
        else "No line is booked yet.",
        crumbs=(Crumb("Governance", "governance/"),),
        shows=tuple(entry.ref.key for entry in view.entries),
        source=view.entries[0].ref.key if view.entries else "",
    )


def _money(approved: Decimal, spent: Decimal, currency: str) -> str:
    return f"{words.money(spent, currency)} spent of {words.money(approved, currency)} approved."


def _keys(source: SiteSource, *kinds: str) -> tuple[str, ...]:
    return tuple(key for key, entry in source.portal.entries.items() if entry.kind.name in kinds)
