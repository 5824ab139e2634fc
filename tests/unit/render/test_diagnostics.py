"""One problem, five renderings."""

import json
from dataclasses import replace

import pytest

from generator.errors import Position, Problem, Severity
from generator.render.diagnostics import Listing, as_github, as_gitlab, as_json, as_sarif, as_text

UNKNOWN = Problem(
    "SCH001",
    Severity.ERROR,
    'unknown field "minuets"; did you mean "minutes"?',
    Position("curriculum/modules/mod-x.md", 3, 1),
    remedy="Correct the field's name or value.",
)
DANGLING = Problem(
    "REF002",
    Severity.ERROR,
    'module: "mod-x" does not exist',
    Position("curriculum/matrix.csv", 2, 7),
    key="matrix/rol-a/mod-x/2026-01-01",
    caused_by="SCH001 curriculum/modules/mod-x.md:3",
)
LATE = Problem("ROA006", Severity.WARNING, "mst-a was due, 100% late", Position("roadmap/roadmap.yaml", 9, 5))
LISTING = Listing(
    (UNKNOWN, LATE, DANGLING), "content/", {"curriculum/modules/mod-x.md": ("---", "id: mod-x", "minuets: 30", "---")}
)


def test_text_shows_place_excerpt_caret_and_way_out() -> None:
    assert as_text(LISTING).splitlines() == [
        'content/curriculum/modules/mod-x.md:3:1: error: SCH001 unknown field "minuets"; did you mean "minutes"?',
        "  3 | minuets: 30",
        "    | ^",
        "  help: Correct the field's name or value.",
        "content/roadmap/roadmap.yaml:9:5: warning: ROA006 mst-a was due, 100% late",
        'content/curriculum/matrix.csv:2:7: error: REF002 module: "mod-x" does not exist',
        "  caused by SCH001 content/curriculum/modules/mod-x.md:3",
        "1 error, 1 warning, 1 more that follows from them",
    ]


def test_text_shows_a_few_consequences_of_a_mistake_and_counts_the_rest() -> None:
    many = tuple(replace(DANGLING, position=Position("curriculum/matrix.csv", line, 7)) for line in range(2, 12))

    text = as_text(Listing((UNKNOWN, *many), "content/", {}))

    assert text.count("REF002") == 3
    assert "... and 7 more caused by SCH001 content/curriculum/modules/mod-x.md:3; they go away with it" in text
    assert text.endswith("1 error, 0 warnings, 10 more that follow from them\n")
    assert as_json(Listing((UNKNOWN, *many), "content/", {})).count("REF002") == 10


@pytest.mark.parametrize("column", [1, 60, 5000, 10000])
def test_a_long_line_is_clipped_round_the_caret(column: int) -> None:
    line = "".join(str(i % 10) for i in range(10000))
    problem = Problem("SCH001", Severity.ERROR, "x", Position("a.yaml", 1, column))

    _, excerpt, caret, *_ = as_text(Listing((problem,), "", {"a.yaml": (line,)})).splitlines()

    assert len(excerpt) < 110
    assert excerpt[caret.index("^")] == line[column - 1]


def test_control_characters_never_reach_the_terminal() -> None:
    problem = Problem("SRC002", Severity.ERROR, "x", Position("a.yaml", 1, 3))

    assert "\x1b" not in as_text(Listing((problem,), "", {"a.yaml": ("a \x1b[2J b",)}))


def test_json_carries_every_part() -> None:
    first = json.loads(as_json(LISTING))[0]

    assert first["path"] == "content/curriculum/modules/mod-x.md"
    assert (first["code"], first["line"], first["column"], first["severity"]) == ("SCH001", 3, 1, "error")


def test_github_annotations_escape_their_separators() -> None:
    line = as_github(Listing((LATE,), "content/", {}))

    assert line == (
        "::warning file=content/roadmap/roadmap.yaml,line=9,col=5,title=ROA006::ROA006 mst-a was due, 100%25 late.\n"
    )


def test_gitlab_fingerprints_are_unique_and_do_not_depend_on_the_line() -> None:
    twice = Listing((LATE, LATE), "content/", {})
    moved = Problem(LATE.code, LATE.severity, LATE.message, Position(LATE.position.path, 90, 5))

    prints = [row["fingerprint"] for row in json.loads(as_gitlab(twice))]

    assert len(set(prints)) == 2
    assert json.loads(as_gitlab(Listing((moved,), "content/", {})))[0]["fingerprint"] == prints[0]


def test_sarif_has_the_parts_that_the_standard_demands() -> None:
    log = json.loads(as_sarif(LISTING))

    assert log["version"] == "2.1.0"
    result = log["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], result["level"], region) == ("SCH001", "error", {"startLine": 3, "startColumn": 1})
