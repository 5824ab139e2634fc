"""The roadmap: phases with their timebox, milestones, checklist and gate."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import AnyRef, DecisionRef, KpiRef, OwnerRef, PhaseRef, RoleRef, Scope, scope_reference
from generator.model.fields import Date, Number, Text, TimeboxLength
from generator.model.kind import Kind, Nested, PageSpec, YamlEach, YamlList
from generator.model.record import Administrative, Entity, Reference, Value


class Roadmap(Owned):
    """The document that holds the phases."""

    title: Text = Field(description="Name of the roadmap.")


class Timebox(Value):
    """How long a phase may last; months are calendar months from the start, the end day included."""

    min: TimeboxLength | None = Field(None, description="Shortest time, such as P8W.")
    max: TimeboxLength | None = Field(None, description="Longest time, such as P12W.")


class Phase(Owned):
    """A phase of the programme; its status is derived from dates, never typed in."""

    title: Text = Field(description="Name of the phase.")
    summary: Text | None = Field(None, description="What the phase is for, in a sentence or two.")
    start: Date = Field(description="First day.")
    end: Date | None = Field(None, description="Last day; empty means open.")
    timebox: Timebox | None = Field(None, description="Shortest and longest time allowed.")
    depends_on: tuple[PhaseRef, ...] = Field((), description="Phases that must have ended before.")
    roles: tuple[RoleRef, ...] = Field((), description="Roles that are trained in this phase.")
    review_cadence: Annotated[Literal["weekly", "monthly", "quarterly", "annually"], Administrative()] = Field(
        description="How often the roadmap is updated in this phase."
    )


class Milestone(Entity):
    """A point that a phase passes."""

    title: Text = Field(description="What is reached.")
    due: Date = Field(description="The day it is due.")
    done: Date | None = Field(None, description="The day it was reached.")
    evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")


class Criterion(Value):
    """What a KPI must reach for a gate to open."""

    kpi: KpiRef = Field(description="The KPI that is measured.")
    scope: Scope = Field(description="bank, or phase:, role:, cohort:, unit:, system: and an id.")
    op: Literal[">=", "<=", ">", "<", "="] = Field(description="How the figure is compared.")
    value: Number = Field(description="What it is compared with.")
    decide_on: Literal["point", "lower-bound"] = Field(
        "point", description="The figure itself or its interval's lower end."
    )
    weight: Literal["decides", "watched"] = Field(
        "decides", description="Watched criteria are shown and do not hold the gate."
    )

    def references(self) -> Iterator[Reference]:
        """The KPI and what its scope names."""
        yield from super().references()
        yield from scope_reference(self.scope, ("scope",))

    def met_by(self, figure: Decimal) -> bool:
        """Whether the figure fulfils the criterion."""
        return {
            ">=": figure >= self.value,
            "<=": figure <= self.value,
            ">": figure > self.value,
            "<": figure < self.value,
            "=": figure == self.value,
        }[self.op]


class Gate(Entity):
    """The gate at the end of a phase: computed criteria and the decision on them."""

    title: Text | None = Field(None, description="Name of the gate.")
    due: Date = Field(description="The day it is decided.")
    decision: DecisionRef | None = Field(None, description="The decision, once it is taken.")
    criteria: tuple[Criterion, ...] = Field((), description="What is computed from snapshots.")
    qualitative: tuple[Text, ...] = Field((), description="What people judge.")


class ChecklistItem(Entity):
    """One line of a phase's checklist: done, not applicable with its reason, or open with its owner."""

    text: Text = Field(description="What has to be done.")
    owner: Annotated[OwnerRef | None, Administrative()] = Field(None, description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    done: Date | None = Field(None, description="The day it was done.")
    not_applicable: Text | None = Field(None, description="Why it does not apply.")
    evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")


ROADMAP = Kind(
    "roadmap",
    Roadmap,
    YamlEach("roadmap/roadmap.yaml"),
    "Roadmap",
    "Roadmaps",
    prefix="rmp",
    page=PageSpec("roadmap/"),
    pack_section="roadmap",
)
PHASE = Kind(
    "phase",
    Phase,
    YamlList("roadmap/roadmap.yaml", at="phases"),
    "Phase",
    "Phases",
    prefix="phs",
    page=PageSpec("phases/{id}/"),
    pack_section="roadmap",
)
MILESTONE = Kind(
    "milestone",
    Milestone,
    Nested("phase", "milestones"),
    "Milestone",
    "Milestones",
    prefix="mst",
    page=PageSpec("roadmap/", anchor=True),
    pack_section="roadmap",
)
GATE = Kind(
    "gate",
    Gate,
    Nested("phase", "gate"),
    "Gate",
    "Gates",
    prefix="gat",
    page=PageSpec("gates/{id}/"),
    pack_section="gates",
)
CHECKLIST_ITEM = Kind(
    "checklist-item",
    ChecklistItem,
    Nested("phase", "checklist"),
    "Checklist item",
    "Checklist",
    prefix="chk",
    page=PageSpec("plan/", anchor=True),
    pack_section="roadmap",
)
KINDS = (ROADMAP, PHASE, MILESTONE, GATE, CHECKLIST_ITEM)
