"""Seats with their holders by date, and sign-offs."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from generator.errors import Finding, Severity
from generator.kinds.links import ANY_KIND, DecisionRef, SeatRef
from generator.model.fields import Date, Sha256, Text
from generator.model.judgement import Judgement
from generator.model.kind import Kind, PageSpec, Rule, YamlEach, YamlList
from generator.model.record import Entity, Link, Value

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Fingerprint = Annotated[str, Field(pattern=r"^SHA256:[A-Za-z0-9+/]{43}=?$")]
Pseudonym = Annotated[str, Field(pattern=r"^[a-z]{2,5}-[A-Za-z0-9-]+$")]


class Holder(Value):
    """Who holds a seat for some time: a pseudonym from HR; names stay there."""

    holder: Pseudonym = Field(description="HR pseudonym, such as hr-20417.")
    from_: Date = Field(alias="from", description="First day.")
    to: Date | None = Field(None, description="Last day; empty means open.")
    git: tuple[Sha256, ...] = Field((), description="SHA-256 of the lower-cased e-mail addresses in git.")
    keys: tuple[Fingerprint, ...] = Field((), description="Fingerprints of signing keys.")

    def sits_on(self, day: date) -> bool:
        """Whether the term covers that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Seat(Entity):
    """A position in the bank."""

    title: Text = Field(description="Name of the position.")
    function: Text = Field(description="Function such as risk, compliance, learning operations.")
    holders: tuple[Holder, ...] = Field((), description="Holders in order of time.")

    def holder_on(self, day: date) -> Holder | None:
        """Who holds the seat on that day, or None when it is vacant."""
        return next((holder for holder in self.holders if holder.sits_on(day)), None)


class SignOff(Entity):
    """A seat's signature under the wording of a record."""

    subject: Annotated[str, Link(ANY_KIND), Field(description="Key of the record that is signed.")]
    digest: Digest = Field(description="sha256: and the digest of the record's canonical form.")
    decision: DecisionRef = Field(description="The decision under which it is signed.")
    seat: SeatRef = Field(description="The seat that signs.")
    on: Date = Field(description="Day of the signature.")
    expires: Date | None = Field(None, description="Last day it counts.")


def _two_holders(j: Judgement) -> Iterator[Finding]:
    for seat in j.portal.all(Seat):
        for index, (one, other) in enumerate(itertools.pairwise(seat.holders), start=1):
            if one.to is None or other.from_ <= one.to:
                yield Finding(seat.id, ("holders", index, "from"), {"one": one.holder, "other": other.holder})


def _expired(j: Judgement) -> Iterator[Finding]:
    signed: dict[str, list[SignOff]] = {}
    for sign_off in j.portal.all(SignOff):
        signed.setdefault(sign_off.subject, []).append(sign_off)
    for subject, sign_offs in signed.items():
        newest = max(sign_offs, key=lambda sign_off: (sign_off.on, sign_off.id))
        if newest.expires is not None and newest.expires < j.as_of:
            yield Finding(newest.id, ("expires",), {"subject": subject, "day": newest.expires})


RULES = (
    Rule(
        "SEA002",
        Severity.ERROR,
        "A seat has one holder at a time",
        "Who sat there on a day must have one answer.",
        "Close the earlier term on the day before the next begins.",
        "{key}: the terms of {one} and {other} overlap",
        _two_holders,
    ),
    Rule(
        "SGN004",
        Severity.ERROR,
        "Sign-offs are renewed before they expire",
        "After its last day a signature says nothing about today's wording.",
        "Ask the seat to sign again.",
        "{key}: the sign-off of {subject} expired {day}",
        _expired,
    ),
)


SEAT = Kind(
    "seat",
    Seat,
    YamlList("governance/seats.yaml"),
    "Seat",
    "Seats",
    prefix="sea",
    page=PageSpec("seats/", anchor=True),
    pack_section="charters",
    rules=RULES,
)
SIGN_OFF = Kind(
    "sign-off",
    SignOff,
    YamlEach("governance/sign-offs/sgn-*.yaml"),
    "Sign-off",
    "Sign-offs",
    prefix="sgn",
    dated="on",
    page=PageSpec("sign-offs/", anchor=True),
    pack_section="modules",
)
KINDS = (SEAT, SIGN_OFF)
