"""Evidence packs: issued ones as the ledger tells of them, planned ones as the repository does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.assurance import Pack
from generator.model.judgement import IssuedPack, Judgement
from generator.views.memo import remembered
from generator.views.shown import Ref, State, Tone, ref


@dataclass(frozen=True, slots=True)
class PackLine:
    """The newest pack, or a pack in the list."""

    ref: Ref
    pack: IssuedPack | None  # None: planned, not issued
    as_of: date
    superseded_by: int | None  # ledger number of the newer issue of the same pack
    state: State


@remembered
def packs(j: Judgement) -> tuple[PackLine, ...]:
    """Issued packs newest first, then planned ones, the next first."""
    issued = sorted(j.packs, key=lambda one: one.seq, reverse=True)
    lines = [_issued(j, one) for one in issued]
    known = {one.pack for one in issued}
    planned = sorted((one for one in j.portal.all(Pack) if one.id not in known), key=lambda one: (one.as_of, one.id))
    return (*lines, *(_planned(j, one) for one in planned))


def newest_pack(j: Judgement) -> PackLine | None:
    """The pack issued last, or None."""
    return next((line for line in packs(j) if line.pack is not None), None)


def next_pack(j: Judgement) -> PackLine | None:
    """The first planned pack that is not issued, those of days to come before those of days past."""
    waiting = [line for line in packs(j) if line.pack is None]
    return next((line for line in waiting if line.as_of >= j.as_of), waiting[-1] if waiting else None)


def _issued(j: Judgement, one: IssuedPack) -> PackLine:
    newer = [other.seq for other in j.packs if other.pack == one.pack and other.seq > one.seq]
    state = State(Tone.MUTE, f"Replaced by entry {min(newer)}") if newer else State(Tone.OK, "Issued")
    return PackLine(ref(j.portal, one.pack), one, one.as_of, min(newer, default=None), state)


def _planned(j: Judgement, one: Pack) -> PackLine:
    due = one.as_of <= j.as_of
    state = State(Tone.WAIT, "Not issued yet", "its day has come" if due else f"shows {one.as_of}")
    return PackLine(ref(j.portal, one.id), None, one.as_of, None, state)
