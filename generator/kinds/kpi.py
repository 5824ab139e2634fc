"""KPI definitions, snapshots as counts, imports, corrective actions."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import AnyRef, ImportRef, KpiRef, OwnerRef, Scope, scope_reference
from generator.model.fields import Count, Date, Instant, Number, Sha256, Text
from generator.model.kind import CsvTable, Kind, PageSpec, YamlList
from generator.model.record import Administrative, Entity, Reference, Row, Value

Cadence = Literal["weekly", "monthly", "quarterly", "annually", "per-cohort"]


class Target(Value):
    """What a KPI should reach, from a day on."""

    value: Number = Field(description="The value to reach.")
    from_: Date = Field(alias="from", description="First day it counts.")
    to: Date | None = Field(None, description="Last day it counts; empty means open.")

    def in_force(self, day: date) -> bool:
        """Whether the target counts on that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Baseline(Value):
    """Where a KPI stood before: a value on a day, or a count over an exposure in a window."""

    value: Number | None = Field(None, description="The value.")
    as_of: Date | None = Field(None, description="The day of the value.")
    count: Count | None = Field(None, description="Events counted in the window.")
    exposure: Count | None = Field(None, description="Cases in the window.")
    window: tuple[Date, ...] = Field((), max_length=2, description="First and last day of the window.")


class Kpi(Owned):
    """What a figure means, what it should reach, who answers for it."""

    title: Text = Field(description="Name of the KPI.")
    sort: Literal["completion", "competency", "incidents", "behaviour"] = Field(description="Sort of success.")
    method: Literal["proportion", "paired-mean", "rate-ratio", "count", "duration"] = Field(
        description="How it is computed."
    )
    numerator: Text = Field(description="What is counted above the line.")
    denominator: Text = Field(description="What is counted below the line.")
    unit: Text = Field(description="Unit of the figure.")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    target: tuple[Target, ...] = Field((), description="Targets in order of time.")
    baseline: Baseline | None = Field(None, description="Where it stood before.")
    cadence: Cadence = Field(description="How often a snapshot is due.")
    interval: Literal["wilson-95", "exact-95", "t-95", "poisson-exact-95", "none"] = Field(
        description="Interval shown beside it."
    )
    lift: Literal["relative", "absolute", "normalised-gain"] | None = Field(
        None, description="Whether a lift is relative, in points, or a share of what was missing."
    )
    minimum_n: Count | None = Field(None, description="Smallest number of people for a figure.")
    retired: Annotated[Date | None, Administrative()] = Field(None, description="Last day it is measured.")

    def target_on(self, day: date) -> Target | None:
        """The target that counts on that day, or None."""
        return next((target for target in reversed(self.target) if target.in_force(day)), None)


class Snapshot(Row):
    """Counts of one KPI and scope on one day; rates are never stored."""

    kpi: KpiRef = Field(description="The KPI.")
    scope: Scope = Field(description="bank, or phase:, role:, cohort:, unit:, system: and an id.")
    numerator: Count | None = Field(None, description="Count above the line.")
    denominator: Count | None = Field(None, description="Count below the line.")
    headcount: Count | None = Field(None, description="People in the scope.")
    exempt: Count | None = Field(None, description="People with an approved exemption.")
    not_yet_due: Count | None = Field(None, description="People whose due date plus grace lies ahead.")
    overdue: Count | None = Field(None, description="People past due date plus grace.")
    n_pairs: Count | None = Field(None, description="People with both scores.")
    n_pre_only: Count | None = Field(None, description="People with the first score only.")
    n_post_only: Count | None = Field(None, description="People with the second score only.")
    mean_pre: Number | None = Field(None, description="Mean first score of the pairs.")
    mean_post: Number | None = Field(None, description="Mean second score of the pairs.")
    sd_diff: Number | None = Field(None, description="Standard deviation of the differences.")
    exposure: Number | None = Field(None, description="Cases among which events were counted.")
    withheld: Literal["small-cell", "complementary"] | None = Field(None, description="Why the counts are not shown.")
    source: ImportRef | None = Field(None, description="The import they come from.")
    note: Text | None = Field(None, description="What to know, or why a revision corrects the one before.")
    as_of: Date = Field(description="The day, from the file's name.")
    revision: Annotated[str, Field(pattern=r"^r[1-9]\d*$", description="r1, or the revision in the file's name.")] = (
        "r1"
    )

    def references(self) -> Iterator[Reference]:
        """The KPI, the import, and what the scope names."""
        yield from super().references()
        yield from scope_reference(self.scope, ("scope",))


class Import(Owned):
    """A file that counts were taken from: what, when, how many rows, its digest, where it is held."""

    system: Text = Field(description="System that exported it.")
    report: Text = Field(description="Name of the report.")
    as_of: Date = Field(description="The day the data speak of.")
    extracted: Instant = Field(description="When it was exported, UTC.")
    sha256: Sha256 = Field(description="SHA-256 of the file.")
    rows: Count = Field(description="Rows read.")
    rejected: Count = Field(description="Rows rejected.")
    held_at: Text = Field(description="Place in the records store.")


class CorrectiveAction(Entity):
    """What is done about a KPI that misses its target."""

    title: Text | None = Field(None, description="The action in a few words.")
    kpi: KpiRef = Field(description="The KPI.")
    scope: Scope = Field(description="bank, or phase:, role:, cohort:, unit:, system: and an id.")
    raised: Date = Field(description="Day it was raised.")
    text: Text = Field(description="What is done.")
    owner: Annotated[OwnerRef, Administrative()] = Field(description="Who does it.")
    due: Date = Field(description="Last day to do it.")
    done: Date | None = Field(None, description="The day it was done.")
    evidence: tuple[AnyRef, ...] = Field((), description="Records that prove it.")

    def references(self) -> Iterator[Reference]:
        """The KPI, the owner, the evidence, and what the scope names."""
        yield from super().references()
        yield from scope_reference(self.scope, ("scope",))


KPI = Kind(
    "kpi",
    Kpi,
    YamlList("kpi/definitions.yaml"),
    "KPI",
    "KPIs",
    prefix="kpi",
    page=PageSpec("kpis/{id}/"),
    pack_section="kpi",
)
SNAPSHOT = Kind(
    "snapshot",
    Snapshot,
    CsvTable("kpi/snapshots/*.csv", sort=("kpi", "scope"), from_name=("as_of", "revision")),
    "Snapshot",
    "Snapshots",
    key=("kpi", "scope", "as_of", "revision"),
    dated="as_of",
    page=PageSpec("kpis/snapshots/", anchor=True),
    pack_section="kpi",
    immutable=True,
)
IMPORT = Kind(
    "import",
    Import,
    YamlList("kpi/imports.yaml"),
    "Import",
    "Imports",
    prefix="imp",
    dated="as_of",
    page=PageSpec("imports/", anchor=True),
    pack_section="kpi",
)
CORRECTIVE_ACTION = Kind(
    "corrective-action",
    CorrectiveAction,
    YamlList("kpi/actions.yaml"),
    "Corrective action",
    "Corrective actions",
    prefix="act",
    dated="raised",
    page=PageSpec("kpis/actions/", anchor=True),
    pack_section="kpi",
)
KINDS = (KPI, SNAPSHOT, IMPORT, CORRECTIVE_ACTION)
