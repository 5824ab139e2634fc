"""A certificate under a trusted root is not yet a seal, nor a time-stamp authority's."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from generator.adapters.demo_ca import Credential, DemoAuthority, demo_authority
from generator.adapters.inspection import PackInspector
from generator.adapters.signing import PadesSigner, demo_signer, simple_signer
from generator.adapters.store import FolderStore
from generator.commands.issue import issue
from generator.evidence.trust import Sealer, Trust
from generator.evidence.verdict import Outcome, Verdict
from tests.end_to_end.seal.conftest import Bench, certified, now

SEAL_NAME = "Roadmap portal DEMO seal"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    """An authority of another root, say the one of a time-stamp service."""
    return demo_authority(tmp_path_factory.mktemp("other") / "demo-authority", now)


def _sealing(authority: DemoAuthority, credential: Credential) -> PadesSigner:
    signer = simple_signer(credential.key, credential.certificate, [authority.root.certificate])
    return replace(demo_signer(authority, now), signer=signer, long_term=None)


def _verdict(bench: Bench, folder: Path, signer: PadesSigner, **changes: object) -> Verdict:
    """Sealed and issued by somebody who leaves our own check out, then verified under the bench's trust."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PadesSigner, "_judge", lambda *_: None)
        data = signer.seal(bench.printed(bench.request()))
    store = FolderStore(folder)
    issue(store, data, PackInspector().facts(data, bench.authority.trust()))
    return bench.verdict(data, ledger=store.ledger, **changes)


def _faults(verdict: Verdict) -> list[tuple[int, str]]:
    return [(step.number, step.reason) for step in verdict.steps if step.outcome is not Outcome.PASSED]


@pytest.mark.parametrize(
    ("name", "purposes", "reason"),
    [
        ("DEMO wiki", (), "WRONG_SEALER"),
        (f"{SEAL_NAME} ", (), "WRONG_SEALER"),
        (SEAL_NAME, (ExtendedKeyUsageOID.TIME_STAMPING,), "WRONG_PURPOSE"),
        (SEAL_NAME, (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.TIME_STAMPING), "WRONG_PURPOSE"),
        (SEAL_NAME, (ExtendedKeyUsageOID.SERVER_AUTH,), "WRONG_PURPOSE"),
        (SEAL_NAME, (ExtendedKeyUsageOID.EMAIL_PROTECTION,), ""),
        (SEAL_NAME, (), ""),
    ],
)
def test_not_every_certificate_under_the_root_may_seal(
    bench: Bench, tmp_path: Path, name: str, purposes: tuple[x509.ObjectIdentifier, ...], reason: str
) -> None:
    credential = certified(bench.authority, name, *purposes)
    verdict = _verdict(bench, tmp_path, _sealing(bench.authority, credential))
    assert _faults(verdict) == ([(3, reason)] if reason else []), list(verdict.lines())


def test_a_seal_under_the_root_of_time_stamps_is_untrusted(bench: Bench, tmp_path: Path, other: DemoAuthority) -> None:
    own = bench.authority.trust()
    trust = replace(own, stamps=own.stamps + other.roots(), sealers=(Sealer(common_name=SEAL_NAME),))
    verdict = _verdict(bench, tmp_path, replace(demo_signer(other, now), long_term=None), trust=trust)
    assert _faults(verdict) == [(3, "UNTRUSTED")], list(verdict.lines())


def test_a_time_stamp_under_the_root_of_seals_is_not_accepted(
    bench: Bench, tmp_path: Path, other: DemoAuthority
) -> None:
    trust = replace(bench.authority.trust(), stamps=other.roots())
    verdict = _verdict(bench, tmp_path, replace(bench.signer(), long_term=None), trust=trust)
    assert _faults(verdict) == [(4, "BAD_TIMESTAMP")], list(verdict.lines())
    assert "does not end in a given root of time-stamps (NOT_UNDER_ROOT)" in verdict.steps[3].detail


def test_two_authorities_in_their_own_pools_pass(bench: Bench, tmp_path: Path, other: DemoAuthority) -> None:
    trust = replace(bench.authority.trust(), stamps=other.roots())
    signer = replace(bench.signer(), long_term=None, authority=demo_signer(other, now).authority)
    verdict = _verdict(bench, tmp_path, signer, trust=trust)
    assert _faults(verdict) == [], list(verdict.lines())


def test_a_seal_certificate_cannot_stamp(bench: Bench, tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 3072)
    stamping = replace(bench.authority, stamp=certified(bench.authority, SEAL_NAME, key=key))
    authority = demo_signer(stamping, now).authority
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.adapters.timestamp.token_fault", lambda *_: None)
        signer = replace(bench.signer(), long_term=None, authority=authority)
        verdict = _verdict(bench, tmp_path, signer)
    assert (4, "BAD_TIMESTAMP") in _faults(verdict), list(verdict.lines())
    assert "not meant for time-stamps alone (WRONG_PURPOSE)" in verdict.steps[3].detail


def test_the_pin_is_the_verifiers_never_the_packs(bench: Bench, tmp_path: Path, other: DemoAuthority) -> None:
    # Whatever the pack brings along, another root with a certificate of the very same names is not the one named.
    trust = Trust(bench.authority.roots() + other.roots(), bench.authority.roots(), bench.authority.trust().sealers)
    signer = replace(demo_signer(other, now), long_term=None, authority=bench.signer().authority)
    verdict = _verdict(bench, tmp_path, signer, trust=trust)
    assert _faults(verdict) == [(3, "WRONG_SEALER")], list(verdict.lines())
