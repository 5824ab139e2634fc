"""The Jinja environment of the packs: templates by name, strict about what they name, and the words they use."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.render.packs import figures
from generator.render.packs import format as fmt
from generator.views.decisions import ConditionView, DecisionLine
from generator.views.gates import CriterionView
from generator.views.governance import RightsRow, RightsTable
from generator.views.readings import Reading
from generator.views.shown import Ref, State, Tone

CHIPS = {Tone.OK: "met", Tone.WARN: "watch", Tone.BAD: "bad", Tone.INFO: "plain", Tone.MUTE: "plain", Tone.WAIT: "nym"}
OPERATORS = {">=": "≥", "<=": "≤"}


def environment(templates: Mapping[str, str]) -> Environment:
    """An environment over these templates; an unknown name in a template is an error, not an empty string."""
    made = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=lambda value: fmt.day(_date(value)),
        partial_day=fmt.partial_day,
        short_day=lambda value: fmt.short_day(_date(value)),
        instant=lambda value: fmt.instant(value.astimezone(UTC)),
        count=fmt.count,
        number=fmt.number,
        percent=fmt.percent,
        money=fmt.money,
        plural=fmt.plural,
        sha=fmt.sha,
        blob=fmt.blob,
        grouped=fmt.grouped,
        path=fmt.path,
        words=fmt.words,
        titles=titles,
    )
    made.globals.update(
        chip=fmt.chip,
        state=state,
        needed=needed,
        decided=decided,
        condition=condition,
        people=people,
        holders=holders,
        numbered=numbered,
        figure=figures.figure,
        interval=figures.interval,
        counts=figures.counts,
        target=figures.target,
    )
    return made


def state(value: State) -> Markup:
    """A state as a chip."""
    return fmt.chip(CHIPS[value.tone], value.word)


def titles(refs: tuple[Ref, ...], most: int = 12) -> str:
    """The titles of some records in one line; a long list ends with how many more there are."""
    shown = "; ".join(each.title for each in refs[:most])
    return (shown + (f" and {len(refs) - most} more" if len(refs) > most else "")) or "none"


def needed(item: CriterionView) -> str:
    """What a criterion asks for: ≥ 95.0 %."""
    figure = figures.figure(item.needed, item.card.display, item.card.unit)
    return f"{OPERATORS.get(item.op, item.op)}{fmt.NO_BREAK}{figure}"


def decided(line: DecisionLine) -> str:
    """Who decided when with which votes, in a sentence."""
    parts = [f"{line.body.title}, {fmt.day(line.date)}"]
    if line.outcome:
        parts.append(fmt.words(line.outcome).lower())
    if line.votes_for is not None:
        parts.append(f"for {line.votes_for}, against {line.votes_against or 0}, abstained {line.votes_abstain or 0}")
    if line.quorum is not None and line.quorum_met is not None:
        parts.append(f"quorum {line.quorum} {'reached' if line.quorum_met else 'NOT reached'}")
    return "; ".join(parts) + "."


def condition(item: ConditionView) -> str:
    """Who must fulfil a condition by when."""
    ended = f", done {fmt.short_day(item.done)}" if item.done else ""
    return f"({item.owner.title}, due {fmt.short_day(item.due)}{ended})"


def numbered(found: Iterable[Ref], numbers: Mapping[str, int]) -> str:
    """The numbers of some records in a table, in order."""
    return ", ".join(str(number) for number in sorted(numbers[each.key] for each in found))


def holders(table: RightsTable, row: RightsRow, letter: str) -> str:
    """Who holds a letter in a row, for tables with too many parties for a column each."""
    named = (party.title for party, held in zip(table.parties, row.letters, strict=True) if letter in held.split())
    return "; ".join(named) or "–"


def people(reading: Reading) -> str:
    """How the people of a reading add up to its population."""
    parts = [fmt.plural(reading.headcount or 0, "person", "people")]
    for amount, word in (
        (reading.exempt, "exempt"),
        (reading.not_yet_due, "not yet due"),
        (reading.overdue, "overdue"),
    ):
        if amount:
            parts.append(f"{amount:,} {word}")
    return ", ".join(parts)


def _date(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
