"""Risks that training reduces."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import DecisionRef, OwnerRef
from generator.model.fields import Date, Int, Text, add_months
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlEach, YamlList
from generator.model.record import Administrative, Record, Value


class RiskScale(Record):
    """The scale of the risk register and the appetite."""

    likelihood: tuple[Int, ...] = Field(min_length=2, max_length=2, description="Lowest and highest likelihood.")
    impact: tuple[Int, ...] = Field(min_length=2, max_length=2, description="Lowest and highest impact.")
    appetite: Int = Field(description="Highest score that is accepted without a decision.")


class Score(Value):
    """Likelihood and impact."""

    likelihood: Int = Field(ge=1, le=5, description="1 rare to 5 almost certain.")
    impact: Int = Field(ge=1, le=5, description="1 small to 5 severe.")

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact


class TaxonomyReference(Value):
    """A place in a catalogue of AI risks."""

    source: Literal["mitre-atlas", "finos-aigf", "owasp-llm", "nist-ai-600-1"] = Field(description="The catalogue.")
    ref: Text = Field(description="Identifier in it.")


class Risk(Owned):
    """A risk with its score before and after treatment."""

    title: Text = Field(description="What may happen.")
    category: Text = Field(description="Kind of risk, such as operational.")
    taxonomy: tuple[TaxonomyReference, ...] = Field((), description="Places in catalogues of AI risks.")
    inherent: Score = Field(description="Score without treatment.")
    residual: Score = Field(description="Score with treatment.")
    treatment: Literal["avoid", "reduce", "transfer", "accept"] = Field(description="ISO 31000 word for the treatment.")
    owner: Annotated[OwnerRef | None, Administrative()] = Field(None, description="Who answers for the risk.")
    line_of_defence: Literal["1", "2", "3"] = Field(description="Line of defence that carries it.")
    reviewed: Annotated[Date, Administrative()] = Field(description="Day of the last review.")
    accepted_by: Annotated[DecisionRef | None, Administrative()] = Field(
        None, description="Decision that accepts the residual risk."
    )


MONTHS_BETWEEN_REVIEWS = 12


def appetite(j: Judgement) -> int | None:
    """The highest score accepted without a decision, or None where no scale is written."""
    return next((scale.appetite for scale in j.portal.all(RiskScale)), None)


def _worse_after(j: Judgement) -> Iterator[Finding]:
    for risk in j.portal.all(Risk):
        if risk.residual.score > risk.inherent.score:
            yield Finding(risk.id, ("residual",), {"residual": risk.residual.score, "inherent": risk.inherent.score})


def _not_accepted(j: Judgement) -> Iterator[Finding]:
    limit = appetite(j)
    for risk in j.portal.all(Risk):
        if limit is not None and risk.residual.score > limit and risk.accepted_by is None:
            yield Finding(risk.id, ("residual",), {"residual": risk.residual.score, "appetite": limit})


def _not_reviewed(j: Judgement) -> Iterator[Finding]:
    for risk in j.portal.all(Risk):
        if add_months(risk.reviewed, MONTHS_BETWEEN_REVIEWS) < j.as_of:
            yield Finding(risk.id, ("reviewed",), {"reviewed": risk.reviewed})


def _unowned(j: Judgement) -> Iterator[Finding]:
    for risk in j.portal.all(Risk):
        if risk.owner is None:
            yield Finding(risk.id)


RULES = (
    Rule(
        "RSK001",
        Severity.ERROR,
        "Treatment lowers a risk",
        "A residual score above the inherent one is a mistake in one of the two.",
        "Correct the scores.",
        "{key}: residual {residual} is above inherent {inherent}",
        _worse_after,
    ),
    Rule(
        "RSK003",
        Severity.WARNING,
        "Risks above appetite are accepted by decision",
        "Somebody with the right must have said that the rest is carried.",
        "Name the decision under accepted_by, or treat the risk.",
        "{key}: residual {residual} is above appetite {appetite}; record an acceptance decision",
        _not_accepted,
    ),
    Rule(
        "RSK004",
        Severity.WARNING,
        "Risks are reviewed every year",
        "A score from before the last system change says little.",
        "Review the risk and enter the day under reviewed.",
        "{key} was last reviewed {reviewed}, more than 12 months ago",
        _not_reviewed,
    ),
    Rule(
        "RSK005",
        Severity.ERROR,
        "A risk has an owner",
        "A risk that nobody owns is not treated.",
        "Name a role, body or seat under owner.",
        "{key} has no owner",
        _unowned,
    ),
)


RISK_SCALE = Kind(
    "risk-scale",
    RiskScale,
    YamlEach("registers/risks.yaml", at="scale"),
    "Risk scale",
    "Risk scale",
    key=(),
    page=PageSpec("risks/"),
    pack_section="risks",
)
RISK = Kind(
    "risk",
    Risk,
    YamlList("registers/risks.yaml", at="risks"),
    "Risk",
    "Risks",
    prefix="rsk",
    page=PageSpec("risks/{id}/"),
    pack_section="risks",
    rules=RULES,
)
KINDS = (RISK_SCALE, RISK)
