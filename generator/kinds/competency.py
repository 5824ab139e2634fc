"""Competencies and their scale."""

from collections.abc import Iterator

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import FrameworkReference, Level, Owned
from generator.model.fields import Int, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlEach, YamlList
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


def _gaps(j: Judgement) -> Iterator[Finding]:
    for competency in j.portal.all(Competency):
        found = sorted(competency.levels)
        if found != list(range(1, len(found) + 1)):
            yield Finding(competency.id, ("levels",), {"found": ", ".join(str(level) for level in found)})


RULES = (
    Rule(
        "CMP002",
        Severity.ERROR,
        "Levels have no gaps",
        "A role that needs level 2 can only be judged when levels 1 and 2 are described.",
        "Describe every level from 1 upwards.",
        "{key}: levels are {found}; they must start at 1 without gaps",
        _gaps,
    ),
)


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
    rules=RULES,
)
KINDS = (SCALE, COMPETENCY)
