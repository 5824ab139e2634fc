"""Issued packs that a change makes out of date: printed from the newer state they would say something else."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from generator.diff.effects import Effect, Weight
from generator.kinds import KINDS
from generator.kinds.assurance import Pack
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.past import kind_name

_SECTIONS = {kind.name: kind.pack_section for kind in KINDS}


def reissue_effects(
    old: Judgement, new: Judgement, found: Iterable[Change], issued: AbstractSet[str]
) -> Iterator[Effect]:
    """The packs issued before whose records change, seen on each pack's own day."""
    touched = {change.key for change in found}
    for pack in new.portal.all(Pack):
        if pack.id not in issued:
            continue
        seen = old.portal.seen_on(pack.as_of).entries.keys() | new.portal.seen_on(pack.as_of).entries.keys()
        within = {key for key in touched & seen if key == pack.id or _SECTIONS.get(kind_name(key)) in pack.sections}
        if within:
            after = f"{numbered(len(within), 'record')} in it differ{'s' if len(within) == 1 else ''}"
            yield Effect(Weight.NOTE, "pack", "Pack to issue again", pack.id, f"issued, as of {pack.as_of}", after)
