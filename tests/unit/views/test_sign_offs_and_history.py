"""Sign-offs that hold or lapse, provenance, and the history of a record in words."""

from dataclasses import replace
from datetime import date

import pytest

from generator.model.change import changes
from generator.model.judgement import Judgement
from generator.views.changes import sentence, sentences
from generator.views.provenance import changed_between, provenance
from generator.views.record_history import record_history
from generator.views.shown import Tone
from generator.views.sign_offs import normative_digest, sign_off_of, sign_offs
from tests.factories import edited, minimal_files
from tests.unit.views.support import changed, judgement, timeline

MODULE = "curriculum/modules/mod-basics.md"
SIGN_OFF = "governance/sign-offs/sgn-2026-001.yaml"
BASICS = "mod-basics"


def _signed(*edits: tuple[str, str, str], as_of: date = date(2026, 2, 20)) -> Judgement:
    """The minimal portal with a digest that fits its wording, then edited."""
    files = minimal_files()
    good = normative_digest(judgement(), BASICS)
    text = "\n".join(
        f"digest: {good}" if line.startswith("digest:") else line for line in files[SIGN_OFF].decode().splitlines()
    )
    found = {**files, SIGN_OFF: text.encode() + b"\n"}
    for path, old, new in edits:
        found = edited(found, path, old, new)
    return judgement(as_of, found)


def test_sign_off_with_the_digest_of_the_wording_holds() -> None:
    assert sign_off_of(_signed(), BASICS).state.word == "Signed off"


@pytest.mark.parametrize(
    ("path", "old", "new", "status"),
    [
        (MODULE, "What a model can and cannot do.", "What a model can do.", "lapsed"),
        (MODULE, "pass_mark: 0.8", "pass_mark: 0.7", "lapsed"),
        (MODULE, "owner: bod-curriculum-wg", "owner: bod-steering", "valid"),
        (MODULE, "pass_mark: 0.8", "pass_mark: 0.80", "valid"),
        (MODULE, "language: [en]", 'language: ["en"]', "valid"),
        (SIGN_OFF, "seat: sea-lead", "seat: sea-lead\nexpires: 2026-02-19", "expired"),
        (SIGN_OFF, "subject: mod-basics", "subject: mod-gone", "subject-missing"),
    ],
)
def test_meaning_lapses_a_sign_off_and_form_does_not(path: str, old: str, new: str, status: str) -> None:
    (view,) = sign_offs(_signed((path, old, new)))
    assert view.status == status


def test_digest_is_of_the_kind_and_key_too() -> None:
    j = judgement()
    assert normative_digest(j, "sea-chair") != normative_digest(j, "sea-lead")


def test_lapse_names_the_commit_that_changed_the_wording() -> None:
    before, after = _signed(), _signed((MODULE, "pass_mark: 0.8", "pass_mark: 0.7"))
    past = timeline((date(2026, 1, 9), before), (date(2026, 2, 3), after))
    (view,) = sign_offs(replace(after, timeline=past))
    assert (view.lapsed_in, view.lapsed_on) == ("2026020", date(2026, 2, 3))
    assert sign_off_of(replace(after, timeline=past), BASICS).changed_by == ("Author",)


def test_provenance_is_the_newest_change_of_what_is_shown() -> None:
    before, after = judgement(), changed((MODULE, "minutes: 40", "minutes: 45"))
    j = replace(after, timeline=timeline((date(2026, 1, 9), before), (date(2026, 2, 3), after)))
    assert provenance(j, BASICS).subject == "a change"
    assert provenance(j, BASICS, "rol-analyst").short == "2026020"
    assert provenance(j, "rol-analyst").short == "2026010"
    assert provenance(j, BASICS).paths == (MODULE,)
    assert provenance(judgement(), BASICS).commit == ""


def test_history_is_newest_first_in_words() -> None:
    before, after = judgement(), changed((MODULE, "minutes: 40", "minutes: 45"))
    j = replace(after, timeline=timeline((date(2026, 1, 9), before), (date(2026, 2, 3), after)))
    newest, first = record_history(j, BASICS, {}).lines
    assert newest.sentences == ("AI basics: minutes changed from 40 to 45",)
    assert first.sentences == ("New: module AI basics",)
    assert len(changed_between(j, first.told.step.commit.id)) == 1


@pytest.mark.parametrize(
    ("path", "old", "new", "text", "tone"),
    [
        (
            "kpi/definitions.yaml",
            "target: [{value: 0.95, from: 2026-01-01}]",
            "target: [{value: 0.95, from: 2026-01-01, to: 2026-02-01}, {value: 0.93, from: 2026-02-02}]",
            "Completion: target lowered from 95\u00a0% to 93\u00a0%",
            Tone.BAD,
        ),
        (
            "kpi/definitions.yaml",
            "target: [{value: -0.30, from: 2026-01-01}]",
            "target: [{value: -0.35, from: 2026-01-01}]",
            "Incidents: target lowered from -30\u00a0% to -35\u00a0%",
            Tone.OK,
        ),
        (
            "curriculum/matrix.csv",
            "rol-analyst,mod-basics,mandatory,30,7",
            "rol-analyst,mod-basics,optional,30,7",
            "Analyst, AI basics: mandatory becomes optional",
            Tone.BAD,
        ),
        (
            "roadmap/roadmap.yaml",
            "end: 2026-04-03",
            "end: 2026-04-04",
            "Pilot: end moved back from 3 Apr 2026 to 4 Apr 2026",
            Tone.WARN,
        ),
        (
            "registers/risks.yaml",
            "residual: {likelihood: 2, impact: 4}",
            "residual: {likelihood: 3, impact: 4}",
            "Staff act on a wrong answer: residual likelihood up from 2 to 3",
            Tone.BAD,
        ),
        (MODULE, "version: 1.0.0", "version: 1.1.0", "AI basics: version 1.0.0 to 1.1.0", Tone.INFO),
        (MODULE, "owner: bod-curriculum-wg", "owner: bod-steering", "", Tone.INFO),
    ],
)
def test_one_edit_in_words(path: str, old: str, new: str, text: str, tone: Tone) -> None:
    before, after = judgement(), changed((path, old, new))
    (change,) = changes(before.portal.canonical, after.portal.canonical)
    said = sentence(after.portal, change, before.portal)
    expected = text or "AI basics: owner changed from Curriculum working group to Steering committee"
    assert (said.text, said.tone) == (expected, tone)


def test_obligation_reworded_tells_both_wordings() -> None:
    old = "- {from: 2025-02-02, summary: Take measures for AI literacy."
    new = (
        "- {from: 2026-02-01, summary: Support AI literacy., source: x, verified: 2026-01-05, verification: primary}\n"
        "    - {from: 2025-02-02, to: 2026-01-31, summary: Take measures for AI literacy."
    )
    before, after = judgement(), changed(("registers/obligations.yaml", old, new))
    (said,) = sentences(after.portal, changes(before.portal.canonical, after.portal.canonical), before.portal)
    assert said.text == "AI literacy is reworded from 1 Feb 2026"
    assert (said.old, said.new) == ("Take measures for AI literacy.", "Support AI literacy.")


def test_removed_record_is_named_as_it_was() -> None:
    before = judgement()
    after = changed(("curriculum/pathways.yaml", minimal_files()["curriculum/pathways.yaml"].decode(), "[]\n"))
    (change,) = changes(before.portal.canonical, after.portal.canonical)
    assert sentence(after.portal, change, before.portal).text == "Pathway Analyst removed"


def test_readings_count_as_one_sentence_and_stand_last() -> None:
    j = judgement()
    said = sentences(j.portal, changes({}, j.portal.canonical))
    assert [one.text for one in said if "reading" in one.text] == ["4 new readings as of 2026-02-13"]
    assert said[-1].tone is Tone.MUTE
    assert len(said) == len(set(said))
