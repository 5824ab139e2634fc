"""The editors' commands on disk, from an empty folder to a clean programme with a changed matrix."""

from pathlib import Path

import openpyxl
import pytest

from generator.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def programme(tmp_path: Path, capsys: Capture) -> Path:
    folder = tmp_path / "programme"
    assert main(["init", str(folder), "--name", "Bank of Somewhere"]) == 0
    capsys.readouterr()
    return folder


def roadmap(folder: Path, *arguments: str) -> int:
    return main(["-C", str(folder), *arguments])


def test_init_gives_a_clean_programme_and_refuses_to_overwrite_it(programme: Path, capsys: Capture) -> None:
    assert roadmap(programme, "check", "--tree", "--fail-on", "warning") == 0
    assert roadmap(programme, "fmt", "--check") == 0
    assert roadmap(programme, "schema", "--check") == 0
    capsys.readouterr()
    assert main(["init", str(programme)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_new_record_is_asked_for_until_it_is_filled_in(programme: Path, capsys: Capture) -> None:
    assert roadmap(programme, "new", "system", "--title", "Alert triage") == 0
    told = capsys.readouterr()
    assert told.out == "content/registers/systems.yaml:3: sys-alert-triage\n"
    assert "fill in purpose, ai_act_class" in told.err
    assert roadmap(programme, "check", "--tree") == 1
    path = programme / "content/registers/systems.yaml"
    text = path.read_bytes().decode()
    text = text.replace("purpose:  # TODO", "purpose: Ranks alerts  #").replace(
        "ai_act_class:  #", "ai_act_class: minimal  #"
    )
    path.write_bytes(text.encode())
    capsys.readouterr()
    assert roadmap(programme, "check", "--tree") == 0, capsys.readouterr().out


def test_a_dry_run_writes_nothing(programme: Path, capsys: Capture) -> None:
    before = {path: path.stat().st_mtime_ns for path in programme.rglob("*")}
    assert roadmap(programme, "new", "decision", "--for", "kpi-completion#target", "--dry-run") == 0
    assert "affects: [kpi-completion#target]" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in programme.rglob("*")} == before


def test_fmt_rewrites_what_it_is_given_and_reports_what_it_cannot_read(programme: Path, capsys: Capture) -> None:
    roles = programme / "content/registers/roles.yaml"
    clean = roles.read_bytes()
    roles.write_bytes(clean.replace(b"  ai_exposure: high", b"  ai_exposure:   high"))
    assert roadmap(programme, "fmt", "--check", "content/registers") == 1
    assert capsys.readouterr().out == "would reformat content/registers/roles.yaml\n"
    assert roadmap(programme, "fmt", "content/principles.yaml") == 0
    assert roles.read_bytes() != clean
    assert roadmap(programme, "fmt") == 0
    assert roles.read_bytes() == clean
    roles.write_bytes(clean + b"\t- id: rol-x\n")
    capsys.readouterr()
    assert roadmap(programme, "fmt") == 1
    assert "content/registers/roles.yaml:" in capsys.readouterr().err
    assert roles.read_bytes() == clean + b"\t- id: rol-x\n"


def test_schema_writes_what_is_not_current(programme: Path, capsys: Capture) -> None:
    (programme / "schemas/portal.schema.json").write_text("{}")
    (programme / "schemas/old.schema.json").write_text("{}")
    assert roadmap(programme, "schema", "--check") == 1
    assert capsys.readouterr().out.splitlines() == [
        "schemas/old.schema.json describes no kind",
        "schemas/portal.schema.json is not current",
    ]
    assert roadmap(programme, "schema") == 0
    assert capsys.readouterr().out == "schemas/portal.schema.json\n"


def test_the_matrix_goes_out_and_comes_back_changed(programme: Path, tmp_path: Path, capsys: Capture) -> None:
    workbook = tmp_path / "matrix.xlsx"
    assert roadmap(programme, "table", "export", str(workbook)) == 0
    book = openpyxl.load_workbook(workbook)
    sheet = book["Matrix"]
    column = next(cell.column for cell in sheet[1] if cell.value == "mod-ai-foundations")
    row = next(cell.row for cell in sheet["A"] if cell.value == "rol-analyst")
    sheet.cell(row, column).value = "O 30"
    book.save(workbook)
    matrix = programme / "content/curriculum/matrix.csv"
    before = matrix.read_bytes()
    capsys.readouterr()
    arguments = ("table", "import", str(workbook))
    assert roadmap(programme, *arguments, "--dry-run") == 0
    assert matrix.read_bytes() == before
    assert roadmap(programme, *arguments) == 0
    told = capsys.readouterr()
    assert "O 30" in told.out
    assert "1 cell edited, content/curriculum/matrix.csv written" in told.err
    assert roadmap(programme, "fmt", "--check") == 0
    assert roadmap(programme, *arguments) == 0, "a second import has nothing left to do"
    assert roadmap(programme, "check", "--tree") == 0


def test_a_workbook_that_is_none_is_refused_in_three_lines(programme: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    assert roadmap(programme, "table", "import", str(tmp_path / "a.xlsx")) == 3
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["error", "help", "reason"]


def test_an_export_overwrites_no_table_that_is_a_source(programme: Path) -> None:
    matrix = programme / "content/curriculum/matrix.csv"
    before = matrix.read_bytes()
    assert roadmap(programme, "table", "export", str(matrix)) == 2
    assert matrix.read_bytes() == before
