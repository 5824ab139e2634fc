"""Reviews and findings as of a day: what came later has not happened yet."""

from datetime import date, timedelta

from generator.views.assurance import findings, reviews
from generator.views.shown import Tone
from tests.unit.views.support import with_file

HELD = date(2026, 3, 5)
REVIEWS = f"""\
- id: rev-2026-q1
  title: Review of the first quarter
  cadence: quarterly
  period: 2026-Q1
  body: bod-steering
  due: 2026-04-30
  held: {HELD}
  findings: [Completion is on target.]
"""
FINDINGS = f"""\
- id: fnd-2026-01
  title: Two rows without a source
  raised_by: bod-steering
  raised: 2026-02-02
  severity: low
  text: Two rows name no import.
  owner: bod-curriculum-wg
  agreed_action: Name the import.
  due: 2026-03-31
  status: closed
  closed: {HELD}
  closure_evidence: [bod-steering]
"""


def test_a_review_that_was_held_later_is_not_held_yet() -> None:
    before, after = (
        reviews(with_file("governance/reviews.yaml", REVIEWS, day))[0] for day in (HELD - timedelta(days=1), HELD)
    )
    assert (before.held, before.findings) == (None, ())
    assert before.state.tone != Tone.OK
    assert (after.held, after.findings, after.state.word) == (HELD, ("Completion is on target.",), "Held")


def test_a_finding_that_was_closed_later_is_still_open() -> None:
    before, after = (
        findings(with_file("registers/findings.yaml", FINDINGS, day))[0] for day in (HELD - timedelta(days=1), HELD)
    )
    assert (before.status, before.closed, before.evidence) == ("open", None, ())
    assert (after.status, after.closed, after.state.word) == ("closed", HELD, "Closed")
