"""Personal data is found in every form of source, and nothing that only looks like it."""

import pytest

from generator.errors import Problem
from tests.factories import judged, minimal_files


def refused(files: dict[str, bytes]) -> list[Problem]:
    """The errors of the minimal portal with these files."""
    return [problem for problem in judged({**minimal_files(), **files}).roots if problem.severity == "error"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to jo.bloggs@minimal.example today", '"jo.bloggs@minimal.example" is not a functional mailbox'),
        ("JO@SUB.MINIMAL.EXAMPLE", '"JO@SUB.MINIMAL.EXAMPLE" is not'),
        ("her number is 123456789.", "a run of 9 digits"),
        ("call 07700900123 now", "a run of 11 digits"),
        ("write to ai-training@minimal.example", ""),
        ("AI-Training@Minimal.Example is read daily", ""),
        ("order 12345678", ""),
        ("from 2026-01-12 to 2026-04-03, 1234567.89", ""),
        ("a @ b, @team, x@y", ""),
    ],
)
def test_personal_data_is_found_in_every_form(text: str, found: str) -> None:
    minimal = minimal_files()
    note = minimal["notes/nte-context.md"].replace(b"Why we do this.", f"Why we do this: {text}".encode())
    role = minimal["registers/roles.yaml"].replace(b"title: Analyst", f'title: "{text}"'.encode())
    rows = minimal["change/communications.csv"].decode().splitlines()
    cells = rows[1].split(",")
    cells[rows[0].split(",").index("purpose")] = f'"{text}"'
    table = "\n".join([rows[0], ",".join(cells), *rows[2:], ""])
    for path, data in (
        ("notes/nte-context.md", note),
        ("registers/roles.yaml", role),
        ("change/communications.csv", table.encode()),
    ):
        problems = [problem for problem in refused({path: data}) if problem.code == "PII001"]
        assert [problem.position.path for problem in problems] == ([path] if found else []), path
        assert all(found in problem.message for problem in problems)


def test_a_personal_number_is_not_printed_whole() -> None:
    note = minimal_files()["notes/nte-context.md"].replace(b"Why we do this.", b"Number 123456789012 is hers.")
    (problem,) = refused({"notes/nte-context.md": note})
    assert "123456789012" not in problem.message
