"""The sections on who decides: bodies with charters, decision rights, decisions, sign-offs and seats."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.decisions import DecisionLine, DecisionView, decision, decisions
from generator.views.governance import (
    BodyView,
    EscalationView,
    OpenMatter,
    RightsTable,
    SeatView,
    SlaView,
    bodies,
    decision_rights,
    escalations,
    open_matters,
    raci,
    seats,
    slas,
)
from generator.views.sign_offs import SignOffView, sign_offs


@dataclass(frozen=True, slots=True)
class CharterCard:
    """A body with its charter's text."""

    body: BodyView
    chair: str
    voting: str
    others: str
    charter: Markup


@dataclass(frozen=True, slots=True)
class ChartersContext:
    """Every body."""

    origin: Markup
    cards: tuple[CharterCard, ...]


def charters(source: PackSource) -> ChartersContext:
    """The bodies from the top down, each with the charter in force."""
    return ChartersContext(
        source.origin("governance/bodies/"), tuple(_charter(source, body) for body in bodies(source.judgement))
    )


def _charter(source: PackSource, body: BodyView) -> CharterCard:
    seated = [member for member in body.members if member.in_office]
    return CharterCard(
        body,
        body.chair.title if body.chair else "none",
        "; ".join(member.seat.title + ("" if member.holder else " (vacant)") for member in seated if member.voting)
        or "none",
        "; ".join(member.seat.title for member in seated if not member.voting),
        source.prose(body.body_text),
    )


@dataclass(frozen=True, slots=True)
class RightsContext:
    """Rights, responsibilities, time limits and escalation."""

    origin: Markup
    tables: tuple[tuple[str, RightsTable], ...]
    slas: tuple[SlaView, ...]
    escalations: tuple[EscalationView, ...]
    matters: tuple[OpenMatter, ...]
    letters: tuple[tuple[str, str], ...]


def rights(source: PackSource) -> RightsContext:
    """Who holds which letter for what, and how long it may take."""
    j = source.judgement
    daci = source.settings.model == "daci"
    letters = (
        ("D", "drives it") if daci else ("R", "prepares"),
        ("A", "answers for it and decides (exactly one in a row)"),
        ("C", "is asked before"),
        ("I", "is told after"),
    )
    return RightsContext(
        source.origin("governance/decision-rights.csv", "governance/raci.csv", "governance/sla.yaml"),
        tuple(
            (title, table)
            for title, table in (("Decision rights", decision_rights(j)), ("Responsibilities", raci(j)))
            if table.rows
        ),
        slas(j),
        escalations(j),
        open_matters(j),
        letters,
    )


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision of the log: why it was taken and what follows."""

    view: DecisionView
    line: DecisionLine
    reason: str
    votes: str
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionsContext:
    """The log, newest first."""

    origin: Markup
    rows: tuple[DecisionRow, ...]
    open_conditions: int


def decision_log(source: PackSource) -> DecisionsContext:
    """Every decision up to the as-of date."""
    rows = tuple(_decision(source, line) for line in decisions(source.judgement))
    still = sum(item.done is None for row in rows for item in row.line.conditions)
    return DecisionsContext(source.origin("governance/decisions/"), rows, still)


def _decision(source: PackSource, line: DecisionLine) -> DecisionRow:
    view = decision(source.judgement, line.ref.key)
    votes = "–" if line.votes_for is None else f"{line.votes_for}, {line.votes_against or 0}, {line.votes_abstain or 0}"
    follows = [_due(item.text, item.done, item.due) for item in line.conditions]
    follows += [_due(item.text, item.done, item.due) for item in view.actions]
    follows += [
        _waived(item.rule or (item.subject.title if item.subject else "a rule"), item.until) for item in view.waivers
    ]
    if line.superseded_by:
        follows.append(f"Replaced by {line.superseded_by.key}")
    return DecisionRow(view, line, source.first_sentence(view.body_text), votes, tuple(follows))


def _due(text: str, done: date | None, due: date) -> str:
    return f"{text} ({'done ' + fmt.short_day(done) if done else 'due ' + fmt.short_day(due)})"


def _waived(what: str, until: date | None) -> str:
    return f"Waives {what} until {fmt.short_day(until)}"


@dataclass(frozen=True, slots=True)
class SignOffsContext:
    """Every sign-off and the seats behind them."""

    origin: Markup
    sign_offs: tuple[SignOffView, ...]
    tally: str
    seats: tuple[SeatView, ...]


def sign_off_states(source: PackSource) -> SignOffsContext:
    """Whether each sign-off still fits what it signed."""
    found = sign_offs(source.judgement)
    words = sorted({each.status for each in found})
    tally = ", ".join(f"{sum(each.status == word for each in found)} {word.replace('-', ' ')}" for word in words)
    return SignOffsContext(
        source.origin("governance/sign-offs/", "governance/seats.yaml"), found, tally or "none", seats(source.judgement)
    )
