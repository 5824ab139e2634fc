"""`roadmap new`: the next free id, the right file and place, everything undecided left open for check to ask."""

from collections.abc import Mapping

import pytest

from generator.adapters.yaml_text import house_form
from generator.commands.fmt import formatted
from generator.commands.insertion import Place, inserted
from generator.commands.scaffold import Scaffold, Wanted, next_id, scaffold, write_scaffold
from generator.errors import UsageError
from generator.kinds import KINDS
from generator.kinds.decision import DECISION
from generator.kinds.module import MODULE
from generator.load import form, parse
from generator.load.extract import file_records
from generator.views.sign_offs import normative_digest
from tests.factories import CONTENT, files_below, judged, minimal_files
from tests.unit.commands.world import world_of

MINIMAL = minimal_files()
ONE_OF_A_KIND = {"portal", "roadmap", "competency-scale", "risk-scale"}
PARENTS = {"milestone": "phs-pilot", "checklist-item": "phs-pilot", "gate": "phs-later", "lesson": "ret-coh-a"}


def new(kind: str, subject: str = "", title: str = "", files: Mapping[str, bytes] = MINIMAL) -> Scaffold:
    return scaffold(world_of(files), Wanted(kind, subject, title))


def with_two_phases() -> dict[str, bytes]:
    text = MINIMAL["roadmap/roadmap.yaml"].decode()
    later = "  - id: phs-later\n    title: Later\n    start: 2026-09-01\n    review_cadence: monthly\n"
    return {**MINIMAL, "roadmap/roadmap.yaml": (text + later).encode()}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.name not in ONE_OF_A_KIND])
def test_every_kind_has_a_scaffold_that_only_lacks_decisions(kind: str) -> None:
    files = with_two_phases()
    subject = "mod-basics" if kind == "sign-off" else PARENTS.get(kind, "")
    made = new(kind, subject, "A new thing", files)
    path = made.edit.path.removeprefix("content/")
    before = file_records(path, parse(form(path), files[path]), KINDS).entries if path in files else ()
    after = file_records(path, parse(form(path), made.edit.data), KINDS)
    assert {entry.key for entry in before} <= {entry.key for entry in after.entries}
    assert {problem.code for problem in after.problems} <= {"SCH001", "SCH002"}
    assert after.problems, "nothing was left to decide"
    assert formatted(path, made.edit.data, house_form) == made.edit.data
    if form(path) != "csv":
        line = made.edit.data.decode().split("\n")[made.line - 1]
        assert made.key in line or kind == "working-days" or f"{kind}:" in line


@pytest.mark.parametrize("kind", sorted(ONE_OF_A_KIND))
def test_what_there_is_once_is_not_made_twice(kind: str) -> None:
    with pytest.raises(UsageError, match="already"):
        new(kind)


@pytest.mark.parametrize("kind", ["role", "incident", "decision", "lesson", "milestone"])
def test_a_record_that_is_not_yet_complete_has_its_id_for_ever(kind: str) -> None:
    files = with_two_phases()
    first = new(kind, PARENTS.get(kind, ""), "A new thing", files)
    path = first.edit.path.removeprefix("content/")

    second = new(kind, PARENTS.get(kind, ""), "A new thing", {**files, path: first.edit.data})

    assert second.key != first.key


def test_a_todo_is_asked_for_at_its_own_line() -> None:
    made = new("role", title="Data engineer")
    text = made.edit.data.decode()
    path = made.edit.path.removeprefix("content/")
    problems = file_records(path, parse("yaml", made.edit.data), KINDS).problems
    assert made.key == "rol-data-engineer"
    assert [text.split("\n")[one.position.line - 1].split(":")[0].strip() for one in problems] == [*made.open]


def test_a_decision_on_a_target_knows_its_type() -> None:
    made = new("decision", "kpi-completion#target")
    text = made.edit.data.decode()
    assert made.edit.path == "content/governance/decisions/dec-2026-005.md"
    assert "type: kpi-target\nstatus: proposed\ndate: 2026-11-20\n" in text
    assert "affects: [kpi-completion#target]" in text
    assert "## Consequences" in text


def test_the_body_is_the_one_that_holds_the_right() -> None:
    bank = files_below(CONTENT)
    assert "body: bod-steering\n" in new("decision", "kpi-completion#target", files=bank).edit.data.decode()
    assert "body: bod-board\n" in new("decision", "bod-steering", files=bank).edit.data.decode()
    gate = new("decision", "gat-pilot-exit", files=bank).edit.data.decode()
    assert "gate: gat-pilot-exit\n" in gate
    assert "type: phase-gate\n" in gate


def test_a_sign_off_carries_the_digest_and_names_who_may_sign() -> None:
    text = new("sign-off", "mod-basics").edit.data.decode()
    found = judged(MINIMAL)
    assert f"digest: {normative_digest(found.judgement, 'mod-basics')}\n" in text
    assert "seat:  # TODO The seat that signs; the right is held by bod-curriculum-wg: sea-lead, sea-member" in text
    assert "the newest that names it is dec-2026-002" in text
    assert text.startswith("# yaml-language-server: $schema=../../../schemas/governance-sign-offs-sgn.schema.json\n")


def test_a_row_goes_to_its_sorted_place() -> None:
    made = new("champion", "rol-analyst")
    assert made.edit.data.decode().split("\n")[made.line - 1].startswith("chp-002,,rol-analyst,")


def test_links_are_filled_in() -> None:
    assert "module: mod-basics\n" in new("scenario", "mod-basics").edit.data.decode()
    assert "  roles: [rol-analyst]\n" in new("pathway", "rol-analyst").edit.data.decode()


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted("modul"), 'did you mean "module"'),
        (Wanted("decision", "kpi-completeon"), 'did you mean "kpi-completion"'),
        (Wanted("decision", "kpi-completion#tarrget"), "did you mean target"),
        (Wanted("milestone"), "stands in a phase"),
        (Wanted("sign-off"), "for a record"),
        (Wanted("champion", "kpi-completion"), "links to no kpi"),
        (Wanted("module", id="mod-basics"), "already used in curriculum/modules/mod-basics.md"),
        (Wanted("module", id="Basics 2"), "not of the form"),
        (Wanted("gate", "phs-pilot"), "already"),
    ],
)
def test_what_cannot_be_made_is_said(wanted: Wanted, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        scaffold(world_of(MINIMAL), wanted)
    assert message in caught.value.message
    assert caught.value.remedy


def test_ids_continue_their_own_numbering() -> None:
    assert next_id(DECISION, {"dec-2025-007", "dec-2026-011"}, "", 2026) == "dec-2026-012"
    assert next_id(DECISION, {"dec-2025-007"}, "", 2026) == "dec-2026-001"
    assert next_id(DECISION, (), "", 2026) == "dec-2026-001"
    assert next_id(MODULE, {"mod-a", "mod-b"}, "Spotting deepfakes!", 2026) == "mod-spotting-deepfakes"
    assert next_id(MODULE, {"mod-new", "mod-new-2"}, "", 2026) == "mod-new-3"


def test_writing_never_overwrites() -> None:
    world = world_of(MINIMAL)
    made = scaffold(world, Wanted("module", title="New"))
    write_scaffold(world, "here", made)
    with pytest.raises(UsageError, match="there already"):
        write_scaffold(world, "here", made)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a:\n- id: x\nb: 1\n", Place("f.yaml", (), "a"), "a:\n- id: x\n- id: y\nb: 1\n"),
        (
            "a:\n  - id: x\n    t: |\n      # no comment\n\n# end\nb: 1\n",
            Place("f.yaml", (), "a"),
            "a:\n  - id: x\n    t: |\n      # no comment\n  - id: y\n\n# end\nb: 1\n",
        ),
        ("# top\n", Place("f.yaml", (), ""), "# top\n- id: y\n"),
        ("b: 1\n", Place("f.yaml", (), "a"), "b: 1\na:\n  - id: y\n"),
        ("- k: 1\n- k: 2\n", Place("f.yaml", (0,), "a"), "- k: 1\n  a:\n    - id: y\n- k: 2\n"),
        ("- k: 1\n- k: 2\n", Place("f.yaml", (0,), "g", many=False), "- k: 1\n  g:\n    id: y\n- k: 2\n"),
        ("---\nk: 1\n---\nText\n", Place("f.md", (), "a"), "---\nk: 1\na:\n  - id: y\n---\nText\n"),
    ],
)
def test_a_record_goes_in_and_nothing_else_changes(text: str, place: Place, expected: str) -> None:
    found, line = inserted(text, "id: y\n", place)
    assert found == expected
    assert "id: y" in found.split("\n")[line - 1] or place.at in found.split("\n")[line - 1]


@pytest.mark.parametrize("text", ["a: [{id: x}]\n", "a: []\n", "{b: 1}\n", "a: 1\n", "a: [\n"])
def test_what_has_no_room_is_left_alone(text: str) -> None:
    with pytest.raises(UsageError):
        inserted(text, "id: y\n", Place("f.yaml", (), "a"))
