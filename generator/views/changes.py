"""Changes in plain words: "Completion target lowered from 95 % to 93 %".

Whole changes are named by their kind; some fields have sentences of their own; others say what was and what is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model.change import Change
from generator.model.portal import Portal
from generator.model.record import Json
from generator.model.words import amid, numbered
from generator.views.dates import day_of, day_text, percent, written
from generator.views.shown import Ref, Tone, listed, ref


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change said in words: the record, how it tends (weaker bad, stronger ok, neutral info), old and new."""

    ref: Ref
    topic: str  # "Matrix", "KPI target", "Wording", "Decided", "New", "Ended", ...
    text: str
    tone: Tone
    old: str = ""
    new: str = ""

    @property
    def whole(self) -> str:
        """The sentence with its topic in front, where the text alone does not say what happened."""
        return f"{self.topic}: {self.text}" if self.topic in _TOPIC_FIRST else self.text


@dataclass(frozen=True, slots=True)
class _Said:
    """What a special sentence says about one change."""

    topic: str
    text: str
    tone: Tone = Tone.INFO
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a change is said: its record, both portals."""

    ref: Ref
    kind: str
    portal: Portal
    before: Portal


def sentence(portal: Portal, change: Change, before: Portal | None = None) -> Sentence:
    """One change in words; names are looked up in `portal`, then in the one before."""
    old = before or portal
    found = ref(portal if change.key in portal else old, change.key)
    kind = found.kind or change.key.partition("/")[0]
    place = _Place(found, kind, portal, old)
    if change.added:
        said = _added(place, change.new)
    elif change.removed:
        said = _Said("Ended", f"{_kind_title(place)} {found.title} removed", Tone.WARN)
    else:
        said = _changed(place, change)
    return Sentence(found, said.topic, said.text, said.tone, said.old, said.new)


def sentences(portal: Portal, changes: Iterable[Change], before: Portal | None = None) -> tuple[Sentence, ...]:
    """All changes in words, the most telling first, without repeats; readings and imports count as one each."""
    plain: list[Change] = []
    counted: list[Change] = []
    for change in changes:
        bulk = change.added and change.key.partition("/")[0] in _BULK
        bulk = bulk or (change.added and change.key.startswith(_BULK_PREFIXES))
        (counted if bulk else plain).append(change)
    said = dict.fromkeys(sentence(portal, change, before) for change in plain)
    found = [*said, *_counted(portal, counted)]
    return tuple(sorted(found, key=lambda one: (_WEIGHT.index(one.tone), one.topic, one.ref.key, one.text)))


def _counted(portal: Portal, changes: list[Change]) -> Iterable[Sentence]:
    for kind, group in groupby(sorted(changes, key=lambda c: c.key), key=lambda change: _bulk_kind(change.key)):
        keys = [change.key for change in group]
        days = sorted({day for change in changes if (day := _as_of(change.new)) and _bulk_kind(change.key) == kind})
        when = f" as of {days[-1]}" if days else ""
        noun = {"snapshot": "reading", "import": "import", "exposure": "month of exposure"}.get(kind, kind)
        yield Sentence(ref(portal, keys[0]), "Measured", f"{numbered(len(keys), 'new ' + noun)}{when}", Tone.MUTE)


def _bulk_kind(key: str) -> str:
    return "import" if key.startswith("imp-") else key.partition("/")[0]


def _as_of(value: Json) -> str:
    found = value.get("as_of") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _added(place: _Place, new: Json) -> _Said:
    values = new if isinstance(new, dict) else {}
    if place.kind == "matrix":
        return _asked(place, values)
    if place.kind == "decision":
        status = str(values.get("status", ""))
        topic = {"proposed": "Proposed", "rejected": "Rejected"}.get(status, "Decided")
        return _Said(topic, place.ref.title, Tone.OK if topic == "Decided" else Tone.INFO)
    if place.kind == "sign-off":
        return _Said("Signed off", _title(place, values.get("subject")), Tone.OK)
    if place.kind == "incident":
        text = f"{place.ref.title}, severity {values.get('severity', '?')}"
        return _Said("Incident", text, Tone.WARN)
    return _Said("New", f"{amid(_kind_title(place))} {place.ref.title}")


def _asked(place: _Place, values: Mapping[str, Json]) -> _Said:
    """A new matrix row: what is asked of whom, from when."""
    role, since = _title(place, values.get("role")), day_text(values.get("effective_from"))
    asked = str(values.get("requirement", ""))
    if values.get("module") == "*":
        return _Said("Matrix", f"every other module is {asked} for {role}")
    days = f", due within {numbered(int(str(values['due_days'])), 'day')}" if values.get("due_days") else ""
    tone = Tone.OK if asked == "mandatory" else Tone.INFO
    return _Said("Matrix", f"{_title(place, values.get('module'))} becomes {asked} for {role} from {since}{days}", tone)


def _changed(place: _Place, change: Change) -> _Said:
    field = str(change.field[0]) if change.field else ""
    special = _SPECIAL.get((place.kind, field)) or _SPECIAL.get(("*", field))
    found = special(place, change) if special else None
    return found or _plain(place, change)


def _plain(place: _Place, change: Change) -> _Said:
    name = " ".join(str(part) for part in change.field).replace("_", " ")
    old, new = _value(place, change.old), _value(place, change.new)
    if change.old is None and len(new) > _LONG:
        return _Said("Changed", f"{place.ref.title}: {name} added", new=new)
    if change.old is None:
        return _Said("Changed", f"{place.ref.title}: {name} is now {new}", new=new)
    if change.new is None:
        return _Said("Changed", f"{place.ref.title}: {name} removed, was {old}", old=old)
    if old == new:  # a list of parts reads the same where a detail of a part changed
        return _Said("Changed", f"{place.ref.title}: details of {name} changed")
    if len(old) + len(new) > _LONG:
        return _Said("Changed", f"{place.ref.title}: {name} reworded", old=old, new=new)
    return _Said("Changed", f"{place.ref.title}: {name} changed from {old} to {new}", old=old, new=new)


def _target(place: _Place, change: Change) -> _Said | None:
    """A KPI target: lowered or raised, by how much, and whether that is weaker."""
    old, new = _last_target(change.old), _last_target(change.new)
    if old is None or new is None or old == new:
        return None
    direction = getattr(place.portal.entries[place.ref.key].record, "direction", "up") if _known(place) else "up"
    weaker = new < old if direction == "up" else new > old
    word = "lowered" if new < old else "raised"
    shares = abs(old) <= 1 and abs(new) <= 1
    a, b = (percent(old), percent(new)) if shares else (f"{old:g}", f"{new:g}")
    text = f"{place.ref.title}: target {word} from {a} to {b}"
    return _Said("KPI target", text, Tone.BAD if weaker else Tone.OK, a, b)


def _reworded(place: _Place, change: Change) -> _Said | None:
    old, new = _items(change.old), _items(change.new)
    if len(new) > len(old):
        last = max(new, key=lambda item: str(item.get("from", "")))
        text = f"{place.ref.title} is reworded from {day_text(last.get('from'))}"
        before = str(old[-1].get("summary", "")) if old else ""
        return _Said("Wording", text, Tone.INFO, before, str(last.get("summary", "")))
    return _Said("Wording", f"{place.ref.title}: wording corrected", Tone.INFO)


def _text(place: _Place, change: Change) -> _Said:
    return _Said(
        "Wording", f"{place.ref.title}: text reworded", Tone.WARN, _value(place, change.old), _value(place, change.new)
    )


def _done(place: _Place, change: Change) -> _Said | None:
    if change.new is None:
        return _Said("Reopened", f"{place.ref.title} is not done after all", Tone.WARN)
    return _Said("Done", f"{place.ref.title}, {day_text(change.new)}", Tone.OK)


def _moved(place: _Place, change: Change) -> _Said | None:
    old, new = day_of(change.old), day_of(change.new)
    if old is None or new is None:
        return None
    name = {"due": "due date", "end": "end", "start": "start"}[str(change.field[0])]
    later = new > old
    text = f"{place.ref.title}: {name} moved {'back' if later else 'forward'} from {written(old)} to {written(new)}"
    return _Said("Moved", text, Tone.WARN if later else Tone.INFO, written(old), written(new))


def _status(place: _Place, change: Change) -> _Said:
    text = f"{place.ref.title} is now {change.new}, was {change.old}"
    return _Said("Status", text, Tone.OK if change.new in _GOOD else Tone.INFO, str(change.old), str(change.new))


def _version(place: _Place, change: Change) -> _Said:
    return _Said(
        "Version",
        f"{place.ref.title}: version {change.old} to {change.new}",
        Tone.INFO,
        str(change.old),
        str(change.new),
    )


def _score(place: _Place, change: Change) -> _Said | None:
    old, new = change.old, change.new
    if isinstance(old, dict) or isinstance(new, dict) or not str(old).isdigit() or not str(new).isdigit():
        return None
    up = int(str(new)) > int(str(old))
    name = " ".join(str(part) for part in change.field)
    text = f"{place.ref.title}: {name} {'up' if up else 'down'} from {old} to {new}"
    return _Said("Risk", text, Tone.BAD if up else Tone.OK, str(old), str(new))


def _requirement(place: _Place, change: Change) -> _Said:
    weaker = change.old == "mandatory"
    text = f"{place.ref.title}: {change.old} becomes {change.new}"
    return _Said("Matrix", text, Tone.BAD if weaker else Tone.OK, str(change.old), str(change.new))


def _conditions(place: _Place, change: Change) -> _Said | None:
    old, new = _items(change.old), _items(change.new)
    done = [str(b.get("text")) for a, b in zip(old, new, strict=False) if b.get("done") and not a.get("done")]
    return _Said("Done", f"{place.ref.title}: {listed(done)}", Tone.OK) if done else None


def _known(place: _Place) -> bool:
    return place.ref.key in place.portal


def _kind_title(place: _Place) -> str:
    entry = place.portal.entries.get(place.ref.key) or place.before.entries.get(place.ref.key)
    return entry.kind.title if entry and entry.kind.title else place.kind.replace("-", " ").capitalize()


def _title(place: _Place, key: Json) -> str:
    if not isinstance(key, str):
        return ""
    return ref(place.portal if key in place.portal else place.before, key).title


def _value(place: _Place, value: Json) -> str:
    """A field's value on one line; keys are said by their titles, lists by their length when they are long."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return listed(_value(place, item) for item in value) if value else "nothing"
    if isinstance(value, dict):
        own = value.get("text") or value.get("title") or value.get("seat") or value.get("kpi")
        return _value(place, own) if own else ", ".join(f"{k} {_value(place, v)}" for k, v in value.items())
    day = day_of(value)
    return written(day) if day else _title(place, value) or str(value)


def _items(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _last_target(value: Json) -> float | None:
    items = _items(value)
    found = max(items, key=lambda item: str(item.get("from_") or item.get("from") or "")) if items else {}
    text = str(found.get("value", ""))
    try:
        return float(text)
    except ValueError:
        return None


_LONG = 120
_TOPIC_FIRST = ("Decided", "Proposed", "Rejected", "Signed off", "Incident", "New", "Done")
_GOOD = ("accepted", "approved", "closed", "done", "sent", "live", "assessed", "finished")
_WEIGHT = (Tone.BAD, Tone.WARN, Tone.OK, Tone.INFO, Tone.WAIT, Tone.MUTE)
_BULK = ("snapshot", "exposure")
_BULK_PREFIXES = ("imp-",)
_SPECIAL: Mapping[tuple[str, str], Callable[[_Place, Change], _Said | None]] = {
    ("kpi", "target"): _target,
    ("obligation", "versions"): _reworded,
    ("matrix", "requirement"): _requirement,
    ("risk", "residual"): _score,
    ("risk", "inherent"): _score,
    ("decision", "conditions"): _conditions,
    ("module", "text"): _text,
    ("body", "text"): _text,
    ("*", "done"): _done,
    ("*", "due"): _moved,
    ("phase", "end"): _moved,
    ("phase", "start"): _moved,
    ("*", "status"): _status,
    ("*", "version"): _version,
}
