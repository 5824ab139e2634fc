"""Corrective actions on KPIs that miss their targets."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.links import AnyRef, KpiRef, OwnerRef, Scope, scope_reference
from generator.model.fields import Date, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Entity, Reference


class CorrectiveAction(Entity):
    """What is done about a KPI that misses its target."""

    title: Text | None = Field(None, description="The action in a few words.")
    kpi: KpiRef = Field(description="The KPI.")
    scope: Scope = Field(description="bank, or phase:, role:, cohort:, unit:, system: and an id.")
    raised: Date = Field(description="Day it was raised.")
    text: Text = Field(description="What is done.")
    owner: Annotated[OwnerRef, Administrative()] = Field(description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    done: Date | None = Field(None, description="The day it was done.")
    evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")

    def references(self) -> Iterator[Reference]:
        """The KPI, the owner, the evidence, and what the scope names."""
        yield from super().references()
        yield from scope_reference(self.scope, ("scope",))


def _late_corrections(j: Judgement) -> Iterator[Finding]:
    for action in j.portal.all(CorrectiveAction):
        if action.due < j.as_of and (action.done is None or action.done > j.as_of):
            yield Finding(action.id, ("due",), {"due": action.due})


RULES = (
    Rule(
        "ACT001",
        Severity.WARNING,
        "Corrective actions are done in time",
        "An action that is late corrects nothing.",
        "Enter done with its evidence, or move the due date.",
        "{key} was due {due} and is not done",
        _late_corrections,
    ),
)


CORRECTIVE_ACTION = Kind(
    "corrective-action",
    CorrectiveAction,
    YamlList("kpi/actions.yaml"),
    "Corrective action",
    "Corrective actions",
    prefix="act",
    dated="raised",
    page=PageSpec("kpis/actions/", anchor=True),
    pack_section="kpi",
    rules=RULES,
)
KINDS = (CORRECTIVE_ACTION,)
