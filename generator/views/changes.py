"""Changes in plain words: "Completion target lowered from 95 % to 93 %"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.change import Change
from generator.model.portal import Portal
from generator.views.shown import Ref, Tone


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change said in words: the record, how it tends (weaker bad, stronger ok, neutral info), old and new."""

    ref: Ref
    topic: str  # "Matrix", "KPI target", "Wording", "Decided", "New", "Ended", ...
    text: str
    tone: Tone
    old: str = ""
    new: str = ""


def sentence(portal: Portal, change: Change, before: Portal | None = None) -> Sentence:
    """One change in words; names are looked up in `portal`, then in the one before."""
    raise NotImplementedError


def sentences(portal: Portal, changes: Iterable[Change], before: Portal | None = None) -> tuple[Sentence, ...]:
    """All changes in words, the most telling first, without repeats."""
    raise NotImplementedError
