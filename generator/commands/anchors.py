"""Proven times of commits that are at hand without a token over each commit: the seals of issued packs."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.judgement import Anchor, IssuedPack


@dataclass(frozen=True, slots=True)
class SealAnchors:
    """Fills the port `Anchors`: a pack holds its commit's id, and the time-stamp of its seal is in the ledger."""

    packs: Iterable[IssuedPack]

    def anchors(self) -> tuple[Anchor, ...]:
        """One anchor a pack."""
        return tuple(Anchor(pack.commit, pack.issued_at, _proof(pack)) for pack in self.packs)


def _proof(pack: IssuedPack) -> str:
    return pack.pack if pack.profile == "production" else f"{pack.pack}, DEMO"
