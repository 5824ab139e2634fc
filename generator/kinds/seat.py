"""Seats with their holders by date, and sign-offs."""

from datetime import date
from typing import Annotated

from pydantic import Field

from generator.kinds.links import ANY_KIND, DecisionRef, SeatRef
from generator.model.fields import Date, Sha256, Text
from generator.model.kind import Kind, PageSpec, YamlEach, YamlList
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


SEAT = Kind(
    "seat",
    Seat,
    YamlList("governance/seats.yaml"),
    "Seat",
    "Seats",
    prefix="sea",
    page=PageSpec("seats/", anchor=True),
    pack_section="charters",
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
