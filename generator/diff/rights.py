"""Decision rights that a change needs, and whether a decision in the newer state covers it."""

from collections.abc import Iterable, Iterator

from generator.checks.change_control import Controlled, controlled, covering, is_open, recorded_decisions
from generator.diff.effects import Effect, Weight
from generator.kinds.decision import Decision
from generator.model.change import Change, applied
from generator.model.judgement import Judgement
from generator.model.words import with_article
from generator.views.past import kind_name
from generator.views.rights import accountable_for


def decision_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Controlled changes without an accepted decision that names them; matrix rows of one role are one effect."""
    changes = tuple(found)
    touched = {change.key for change in changes}
    before = {key: record for key in touched if (record := old.portal.canonical.get(key)) is not None}
    after = applied(before, (change for change in changes if change.key in before or change.added))
    missing: dict[str, list[Controlled]] = {}
    for change in changes:
        needed = controlled(kind_name(change.key), change, before.get(change.key), after.get(change.key))
        if needed is not None and decided_by(old, new, needed) is None:
            missing.setdefault(_subject(needed), []).append(needed)
    for subject, all_needed in sorted(missing.items()):
        holder = accountable_for(new, all_needed[0].types[0])
        kind = all_needed[0].types[0]
        needs = f"{with_article(kind)} decision of {holder[0].title if holder else 'the body that holds the right'}"
        count = len({needed.key for needed in all_needed})
        after_text = all_needed[0].what if count == 1 else f"{all_needed[0].what}, {count} rows"
        missed = (kind, holder[0].key if holder else "bod-…")
        yield Effect(
            Weight.BLOCKS, "unapproved", "Decision missing", subject, "not decided", after_text, "", needs, (), missed
        )


def decided_by(old: Judgement, new: Judgement, needed: Controlled) -> Decision | None:
    """The decision that covers a change between two states: one that is new, or on record and not used up before."""
    before = recorded_decisions(old)

    def open_(decision: str) -> bool:
        return decision not in before or is_open(old, decision, needed.key, len(old.timeline.steps))

    return covering(new, needed, open_)


def _subject(needed: Controlled) -> str:
    """What a decision has to name in `affects`."""
    if needed.key.startswith("matrix/"):
        return "/".join(needed.key.split("/")[:2]) + "/"
    return f"{needed.key}#{needed.field}" if needed.field else needed.key
