import hashlib
import json
from dataclasses import replace

import pytest

from generator.errors import VerificationError
from generator.evidence import merkle
from generator.evidence.ledger import GENESIS, Ledger, LedgerLine
from generator.evidence.manifest import Manifest
from generator.evidence.request import PackRequest
from tests.unit.evidence.makers import ledger, line, manifest, request


def _data(made: Ledger) -> bytes:
    return b"".join(each.to_bytes() + b"\n" for each in made.lines)


def test_a_line_is_read_back_as_it_was_written() -> None:
    written = line(Ledger())
    assert LedgerLine.from_bytes(written.to_bytes()) == written


def test_a_line_has_the_names_that_are_fixed_for_ever() -> None:
    assert list(json.loads(line(Ledger()).to_bytes())) == [
        "approvals_root", "asof", "commit", "generator", "inputs", "issued_at", "pack", "prev", "records", "seq",
        "signed_sha256", "tree", "unsigned_sha256", "v",
    ]  # fmt: skip


def test_the_chain_can_be_followed_with_sha256_alone() -> None:
    made = ledger("pck-a", "pck-b")
    first = made.lines[0].to_bytes()
    assert made.lines[0].prev == GENESIS
    assert made.lines[1].prev == hashlib.sha256(b"\0" + first).hexdigest()


def test_a_line_changed_later_breaks_the_ledger() -> None:
    made = ledger("pck-a", "pck-b", "pck-c")
    data = _data(made).replace(b'"pack":"pck-a"', b'"pack":"pck-z"')
    with pytest.raises(VerificationError, match="line 2: it does not follow line 1") as caught:
        Ledger.parse(data)
    assert caught.value.reason == "LEDGER_BROKEN"


def test_a_line_taken_out_breaks_the_ledger() -> None:
    lines = _data(ledger("pck-a", "pck-b", "pck-c")).splitlines(keepends=True)
    with pytest.raises(VerificationError, match="line 2: its seq is 3"):
        Ledger.parse(lines[0] + lines[2])


def test_a_line_cut_off_breaks_the_ledger() -> None:
    with pytest.raises(VerificationError, match="the last line has no end"):
        Ledger.parse(_data(ledger("pck-a"))[:-1])


def test_a_name_more_or_less_is_refused() -> None:
    with pytest.raises(VerificationError, match="tree, trex: expected exactly these names"):
        LedgerLine.from_bytes(line(Ledger()).to_bytes().replace(b'"tree"', b'"trex"'))


@pytest.mark.parametrize("size", range(1, 9))
def test_what_a_pack_says_of_the_ledger_holds(size: int) -> None:
    proof = ledger(*(f"pck-{number}" for number in range(size))).proof()
    assert proof is not None
    assert proof.holds()
    assert not replace(proof, leaf="8" * 64).holds()


def test_a_fork_is_not_proven_consistent() -> None:
    proof = ledger("pck-a", "pck-b", "pck-c").proof()
    other = ledger("pck-a", "pck-x").root
    assert proof is not None
    assert not replace(proof, earlier_root=other).holds()


def test_a_request_is_read_back_as_it_was_written() -> None:
    written = request(since="9" * 40, previous=ledger("pck-a", "pck-b").proof())
    assert PackRequest.from_bytes(written.to_bytes()) == written


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"profile":"demo"', b'"profile":"test"', "request.json: profile: expected demo or production"),
        (b'"as_of":"2026-11-20"', b'"as_of":"2026-13-20"', "request.json: as_of: expected a date"),
        (b'"commit":"1', b'"commit":"X', "request.json: commit: expected text like"),
        (b'"v":1', b'"v":2', "request.json: v: expected 1"),
        (b'"pango":"1.50.12"', b'"pango":1', "request.json: toolchain: expected text values"),
    ],
)
def test_a_wrong_request_is_refused_by_name(old: bytes, new: bytes, message: str) -> None:
    data = request().to_bytes()
    assert old in data
    with pytest.raises(VerificationError, match=message):
        PackRequest.from_bytes(data.replace(old, new))


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    assert Manifest.from_bytes(manifest().to_bytes()) == manifest()


def test_the_approvals_root_covers_the_sign_offs_only() -> None:
    source = manifest().sources[0]
    signed_off = replace(source, path="governance/sign-offs/sgn-2026-001.yaml")
    assert manifest().approvals_root() == merkle.EMPTY_ROOT.hex()
    assert manifest(sources=(source, signed_off)).approvals_root() == manifest(sources=(signed_off,)).approvals_root()
