"""The roadmap: phases with their timebox, milestones, checklist and gate."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import AnyRef, DecisionRef, KpiRef, OwnerRef, PhaseRef, RoleRef, Scope, scope_reference
from generator.model.fields import Date, Number, Text, TimeboxLength
from generator.model.judgement import Judgement
from generator.model.kind import Kind, Nested, PageSpec, Rule, YamlEach, YamlList
from generator.model.record import Administrative, Entity, Reference, Value

ROUNDING = 1e-9


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
    stage: Literal["pilot", "scale", "integrate", "institutionalize"] | None = Field(
        None, description="Which of the four phases of a programme it is."
    )
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

    def met_by(self, figure: float) -> bool:
        """Whether the figure fulfils the criterion; a hair's breadth of rounding counts as equal."""
        over = figure - float(self.value)
        equal = abs(over) <= ROUNDING
        return {">=": over > 0 or equal, "<=": over < 0 or equal, ">": over > 0, "<": over < 0, "=": equal}[self.op]


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


DAYS_A_WEEK = 7


def _backwards(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        if phase.end is not None and phase.end < phase.start:
            yield Finding(phase.id, ("end",), {"end": phase.end, "start": phase.start})


def _outside_timebox(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        if phase.end is None or phase.timebox is None or phase.end < phase.start:
            continue
        after = phase.end + timedelta(days=1)
        shortest, longest = phase.timebox.min, phase.timebox.max
        if (shortest and after < shortest.after(phase.start)) or (longest and after > longest.after(phase.start)):
            weeks = f"{(after - phase.start).days / DAYS_A_WEEK:.1f}"
            box = f"{shortest or 'no minimum'} to {longest or 'no maximum'}"
            yield Finding(phase.id, ("end",), {"weeks": weeks, "start": phase.start, "end": phase.end, "box": box})


def _before_the_last(j: Judgement) -> Iterator[Finding]:
    entries = sorted(j.portal.entries_of(Phase), key=lambda entry: int(entry.at[-1]))
    written = [phase for entry in entries if isinstance(phase := entry.record, Phase)]
    for index, phase in enumerate(written):
        others = [j.portal.find(key, Phase) for key in phase.depends_on] or written[max(index - 1, 0) : index]
        for other in others:
            if other is not None and other.end is not None and phase.start <= other.end:
                yield Finding(phase.id, ("start",), {"start": phase.start, "other": other.id, "end": other.end})


def _done_without_evidence(j: Judgement) -> Iterator[Finding]:
    for milestone in j.portal.all(Milestone):
        proof = [key for key in milestone.evidence if key != milestone.id]  # nothing proves itself
        if milestone.done is not None and milestone.done <= j.as_of and not proof:
            yield Finding(milestone.id, ("done",))


def _late_milestones(j: Judgement) -> Iterator[Finding]:
    for milestone in j.portal.all(Milestone):
        if milestone.due < j.as_of and (milestone.done is None or milestone.done > j.as_of):
            later = f"; its done date, {milestone.done}, has not come" if milestone.done else ""
            yield Finding(milestone.id, ("due",), {"due": milestone.due, "later": later})


def _open_end(j: Judgement) -> Iterator[Finding]:
    for phase in j.portal.all(Phase):
        if phase.end is None and phase.review_cadence != "annually":
            yield Finding(phase.id, ("review_cadence",), {"cadence": phase.review_cadence})


def _nobody(j: Judgement) -> Iterator[Finding]:
    for item in j.portal.all(ChecklistItem):
        if item.done is None and item.not_applicable is None and item.owner is None:
            yield Finding(item.id, ("text",))


def _late_items(j: Judgement) -> Iterator[Finding]:
    for item in j.portal.all(ChecklistItem):
        undone = item.done is None or item.done > j.as_of
        if undone and item.not_applicable is None and item.due < j.as_of:
            yield Finding(item.id, ("due",), {"due": item.due})


RULES = (
    Rule(
        "ROA001",
        Severity.ERROR,
        "A phase ends after it starts",
        "Every share of time and every gate is computed from the two dates.",
        "Correct start or end.",
        "{key} ends {end}, before it starts {start}",
        _backwards,
    ),
    Rule(
        "ROA002",
        Severity.ERROR,
        "A phase keeps its timebox",
        "The timebox was agreed; a longer phase needs a decision.",
        "Move the end, or let the accountable body waive the rule until a day.",
        "{key} lasts {weeks} weeks ({start} to {end}); its timebox is {box}",
        _outside_timebox,
    ),
    Rule(
        "ROA003",
        Severity.ERROR,
        "A phase starts after the one before",
        "What a phase teaches must be known before the next one starts.",
        "Move the start behind the end of the phase before.",
        "{key} starts {start}, before {other} ends {end}",
        _before_the_last,
    ),
    Rule(
        "ROA005",
        Severity.ERROR,
        "What is done has evidence",
        "A milestone without evidence is a claim.",
        "Name the records that prove it under evidence.",
        "{key} is marked done without evidence",
        _done_without_evidence,
    ),
    Rule(
        "ROA006",
        Severity.WARNING,
        "Milestones are reached in time",
        "A late milestone moves messages, sessions and the gate.",
        "Enter done with its evidence, or move the due date by decision.",
        "{key} was due {due} and is not done{later}",
        _late_milestones,
    ),
    Rule(
        "ROA010",
        Severity.ERROR,
        "A phase without end is reviewed every year",
        "What has no end needs a fixed look back.",
        "Set review_cadence to annually, or give the phase an end.",
        "{key} has no end and is reviewed {cadence}; annually is needed",
        _open_end,
    ),
    Rule(
        "CHK001",
        Severity.WARNING,
        "Checklist items are settled in time",
        "An open item is found at the gate, when it is too late.",
        "Enter done, or not_applicable with the reason.",
        "{key} was due {due} and is neither done nor marked not applicable",
        _late_items,
    ),
    Rule(
        "CHK002",
        Severity.ERROR,
        "Open checklist items have an owner",
        "What nobody owns is not done.",
        "Name an owner, or enter done or not_applicable.",
        "{key} is open and has no owner",
        _nobody,
    ),
)


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
    rules=RULES,
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
