"""What a change means: an effect a line, the grave ones first."""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How an effect weighs in a review."""

    BLOCKS = 0
    NOTE = 1
    BETTER = 2

    @property
    def word(self) -> str:
        """The weight as a reader sees it."""
        return ("Blocks", "Note", "Better")[self]


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence: its sort for `--fail-on`, what it is about, before and after, who is affected, what it needs."""

    weight: Weight
    sort: str  # coverage-loss, coverage-gain, target-weaker, target-stronger, lapsed, gate, more-to-do, unapproved, ...
    title: str  # "Target weaker"
    key: str
    before: str
    after: str
    affected: str = ""
    needs: str = ""
    roles: tuple[str, ...] = ()  # roles whose people are affected
    decision: tuple[str, str] = ("", "")  # the type of decision that is missing, and the body that takes it
