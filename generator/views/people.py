"""How many people are in some roles, as far as it is known: a head count that nobody recorded is not zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.judgement import Judgement
from generator.views.kpi_cards import head_count


@dataclass(frozen=True, slots=True)
class People:
    """The people counted, and how many roles nobody has counted."""

    known: int = 0
    unknown: int = 0

    @property
    def bound(self) -> str:
        """What stands before the number: "at least" where some roles are not counted."""
        return "at least " if self.unknown else ""

    @property
    def is_known(self) -> bool:
        """Whether there is any number to tell."""
        return self.known > 0 or not self.unknown

    def __str__(self) -> str:
        if not self.is_known:
            return "an unknown number of people"
        return f"{self.bound}{self.known:,} {'person' if self.known == 1 else 'people'}"


def counted(counts: Iterable[int | None]) -> People:
    """The sum of head counts, some of which may be unknown."""
    found = tuple(counts)
    return People(sum(count or 0 for count in found), sum(count is None for count in found))


def people_in(j: Judgement, roles: Iterable[str]) -> People:
    """The people in these roles, by the newest head counts."""
    return counted(head_count(j, role) for role in dict.fromkeys(roles))
