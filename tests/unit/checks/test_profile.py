"""The declared profile: from which day it is held, and that a portal without one promises nothing."""

from datetime import date

import pytest

from tests.factories import BANK_DAY, CONTENT, MINIMAL_DAY, Files, edited, files_below, judged, minimal_files, shown

BANK = files_below(CONTENT)
PROMISES = ("PRF001", "PRF002", "PRF003", "PRF004")


def _promises(files: Files, day: date = BANK_DAY) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in judged(files, day).problems if problem.code in PROMISES]


def _without(path: str, old: str) -> dict[str, bytes]:
    return edited(BANK, path, old, "")


def test_the_bank_keeps_its_profile() -> None:
    assert _promises(BANK) == []


def test_a_portal_without_a_profile_promises_nothing() -> None:
    assert _promises(minimal_files(), MINIMAL_DAY) == []


def test_the_minimal_portal_breaks_every_promise_of_a_programme() -> None:
    files = edited(minimal_files(), "portal.yaml", "retention_years:", "profile: programme\nretention_years:")
    found = judged(files, MINIMAL_DAY)

    assert {"PRF001", "PRF002"} <= set(found.codes), shown(found.problems)
    assert "PRF003" not in found.codes


@pytest.mark.parametrize(("day", "held"), [(date(2026, 4, 5), 0), (date(2026, 4, 6), 1)])
def test_the_subjects_are_asked_for_from_the_second_phase_on(day: date, held: int) -> None:
    files = _without("curriculum/modules/mod-model-explainability.md", "subjects: [model-explainability]\n")

    assert _promises(files, day) == held * [("PRF003", "no approved module teaches model-explainability")]


def test_a_draft_teaches_nobody() -> None:
    files = edited(BANK, "curriculum/modules/mod-frontline-fraud-detection.md", "status: approved", "status: draft")

    assert ("PRF003", "no approved module teaches fraud-detection") in _promises(files)


@pytest.mark.parametrize(("day", "held"), [(date(2026, 1, 11), 0), (date(2026, 1, 12), 1)])
def test_the_groups_are_asked_for_when_the_first_phase_starts(day: date, held: int) -> None:
    files = _without("governance/bodies/bod-curriculum-wg.md", "workstream: curriculum\n")

    assert _promises(files, day) == held * [("PRF002", "no working group carries out curriculum")]


def test_one_phase_too_many_is_told_by_its_name() -> None:
    more = "  - {id: phs-fifth, title: Fifth, stage: scale, start: 2029-01-01, review_cadence: annually}\n"
    files = {**BANK, "roadmap/roadmap.yaml": BANK["roadmap/roadmap.yaml"] + more.encode()}
    (told,) = [problem for problem in judged(files, BANK_DAY).problems if problem.code == "PRF001"]

    assert told.key == "phs-fifth"


def test_a_phase_without_an_incentive_or_message_is_told_once_it_has_begun() -> None:
    messages = BANK["change/communications.csv"].replace(b",phs-integrate,", b",phs-scale,")
    incentives = BANK["change/incentives.yaml"].replace(b"\n  rule:", b"\n  to: 2026-09-30\n  rule:")
    files = {**BANK, "change/communications.csv": messages, "change/incentives.yaml": incentives}

    assert _promises(files) == [("PRF004", "phs-integrate has no message and no incentive")]
    assert _promises(files, date(2026, 9, 20)) == []
