"""Gates: computed from snapshots, and held against the recorded decision."""

from collections.abc import Mapping
from datetime import date

import pytest

from generator.views.gates import compares, gate, gates
from generator.views.shown import Tone
from tests.factories import MINIMAL_DAY, edited, minimal_files
from tests.unit.views.support import judgement

ROADMAP = "roadmap/roadmap.yaml"


def _gate_text() -> str:
    return minimal_files()[ROADMAP].decode()


def _with_criteria(*criteria: str, decision: str = "") -> Mapping[str, bytes]:
    """The minimal portal with these criteria at its gate, decided where a decision is given."""
    text = _gate_text()
    start = text.index("criteria:")
    indent = " " * (start - text.rindex("\n", 0, start) - 1)
    head = text[:start].rstrip() + "\n"
    named = f"{indent}decision: dec-2026-009\n" if decision else ""
    body = "".join(f"{indent}  - {{{item}}}\n" for item in criteria)
    files = {**minimal_files(), ROADMAP: f"{head}{named}{indent}criteria:\n{body}".encode()}
    if decision:
        files["governance/decisions/dec-2026-009.md"] = decision.encode()
    return files


def _decision(outcome: str, day: str = "2026-02-18") -> str:
    return (
        f"---\nid: dec-2026-009\ntitle: Gate\ntype: phase-gate\nstatus: accepted\ndate: {day}\nbody: bod-steering\n"
        "votes: {for: 2, against: 0, abstain: 0}\npresent: [sea-chair, sea-lead]\n"
        f"minutes: {{held_at: records store GOV-9}}\ngate: {_key()}\noutcome: {outcome}\n"
        "affects: [phs-pilot]\n---\nText.\n"
    )


def _key() -> str:
    return gates(judgement())[0].ref.key


COMPLETE = 'kpi: kpi-completion, scope: "phase:phs-pilot", op: ">=", value: 0.95'
COMPLETE_BY_BOUND = COMPLETE + ", decide_on: lower-bound"
TOO_HIGH = 'kpi: kpi-completion, scope: "phase:phs-pilot", op: ">=", value: 0.99'
LATER = 'kpi: kpi-incidents, scope: bank, op: "<=", value: -0.30'


@pytest.mark.parametrize(
    ("criteria", "words", "computed"),
    [
        ((COMPLETE,), ["Met"], "met"),
        ((TOO_HIGH,), ["Not met"], "not-met"),
        ((LATER,), ["Not yet measurable"], "not-yet-measurable"),
        ((COMPLETE, LATER), ["Met", "Not yet measurable"], "not-yet-measurable"),
        ((LATER, TOO_HIGH), ["Not yet measurable", "Not met"], "not-met"),
        ((COMPLETE, TOO_HIGH + ", weight: watched"), ["Met", "Watched, not met"], "met"),
        ((COMPLETE, LATER + ", weight: watched"), ["Met", "Watched, not yet measurable"], "met"),
        ((COMPLETE_BY_BOUND,), ["Not met"], "not-met"),
        ((COMPLETE + ", weight: watched",), ["Watched, met"], "not-yet-measurable"),
    ],
)
def test_criteria_and_gate(criteria: tuple[str, ...], words: list[str], computed: str) -> None:
    view = gate(judgement(MINIMAL_DAY, _with_criteria(*criteria)), _key())
    assert [criterion.state.word for criterion in view.criteria] == words
    assert view.computed == computed


def test_lower_bound_is_what_is_compared() -> None:
    view = gate(judgement(MINIMAL_DAY, _with_criteria(COMPLETE_BY_BOUND)), _key())
    (criterion,) = view.criteria
    assert criterion.card.reading is not None
    assert criterion.card.reading.interval is not None
    assert criterion.measured == criterion.card.reading.interval.low
    assert criterion.measured < 0.95 < (criterion.card.reading.value or 0)


@pytest.mark.parametrize(
    ("criterion", "outcome", "word", "tone"),
    [
        (COMPLETE, "pass", "Agrees with the figures", Tone.OK),
        (TOO_HIGH, "pass-with-conditions", "Disagrees with the figures", Tone.BAD),
        (LATER, "pass", "Disagrees with the figures", Tone.BAD),
        (TOO_HIGH, "pass-by-exception", "By exception", Tone.WARN),
        (TOO_HIGH, "fail", "Agrees with the figures", Tone.OK),
        (COMPLETE, "fail", "Stricter than the figures", Tone.WARN),
    ],
)
def test_decision_is_held_against_the_figures(criterion: str, outcome: str, word: str, tone: Tone) -> None:
    view = gate(judgement(MINIMAL_DAY, _with_criteria(criterion, decision=_decision(outcome))), _key())
    assert view.agreement is not None
    assert (view.agreement.word, view.agreement.tone) == (word, tone)


def test_decided_gate_is_judged_on_the_day_of_its_decision() -> None:
    early = _with_criteria(COMPLETE, decision=_decision("pass", "2026-02-10"))
    view = gate(judgement(MINIMAL_DAY, early), _key())
    assert view.judged_on == date(2026, 2, 10)
    assert view.criteria[0].state.word == "Not yet measurable"


def test_decision_after_the_day_is_unseen() -> None:
    later = _with_criteria(COMPLETE, decision=_decision("pass", "2026-03-01"))
    assert gate(judgement(MINIMAL_DAY, later), _key()).decision is None


def test_superseded_decision_decides_nothing() -> None:
    files = _with_criteria(COMPLETE, decision=_decision("pass"))
    files = edited(files, "governance/decisions/dec-2026-009.md", "status: accepted", "status: superseded")
    assert gate(judgement(MINIMAL_DAY, files), _key()).decision is None


def test_unknown_kpi_is_not_measurable() -> None:
    unknown = 'kpi: kpi-nowhere, scope: bank, op: ">=", value: 1'
    view = gate(judgement(MINIMAL_DAY, _with_criteria(unknown)), _key())
    assert view.criteria[0].met is None


def test_undecided_gate_past_its_day_is_said() -> None:
    assert gate(judgement(date(2027, 1, 4)), _key()).state.word == "Undecided"


@pytest.mark.parametrize(
    ("measured", "op", "needed", "holds"),
    [
        (0.95, ">=", 0.95, True),
        (0.1 + 0.2, "<=", 0.3, True),
        (0.3, ">", 0.1 + 0.2, False),
        (-0.31, "<=", -0.30, True),
        (-0.29, "<=", -0.30, False),
        (2.0, "=", 2.0, True),
        (2.1, "=", 2.0, False),
        (1.0, "<", 1.0, False),
    ],
)
def test_comparison_forgives_rounding_only(measured: float, op: str, needed: float, *, holds: bool) -> None:
    assert compares(measured, op, needed) is holds
