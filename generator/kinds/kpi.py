"""KPI definitions, snapshots as counts, imports."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.common import Owned
from generator.kinds.links import ImportRef, KpiRef, Scope, SeatRef, scope_reference
from generator.model.fields import Count, Date, Instant, Number, Sha256, Text
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Kind, PageSpec, Rule, YamlList
from generator.model.record import Administrative, Reference, Row, Value
from generator.model.words import numbered

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
    revision: Annotated[
        str, Field(pattern=r"^r[1-9][0-9]*$", description="r1, or the revision in the file's name.")
    ] = "r1"

    def references(self) -> Iterator[Reference]:
        """The KPI, the import, and what the scope names."""
        yield from super().references()
        yield from scope_reference(self.scope, ("scope",))


class Import(Owned):
    """A file that counts were taken from: by which query, when, how many rows, its digest, where it is held."""

    system: Text = Field(description="System that exported it.")
    report: Text = Field(description="Name of the report.")
    as_of: Date = Field(description="The day the data speak of.")
    extracted: Instant = Field(description="When it was exported, UTC.")
    sha256: Sha256 = Field(description="SHA-256 of the file.")
    rows: Count = Field(description="Rows read.")
    rejected: Count = Field(description="Rows rejected.")
    held_at: Text = Field(description="Place in the records store.")
    query: Text | None = Field(None, description="The saved report or query behind it, with its version.")
    filters: tuple[Text, ...] = Field((), description="Which rows it takes, in words.")
    totals: dict[str, Number] = Field(
        default_factory=dict, description="Control totals: name -> figure in which source and file agree."
    )
    run_by: SeatRef | None = Field(None, description="The seat that exported it.")


def newest(snapshots: Iterable[Snapshot]) -> tuple[Snapshot, ...]:
    """The newest revision of each KPI, scope and day."""
    found: dict[tuple[str, str, date], Snapshot] = {}
    for snapshot in snapshots:
        at = (snapshot.kpi, snapshot.scope, snapshot.as_of)
        other = found.get(at)
        if other is None or int(snapshot.revision[1:]) > int(other.revision[1:]):
            found[at] = snapshot
    return tuple(found.values())


def _more_than_all(j: Judgement) -> Iterator[Finding]:
    for snapshot in j.portal.all(Snapshot):
        kpi = j.portal.find(snapshot.kpi, Kpi)
        proportion = kpi is not None and kpi.method == "proportion"
        if snapshot.numerator is None or snapshot.denominator is None or not proportion:
            continue
        if snapshot.numerator > snapshot.denominator:
            values = {"kpi": snapshot.kpi, "scope": snapshot.scope, "n": snapshot.numerator, "of": snapshot.denominator}
            yield Finding(j.portal.key_of(snapshot), ("numerator",), values)


def _adds_up(j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(Snapshot):
        values = {"kpi": one.kpi, "scope": one.scope}
        n, of, overdue = one.numerator, one.denominator, one.overdue
        if n is not None and of is not None and overdue is not None and n <= of != n + overdue:
            text = f"{n} complete and {overdue} overdue are not {of}"
            yield Finding(j.portal.key_of(one), ("overdue",), {**values, "text": text})
        if one.headcount is not None and one.denominator is not None:
            rest = (one.exempt or 0) + (one.not_yet_due or 0)
            if one.denominator + rest != one.headcount:
                people = numbered(one.headcount, "person", "people")
                text = f"{one.denominator} due, {rest} exempt or not yet due are not {people}"
                yield Finding(j.portal.key_of(one), ("headcount",), {**values, "text": text})


def _withheld_and_shown(j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(Snapshot):
        counts = (one.numerator, one.denominator, one.n_pairs)
        if one.withheld is not None and any(count is not None for count in counts):
            yield Finding(j.portal.key_of(one), ("withheld",), {"kpi": one.kpi, "scope": one.scope})


def _unsaid_lift(j: Judgement) -> Iterator[Finding]:
    for kpi in j.portal.all(Kpi):
        if kpi.method == "paired-mean" and kpi.lift is None:
            yield Finding(kpi.id)


def _unsaid_baseline(j: Judgement) -> Iterator[Finding]:
    for kpi in j.portal.all(Kpi):
        if kpi.method == "rate-ratio":
            base = kpi.baseline
            if base is None or base.count is None or base.exposure is None or len(base.window) != BOTH_ENDS:
                yield Finding(kpi.id, ("baseline",))


def _unowned(j: Judgement) -> Iterator[Finding]:
    for kpi in j.portal.all(Kpi):
        if kpi.owner is None:
            yield Finding(kpi.id)


BOTH_ENDS = 2
RULES = (
    Rule(
        "KPI001",
        Severity.ERROR,
        "A part is not more than the whole",
        "213 of 211 is a counting error; no statistic on it means anything.",
        "Count again and publish a correction as the next revision.",
        "{kpi} {scope}: {n} of {of} is more than all",
        _more_than_all,
    ),
    Rule(
        "KPI010",
        Severity.ERROR,
        "A lift says relative, points or gain",
        "+20 % may mean 54 to 65 or 54 to 74; the definition must say which.",
        "Set lift to relative, absolute or normalised-gain.",
        "{key} compares means before and after, and does not say whether its lift is relative or in points",
        _unsaid_lift,
    ),
    Rule(
        "KPI011",
        Severity.ERROR,
        "What is withheld is not written",
        "Git history cannot be unpublished: a small count must never be committed.",
        "Empty the counts of the row.",
        "{kpi} {scope} is withheld and shows its counts",
        _withheld_and_shown,
    ),
    Rule(
        "KPI013",
        Severity.ERROR,
        "Counts add up to the head count",
        "Who is missing from a sum decides a gate as easily as who is in it.",
        "Correct the counts in a new revision.",
        "{kpi} {scope}: {text}",
        _adds_up,
    ),
    Rule(
        "KPI014",
        Severity.ERROR,
        "A year-on-year rate has a baseline",
        "A change against nothing cannot be computed.",
        "Write baseline as count, exposure and window [first day, last day].",
        "{key} compares rates and has no baseline of count, exposure and window",
        _unsaid_baseline,
    ),
    Rule(
        "KPI015",
        Severity.ERROR,
        "A KPI has an owner",
        "A figure that nobody owns is not acted on.",
        "Name a body, role or seat under owner.",
        "{key} has no owner",
        _unowned,
    ),
)


KPI = Kind(
    "kpi",
    Kpi,
    YamlList("kpi/definitions.yaml"),
    "KPI",
    "KPIs",
    prefix="kpi",
    page=PageSpec("kpis/{id}/"),
    pack_section="kpi",
    rules=RULES,
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
KINDS = (KPI, SNAPSHOT, IMPORT)
