"""Training modules and the scenarios in them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import (
    CompetencyRef,
    DecisionRef,
    ModuleRef,
    ObligationRef,
    RiskRef,
    RoleRef,
    SeatRef,
    SystemRef,
)
from generator.model.fields import Bool, Count, Date, Int, Markdown, Ratio, Semver, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, MarkdownEach, PageSpec, Rule
from generator.model.record import Administrative, Value


class Assessment(Value):
    """How a module is assessed."""

    kind: Literal["quiz", "scenario", "observation", "none"] = Field(description="Form of the assessment.")
    items: Count | None = Field(None, description="Number of questions or cases.")
    pass_mark: Ratio | None = Field(None, description="Share needed to pass, 0 to 1.")
    attempts: Count | None = Field(None, description="Attempts allowed.")
    pre_test: Bool = Field(default=False, description="Whether a test before the module gives the baseline.")


class Objective(Value):
    """What a learner can do afterwards, and how it is seen."""

    text: Text = Field(description="The objective, with an observable verb.")
    competency: CompetencyRef = Field(description="The competency it builds.")
    level: Int = Field(ge=1, le=4, description="The level it reaches.")
    criteria: tuple[Text, ...] = Field((), description="Assessment criteria.")


class Dimensions(Value):
    """Shares of technical, ethical and business content; they add up to 1."""

    technical: Ratio = Field(description="Share of technical capability.")
    ethical: Ratio = Field(description="Share of ethical decision-making.")
    business: Ratio = Field(description="Share of business context.")


class CoDesign(Value):
    """Who took part in the design, and when."""

    function: Text = Field(description="Function such as legal or operations.")
    seat: SeatRef = Field(description="The seat that took part.")
    on: Date = Field(description="The day.")


class Course(Value):
    """Where the module lies in a learning platform."""

    platform: Text = Field(description="Short name of a platform in portal.yaml.")
    course: Text = Field(description="Course code there.")


class Module(Owned):
    """A training module at one version."""

    title: Text = Field(description="Name that learners see.")
    version: Semver = Field(description="A major step makes completions of the old version void.")
    status: Annotated[Literal["draft", "approved", "retired"], Administrative()] = Field(
        description="State of approval."
    )
    approved_by: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="The decision that approved it."
    )
    minutes: Count = Field(gt=0, description="Learning time in minutes.")
    delivery: Literal["e-learning", "workshop", "scenario-workshop", "coaching", "reading"] = Field(
        description="Form of delivery."
    )
    language: tuple[Text, ...] = Field(description="Language tags.")
    valid_months: Count | None = Field(
        None, description="Months until a refresher is due; empty means it does not expire."
    )
    prerequisites: tuple[ModuleRef, ...] = Field((), description="Modules to complete before.")
    assessment: Assessment | None = Field(None, description="How it is assessed.")
    competencies: dict[CompetencyRef, Int] = Field(default_factory=dict, description="Competency -> level reached.")
    risks: tuple[RiskRef, ...] = Field((), description="Risks that it reduces.")
    obligations: tuple[ObligationRef, ...] = Field((), description="Obligations that it serves.")
    systems: tuple[SystemRef, ...] = Field((), description="AI systems that it is about.")
    subjects: Annotated[
        tuple[Literal["compliance", "customer-data", "model-explainability", "fraud-detection"], ...],
        Administrative(),
    ] = Field((), description="Priority subjects of the banking profile that it teaches.")
    lms: tuple[Course, ...] = Field((), description="Where learners enrol.")
    objectives: tuple[Objective, ...] = Field((), description="Learning objectives with assessment criteria.")
    dimensions: Dimensions | None = Field(None, description="Shares of technical, ethical and business content.")
    co_design: tuple[CoDesign, ...] = Field((), description="Functions that took part in its design.")
    text: Markdown | None = Field(None, description="What the module is about.")


class RubricLine(Value):
    """One thing that a scenario's rubric scores."""

    criterion: Text = Field(description="What is looked for.")
    points: Count = Field(description="Points it gives.")


class Scenario(Owned):
    """A case that learners work on, with a documented rationale."""

    title: Text = Field(description="Name of the case.")
    version: Semver = Field(description="Version of the case.")
    module: ModuleRef = Field(description="The module that uses it.")
    roles: tuple[RoleRef, ...] = Field(description="Roles whose work it mirrors.")
    case_reference: Text = Field(description="Case file number in the bank's tool; no customer data.")
    minutes: Count = Field(gt=0, description="Working time in minutes.")
    rationale_required: Bool = Field(description="Whether a written rationale is part of the answer.")
    rubric: tuple[RubricLine, ...] = Field((), description="How the answer is scored.")
    text: Markdown | None = Field(None, description="The case.")


def _shares(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        shares = module.dimensions
        if shares is not None and shares.technical + shares.ethical + shares.business != 1:
            yield Finding(module.id, ("dimensions",), {"sum": shares.technical + shares.ethical + shares.business})


def _without_criteria(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        for index, objective in enumerate(module.objectives):
            if not objective.criteria:
                yield Finding(module.id, ("objectives", index, "text"), {"text": objective.text})


def _undeclared_competency(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        for index, objective in enumerate(module.objectives):
            reached = module.competencies.get(objective.competency)
            if reached is None or objective.level > reached:
                values = {"competency": objective.competency, "level": objective.level, "reached": reached or "nothing"}
                yield Finding(module.id, ("objectives", index, "competency"), values)


def _unscored(j: Judgement) -> Iterator[Finding]:
    for scenario in j.portal.all(Scenario):
        if scenario.rationale_required and not scenario.rubric:
            yield Finding(scenario.id, ("rationale_required",))


def _unowned(j: Judgement) -> Iterator[Finding]:
    for module in j.portal.all(Module):
        if module.owner is None:
            yield Finding(module.id)


RULES = (
    Rule(
        "CUR014",
        Severity.ERROR,
        "Objectives have assessment criteria",
        "An objective that nobody can see reached is not assessed.",
        "Write at least one criterion.",
        '{key}: the objective "{text}" has no criterion',
        _without_criteria,
    ),
    Rule(
        "CUR015",
        Severity.ERROR,
        "Dimensions add up to 1",
        "Shares that do not add up cannot be compared.",
        "Correct technical, ethical and business.",
        "{key}: technical, ethical and business add up to {sum}, not 1",
        _shares,
    ),
    Rule(
        "CUR018",
        Severity.ERROR,
        "Objectives build declared competencies",
        "A role's gaps are computed from what modules declare to reach.",
        "Declare the level under competencies, or lower the objective.",
        "{key}: an objective needs {competency} level {level}; the module declares {reached}",
        _undeclared_competency,
    ),
    Rule(
        "CUR025",
        Severity.ERROR,
        "A module has an owner",
        "A module that nobody owns goes out of date.",
        "Name a body under owner.",
        "{key} has no owner",
        _unowned,
    ),
    Rule(
        "SCN001",
        Severity.ERROR,
        "A required rationale is scored",
        "What is not scored is not learned.",
        "Add a rubric with a line for the rationale.",
        "{key} asks for a rationale and has no rubric",
        _unscored,
    ),
)


MODULE = Kind(
    "module",
    Module,
    MarkdownEach("curriculum/modules/mod-*.md"),
    "Module",
    "Modules",
    prefix="mod",
    page=PageSpec("modules/{id}/"),
    pack_section="modules",
    rules=RULES,
)
SCENARIO = Kind(
    "scenario",
    Scenario,
    MarkdownEach("curriculum/scenarios/scn-*.md"),
    "Scenario",
    "Scenarios",
    prefix="scn",
    page=PageSpec("scenarios/{id}/"),
    pack_section="modules",
)
KINDS = (MODULE, SCENARIO)
