"""What happened outside and reaches the programme: duties reworded, incidents closed."""

from collections.abc import Iterable, Iterator

from generator.diff.effects import Effect, Weight
from generator.kinds.incident import Incident
from generator.kinds.module import Module
from generator.kinds.obligation import Obligation
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.matrix import roles_of
from generator.views.people import people_in
from generator.views.rights import accountable_for
from generator.views.shown import ref


def wording_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Obligations that are reworded, begin or end, with the modules and people that teach and learn them."""
    for key in sorted({change.key for change in found if change.key.startswith("obl-")}):
        before, after = old.portal.find(key, Obligation), new.portal.find(key, Obligation)
        if before is None or after is None:
            continue
        was, now = before.versions[-1], after.versions[-1]
        if (was.from_, was.to, was.summary) == (now.from_, now.to, now.summary):
            continue
        holder = accountable_for(new, "regulatory-interpretation")
        needs = f"assessment by {holder[0].title}" if holder else ""
        texts = f"from {was.from_}: {was.summary}", f"from {now.from_}: {now.summary}"
        if now.to is not None and was.to is None:
            texts = "in force", f"ends on {now.to}"
        yield Effect(Weight.NOTE, "wording", "Duty reworded", key, *texts, _taught(new, key), needs)


def incident_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Incidents that close, with what was learned."""
    for key in sorted({change.key for change in found if change.key.startswith("inc-")}):
        before, after = old.portal.find(key, Incident), new.portal.find(key, Incident)
        if before is None or after is None or (before.status, after.status) != ("open", "closed"):
            continue
        lesson = (
            f"closed; {after.lesson}: {ref(new.portal, after.lesson).title}" if after.lesson else "closed, no lesson"
        )
        weight = Weight.BETTER if after.lesson or after.training_cause == "no" else Weight.NOTE
        who = ref(new.portal, after.role).title if after.role else ""
        yield Effect(weight, "incident", "Incident closes", key, "open", lesson, who)


def _taught(j: Judgement, key: str) -> str:
    modules = [
        module.id for module in j.portal.all(Module) if key in module.obligations and module.status == "approved"
    ]
    roles = tuple(dict.fromkeys(cell.role for module in modules for cell in roles_of(j, module)))
    return f"{numbered(len(modules), 'module')}, {people_in(j, roles)}" if modules else "no module teaches it"
