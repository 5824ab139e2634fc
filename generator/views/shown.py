"""The small values that every view is made of: a link to a record, a state, a date with what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.kinds.portal import Settings
from generator.model.portal import Entry, Portal
from generator.model.words import numbered


class Tone(StrEnum):
    """The six tones of a state; each has one colour and one icon in site and pack."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    MUTE = "mute"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class State:
    """A state in words, its tone, and why it is so."""

    tone: Tone
    word: str
    reason: str = ""

    @property
    def good(self) -> bool:
        """Nothing has to be done about it."""
        return self.tone is Tone.OK


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a record: its key, title, address below the site's root (empty: no page) and kind name."""

    key: str
    title: str
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happens on a day, whom it concerns and how it stands."""

    day: date
    ref: Ref
    text: str
    state: State
    who: Ref | None = None
    days: int = 0  # from the as-of date; negative when it is past


# The fields that name a record, first choice first, and the columns that name a row without one.
_TITLES = ("title", "message", "statement", "rule", "hypothesis", "commitment", "unit", "text", "note")
_JOINED = {
    "matrix": ("role", "module"),
    "snapshot": ("kpi", "scope", "as_of"),
    "decision-right": ("decision_type", "party"),
    "raci": ("activity", "party"),
    "sign-off": ("subject", "seat"),
    "session": ("module", "cohort", "date"),
    "incident": ("id", "risk"),
    "exposure": ("system", "month"),
    "permission": ("entitlement", "system"),
    "working-days": ("jurisdiction", "year"),
    "sla": ("decision_type", "party"),
    "gate": ("id",),
}


def ref(portal: Portal, key: str | None) -> Ref:
    """The link to the record of that key; a key without a record is its own title."""
    entry = portal.entries.get(key) if key else None
    if entry is None:
        return Ref(key or "", key or "")
    return Ref(entry.key, _title(portal, entry), entry.url(), entry.kind.name)


def refs(portal: Portal, keys: Iterable[str]) -> tuple[Ref, ...]:
    """The links to the records of these keys, in their order."""
    return tuple(ref(portal, key) for key in keys)


def _title(portal: Portal, entry: Entry) -> str:
    """The title of a record; a row without one is called by what it joins: "Fraud analyst, Fraud casework"."""
    own = title_of(entry)
    parts = _JOINED.get(entry.kind.name)
    if parts is None or (own != entry.key and not entry.key.startswith(f"{entry.kind.name}/")):
        return own
    names = [str(getattr(entry.record, part, None) or "") for part in parts]
    titles = [title_of(portal.entries[name]) if name in portal.entries else name for name in names]
    return ", ".join(title for title in titles if title)


def title_of(entry: Entry) -> str:
    """What a record is called: its title, or the text that says what it is, or its key."""
    for name in _TITLES:
        value = getattr(entry.record, name, None)
        if isinstance(value, str) and value:
            return value
    return entry.key


def settings_of(portal: Portal) -> Settings | None:
    """The facts of the programme; None while portal.yaml is missing."""
    return next(iter(portal.all(Settings)), None)


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    found = tuple(words)
    return f" {joint} ".join((", ".join(found[:-1]), found[-1])) if len(found) > 1 else "".join(found)


def due_state(day: date, done: date | None, on: date, *, soon: int = 14) -> State:
    """How something with a due date stands: done, due soon, open, or overdue."""
    if done is not None and done <= on:
        late = (done - day).days
        return State(Tone.OK, "Done", f"{numbered(late, 'day')} late" if late > 0 else "")
    left = (day - on).days
    if left < 0:
        return State(Tone.BAD, "Overdue", f"{numbered(-left, 'day')} ago")
    if left <= soon:
        return State(Tone.WARN, "Due soon", "today" if left == 0 else f"{numbered(left, 'day')} left")
    return State(Tone.WAIT, "Open", f"in {numbered(left, 'day')}")
