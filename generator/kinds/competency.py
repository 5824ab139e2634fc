"""Competencies and their scale."""

from pydantic import Field

from generator.kinds.common import FrameworkReference, Level, Owned
from generator.model.fields import Int, Text
from generator.model.kind import Kind, PageSpec, YamlEach, YamlList
from generator.model.record import Record


class CompetencyScale(Record):
    """The levels that competencies are measured in."""

    scale: tuple[Level, ...] = Field(description="Levels from none upwards.")


class Competency(Owned):
    """Something people can do, by level."""

    title: Text = Field(description="Name of the competency.")
    category: Text = Field(description="Group such as technical, ethical-decision-making or business-context.")
    levels: dict[Int, Text] = Field(description="Level -> observable statement, from 1 without gaps.")
    maps_to: tuple[FrameworkReference, ...] = Field((), description="Places in standard catalogues.")


SCALE = Kind(
    "competency-scale",
    CompetencyScale,
    YamlEach("registers/competencies.yaml"),
    "Competency scale",
    "Competency scale",
    key=(),
    page=PageSpec("competencies/"),
    pack_section="competencies",
)
COMPETENCY = Kind(
    "competency",
    Competency,
    YamlList("registers/competencies.yaml", at="competencies"),
    "Competency",
    "Competencies",
    prefix="cmp",
    page=PageSpec("competencies/{id}/"),
    pack_section="competencies",
)
KINDS = (SCALE, COMPETENCY)
