"""Meeting rules against dateutil, which no part of the product imports."""

from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from generator.views.recurrence import in_words, occurrences, ordinal

FIRST, SINCE, UNTIL = date(2026, 1, 8), date(2026, 1, 1), date(2031, 3, 1)
RULES = [
    "FREQ=MONTHLY;BYDAY=2TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH",
    "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5",
    "FREQ=DAILY;UNTIL=20260110",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2",
    "FREQ=MONTHLY",
    "FREQ=YEARLY",
    "FREQ=WEEKLY",
    "FREQ=MONTHLY;BYDAY=5MO",
]


@pytest.mark.parametrize("rule", RULES)
def test_days_are_those_of_dateutil(rule: str) -> None:
    start, end = datetime.combine(SINCE, datetime.min.time()), datetime.combine(UNTIL, datetime.min.time())
    oracle = rrulestr(rule, dtstart=datetime.combine(FIRST, datetime.min.time())).between(start, end, inc=True)
    assert occurrences(rule, FIRST, SINCE, UNTIL) == tuple(found.date() for found in oracle)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=2TH", "2nd Thursday of the month"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2nd Tuesday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=4TH", "4th Thursday of every 3rd month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "last Friday of the month"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO", "1st Monday of March"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "every Monday and Wednesday"),
        ("FREQ=DAILY", "every day"),
    ],
)
def test_rules_in_words(rule: str, words: str) -> None:
    assert in_words(rule) == words


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=HOURLY", "expected FREQ=DAILY"),
        ("weekly", "found WEEKLY"),
        ("FREQ=MONTHLY;BYDAY=2XX", "expected a weekday"),
        ("FREQ=MONTHLY;BYSETPOS=1", "found BYSETPOS"),
        ("FREQ=WEEKLY;INTERVAL=two", "expected a whole number"),
        ("FREQ=DAILY;UNTIL=soon", "expected UNTIL"),
        ("FREQ=YEARLY;BYMONTH=13", "expected a month"),
        ("FREQ=DAILY;UNTIL=20261340", "expected UNTIL"),
        ("FREQ=MONTLY", 'did you mean "MONTHLY"'),
        ("FREQ=WEEKLY;BYDAYS=TU", 'did you mean "BYDAY"'),
        ("FREQ=WEEKLY;INTERVAL=0", "expected INTERVAL=1 or more"),
        ("FREQ=WEEKLY;FREQ=DAILY", "found one twice"),
    ],
)
def test_what_is_no_rule_is_refused(rule: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        occurrences(rule, FIRST, SINCE, UNTIL)


def test_rule_that_never_comes_true_ends() -> None:
    assert occurrences("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", FIRST, SINCE, date(9999, 12, 31)) == ()


def test_interval_beyond_the_calendar_ends() -> None:
    assert occurrences("FREQ=DAILY;INTERVAL=99999999999", FIRST, SINCE, UNTIL) == (FIRST,)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (-1, "last")]
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text
