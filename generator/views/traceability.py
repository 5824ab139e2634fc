"""Links in both directions, the three matrices of traceability, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.kinds.competency import Competency
from generator.kinds.module import Module
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.portal import Edge
from generator.model.words import numbered
from generator.views.competence import competency_goals
from generator.views.matrix import matrix
from generator.views.memo import remembered
from generator.views.obligations import obligations
from generator.views.registers import competencies, systems
from generator.views.risks import risks
from generator.views.shown import Ref, State, Tone, ref, refs


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one record to records of one kind."""

    kind: str
    title: str  # "Modules"
    field: str  # the field that links, for incoming the other record's
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What a record links to and what links to it."""

    outgoing: tuple[LinkGroup, ...]
    incoming: tuple[LinkGroup, ...]


@dataclass(frozen=True, slots=True)
class TraceCell:
    """How a row and a column meet: a letter or level, its tone, and the words behind it."""

    text: str
    state: State | None


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A row of a traceability matrix."""

    ref: Ref
    cells: tuple[TraceCell, ...]
    count: int
    state: State


@dataclass(frozen=True, slots=True)
class TraceMatrix:
    """A matrix of two kinds; rows with gaps first."""

    title: str
    columns: tuple[Ref, ...]
    rows: tuple[TraceRow, ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, who has to act, by when."""

    ref: Ref
    text: str
    state: State
    owner: Ref | None
    topic: str  # "Obligation without module", ...


_NONE = TraceCell("", None)
_GAP_ORDER = (Tone.BAD, Tone.WARN)


@remembered
def links(j: Judgement, key: str) -> Links:
    """The links of a record by kind; nested records are links of their parent's page too."""
    return Links(
        _groups(j, ((edge, edge.target) for edge in j.portal.outgoing(key))),
        _groups(j, ((edge, edge.source) for edge in j.portal.incoming(key))),
    )


@remembered
def obligation_by_module(j: Judgement) -> TraceMatrix:
    """Which module serves which obligation in force."""
    columns = _living(j)
    rows = []
    for view in obligations(j):
        if view.status == "in-force":
            serves = {found.key for found in view.modules}
            cells = tuple(_serves(column, column.id in serves) for column in columns)
            rows.append(TraceRow(view.ref, cells, len(serves), view.coverage))
    return _matrix("Obligations by module", refs(j.portal, (m.id for m in columns)), rows)


@remembered
def risk_by_module(j: Judgement) -> TraceMatrix:
    """Which module addresses which risk."""
    columns = _living(j)
    rows = []
    for view in risks(j):
        addressed = {found.key for found in (*view.modules, *view.drafts)}
        cells = tuple(_serves(column, column.id in addressed) for column in columns)
        rows.append(TraceRow(view.ref, cells, len(addressed), view.state))
    return _matrix("Risks by module", refs(j.portal, (m.id for m in columns)), rows)


@remembered
def role_by_competency(j: Judgement) -> TraceMatrix:
    """Target level of each competency against what mandatory modules reach."""
    columns = [one.id for one in j.portal.all(Competency)]
    rows = []
    for role in j.portal.all(Role):
        goals = {goal.ref.key: goal for goal in competency_goals(j, role.id)}
        cells = tuple(
            TraceCell(f"{goals[key].reached}/{goals[key].target}", goals[key].state) if key in goals else _NONE
            for key in columns
        )
        behind = sum(not goal.state.good for goal in goals.values())
        state = State(Tone.OK, "Reached")
        if behind:
            state = State(Tone.BAD, "Gap", f"{numbered(behind, 'competency', 'competencies')} below target")
        rows.append(TraceRow(ref(j.portal, role.id), cells, len(goals), state))
    return _matrix("Roles by competency", refs(j.portal, columns), rows)


@remembered
def gaps(j: Judgement) -> tuple[Gap, ...]:
    """Every gap of coverage, worst first: in the chain from duty and risk over module to role, and what has no link."""
    found = [
        *(Gap(o.ref, o.coverage.reason, o.coverage, o.interpreter, "Obligation") for o in obligations(j)),
        *(Gap(r.ref, r.state.reason or r.state.word, r.state, r.owner, "Risk") for r in risks(j)),
        *(Gap(row.ref, row.state.reason, row.state, None, "Role") for row in role_by_competency(j).rows),
        *(Gap(c.ref, c.state.reason, c.state, None, "Competency") for c in competencies(j) if c.state.tone is Tone.BAD),
        *(Gap(s.ref, s.state.reason, s.state, None, "AI system") for s in systems(j)),
        *_undecided(j),
    ]
    bad = [gap for gap in found if gap.state.tone in _GAP_ORDER]
    return tuple(sorted(bad, key=lambda gap: (_GAP_ORDER.index(gap.state.tone), gap.topic, gap.ref.key)))


def _undecided(j: Judgement) -> list[Gap]:
    state = State(Tone.BAD, "Undecided", "the matrix says neither mandatory nor optional nor not applicable")
    return [
        Gap(ref(j.portal, cell.role), f"{ref(j.portal, cell.module).title} is undecided", state, None, "Matrix")
        for cell in matrix(j).undecided
    ]


def _living(j: Judgement) -> tuple[Module, ...]:
    return tuple(module for module in j.portal.all(Module) if module.status != "retired")


def _serves(module: Module, linked: bool) -> TraceCell:  # noqa: FBT001 - whether there is a link is the cell
    if not linked:
        return _NONE
    approved = module.status == "approved"
    return TraceCell("x" if approved else "d", State(Tone.OK, "Approved") if approved else State(Tone.WAIT, "Draft"))


def _matrix(title: str, columns: tuple[Ref, ...], rows: list[TraceRow]) -> TraceMatrix:
    """Rows with gaps first."""
    ordered = sorted(rows, key=lambda row: (row.state.good, row.state.tone is not Tone.BAD, row.ref.key))
    return TraceMatrix(title, columns, tuple(ordered), sum(row.state.tone is Tone.BAD for row in rows))


def _groups(j: Judgement, edges: Iterable[tuple[Edge, str]]) -> tuple[LinkGroup, ...]:
    """Links grouped by the kind at the other end and the field, each record once."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for edge, key in edges:
        entry = j.portal.entries[key]
        found.setdefault((entry.kind.name, str(edge.field[0])), {})[key] = None
    groups = []
    for (kind, field), keys in found.items():
        entry = j.portal.entries[next(iter(keys))]
        title = entry.kind.plural or entry.kind.title or kind
        groups.append(LinkGroup(kind, title, field.rstrip("_"), refs(j.portal, sorted(keys))))
    return tuple(sorted(groups, key=lambda group: (group.title, group.field)))
