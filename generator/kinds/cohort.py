"""Cohorts, the enrolment calendar, the pilot charter, retrospectives with lessons, experiments."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned, SeatHolder
from generator.kinds.links import (
    AnyRef,
    CohortRef,
    DecisionRef,
    KpiRef,
    ModuleRef,
    OwnerRef,
    PartyRef,
    PhaseRef,
    RetrospectiveRef,
    RoleRef,
)
from generator.model.fields import Count, Date, Markdown, Number, Ratio, Semver, Text, Time, Timezone, Words
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, MarkdownEach, Nested, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Entity, Value

CHARTER_DAYS = 90


class Cohort(Owned):
    """People who take the same modules in the same weeks."""

    title: Text = Field(description="Name of the cohort.")
    phase: PhaseRef = Field(description="The phase.")
    roles: tuple[RoleRef, ...] = Field(description="Roles in it.")
    modules: tuple[ModuleRef, ...] = Field(description="Modules it takes.")
    enrol_open: Date = Field(description="First day of enrolment.")
    start: Date = Field(description="First day.")
    end: Date = Field(description="Last day.")
    planned: Count = Field(description="People planned.")
    assessment_version: Semver | None = Field(
        None, description="Version of the test that its people sat before and after."
    )
    retrospective: RetrospectiveRef | None = Field(None, description="Its retrospective, once held.")


class Session(Entity):
    """One date in the enrolment calendar."""

    date: Date = Field(description="The day.")
    start: Time = Field(description="Start, hh:mm.")
    end: Time = Field(description="End, hh:mm.")
    timezone: Timezone = Field(description="Time zone of start and end.")
    cohort: CohortRef = Field(description="The cohort.")
    module: ModuleRef = Field(description="The module.")
    kind: Literal["pre-test", "session", "workshop", "post-test", "make-up"] = Field(description="Sort of session.")
    seats: Count = Field(description="Places for learners.")
    place: Text = Field(description="Room, or online.")
    co_leads: Annotated[tuple[PartyRef, ...], Words] = Field((), description="Seats or roles that lead it together.")


class Delivery(Value):
    """The weeks of delivery inside a pilot charter's days."""

    start: Date = Field(description="First day of delivery.")
    end: Date = Field(description="Last day of delivery.")


class PilotCharter(Owned):
    """What a pilot tests in 90 days, who sponsors it, when it stops."""

    title: Text = Field(description="Name of the charter.")
    phase: PhaseRef = Field(description="The phase.")
    sponsor: SeatHolder = Field(description="The seat that sponsors it.")
    approved_by: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="The decision that approved it."
    )
    start: Date = Field(description="First day: preparation included.")
    end: Date = Field(description="Last day: retrospective included.")
    delivery: Delivery | None = Field(None, description="The 8 to 12 weeks of delivery.")
    success: tuple[KpiRef, ...] = Field(description="KPIs that decide.")
    in_scope: tuple[RoleRef, ...] = Field(description="Roles that take part.")
    stop_conditions: tuple[Text, ...] = Field((), description="When the pilot is stopped.")
    exit_options: tuple[Text, ...] = Field((), description="What can follow.")
    text: Markdown | None = Field(None, description="What is tested.")


class Retrospective(Owned):
    """A workshop after a cohort, with its lessons."""

    title: Text = Field(description="Name of the retrospective.")
    cohort: CohortRef = Field(description="The cohort.")
    date: Date = Field(description="The day.")
    facilitator: SeatHolder = Field(description="The seat that led it.")
    attended: Count = Field(description="How many took part.")
    text: Markdown | None = Field(None, description="What was said.")


class Lesson(Entity):
    """What a cohort taught us, and what became of it."""

    kind: Literal["keep", "change", "stop"] = Field(description="What to do with it.")
    text: Text = Field(description="The lesson.")
    action: Text = Field(description="What is done; none for what is kept.")
    target: AnyRef | None = Field(None, description="The record that changes.")
    owner: Annotated[OwnerRef | None, Administrative()] = Field(None, description="Who does it.")
    due: Date | None = Field(None, description="Last day to do it.")
    status: Literal["open", "done", "rejected"] | None = Field(None, description="State; empty for what is kept.")
    done: Date | None = Field(None, description="The day it was done.")
    version: Semver | None = Field(None, description="Version of the target that carries it.")
    decision: DecisionRef | None = Field(None, description="The decision that rejects it, with its reason.")


class Allocation(Value):
    """How people are divided among arms."""

    method: Text = Field(description="How, such as randomised.")
    arms: dict[str, Count] = Field(description="Arm -> share.")
    cluster: Text | None = Field(None, description="What is drawn together, such as branch.")


class ArmResult(Value):
    """Counts of one arm."""

    n: Count = Field(description="People in the arm.")
    x: Count | None = Field(None, description="Successes.")
    mean: Number | None = Field(None, description="Mean.")
    sd: Number | None = Field(None, description="Standard deviation.")


class Experiment(Owned):
    """A registered comparison of two ways to teach."""

    title: Text = Field(description="Name of the experiment.")
    module: ModuleRef = Field(description="The module it is about.")
    hypothesis: Text = Field(description="What is expected.")
    unit: Text = Field(description="What is counted, such as learner.")
    allocation: Allocation = Field(description="How people are divided.")
    primary_metric: Text = Field(description="What decides.")
    test: Literal["two-proportion", "welch", "paired-t"] = Field(description="The test.")
    alpha: Ratio = Field(gt=0, lt=1, description="Error of the first kind.")
    power: Ratio = Field(gt=0, lt=1, description="Chance to see the smallest effect.")
    minimal_effect: Number = Field(description="Smallest effect worth seeing.")
    planned_n_per_arm: Count = Field(description="People planned for each arm.")
    registered: Date = Field(description="Day of registration, before it starts.")
    start: Date = Field(description="First day.")
    end: Date = Field(description="Last day.")
    status: Annotated[Literal["planned", "running", "finished", "stopped"], Administrative()] = Field(
        description="State."
    )
    result: dict[str, ArmResult] = Field(default_factory=dict, description="Arm -> counts.")


COHORT = Kind(
    "cohort",
    Cohort,
    YamlList("cohorts/cohorts.yaml"),
    "Cohort",
    "Cohorts",
    prefix="coh",
    page=PageSpec("cohorts/{id}/"),
    pack_section="kpi",
)
SESSION = Kind(
    "session",
    Session,
    CsvTable("cohorts/calendar.csv", sort=("id",)),
    "Session",
    "Sessions",
    prefix="ses",
    page=PageSpec("calendar/", anchor=True),
    pack_section="roadmap",
)
PILOT_CHARTER = Kind(
    "pilot-charter",
    PilotCharter,
    MarkdownEach("cohorts/cht-*.md"),
    "Pilot charter",
    "Pilot charters",
    prefix="cht",
    page=PageSpec("pilots/{id}/"),
    pack_section="charters",
)


def _late_lessons(j: Judgement) -> Iterator[Finding]:
    for lesson in j.portal.all(Lesson):
        undone = lesson.status == "open" or (lesson.done is not None and lesson.done > j.as_of)
        if undone and lesson.due is not None and lesson.due < j.as_of:
            yield Finding(lesson.id, ("due",), {"due": lesson.due})


def _undecided_lessons(j: Judgement) -> Iterator[Finding]:
    for lesson in j.portal.all(Lesson):
        if lesson.kind == "keep":
            continue
        if lesson.status is None or (lesson.status == "open" and (lesson.due is None or lesson.owner is None)):
            yield Finding(lesson.id, ("kind",), {"text": "it needs a status, an owner and a due date"})
        if lesson.status == "rejected" and lesson.decision is None:
            yield Finding(lesson.id, ("status",), {"text": "it is rejected without a decision"})


def _registered_late(j: Judgement) -> Iterator[Finding]:
    for experiment in j.portal.all(Experiment):
        if experiment.registered > experiment.start:
            values = {"registered": experiment.registered, "start": experiment.start}
            yield Finding(experiment.id, ("registered",), values)


def _unreported(j: Judgement) -> Iterator[Finding]:
    for experiment in j.portal.all(Experiment):
        if experiment.status == "finished" and experiment.result.keys() != experiment.allocation.arms.keys():
            yield Finding(experiment.id, ("status",))


RULES = (
    Rule(
        "LES001",
        Severity.WARNING,
        "Lessons are carried out in time",
        "The next cohort makes the same mistake.",
        "Carry it out, or have it rejected by decision.",
        "{key} was due {due} and is open",
        _late_lessons,
    ),
    Rule(
        "LES003",
        Severity.ERROR,
        "Every lesson is decided",
        "Each lesson is carried out, or rejected with a reason.",
        "Fill in status, owner and due, or the decision that rejects it.",
        "{key}: {text}",
        _undecided_lessons,
    ),
    Rule(
        "EXP002",
        Severity.ERROR,
        "Experiments are registered before they start",
        "A hypothesis written after the data proves nothing.",
        "Register first; a late one is not an experiment.",
        "{key} was registered {registered}, after it began {start}",
        _registered_late,
    ),
    Rule(
        "EXP003",
        Severity.ERROR,
        "Finished experiments are reported",
        "A result that is kept back, null or not, bends the picture.",
        "Write the counts of every arm under result.",
        "{key} is finished and does not report every arm",
        _unreported,
    ),
)


RETROSPECTIVE = Kind(
    "retrospective",
    Retrospective,
    MarkdownEach("cohorts/retrospectives/ret-*.md"),
    "Retrospective",
    "Retrospectives",
    prefix="ret",
    dated="date",
    page=PageSpec("lessons/", anchor=True),
    pack_section="lessons",
    rules=RULES,
)
LESSON = Kind(
    "lesson",
    Lesson,
    Nested("retrospective", "lessons"),
    "Lesson",
    "Lessons",
    prefix="les",
    page=PageSpec("lessons/", anchor=True),
    pack_section="lessons",
)
EXPERIMENT = Kind(
    "experiment",
    Experiment,
    YamlList("cohorts/experiments.yaml"),
    "Experiment",
    "Experiments",
    prefix="exp",
    page=PageSpec("experiments/", anchor=True),
    pack_section="lessons",
)
KINDS = (COHORT, SESSION, PILOT_CHARTER, RETROSPECTIVE, LESSON, EXPERIMENT)
