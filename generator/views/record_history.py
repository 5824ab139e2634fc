"""The history of a record, for the command and the pages: what changed, who wrote it, which decision covers it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.kinds.decision import STANDING
from generator.model.change import Change, applied
from generator.model.judgement import Commit, Judgement, Step, Timeline
from generator.model.record import Json
from generator.model.signature import UNSIGNED, Signature
from generator.views.anchors import dated
from generator.views.changes import sentences
from generator.views.memo import remembered
from generator.views.past import kind_name
from generator.views.shown import Ref, ref

State = Mapping[str, dict[str, Json]]
NEWEST = 10  # changes on a record's own page; the others stand on the page of its kind
_STATES = {"none": "not signed", "bad": "the signature is not of this commit"}


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a record's history: what changed, the decisions that cover it, and each writer's signature."""

    step: Step
    changes: tuple[Change, ...]
    decisions: tuple[str, ...]
    signed: tuple[tuple[Commit, str], ...]  # each commit that wrote it, and its signature in words


@dataclass(frozen=True, slots=True)
class Line:
    """One step as a page shows it; names and instants are the commits' own claims."""

    told: Told
    sentences: tuple[str, ...]
    decisions: tuple[Ref, ...]
    dated: str  # how far the commit's date can be believed

    @property
    def subject(self) -> str:
        """What the commit says of itself; of a merge, what the last commit says that came in with it."""
        step = self.told.step
        return step.merged[-1].subject if step.merged else step.commit.subject

    @property
    def authors(self) -> str:
        """The authors as recorded."""
        return ", ".join(dict.fromkeys(commit.author.name for commit, _ in self.told.signed))

    @property
    def signatures(self) -> str:
        """The signatures in words, each once."""
        return "; ".join(dict.fromkeys(words for _, words in self.told.signed))


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """The newest steps of a record, newest first; how many there are in all; where the others stand."""

    lines: tuple[Line, ...]
    total: int
    rest: str  # address of the page that tells them all


@dataclass(frozen=True)
class PastIndex:
    """The whole past, indexed in one pass: key -> the places of its steps, decisions with the places they cover."""

    steps: tuple[Step, ...]
    places: Mapping[str, tuple[int, ...]]
    former: Mapping[str, tuple[str, ...]]  # key -> the names that the record had before
    decided: tuple[tuple[str, int, tuple[str, ...]], ...]  # decision, the place from which it stood, what it names
    seats: State

    def of(self, key: str) -> tuple[tuple[int, tuple[Change, ...]], ...]:
        """The places that changed the record under any of the names it had, each with what it changed, oldest first."""
        names = self._names(key)
        places = sorted({place for name in names for place in self.places.get(name, ())})
        return tuple((p, tuple(change for change in self.steps[p].changes if change.key in names)) for p in places)

    def covering(self, key: str, found: tuple[tuple[int, tuple[Change, ...]], ...]) -> Mapping[int, tuple[str, ...]]:
        """Place -> the decisions that cover it: a decision covers the first change of what it names from its day on."""
        covered: dict[int, dict[str, None]] = defaultdict(dict)
        for decision, since, subjects in self.decided:
            for subject in subjects:
                later = (place for place, changed in found if place >= since and _named(subject, key, changed))
                first = next(later, None)
                if first is not None:
                    covered[first][decision] = None
        return {place: tuple(decisions) for place, decisions in covered.items()}

    def _names(self, key: str) -> frozenset[str]:
        names, waiting = {key}, [key]
        while waiting:
            for name in self.former.get(waiting.pop(), ()):
                if name not in names:
                    names.add(name)
                    waiting.append(name)
        return frozenset(names)


def past_index(past: Timeline) -> PastIndex:
    """The index over a timeline."""
    places: dict[str, dict[int, None]] = defaultdict(dict)
    former: dict[str, tuple[str, ...]] = {}
    decided: dict[str, tuple[str, int, tuple[str, ...]]] = {}
    state: State = {}
    for place, step in enumerate(past.steps):
        for change in step.changes:
            places[change.key][place] = None
            if change.added and isinstance(change.new, dict) and change.new.get("formerly"):
                former[change.key] = _texts(change.new.get("formerly"))
        own = [change for change in step.changes if change.key.startswith(("sea-", "dec-"))]
        state = applied(state, own) if own else state
        for key in {change.key for change in own if change.key.startswith("dec-")} & state.keys():
            if key not in decided and state[key].get("status") in STANDING:
                decided[key] = (key, place, _texts(state[key].get("affects")))
    seats = {key: record for key, record in state.items() if key.startswith("sea-")}
    by_key = {key: tuple(found) for key, found in places.items()}
    return PastIndex(past.steps, by_key, former, tuple(sorted(decided.values())), seats)


def told(index: PastIndex, key: str, signatures: Mapping[str, Signature], count: int | None = None) -> tuple[Told, ...]:
    """The newest steps that changed the record, newest first."""
    found = index.of(key)
    covered = index.covering(key, found)
    return tuple(
        Told(index.steps[place], changed, covered.get(place, ()), _signed(index, place, signatures))
        for place, changed in found[::-1][:count]
    )


def record_history(j: Judgement, key: str, signatures: Mapping[str, Signature]) -> RecordHistory:
    """What the page of a record shows of its past."""
    index = _index(j)
    total = len(index.of(key))
    lines = tuple(_line(j, step) for step in told(index, key, signatures, NEWEST))
    return RecordHistory(lines, total, kind_history_path(kind_name(key)))


def kind_history(j: Judgement, kind: str, signatures: Mapping[str, Signature]) -> tuple[Line, ...]:
    """Every step that changed a record of a kind, newest first, also of records that are gone."""
    index = _index(j)
    return tuple(
        _line(j, Told(index.steps[place], changed, (), _signed(index, place, signatures)))
        for place, changed in reversed(_by_kind(j).get(kind, ()))
    )


def kinds_with_history(j: Judgement) -> frozenset[str]:
    """The kinds of which the past tells."""
    return frozenset(_by_kind(j))


def kind_history_path(kind: str) -> str:
    """The address of the page that tells of every change of a kind."""
    return f"changes/{kind}/"


@remembered
def _index(j: Judgement) -> PastIndex:
    return past_index(j.timeline)


@remembered
def _by_kind(j: Judgement) -> Mapping[str, tuple[tuple[int, tuple[Change, ...]], ...]]:
    found: dict[str, dict[int, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for place, step in enumerate(j.timeline.steps):
        for change in step.changes:
            found[kind_name(change.key)][place].append(change)
    found.pop("", None)
    return {kind: tuple((place, tuple(c)) for place, c in sorted(places.items())) for kind, places in found.items()}


def _line(j: Judgement, step: Told) -> Line:
    words = tuple(found.whole for found in sentences(j.portal, step.changes, j.before))
    decisions = tuple(ref(j.portal, decision) for decision in step.decisions)
    return Line(step, words, decisions, dated(j, step.step.commit.id))


def _named(subject: str, key: str, changed: Iterable[Change]) -> bool:
    """Whether a decision's subject is what changed: the record, a prefix of its key, or one field of it."""
    if subject.endswith("/"):
        return key.startswith(subject)
    name, _, field = subject.partition("#")
    return name == key and (not field or any(not c.field or str(c.field[0]) == field for c in changed))


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _signed(index: PastIndex, place: int, signatures: Mapping[str, Signature]) -> tuple[tuple[Commit, str], ...]:
    commits = index.steps[place].writers
    return tuple((c, _words(signatures.get(c.id, UNSIGNED), c.committed.date(), index.seats)) for c in commits)


def _words(signature: Signature, day: date, seats: State) -> str:
    if signature.state in _STATES:
        return _STATES[signature.state]
    if signature.state == "unknown":
        return "signed in a form that is not judged here"
    holders = [key for key, seat in sorted(seats.items()) if signature.key in _keys_on(seat, day)]
    whose = f"a key of {', '.join(holders)}" if holders else "a key that no seat listed then"
    return f"signed by {whose} ({signature.key})"


def _keys_on(seat: Mapping[str, Json], day: date) -> Iterator[Json]:
    """The fingerprints that a seat's holder listed on that day."""
    holders = seat.get("holders")
    for holder in holders if isinstance(holders, list) else []:
        if isinstance(holder, dict):
            first = str(holder.get("from") or holder.get("from_") or "")
            last = str(holder.get("to") or "9999-12-31")
            keys = holder.get("keys")
            if first <= str(day) <= last and isinstance(keys, list):
                yield from keys
