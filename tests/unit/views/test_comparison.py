"""Cohorts are compared only where the test, the definition and the timebox agree; the page says what differs."""

from collections.abc import Mapping
from datetime import date

from generator.model.judgement import Judgement
from generator.views.comparison import CohortComparison
from generator.views.kpis import kpi_card, kpi_page
from tests.factories import BANK_DAY, CONTENT, edited, files_below, judged

BANK = files_below(CONTENT)
COHORTS = "cohorts/cohorts.yaml"
LIFT = "kpi-competency-lift"


def _judged(files: Mapping[str, bytes]) -> Judgement:
    return judged(files, BANK_DAY).judgement


def _compared(files: Mapping[str, bytes]) -> CohortComparison:
    found = kpi_page(_judged(files), LIFT).comparison
    assert found is not None
    return found


def _reasons(files: Mapping[str, bytes]) -> dict[str, str]:
    return {apart.ref.key: "; ".join(apart.reasons) for apart in _compared(files).apart}


def test_the_bank_compares_the_cohorts_that_sat_the_same_test() -> None:
    assert [one.key for one in _compared(BANK).alike] == [f"coh-2026-{letter}" for letter in "abcde"]
    assert _reasons(BANK) == {"coh-2026-f": "test version 1.1.0, the others 1.0.0"}


def test_a_longer_cohort_is_not_compared() -> None:
    longer = edited(BANK, COHORTS, "  end: 2026-06-05\n", "  end: 2026-06-19\n")
    assert _reasons(longer)["coh-2026-c"] == "10 weeks, the others 8 weeks"


def test_a_test_that_is_not_on_record_is_not_compared() -> None:
    text = BANK[COHORTS].replace(b"  assessment_version: 1.0.0\n", b"", 1)
    assert _reasons({**BANK, COHORTS: text})["coh-2026-a"] == "the version of its test is not on record"


def test_a_cohort_with_figures_names_its_test() -> None:
    text = BANK[COHORTS].replace(b"  assessment_version: 1.0.0\n", b"", 1)
    found = judged({**BANK, COHORTS: text}, BANK_DAY)
    assert [(p.code, p.key) for p in found.problems if p.code == "COH009"] == [("COH009", "coh-2026-a")]


def test_the_change_shown_beside_a_figure_skips_cohorts_that_do_not_compare() -> None:
    j = _judged(BANK)
    newest = kpi_card(j, LIFT, "cohort:coh-2026-f")
    assert (newest.change, newest.change_since) == (None, None)
    assert kpi_card(j, LIFT, "cohort:coh-2026-e").change_since == date(2026, 6, 19)


def test_a_figure_of_no_cohorts_has_nothing_to_compare() -> None:
    assert kpi_page(_judged(BANK), "kpi-completion").comparison is None
