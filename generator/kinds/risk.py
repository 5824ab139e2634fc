"""Risks that training reduces."""

from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import DecisionRef, OwnerRef
from generator.model.fields import Date, Int, Text
from generator.model.kind import Kind, PageSpec, YamlEach, YamlList
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
)
KINDS = (RISK_SCALE, RISK)
