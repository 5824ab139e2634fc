"""Readings: which snapshot counts, what it is worth, how it stands against its target."""

from datetime import date

import pytest

from generator.views.kpis import Display, head_count, kpi_card, kpi_cards, kpi_page, readings
from generator.views.shown import Tone
from tests.unit.views.support import HEADER, changed, judgement, measured, with_file

PILOT = "phase:phs-pilot"


def test_reading_is_computed_from_counts() -> None:
    card = kpi_card(judgement(), "kpi-completion", PILOT)
    assert card.reading is not None
    assert card.reading.value == 195 / 200
    assert card.reading.interval is not None
    assert card.state.word == "On target"


def test_snapshot_after_the_day_is_unseen() -> None:
    later = measured("2026-02-27", "kpi-completion,phase:phs-pilot,150,200,204,2,2,50,,,,,,,,,,")
    assert [reading.as_of for reading in readings(later, "kpi-completion", PILOT)] == [date(2026, 2, 13)]


def test_newest_revision_wins_and_names_the_one_it_replaces() -> None:
    corrected = measured("2026-02-13.r2", "kpi-completion,phase:phs-pilot,190,200,204,2,2,10,,,,,,,,,,recount")
    (reading,) = readings(corrected, "kpi-completion", PILOT)
    assert (reading.numerator, reading.revision, reading.note) == (190, "r2", "recount")
    assert reading.replaced == ("snapshot/kpi-completion/phase:phs-pilot/2026-02-13/r1",)


@pytest.mark.parametrize(
    ("row", "word", "reason"),
    [
        ("190,200,204,2,2,10", "On target", ""),
        ("189,200,204,2,2,11", "Near target", "misses by under one point"),
        ("180,200,204,2,2,20", "Off target", ""),
        ("3,4,4,0,0,1", "Withheld", "withheld: fewer than 5 people"),
        ("0,0,4,0,4,0", "Not yet measurable", "nobody is due yet"),
        ("213,211,215,2,2,0", "Not yet measurable", "213 of 211 is more than all"),
        (",,204,2,2,", "Not yet measurable", "the counts are missing"),
    ],
)
def test_states_of_a_share(row: str, word: str, reason: str) -> None:
    card = kpi_card(measured("2026-02-20", f"kpi-completion,phase:phs-pilot,{row},,,,,,,,,,"), "kpi-completion", PILOT)
    assert (card.state.word, card.state.reason) == (word, reason)


def test_withheld_reading_shows_no_count() -> None:
    few = measured("2026-02-20", "kpi-completion,phase:phs-pilot,3,4,4,0,0,1,,,,,,,,,,")
    reading = kpi_card(few, "kpi-completion", PILOT).reading
    assert reading is not None
    assert reading.withheld
    assert (reading.numerator, reading.denominator, reading.headcount, reading.overdue) == (None, None, None, None)


def test_kpi_without_snapshot_says_so() -> None:
    card = kpi_card(judgement(), "kpi-incidents", "bank")
    assert card.state.word == "Not yet measurable"
    assert card.state.reason == "no snapshot on or before 2026-02-20"


def test_rate_is_compared_with_the_baseline() -> None:
    now = measured("2026-02-20", "kpi-incidents,bank,28,,,,,,,,,,,,10400,,,")
    card = kpi_card(now, "kpi-incidents", "bank")
    assert card.reading is not None
    assert card.reading.value == pytest.approx(-0.3565, abs=1e-4)
    assert card.display is Display.CHANGE
    assert card.met is True


def test_lift_below_its_minimum_is_not_measurable() -> None:
    few = measured("2026-02-20", "kpi-lift,cohort:coh-a,,,,,,,12,1,0,50,65,10,,,,")
    card = kpi_card(few, "kpi-lift", "cohort:coh-a")
    assert card.state.reason == "12 pairs; the KPI needs 20"


def test_figure_turns_stale_by_its_cadence() -> None:
    assert not kpi_card(judgement(date(2026, 2, 23)), "kpi-completion", PILOT).stale
    assert kpi_card(judgement(date(2026, 2, 24)), "kpi-completion", PILOT).stale


def test_target_in_force_is_the_one_of_the_day() -> None:
    lowered = (
        "kpi/definitions.yaml",
        "[{value: 0.95, from: 2026-01-01}]\n  baseline: {value: 0.0",
        "T\n  baseline: {value: 0.0",
    )
    target = "[{value: 0.95, from: 2026-01-01, to: 2026-02-15}, {value: 0.90, from: 2026-02-16}]"
    edits = (lowered[0], lowered[1], lowered[2].replace("T", target))
    assert kpi_card(changed(edits), "kpi-completion", PILOT).target is not None
    values = [
        card.target.value
        for day in (date(2026, 2, 15), date(2026, 2, 16))
        if (card := kpi_card(changed(edits, as_of=day), "kpi-completion", PILOT)).target
    ]
    assert values == [0.95, 0.90]


def test_population_adds_up_to_the_head_count() -> None:
    page = kpi_page(judgement(), "kpi-completion")
    assert page.adds_up is True
    assert [step.people for step in page.population] == [204, 2, 2, 200, 5, 195]


def test_population_that_does_not_add_up_is_said() -> None:
    wrong = measured("2026-02-20", "kpi-completion,phase:phs-pilot,195,200,210,2,2,5,,,,,,,,,,")
    assert kpi_page(wrong, "kpi-completion").adds_up is False


def test_cards_stand_at_the_widest_scope() -> None:
    row = "kpi-completion,bank,195,200,204,2,2,5,,,,,,,,,,"
    cards = {card.ref.key: card for card in kpi_cards(measured("2026-02-20", row))}
    assert cards["kpi-completion"].scope.key == "bank"
    assert cards["kpi-checked"].scope.key == PILOT


def test_kpi_that_is_not_defined_is_not_measurable() -> None:
    card = kpi_card(judgement(), "kpi-nowhere", "bank")
    assert card.state.tone is Tone.WAIT
    assert "not defined" in card.state.reason


def test_head_count_comes_from_the_newest_completion_snapshot() -> None:
    assert head_count(judgement(), "rol-analyst") == 204
    more = measured("2026-02-20", "kpi-completion,role:rol-analyst,195,200,210,5,5,5,,,,,,,,,,")
    assert head_count(more, "rol-analyst") == 210


def test_people_missing_to_the_target() -> None:
    below = measured("2026-02-20", "kpi-completion,phase:phs-pilot,180,200,204,2,2,20,,,,,,,,,,")
    assert kpi_card(below, "kpi-completion", PILOT).more_needed == 10


def test_source_names_the_import() -> None:
    source = kpi_page(judgement(), "kpi-completion").source
    assert source is not None
    assert source.held_at == "records store LRN-1"
    assert source.fresh.word == "7 days old, limit 10"


def test_snapshot_file_without_rows_changes_nothing() -> None:
    empty = with_file("kpi/snapshots/2026-02-14.csv", HEADER)
    assert len(readings(empty, "kpi-completion", PILOT)) == 1
