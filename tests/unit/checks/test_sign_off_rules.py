"""Each rule on sign-offs: the world that breaks it, and its words."""

import pytest

from generator.checks.sign_offs import RULES
from tests.sign_off_worlds import Edit, Rules, Sign, World, judged

WRITTEN = Edit("sea-c", "one")
ONE_VOTER = Rules(members=(("sea-a", True, None), ("sea-b", False, None)))
FEW_VOTES = Rules(decisions=(("dec-2026-001", "accepted", 0, 1, True),))
PROPOSED = Rules(decisions=(("dec-2026-001", "proposed", 0, 2, True),))
LATER = Rules(decisions=(("dec-2026-001", "accepted", 5, 2, True),))
ELSEWHERE = Rules(decisions=(("dec-2026-001", "accepted", 0, 2, False),))
CASES = (
    ("SGN001", World((WRITTEN, Sign("sea-a"), Edit("sea-c", "two"))), "the digest is of an earlier wording of pri-a"),
    ("SGN002", World((WRITTEN, Edit("sea-a", "two"), Sign("sea-a"))), "sea-a is among those who changed pri-a since"),
    ("SGN003", World((WRITTEN, Sign("sea-b")), ONE_VOTER), "sea-b did not vote in bod-a on 2026-01-02"),
    ("SGN003", World((WRITTEN, Sign("sea-a")), PROPOSED), "dec-2026-001 is proposed, not accepted"),
    ("SGN003", World((WRITTEN, Sign("sea-a")), LATER), "dec-2026-001 was taken on 2026-01-06, after the signature"),
    ("SGN003", World((WRITTEN, Sign("sea-a")), ELSEWHERE), "dec-2026-001 does not name pri-a"),
    ("SGN005", World((WRITTEN, Sign("sea-a")), FEW_VOTES), "1 vote in dec-2026-001, the quorum of bod-a is 2"),
    ("SGN007", World((WRITTEN, Sign("sea-a", wording="another"))), "its digest was never that of pri-a"),
)


def _told(world: World) -> list[str]:
    j = judged(world)
    rules = [rule for rule in RULES if rule.check is not None]
    return [
        f"{rule.code} {rule.message.format(key=one.subject, **one.values)}"
        for rule in rules
        for one in (rule.check(j) if rule.check else ())
    ]


@pytest.mark.parametrize(("code", "world", "words"), CASES, ids=[f"{case[0]}-{case[2][:24]}" for case in CASES])
def test_a_sign_off_that_does_not_count_says_why(code: str, world: World, words: str) -> None:
    told = [line for line in _told(world) if line.startswith(code)]

    assert len(told) == 1
    assert words in told[0]
    assert told[0].startswith(f"{code} sgn-2026-001: ")


def test_a_sign_off_that_counts_is_no_finding() -> None:
    assert _told(World((WRITTEN, Sign("sea-a")))) == []
