"""The wording of a record as a sign-off approves it: its digest now and at any step, and the steps that changed it."""

from collections import defaultdict
from collections.abc import Mapping

from generator.evidence.canonical import digest
from generator.kinds import KINDS
from generator.model.judgement import Judgement, Step
from generator.model.kind import Nested
from generator.model.portal import Entry
from generator.model.record import Json, administrative_fields
from generator.views.memo import remembered
from generator.views.past import PastChange, past_changes, unsigned_fields

_TAG = "roadmap-sign-off-v1"  # the domain of the digest: never equal to another kind of evidence

_UNTOLD = frozenset(("", *(kind.shape.parent for kind in KINDS if isinstance(kind.shape, Nested))))


@remembered
def normative_digest(j: Judgement, key: str) -> str:
    """The digest a sign-off of that record has to carry today: "sha256:" and 64 digits.

    It covers the record's kind, key and every field but the administrative ones, and what is nested in it.
    """
    entry = j.portal.entry(key)
    if entry is None:
        raise KeyError(key)
    nested = {child.key: _signed(child) for child in j.portal.within(key)}
    return _digest(entry.kind.name, key, _signed(entry), nested)


def _signed(entry: Entry) -> dict[str, Json]:
    """What is signed of a record: its wording as it stands in the sources, whoever reads it."""
    return (entry.whole or entry.record).canonical(normative=True)


def digest_at(j: Judgement, key: str, step: int) -> str | None:
    """The digest of the record as it stood after a step, empty when it was gone; None where nothing tells.

    Nothing tells of records with others nested in them: their wording of earlier days is not put together again; nor
    of records of which this audience sees a part.
    """
    entry = j.portal.entry(key)
    if entry is not None and entry.whole is not None:
        return None
    earlier = [past for past in _changes_of(j).get(key, ()) if past.index <= step and past.kind not in _UNTOLD]
    return _digest_after(j, key, earlier[-1].index) if earlier else None


@remembered
def _digest_after(j: Judgement, key: str, step: int) -> str:
    past = next(past for past in reversed(_changes_of(j)[key]) if past.index == step)
    if past.after is None:
        return ""
    unsigned = unsigned_fields(past.kind)
    signed = {name: value for name, value in past.after.items() if name not in unsigned}
    return _digest(past.kind, key, signed, {})


@remembered
def _changes_of(j: Judgement) -> Mapping[str, list[PastChange]]:
    found: dict[str, list[PastChange]] = defaultdict(list)
    for past in past_changes(j):
        found[past.change.key].append(past)
    return found


@remembered
def changes_of_meaning(j: Judgement, key: str) -> tuple[Step, ...]:
    """The steps that changed a record in more than its administrative fields, oldest first."""
    entry = j.portal.entry(key)
    unsigned = administrative_fields(type(entry.record)) if entry else frozenset[str]()
    return tuple(
        step
        for step, changes in j.timeline.of(key)
        if any(not change.field or str(change.field[0]) not in unsigned for change in changes)
    )


def _digest(kind: str, key: str, record: Mapping[str, Json], nested: Mapping[str, Mapping[str, Json]]) -> str:
    meaning: dict[str, object] = {"kind": kind, "key": key, "record": record, "nested": nested}
    return "sha256:" + digest(_TAG, meaning).hex()  # type: ignore[arg-type]  # canonical forms hold no null
