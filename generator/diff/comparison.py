"""Two states of the programme side by side."""

from dataclasses import dataclass

from generator.diff.effects import Effect
from generator.diff.records import RecordChange
from generator.model.judgement import Commit, FileChange, Judgement
from generator.views.people import People


@dataclass(frozen=True)
class Side:
    """One side: how it is called, its commit (None: the work tree), its judgement and how many errors it has."""

    name: str
    commit: Commit | None
    judgement: Judgement
    errors: int


@dataclass(frozen=True)
class Comparison:
    """What lies between two states: records by key, files, and what it means for people, duties, targets and gates."""

    old: Side
    new: Side
    records: tuple[RecordChange, ...]
    files: tuple[FileChange, ...]
    effects: tuple[Effect, ...] = ()
    people: tuple[People, People] = (
        People(),
        People(),
    )  # people in the roles that effects name, of all people in roles

    @property
    def meaningful(self) -> tuple[RecordChange, ...]:
        """The records whose meaning changed."""
        return tuple(record for record in self.records if not record.administrative)

    @property
    def administrative(self) -> tuple[RecordChange, ...]:
        """The records of which only status, owner, tags, notes or review dates changed."""
        return tuple(record for record in self.records if record.administrative)
