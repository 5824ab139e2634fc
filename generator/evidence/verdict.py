"""A verdict in the terms of EN 319 102-1: PASSED, FAILED or INDETERMINATE, with reason codes, never a bare yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.evidence.canonical import Canonical

Fault = tuple[str, str]
"""A reason code and what a person should know."""


class Outcome(StrEnum):
    """What a step, or all of them, came to."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    INDETERMINATE = "INDETERMINATE"


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step: what was looked at, what came of it, why, and what a person should know."""

    number: int
    title: str
    outcome: Outcome
    reason: str = ""
    detail: str = ""

    def line(self) -> str:
        """The step in one line."""
        return " ".join(part for part in (f"{self.number}.", self.title + ":", self.outcome, self.reason) if part) + (
            f" - {self.detail}" if self.detail else ""
        )


def judged(number: int, title: str, faults: Iterable[Fault], detail: str) -> Step:
    """FAILED with the first fault's code and all details, or PASSED."""
    found = list(faults)
    if not found:
        return Step(number, title, Outcome.PASSED, "", detail)
    more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
    return Step(number, title, Outcome.FAILED, found[0][0], "; ".join(each for _, each in found[:3]) + more)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All steps, in order."""

    steps: tuple[Step, ...]

    @property
    def outcome(self) -> Outcome:
        """FAILED if any step failed, else INDETERMINATE if any could not be judged, else PASSED."""
        outcomes = {step.outcome for step in self.steps}
        return next((each for each in (Outcome.FAILED, Outcome.INDETERMINATE) if each in outcomes), Outcome.PASSED)

    @property
    def reason(self) -> str:
        """The reason code of the first step that decided."""
        outcome = self.outcome
        return next((step.reason for step in self.steps if step.outcome is outcome), "")

    def lines(self) -> Iterable[str]:
        """The steps, a line each, and the verdict in the last."""
        yield from (step.line() for step in self.steps)
        yield f"{self.outcome} {self.reason}".rstrip()

    def as_json(self) -> dict[str, Canonical]:
        """The verdict for machines."""
        return {
            "verdict": self.outcome.value,
            "reason": self.reason,
            "steps": [
                {
                    "number": step.number,
                    "title": step.title,
                    "outcome": step.outcome.value,
                    "reason": step.reason,
                    "detail": step.detail,
                }
                for step in self.steps
            ],
        }
