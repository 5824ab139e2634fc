"""What an audience may not read is as if it had never been: no link, no past, no half record."""

import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.kinds import KINDS
from generator.kinds.decision import Decision
from generator.kinds.module import Module
from generator.kinds.role import Role
from generator.model.audience import unnamed
from generator.model.change import Change
from generator.model.fields import Classification, is_id
from generator.model.judgement import NOT_SHOWN, Commit, FileChange, Judgement, Person, Step, Timeline
from generator.model.portal import Entry, Portal
from generator.model.record import Json
from generator.views.wording import normative_digest
from tests.canaries import CANARY, restricted
from tests.factories import MINIMAL_DAY, loaded, minimal_files
from tests.sources import record_source

PORTAL = loaded(minimal_files()).portal
NAMES = sorted({entry.kind.name for entry in PORTAL.entries.values()} - {"portal"})
INTERNAL = Classification.INTERNAL


def seen(portal: Portal, audience: Classification = INTERNAL) -> Portal:
    return portal.for_audience(audience, INTERNAL)


def leaks(kept: Portal, gone: AbstractSet[str]) -> set[str]:
    """Ids that are gone and still stand in a key or a record."""
    text = json.dumps(sorted(kept.canonical.items()))
    words = set(re.findall(r"[a-z]{3}(?:-[a-z0-9]+)+", text))
    return {key for key in gone if is_id(key)} & words


def assert_whole(kept: Portal) -> None:
    """Every record could have been read from a source as it is."""
    for key, entry in kept.entries.items():
        read = type(entry.record).model_validate(record_source(entry.record))
        assert read.canonical() == kept.canonical[key]
        assert entry.kind.key_of(read) == key
        assert not entry.parent or entry.parent in kept


def test_every_kind_has_a_record_to_withhold() -> None:
    assert set(NAMES) == {kind.name for kind in KINDS} - {"portal"}


@pytest.mark.parametrize("name", NAMES)
def test_a_withheld_kind_leaves_whole_records_and_no_trace(name: str) -> None:
    portal = restricted(PORTAL, name)
    kept = seen(portal)
    gone = set(portal.entries) - set(kept.entries)
    assert gone
    assert not any(entry.kind.name == name for entry in kept.entries.values())
    assert CANARY not in json.dumps(kept.canonical)
    assert leaks(kept, gone) == set()
    assert_whole(kept)
    assert seen(portal, Classification.RESTRICTED) is portal


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(PORTAL.entries)), max_size=6))
def test_any_withheld_records_leave_whole_records_and_no_trace(keys: set[str]) -> None:
    kept = PORTAL.withholding(keys - {"portal"})
    assert leaks(kept, set(PORTAL.entries) - set(kept.entries)) == set()
    assert_whole(kept)
    assert kept.withholding(keys - {"portal"}) == kept


def test_what_is_nested_in_a_withheld_record_goes_with_it_to_any_depth() -> None:
    outer = PORTAL.entries["phs-pilot"]
    inner = [replace(entry, parent="mst-pilot-start") for entry in PORTAL.entries.values() if entry.kind.name == "gate"]
    portal = Portal([*(entry for entry in PORTAL.entries.values() if entry.kind.name != "gate"), *inner])
    assert not {key[:4] for key in portal.without(lambda entry: entry is outer).entries} & {"mst-", "gat-", "chk-"}


def test_a_link_is_cut_where_the_field_may_be_empty_or_is_one_of_many() -> None:
    kept = seen(restricted(PORTAL, "decision"))
    module = kept.find("mod-basics", Module)
    assert module is not None
    assert module.approved_by is None
    kept = seen(restricted(PORTAL, "competency"))
    role, module = kept.find("rol-analyst", Role), kept.find("mod-basics", Module)
    assert role is not None
    assert module is not None
    assert (role.competencies, module.competencies, module.objectives) == ({}, {}, ())


def test_fields_and_prefixes_of_a_withheld_record_are_cut_from_a_decision() -> None:
    decision = PORTAL.all(Decision)[0].replaced(affects=("rol-analyst#summary", "matrix/rol-analyst/", "mod-basics"))
    entry = PORTAL.entries[decision.id]
    others = (each for each in PORTAL.entries.values() if each is not entry)
    portal = Portal([*others, Entry(entry.kind, entry.key, decision, entry.path)])
    kept = seen(restricted(portal, "role")).find(decision.id, Decision)
    assert kept is not None
    assert kept.affects == ("mod-basics",)


# --- the past ----------------------------------------------------------------------------------------------------


def step(number: int, *changes: Change) -> Step:
    when, person = datetime(2026, 1, number, tzinfo=UTC), Person("Author", "author@minimal.example")
    files = (FileChange("M", f"notes/nte-{number}.md", "", "b"),)
    return Step(Commit(f"{number:040}", "", (), person, when, person, when, f"step {number}", "why", files), changes)


def past(*steps: Step, audience: Classification = INTERNAL) -> Timeline:
    return Judgement(MINIMAL_DAY, PORTAL, timeline=Timeline(steps)).for_audience(audience, INTERNAL).timeline


def note(key: str, **fields: Json) -> dict[str, Json]:
    return {"id": key, "title": "T", "topic": "method", **fields}


def test_a_restricted_record_that_was_deleted_has_no_past() -> None:
    secret = note("nte-secret", classification="restricted")
    before = step(1, Change("nte-secret", (), None, secret))
    edit = step(2, Change("nte-secret", ("title",), "T", "U"), Change("mod-basics", ("title",), "A", "B"))
    after = step(3, Change("nte-secret", (), secret, None))
    told = past(before, edit, after)
    assert [one.changes for one in told.steps] == [(), edit.changes[1:], ()]
    assert [one.commit.subject for one in told.steps] == [NOT_SHOWN, "step 2", NOT_SHOWN]
    assert [len(one.commit.files) for one in told.steps] == [0, 1, 0]


def test_a_record_that_came_down_has_its_past_from_that_day() -> None:
    steps = (
        step(1, Change("nte-context", (), None, note("nte-context", classification="restricted"))),
        step(2, Change("nte-context", ("title",), "T", "U")),
        step(3, Change("nte-context", ("classification",), "restricted", None)),
        step(4, Change("nte-context", ("title",), "U", "V")),
    )
    assert [len(one.changes) for one in past(*steps).steps] == [0, 0, 0, 1]


def test_what_was_nested_in_a_deleted_restricted_record_has_no_past() -> None:
    phase: dict[str, Json] = {"id": "phs-old", "title": "T", "classification": "restricted"}
    gone = step(1, Change("mst-old", (), {"id": "mst-old"}, None), Change("phs-old", (), phase, None))
    assert past(gone).steps[0].changes == ()


def test_links_to_what_was_withheld_are_cut_out_of_other_records_changes() -> None:
    secret = note("nte-secret", classification="restricted")
    made = step(1, Change("nte-secret", (), None, secret))
    linked = step(
        2,
        Change("mod-basics", ("risks",), ["rsk-error"], ["rsk-error", "nte-secret"]),
        Change("rgc-2026-01", ("affects",), ["mod-basics"], ["nte-secret#title"]),
        Change("matrix/nte-secret/mod-basics", (), None, {"role": "nte-secret"}),
    )
    last = step(3, Change("nte-secret", (), secret, None))
    assert past(made, linked, last).steps[1].changes == (Change("rgc-2026-01", ("affects",), ["mod-basics"], []),)


def test_a_public_site_tells_only_of_what_is_public_by_word() -> None:
    told = past(
        step(1, Change("pri-new", (), None, {"id": "pri-new", "classification": "public"})),
        step(2, Change("nte-new", (), None, note("nte-new"))),
        audience=Classification.PUBLIC,
    )
    assert [len(one.changes) for one in told.steps] == [1, 0]


def test_the_widest_audience_sees_the_whole_past() -> None:
    made = step(1, Change("nte-secret", (), None, note("nte-secret", classification="restricted")))
    assert past(made, audience=Classification.RESTRICTED).steps == (made,)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Closes fnd-2026-01.", "Closes (not shown here)."),
        ("Closes FND-2026-01, at last", "Closes (not shown here), at last"),
        ("See [the finding](../findings/fnd-2026-01/) and dec-2026-01", "See the finding and dec-2026-01"),
        ("Row matrix/rol-a/fnd-2026-01/2026-01-12 and fnd-2026-01#due", "Row (not shown here) and (not shown here)"),
        ("_fnd-2026-01_ (fnd-2026-01)", "_(not shown here)_ ((not shown here))"),
        ("fnd-2026-011 and pre-fnd-2026-01 are others", "fnd-2026-011 and pre-fnd-2026-01 are others"),
    ],
)
def test_prose_keeps_its_other_words(text: str, kept: str) -> None:
    assert unnamed(text, {"fnd-2026-01"}) == kept


def _with_prose(key: str, text: str) -> Portal:
    """The minimal portal with a text in the module's body."""
    entries = dict(PORTAL.entries)
    module = entries["mod-basics"]
    entries["mod-basics"] = replace(module, record=module.record.replaced(text=f"{text} {key}."))
    return Portal(entries.values())


@pytest.mark.parametrize("key", sorted(key for key in PORTAL.entries if is_id(key) and not key.startswith("mod-")))
def test_prose_that_names_a_withheld_record_keeps_its_other_words(key: str) -> None:
    portal = _with_prose(key, "Because of")
    kept = portal.withholding({key})
    assert leaks(kept, {key}) == set()
    if "mod-basics" in kept:
        assert "Because of (not shown here)." in json.dumps(kept.canonical)


def test_a_commit_message_that_names_a_withheld_record_keeps_its_other_words() -> None:
    commit = replace(step(1).commit, subject="findings: answer fnd-2026-01", body="")
    told = Step(commit, (Change("mod-basics", ("title",), "A", "B"),), merged=(commit,))
    judged = Judgement(MINIMAL_DAY, PORTAL, timeline=Timeline((told,))).withholding({"fnd-2026-01"})
    (seen_step,) = judged.timeline.steps
    assert {seen_step.commit.subject, seen_step.merged[0].subject} == {"findings: answer (not shown here)"}
    assert seen_step.changes == told.changes


def test_a_sign_off_of_a_record_that_is_cut_still_counts() -> None:
    portal = _with_prose("rsk-error", "Because of")
    whole = Judgement(MINIMAL_DAY, portal)
    assert normative_digest(whole.withholding({"rsk-error"}), "mod-basics") == normative_digest(whole, "mod-basics")
