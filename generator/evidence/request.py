"""What a base pack is a pure function of; attached to every pack as request.json."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.evidence.canonical import Canonical, canonical
from generator.evidence.fields import COMMIT, SHA256, Fields
from generator.evidence.merkle import verify_consistency, verify_inclusion

REQUEST_FILE = "request.json"
"""The name of the attachment."""

_NAMES = frozenset(
    {"v", "commit", "pack", "as_of", "audience", "since", "previous", "profile", "toolchain"},
)
_PROOF_NAMES = frozenset({"size", "root", "index", "leaf", "inclusion", "earlier_size", "earlier_root", "consistency"})


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """What a pack says of the ledger before it: the checkpoint, and the proofs that tie earlier packs to it.

    `leaf` at `index` is the line of the pack issued before; the inclusion proof places it under `root`, and the
    consistency proof shows that the tree which that pack had printed (`earlier_size`, `earlier_root`) was only added
    to. All hashes are lower-case hexadecimal.
    """

    size: int
    root: str
    index: int
    leaf: str
    inclusion: tuple[str, ...] = ()
    earlier_size: int = 0
    earlier_root: str = ""
    consistency: tuple[str, ...] = ()

    def holds(self) -> bool:
        """Whether both proofs are right in themselves."""
        head = bytes.fromhex(self.root)
        placed = verify_inclusion(bytes.fromhex(self.leaf), (self.index, self.size), _raw(self.inclusion), head)
        if not self.earlier_size:
            return placed
        heads = (bytes.fromhex(self.earlier_root), head)
        return placed and verify_consistency((self.earlier_size, self.size), _raw(self.consistency), heads)

    def as_json(self) -> dict[str, Canonical]:
        """The proof as it stands in request.json."""
        return {
            "size": self.size,
            "root": self.root,
            "index": self.index,
            "leaf": self.leaf,
            "inclusion": list(self.inclusion),
            "earlier_size": self.earlier_size,
            "earlier_root": self.earlier_root,
            "consistency": list(self.consistency),
        }


@dataclass(frozen=True, slots=True)
class PackRequest:
    """Everything that decides a base pack's bytes. No clock, no ledger look-up and no key enters.

    `since` is the commit of this pack's previous issue, or empty; `profile` is demo or production; `toolchain` are the
    versions under which the pack was first printed.
    """

    commit: str
    pack: str
    as_of: date
    audience: str
    profile: str
    since: str = ""
    previous: LedgerProof | None = None
    toolchain: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The canonical JSON of request.json."""
        return canonical(
            {
                "v": 1,
                "commit": self.commit,
                "pack": self.pack,
                "as_of": self.as_of.isoformat(),
                "audience": self.audience,
                "since": self.since,
                "previous": [self.previous.as_json()] if self.previous else [],
                "profile": self.profile,
                "toolchain": dict(self.toolchain),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "PackRequest":
        """The request that a request.json holds. Raises VerificationError."""
        fields = Fields.of(REQUEST_FILE, data, _NAMES)
        if fields.whole("v") != 1:
            fields.refuse("v", "1")
        if fields.text("profile") not in ("demo", "production"):
            fields.refuse("profile", "demo or production")
        since = fields.text("since")
        proofs = fields.objects("previous", _PROOF_NAMES)
        if len(proofs) > 1:
            fields.refuse("previous", "at most one proof")
        return cls(
            commit=fields.text("commit", COMMIT),
            pack=fields.text("pack"),
            as_of=fields.day("as_of"),
            audience=fields.text("audience"),
            profile=fields.text("profile"),
            since=fields.text("since", COMMIT) if since else "",
            previous=_proof(proofs[0]) if proofs else None,
            toolchain=fields.mapping("toolchain"),
        )


def _proof(fields: Fields) -> LedgerProof:
    earlier = fields.whole("earlier_size")
    return LedgerProof(
        size=fields.whole("size"),
        root=fields.text("root", SHA256),
        index=fields.whole("index"),
        leaf=fields.text("leaf", SHA256),
        inclusion=fields.texts("inclusion", SHA256),
        earlier_size=earlier,
        earlier_root=fields.text("earlier_root", SHA256) if earlier else "",
        consistency=fields.texts("consistency", SHA256),
    )


def _raw(hashes: tuple[str, ...]) -> list[bytes]:
    return [bytes.fromhex(value) for value in hashes]
