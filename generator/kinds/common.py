"""What the records of several concepts share."""

from typing import Annotated

from pydantic import Field

from generator.kinds.links import AnyRef, OwnerRef, SeatRef
from generator.model.fields import Date, Int, Sha256, Text
from generator.model.record import Administrative, Entity, Value

Subject = Annotated[str, Field(min_length=3, pattern=r"^\S+$")]


class Owned(Entity):
    """An entity with an owner that may replace another."""

    owner: Annotated[OwnerRef | None, Administrative()] = Field(
        None, description="Body, role or seat that answers for it."
    )
    supersedes: Annotated[AnyRef | None, Administrative()] = Field(
        None, description="The record that this one replaces."
    )
    superseded_by: Annotated[AnyRef | None, Administrative()] = Field(None, description="The record that replaces it.")


class SeatHolder(Value):
    """A position, never a person."""

    seat: SeatRef = Field(description="The seat, sea-…")


class Minutes(Value):
    """Where the minutes of a meeting are held, and their digest."""

    held_at: Text = Field(description="Place in the records store.")
    sha256: Sha256 | None = Field(None, description="SHA-256 of the file held there.")


class Condition(Value):
    """Something that must be done by a day for a decision to stand."""

    text: Text = Field(description="What must be done.")
    due: Date = Field(description="Last day to do it.")
    owner: OwnerRef = Field(description="Who does it.")
    done: Date | None = Field(None, description="The day it was done.")


class FrameworkReference(Value):
    """A place in a standard catalogue, by identifier."""

    framework: Text = Field(description="Catalogue, such as nist-ai-rmf or nice.")
    ref: Text = Field(description="Identifier in that catalogue.")


class Level(Value):
    """One level of a scale."""

    level: Int = Field(description="Number of the level, 0 is none.")
    name: Text = Field(description="Name of the level.")
