"""The ledger: one line a pack issued, each line a leaf of an RFC 9162 Merkle tree and a link of a hash chain.

A line is canonical JSON and final: it is never rewritten, and its names never change under the same `v`. `prev` is the
leaf hash of the line before, so that sha256sum alone can follow the chain; the first line carries 64 zeros.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.errors import VerificationError
from generator.evidence import merkle
from generator.evidence.canonical import canonical
from generator.evidence.facts import Revision
from generator.evidence.fields import COMMIT, SHA256, Fields, instant_text
from generator.evidence.request import LedgerProof

GENESIS = "0" * 64
"""What the first line names as the one before it."""

_NAMES = frozenset(
    {
        "v", "seq", "pack", "commit", "tree", "inputs", "unsigned_sha256", "signed_sha256", "generator", "asof",
        "records", "approvals_root", "issued_at", "prev",
    }
)  # fmt: skip
_PROGRAM_NAMES = frozenset({"name", "version", "wheel_sha256", "lock_sha256"})
_RECORDS_NAMES = frozenset({"root", "size", "schema"})


@dataclass(frozen=True, slots=True)
class Program:
    """What printed a pack: its name, version, the digest of its installed files and that of its locked libraries."""

    name: str
    version: str
    wheel_sha256: str
    lock_sha256: str


@dataclass(frozen=True, slots=True)
class RecordSet:
    """The commitment to a population of training records; without one, the empty tree."""

    root: str = merkle.EMPTY_ROOT.hex()
    size: int = 0
    schema: str = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One pack issued. `unsigned_sha256` is the base pack's, `signed_sha256` that of the file as first issued."""

    seq: int
    pack: str
    commit: str
    tree: str
    inputs: Mapping[str, str]
    unsigned_sha256: str
    signed_sha256: str
    program: Program
    as_of: date
    approvals_root: str
    issued_at: datetime
    prev: str
    records: RecordSet = field(default_factory=RecordSet)

    def to_bytes(self) -> bytes:
        """The canonical line, without its line end: the data of its leaf."""
        return canonical(
            {
                "v": 1,
                "seq": self.seq,
                "pack": self.pack,
                "commit": self.commit,
                "tree": self.tree,
                "inputs": dict(self.inputs),
                "unsigned_sha256": self.unsigned_sha256,
                "signed_sha256": self.signed_sha256,
                "generator": {name: getattr(self.program, name) for name in sorted(_PROGRAM_NAMES)},
                "asof": self.as_of.isoformat(),
                "records": {name: getattr(self.records, name) for name in sorted(_RECORDS_NAMES)},
                "approvals_root": self.approvals_root,
                "issued_at": instant_text(self.issued_at),
                "prev": self.prev,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes, document: str = "ledger line") -> "LedgerLine":
        """The line that these bytes are. Raises VerificationError."""
        fields = Fields.of(document, data, _NAMES)
        if fields.whole("v") != 1:
            fields.refuse("v", "1")
        program = Fields(f"{document} generator", fields.values["generator"], _PROGRAM_NAMES)
        records = Fields(f"{document} records", fields.values["records"], _RECORDS_NAMES)
        return cls(
            seq=fields.whole("seq"),
            pack=fields.text("pack"),
            commit=fields.text("commit", COMMIT),
            tree=fields.text("tree", COMMIT),
            inputs=fields.mapping("inputs", SHA256),
            unsigned_sha256=fields.text("unsigned_sha256", SHA256),
            signed_sha256=fields.text("signed_sha256", SHA256),
            program=Program(**{name: program.text(name) for name in _PROGRAM_NAMES}),
            as_of=fields.day("asof"),
            approvals_root=fields.text("approvals_root", SHA256),
            issued_at=fields.instant("issued_at"),
            prev=fields.text("prev", SHA256),
            records=RecordSet(records.text("root", SHA256), records.whole("size"), records.text("schema")),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines issued so far, oldest first, and their leaf hashes."""

    lines: tuple[LedgerLine, ...] = ()
    leaves: tuple[bytes, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> "Ledger":
        """The ledger that a ledger.jsonl holds; raises VerificationError LEDGER_BROKEN where the chain breaks."""
        lines: list[LedgerLine] = []
        leaves: list[bytes] = []
        if data and not data.endswith(b"\n"):
            raise VerificationError("ledger: the last line has no end", reason="LEDGER_BROKEN")
        for number, raw in enumerate(data.split(b"\n")[:-1], start=1):
            try:
                line = LedgerLine.from_bytes(raw, f"ledger line {number}")
            except VerificationError as error:
                raise VerificationError(error.message, remedy=error.remedy, reason="LEDGER_BROKEN") from error
            if line.seq != number:
                raise VerificationError(f"ledger line {number}: its seq is {line.seq}", reason="LEDGER_BROKEN")
            if line.prev != (leaves[-1].hex() if leaves else GENESIS):
                message = f"ledger line {number}: it does not follow line {number - 1}"
                raise VerificationError(message, reason="LEDGER_BROKEN")
            lines.append(line)
            leaves.append(merkle.leaf_hash(raw))
        return cls(tuple(lines), tuple(leaves))

    @property
    def head(self) -> str:
        """The leaf hash that the next line names as `prev`."""
        return self.leaves[-1].hex() if self.leaves else GENESIS

    @property
    def root(self) -> str:
        """The Merkle root over all lines: with the size, the checkpoint."""
        return merkle.root(self.leaves).hex()

    def since(self, pack: str) -> str:
        """The commit that the next issue of a pack continues: its own last issue's, else the last issue's; or empty."""
        own = [line for line in self.lines if line.pack == pack]
        return (own or self.lines)[-1].commit if self.lines else ""

    def issue_of(self, revisions: Sequence[Revision]) -> tuple[LedgerLine, Revision] | None:
        """The line that issued a file, and the file as it was then: others may have signed it since."""
        lines = {line.signed_sha256: line for line in reversed(self.lines)}
        found = (each for each in reversed(revisions) if each.sha256 in lines)
        return next(((lines[each.sha256], each) for each in found), None)

    def before(self, seq: int) -> "Ledger":
        """The ledger as it stood before line `seq` was added."""
        return Ledger(self.lines[: seq - 1], self.leaves[: seq - 1])

    def proof(self) -> LedgerProof | None:
        """What the next pack says of this ledger: its checkpoint, its last line's place, and that it was only added to.

        The tree is shown to continue the one that the last pack itself printed, which held one line less.
        """
        size = len(self.leaves)
        if not size:
            return None
        earlier = self.leaves[:-1]
        return LedgerProof(
            size=size,
            root=self.root,
            index=size - 1,
            leaf=self.head,
            inclusion=_hex(merkle.inclusion_proof(size - 1, self.leaves)),
            earlier_size=len(earlier),
            earlier_root=merkle.root(earlier).hex() if earlier else "",
            consistency=_hex(merkle.consistency_proof(len(earlier), self.leaves)),
        )


def _hex(hashes: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(value.hex() for value in hashes)
