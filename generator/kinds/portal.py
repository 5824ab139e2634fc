"""Portal settings and guiding principles."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import BodyRef, DecisionRef
from generator.model.fields import Classification, Count, Date, MonthDay, Text, Timezone
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlEach, YamlList
from generator.model.record import Administrative, Record, Value


class Platform(Value):
    """A learning platform that the enrol button opens."""

    title: Text = Field(description="Name that staff know.")
    course_url: Text = Field(description="Address of a course, with {course} in place of its code.")


class Seal(Value):
    """What the base pack prints about its seal."""

    profile: Literal["demo", "production"] = Field(description="Sealing refuses a key of another profile.")
    label: Text = Field(description="Words on the cover and in the signature.")


class SeverityWaiver(Value):
    """A rule whose errors are warnings until a day, by decision."""

    until: Date = Field(description="Last day on which the rule is lowered.")
    decision: DecisionRef = Field(description="The decision that lowers it.")


class Settings(Record):
    """Facts of the programme that every page and pack uses."""

    classification: Annotated[Classification | None, Administrative()] = Field(
        Classification.INTERNAL, description="Default for every record: public, internal or restricted."
    )
    organisation: Text = Field(description="Name of the organisation.")
    programme: Text = Field(description="Name of the programme.")
    change_control_from: Date = Field(description="Commits before this day are history, not findings.")
    contact: Text = Field(description="Functional mailbox or channel.")
    mailboxes: tuple[Text, ...] = Field((), description="Further functional mailboxes that texts may name.")
    platforms: dict[str, Platform] = Field(default_factory=dict, description="Learning platforms by short name.")
    seal: Seal = Field(description="What the base pack prints about its seal.")
    language: Text = Field(description="Language tag such as en.")
    timezone: Timezone = Field(description="Time zone in which days begin.")
    fiscal_year_start: MonthDay = Field(description="First day of the fiscal year, MM-DD.")
    small_cell_minimum: Count = Field(5, description="Counts below this are not published.")
    staleness_days: dict[str, Count] = Field(
        default_factory=dict, description="Cadence -> days after which a figure is stale."
    )
    owner: BodyRef = Field(description="The body that answers for the programme.")
    profile: Literal["programme", "banking"] | None = Field(
        None, description="What the content promises beyond the common rules; empty promises nothing more."
    )
    retention_years: Count = Field(description="Years that packs are kept.")
    model: Literal["raci", "daci"] = Field("raci", description="Letters used for decision rights.")
    strict: tuple[Text, ...] = Field((), description="Rules whose warnings are errors here.")
    waive: dict[str, SeverityWaiver] = Field(
        default_factory=dict, description="Rules whose errors are warnings, by decision."
    )


class Principle(Owned):
    """A guiding principle and the rules that prove it."""

    title: Text = Field(description="The principle in a few words.")
    statement: Text = Field(description="What it demands.")
    tested_by: tuple[Text, ...] = Field((), description="Codes of rules that prove it.")


SMALLEST_CELL = 3


def _small_cells(j: Judgement) -> Iterator[Finding]:
    for settings in j.portal.all(Settings):
        if settings.small_cell_minimum < SMALLEST_CELL:
            yield Finding("portal", ("small_cell_minimum",), {"found": settings.small_cell_minimum})


RULES = (
    Rule(
        "POR001",
        Severity.ERROR,
        "Small groups are withheld",
        "Counts of one or two people tell who they are.",
        "Set small_cell_minimum to 3 or more; 5 is usual.",
        "small_cell_minimum is {found}, it must be at least 3",
        _small_cells,
    ),
)


PORTAL = Kind(
    "portal",
    Settings,
    YamlEach("portal.yaml"),
    "Portal settings",
    "Portal settings",
    key=(),
    page=PageSpec("about/"),
    rules=RULES,
)
PRINCIPLE = Kind(
    "principle",
    Principle,
    YamlList("principles.yaml"),
    "Principle",
    "Principles",
    prefix="pri",
    page=PageSpec("about/", anchor=True),
    pack_section="cover",
)
KINDS = (PORTAL, PRINCIPLE)
