"""What a field takes and what it refuses, at the ends of its range."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.model.fields import Date, Duration, Instant, add_months


@pytest.mark.parametrize("text", ["1900-01-01", "2026-02-28", "2999-12-31"])
def test_a_day_that_a_programme_can_mean_is_read(text: str) -> None:
    assert TypeAdapter(Date).validate_python(text) == date.fromisoformat(text)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_at_the_ends_of_the_calendar_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(ValidationError, match="from 1900 to 2999; what has no end has no such field, found"):
        TypeAdapter(Date).validate_python(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_an_instant_at_the_ends_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="an instant from 1900 to 2999"):
        TypeAdapter(Instant).validate_python(text)


def test_an_instant_that_a_programme_can_mean_is_read() -> None:
    expected = datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert TypeAdapter(Instant).validate_python("2999-12-31T23:59:59Z") == expected


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(9999, 12, 15), 0, date(9999, 12, 15)),
        (date(9999, 12, 15), 1, date.max),
        (date(1, 1, 15), -1, date.min),
    ],
)
def test_months_end_with_the_calendar(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected


def test_a_duration_ends_with_the_calendar() -> None:
    assert Duration("P9999Y").after(date(2999, 12, 31)) == date.max
