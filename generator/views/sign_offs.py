"""Sign-offs and whether they still hold: valid, lapsed because the wording changed, expired, or replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.judgement import Judgement
from generator.views.shown import Ref, State


@dataclass(frozen=True, slots=True)
class SignOffView:
    """One sign-off and its state on the as-of date."""

    ref: Ref
    subject: Ref
    seat: Ref
    holder: str
    decision: Ref
    on: date
    expires: date | None
    signed_digest: str
    digest_now: str
    status: str  # valid | lapsed | expired | replaced | subject-missing
    lapsed_in: str  # commit that changed the wording, short; empty when unknown
    lapsed_on: date | None
    state: State


@dataclass(frozen=True, slots=True)
class SubjectSignOff:
    """How a record stands: its newest sign-offs, who may sign, who must be asked."""

    subject: Ref
    state: State
    sign_offs: tuple[SignOffView, ...]  # newest first
    accountable: tuple[Ref, ...]
    consulted: tuple[Ref, ...]
    changed_by: tuple[str, ...]  # authors since the last valid sign-off, as git claims


def sign_offs(j: Judgement) -> tuple[SignOffView, ...]:
    """Every sign-off, newest first."""
    raise NotImplementedError


def sign_off_of(j: Judgement, subject: str) -> SubjectSignOff:
    """How a record stands with its sign-offs."""
    raise NotImplementedError


def normative_digest(j: Judgement, key: str) -> str:
    """The digest a sign-off of that record has to carry today: "sha256:" and 64 digits."""
    raise NotImplementedError
