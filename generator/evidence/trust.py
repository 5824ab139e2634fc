"""Whom a verifier trusts. It comes from the verifier's own settings or command line, never from the pack judged."""

from dataclasses import dataclass

from generator.evidence.facts import SignatureFacts


@dataclass(frozen=True, slots=True)
class Sealer:
    """Who may seal packs of a profile (empty: of either); whatever is named has to be the certificate's own."""

    common_name: str = ""
    organisation: str = ""
    spki_sha256: str = ""  # of the certificate's public key, or of an authority's on its path
    profile: str = ""

    def is_signer_of(self, signature: SignatureFacts) -> bool:
        """Whether the signature is this one's; a sealer of whom nothing is named is nobody."""
        named = (
            (self.common_name, self.common_name == signature.signer),
            (self.organisation, self.organisation == signature.organisation),
            (self.spki_sha256, self.spki_sha256 in signature.keys),
        )
        return any(value for value, _ in named) and all(holds for value, holds in named if value)


@dataclass(frozen=True, slots=True)
class Trust:
    """Two pools of roots, in PEM, and the sealers: who may stamp may not for that reason seal, nor the reverse."""

    seals: bytes = b""
    stamps: bytes = b""
    sealers: tuple[Sealer, ...] = ()

    def with_more(self, other: "Trust") -> "Trust":
        """What either of the two trusts."""
        return Trust(self.seals + other.seals, self.stamps + other.stamps, (*self.sealers, *other.sealers))


NOBODY = Trust()
"""Nobody is trusted."""
