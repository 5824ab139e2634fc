"""Facts on record that a change edits or removes, whatever else it makes look better."""

from collections.abc import Iterable, Iterator

from generator.checks.immutable import RULES, is_fact_edit, standing_edits
from generator.diff.effects import Effect, Weight
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.views.past import kind_name

_RULE_OF = {"decision": "DEC001", "snapshot": "KPI007"}
_REMEDIES = {rule.code: rule.remedy for rule in RULES}


def fact_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Decisions, snapshots and journal entries that no longer say what they said; to take an edit back is none."""
    taken_back = {past.change.key for past in standing_edits(old)} - {past.change.key for past in standing_edits(new)}
    edited: dict[str, list[str]] = {}
    for change in found:
        kind = kind_name(change.key)
        before = old.portal.canonical.get(change.key)
        if change.key not in taken_back and is_fact_edit(kind, change, before):
            edited.setdefault(change.key, []).append(str(change.field[0]) if change.field else "")
    for key, fields in edited.items():
        after = "removed" if "" in fields else f"{', '.join(dict.fromkeys(fields))} changed"
        needs = _REMEDIES[_RULE_OF.get(kind_name(key), "FIX001")].removesuffix(".")
        yield Effect(
            Weight.BLOCKS, "fact-edited", "Fact edited", key, "on record", after, "", needs[0].lower() + needs[1:]
        )
