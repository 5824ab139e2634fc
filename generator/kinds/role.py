"""Roles: who is trained, where the population comes from, what they must be able to do."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import CompetencyRef
from generator.model.fields import Bool, Int, Number, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlList
from generator.model.record import Value


class Population(Value):
    """Where the people of a role are counted."""

    source: Literal["hr-job-family", "supplier-contract", "board"] = Field(
        description="System or list that counts them."
    )
    codes: tuple[Text, ...] = Field((), description="Codes there; a code belongs to one role.")


class Role(Owned):
    """A group of people with the same work and the same training."""

    title: Text = Field(description="Name of the role.")
    summary: Text | None = Field(None, description="What the role does with AI.")
    line_of_defence: Literal["1", "2", "3"] = Field(description="1 business, 2 risk and compliance, 3 audit.")
    population: tuple[Population, ...] = Field((), description="Where its people are counted.")
    ai_exposure: Literal["low", "medium", "high"] = Field(description="How much the work depends on AI.")
    competencies: dict[CompetencyRef, Int] = Field(default_factory=dict, description="Competency -> level needed.")
    hours_budget: Number | None = Field(None, description="Training hours per year at most.")
    leads_teams: Bool = Field(
        default=False, description="Whether its people lead teams and talk to them about training."
    )
    nice: tuple[Text, ...] = Field((), description="NICE work role codes.")


def _claimed_twice(j: Judgement) -> Iterator[Finding]:
    first: dict[tuple[str, str], str] = {}
    for role in j.portal.all(Role):
        for index, population in enumerate(role.population):
            for number, code in enumerate(population.codes):
                other = first.setdefault((population.source, code), role.id)
                if other != role.id:
                    field = ("population", index, "codes", number)
                    yield Finding(role.id, field, {"source": population.source, "code": code, "other": other})


def _uncounted(j: Judgement) -> Iterator[Finding]:
    for role in j.portal.all(Role):
        if not role.population:
            yield Finding(role.id)


RULES = (
    Rule(
        "ROL001",
        Severity.ERROR,
        "A population belongs to one role",
        "A person in two roles would be counted twice.",
        "Give the code to one of the roles.",
        "{key} and {other} both claim {source} {code}; a person would be counted twice",
        _claimed_twice,
    ),
    Rule(
        "ROL002",
        Severity.ERROR,
        "A role says where its people are counted",
        "Without a population there is no denominator.",
        "Name the source and codes under population.",
        "{key} has no population",
        _uncounted,
    ),
)


ROLE = Kind(
    "role",
    Role,
    YamlList("registers/roles.yaml"),
    "Role",
    "Roles",
    prefix="rol",
    page=PageSpec("roles/{id}/"),
    pack_section="curriculum-matrix",
    rules=RULES,
)
KINDS = (ROLE,)
