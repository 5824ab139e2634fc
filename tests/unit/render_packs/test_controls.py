"""Open warnings: each finding in a row of its own, very many alike in one."""

from generator.errors import Position, Problem, Severity
from generator.render.packs.controls import MOST_ALIKE, finding_rows


def found(number: int, path: str = "kpi/imports.yaml") -> Problem:
    return Problem("IMP001", Severity.WARNING, f"imp-{number} names no query", Position(path, number))


def test_few_findings_have_a_row_each() -> None:
    rows = finding_rows([found(line) for line in range(1, MOST_ALIKE + 1)])
    assert [(row.lines, row.more) for row in rows] == [(str(line), 0) for line in range(1, MOST_ALIKE + 1)]


def test_many_of_one_rule_in_one_file_share_a_row_that_names_every_line() -> None:
    rows = list(finding_rows([*(found(line) for line in range(1, 12)), found(3, "kpi/other.yaml")]))
    assert [(row.path, row.more) for row in rows] == [("kpi/imports.yaml", 10), ("kpi/other.yaml", 0)]
    assert rows[0].lines == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    assert rows[0].message == "imp-1 names no query"
