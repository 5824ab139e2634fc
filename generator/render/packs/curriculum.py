"""The sections on what is taught: matrix, modules, permissions and competencies."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.judgement import Judgement
from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.matrix import Cell, MatrixRow, MatrixView, matrix
from generator.views.modules import ModuleView, module, modules
from generator.views.registers import (
    CertificationView,
    CompetencyView,
    PathwayView,
    certifications,
    competencies,
    pathways,
    permissions,
)
from generator.views.roles import PermissionLine
from generator.views.traceability import TraceMatrix, role_by_competency

MOST_COLUMNS = 28  # more modules than fit beside each other go on a second table
MOST_WORDS = 15  # more modules than these have their number as head and a legend below
LETTERS = {"mandatory": "M", "optional": "O", "not-applicable": "–"}
STYLES = {"mandatory": "m", "optional": "o", "not-applicable": "x"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One cell of the matrix."""

    letter: str
    css: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One role's cells, with its sums over the whole matrix."""

    title: str
    cells: tuple[Letter, ...]
    mandatory: int
    optional: int


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """One module's head and sum."""

    short: str
    title: Markup
    full: str
    mandatory: int


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """As many modules as fit on a page's width."""

    columns: tuple[LetterColumn, ...]
    rows: tuple[LetterRow, ...]
    mandatory: int
    dense: bool


@dataclass(frozen=True, slots=True)
class MatrixContext:
    """The matrix in one or more parts."""

    origin: Markup
    parts: tuple[MatrixPart, ...]
    note: str


def role_matrix(source: PackSource) -> MatrixContext:
    """The requirement in force for every role of the pack and every module."""
    view = matrix(source.judgement)
    rows = [row for row in view.rows if source.wants("roles", row.role.key)]
    columns = range(len(view.columns))
    halves = -(-len(view.columns) // MOST_COLUMNS) or 1
    size = max(-(-len(view.columns) // halves), 1)
    parts = tuple(_part(view, rows, columns[first : first + size]) for first in range(0, len(columns), size))
    undecided = len(view.undecided)
    note = (
        f"{fmt.plural(len(rows), 'role')} and {fmt.plural(len(view.columns), 'module')}; "
        f"{fmt.plural(view.mandatory, 'cell')} mandatory, "
        f"{view.optional:,} optional, {undecided or 'none'} undecided. "
        "Due days and grace days of each cell are in the attached curriculum/matrix.csv."
    )
    return MatrixContext(source.origin("curriculum/matrix.csv"), parts, note)


def _part(view: MatrixView, rows: list[MatrixRow], chosen: range) -> MatrixPart:
    heads = []
    for index in chosen:
        title = view.columns[index].module.title
        marks = sum(row.cells[index].requirement == "mandatory" for row in rows)
        heads.append(LetterColumn(f"M{index + 1:02d}", _head(title), title, marks))
    lines = tuple(
        LetterRow(row.role.title, tuple(_letter(row.cells[i]) for i in chosen), row.mandatory, row.optional)
        for row in rows
    )
    return MatrixPart(tuple(heads), lines, sum(head.mandatory for head in heads), len(heads) > MOST_WORDS)


def _letter(cell: Cell) -> Letter:
    letter = LETTERS.get(cell.requirement, "?")
    return Letter(
        letter + (" *" if cell.later and cell.requirement == "mandatory" else ""), STYLES.get(cell.requirement, "q")
    )


def _head(title: str, longest: int = 30) -> Markup:
    """A module's title for a narrow column: its first words, long ones with a place to break."""
    head = re.split("[,:]", title, maxsplit=1)[0]
    clipped = head if len(head) <= longest else head[:longest].rsplit(" ", 1)[0] + " …"
    words = (Markup("&shy;").join(Markup("%s") % part for part in _syllables(word)) for word in clipped.split())
    return Markup(" ").join(words)


def _syllables(word: str) -> list[str]:
    """Long words cut where a vowel meets a consonant, near every sixth letter; enough for a table head."""
    parts, start = [], 0
    for index in range(4, len(word) - 3):
        if index - start >= 5 and word[index - 1] in "aeiouy" and word[index] not in "aeiouy":
            parts.append(word[start:index])
            start = index
    return [*parts, word[start:]]


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module with its source's blob id."""

    view: ModuleView
    blob: str
    commit: str
    facts: tuple[tuple[str, str], ...]
    shares: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModulesContext:
    """Every module."""

    origin: Markup
    cards: tuple[ModuleCard, ...]
    minutes: int


def training_modules(source: PackSource) -> ModulesContext:
    """A card a module, by title."""
    cards = tuple(_card(source, module(source.judgement, line.ref.key)) for line in modules(source.judgement))
    return ModulesContext(source.origin("curriculum/modules/"), cards, sum(card.view.minutes for card in cards))


def _card(source: PackSource, view: ModuleView) -> ModuleCard:
    entry = source.judgement.portal.entry(view.ref.key)
    row = source.row(entry.path) if entry else None
    shares = " · ".join(f"{fmt.percent(share, 0)} {name}" for name, share in view.dimensions)
    return ModuleCard(
        view, row.blob if row else "", row.commit if row else "", tuple(_facts(view)), shares, tuple(_answers(view))
    )


def _facts(view: ModuleView) -> list[tuple[str, str]]:
    approved = f"{view.approved_by.key}, {fmt.short_day(view.approved_on)}" if view.approved_by else "not yet"
    assessed = view.assessment
    test = fmt.words(assessed.kind)
    if assessed.items:
        test += f" of {assessed.items}"
    if assessed.pass_mark is not None:
        test += f", pass mark {fmt.percent(assessed.pass_mark, 0)}"
    if assessed.attempts:
        test += f", {fmt.plural(assessed.attempts, 'attempt')}"
    return [
        ("Owner", view.owner.title),
        ("Form", f"{fmt.words(view.delivery)}, {view.minutes}{fmt.NO_BREAK}minutes, {', '.join(view.language)}"),
        ("Valid", fmt.plural(view.valid_months, "month") if view.valid_months else "does not expire"),
        ("Assessed by", test + (", pre-test" if assessed.pre_test else "")),
        ("Approved by", approved),
        (
            "Mandatory for",
            f"{fmt.plural(len(view.mandatory_for), 'role')}, {fmt.plural(view.people, 'person', 'people')}",
        ),
    ]


def _answers(view: ModuleView) -> list[tuple[str, str]]:
    rows = [
        ("Obligations", view.obligations),
        ("Risks", view.risks),
        ("Systems", view.systems),
        ("Needs first", view.prerequisites),
    ]
    named = [(label, "; ".join(each.title for each in refs)) for label, refs in rows if refs]
    if view.co_design:
        named.append(("Designed with", "; ".join(f"{each.seat.title} ({each.function})" for each in view.co_design)))
    return named


@dataclass(frozen=True, slots=True)
class PermissionsContext:
    """What a certificate asks for and allows."""

    origin: Markup
    certifications: tuple[CertificationView, ...]
    permissions: tuple[PermissionLine, ...]
    pathways: tuple[PathwayView, ...]


def permission_links(source: PackSource) -> PermissionsContext:
    """Certificates, the permissions they open, and the pathways to them."""
    j: Judgement = source.judgement
    paths = ("curriculum/certifications.yaml", "curriculum/permissions.yaml", "curriculum/pathways.yaml")
    return PermissionsContext(source.origin(*paths), certifications(j), permissions(j), pathways(j))


@dataclass(frozen=True, slots=True)
class CompetenciesContext:
    """Levels, and target against reached by role."""

    origin: Markup
    competencies: tuple[CompetencyView, ...]
    matrix: TraceMatrix


def competency_levels(source: PackSource) -> CompetenciesContext:
    """Every competency with its levels; the matrix of roles against them."""
    j = source.judgement
    return CompetenciesContext(
        source.origin("registers/competencies.yaml", "registers/roles.yaml"), competencies(j), role_by_competency(j)
    )
