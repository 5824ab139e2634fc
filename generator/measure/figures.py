"""The values that formulas return."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided interval and its confidence."""

    low: float
    high: float
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval and, where a test belongs to it, its p-value."""

    value: float
    interval: Interval
    p_value: float | None = None
