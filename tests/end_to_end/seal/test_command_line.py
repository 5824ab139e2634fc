"""`roadmap seal` and `roadmap verify` as a person calls them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from generator import bootstrap
from generator.adapters.demo_ca import DemoAuthority
from generator.cli import main
from tests.end_to_end.seal.conftest import Bench

OWN_LEDGER = "note: step 8 reads the repository's own ledger; --store names one that you kept yourself\n"


@pytest.fixture
def at_home(tmp_path: Path, fresh_bench: Bench, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the bench's repository, a base pack of it and a state folder; packs are printed by the bench."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(keys, tmp_path / "state" / "roadmap-portal" / "demo-authority")
    monkeypatch.setattr(bootstrap, "print_pack", lambda _, request: fresh_bench.printed(request))
    monkeypatch.setattr(bootstrap, "expected_pack", lambda _, request: fresh_bench.expected(request))
    monkeypatch.chdir(tmp_path)
    base = fresh_bench.printed(fresh_bench.request())
    (tmp_path / "base.pdf").write_bytes(base)
    return tmp_path


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_pack_is_sealed_issued_and_verified(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    assert code == 0
    assert "pck-sample as of 2026-11-20, issued as line 1 of the ledger" in out
    assert (at_home / "repository" / ".roadmap" / "ledger.jsonl").is_file()
    code, out, err = _run(capsys, "verify", "pack.pdf", "--repo", "repository", "--trust", "demo")
    assert (code, out.splitlines()[-1], err) == (0, "PASSED", OWN_LEDGER)
    assert [line[:2] for line in out.splitlines()[:8]] == [f"{number}." for number in range(1, 9)]


def test_sealing_again_is_told(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    first = (at_home / "pack.pdf").read_bytes()
    code, out, _ = _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    assert (code, "issued before as line 1" in out) == (0, True)
    assert (at_home / "pack.pdf").read_bytes() == first


@pytest.mark.usefixtures("at_home")
def test_the_evidence_branch_is_found_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf", "--store", "branch:evidence")
    code, out, _ = _run(capsys, "verify", "pack.pdf", "--repo", "repository", "--trust", "demo")
    assert (code, out.splitlines()[-1]) == (0, "PASSED")


def test_a_flipped_byte_fails_with_its_reasons(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    data = bytearray((at_home / "pack.pdf").read_bytes())
    data[5000] ^= 1
    (at_home / "copy.pdf").write_bytes(data)
    code, out, _ = _run(capsys, "verify", "copy.pdf", "--repo", "repository", "--trust", "demo")
    assert code == 1
    assert out.splitlines()[-1].startswith("FAILED ")
    assert "8. ledger: FAILED NOT_ISSUED" in out


@pytest.mark.usefixtures("at_home")
def test_without_means_the_verdict_is_open_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    code, out, err = _run(capsys, "verify", "pack.pdf")
    assert (code, out.splitlines()[-1], err) == (3, "INDETERMINATE NO_ROOTS", "reason: NO_ROOTS\n")


@pytest.mark.parametrize(
    ("given", "code", "last"),
    [
        (("--sealer", "Roadmap portal DEMO seal"), 0, "PASSED"),
        (("--sealer", "Another seal"), 1, "FAILED WRONG_SEALER"),
        (("--sealer", "sha256:" + "0" * 64, "--sealer", "Roadmap portal DEMO seal"), 0, "PASSED"),
        ((), 3, "INDETERMINATE NO_SEALER"),
    ],
)
def test_who_may_seal_is_named_on_the_command_line(
    at_home: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], code: int, last: str
) -> None:
    root = str(at_home / "state" / "roadmap-portal" / "demo-authority" / "root.pem")
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    trust = ("--roots", root, "--stamp-roots", root, *given)
    found, out, _ = _run(capsys, "verify", "pack.pdf", "--repo", "repository", *trust)
    assert (found, out.splitlines()[-1]) == (code, last), out


@pytest.mark.usefixtures("at_home")
def test_the_verdict_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    _, out, _ = _run(capsys, "verify", "pack.pdf", "--repo", "repository", "--trust", "demo", "--json")
    verdict = json.loads(out)
    assert (verdict["verdict"], verdict["reason"], len(verdict["steps"])) == ("PASSED", "", 8)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["verify", "missing.pdf"], 3, "reason: NOT_FOUND"),
        (["verify", "base.pdf", "--rebuild"], 2, "--rebuild needs --repo"),
        (["verify", "base.pdf", "--config", "missing.toml"], 3, "reason: NOT_FOUND"),
        (["verify", "base.pdf", "--trust", "demo", "--keys", "nowhere"], 3, "reason: KEY"),
        (["verify", "base.pdf", "--roots", "base.pdf"], 2, "holds no certificates in PEM"),
        (["verify", "base.pdf", "--sealer", "sha256:12"], 2, "expected 64 hexadecimal digits after sha256:"),
        (["seal", "missing.pdf"], 3, "reason: NOT_FOUND"),
    ],
)
@pytest.mark.usefixtures("at_home")
def test_what_cannot_be_done_is_one_line_and_a_reason(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    found, _, err = _run(capsys, *arguments)
    assert (found, message in err, "Traceback" in err) == (code, True, False), err


_SEALER = '[[sealer]]\ncommon_name = "Roadmap portal DEMO seal"\n'


def _publish(folder: Path, authority: DemoAuthority, signer: str) -> Path:
    (folder / "roots.pem").write_bytes(authority.roots())
    place = folder / "publish.toml"
    text = f'[trust]\nroots = "roots.pem"\nstamp_roots = "roots.pem"\n{_SEALER}[signer]\n{signer}\n[[tsa]]\nurl = "http://127.0.0.1:9/"\n'
    place.write_text(text, "utf-8")
    return place


def _pem(folder: Path, authority: DemoAuthority, password: bytes = b"canary-password-7f3a") -> None:
    encryption = serialization.BestAvailableEncryption(password)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "seal.key").write_bytes(authority.seal.key.private_bytes(*form, encryption))
    (folder / "seal.pem").write_bytes(authority.seal.certificate.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "the environment has no SEAL_PASSWORD"),
        ({"SEAL_PASSWORD": "wrong"}, "the password is wrong, or it is no key"),
        ({"SEAL_PASSWORD": "canary-password-7f3a"}, "seal.profile is demo, the key is of profile production"),
        (
            {"SEAL_PASSWORD": "canary-password-7f3a", "GITHUB_EVENT_NAME": "pull_request"},
            "GITHUB_EVENT_NAME says that this is a pull request",
        ),
    ],
)
def test_a_production_key_opens_only_as_it_should(
    at_home: Path,
    authority: DemoAuthority,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    message: str,
) -> None:
    for name in ("GITHUB_EVENT_NAME", "SEAL_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _pem(at_home, authority)
    settings = 'kind = "pem"\nkey = "seal.key"\ncertificate = "seal.pem"\npassword_env = "SEAL_PASSWORD"'
    config = _publish(at_home, authority, settings)
    command = [sys.executable, "-m", "generator", "-C", "repository", "seal", "base.pdf", "--config", str(config)]
    done = subprocess.run(command, cwd=at_home, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert message in done.stderr
    assert "canary-password" not in done.stdout + done.stderr


def test_a_production_pack_is_sealed_from_pkcs12_over_http(
    at_home: Path, fresh_bench: Bench, authority: DemoAuthority, capsys: pytest.CaptureFixture[str], pkcs12_config: Any
) -> None:
    base = fresh_bench.printed(fresh_bench.request(profile="production"))
    (at_home / "base.pdf").write_bytes(base)
    code, _, err = _run(capsys, "-C", "repository", "seal", "base.pdf", "--config", str(pkcs12_config(at_home)))
    # The certificate is the demo authority's: everything works but the policy, which reads the word DEMO.
    assert (code, "PROFILE_MISMATCH" in err) == (3, True), err
    assert authority.roots()


@pytest.fixture
def pkcs12_config(authority: DemoAuthority, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes a publish.toml with a PKCS#12 file; its time-stamps come from the demo authority in this process."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    from generator.adapters import production
    from generator.adapters.timestamp import DemoStampAuthority
    from tests.end_to_end.seal.conftest import now

    def write(folder: Path) -> Path:
        sealed = pkcs12.serialize_key_and_certificates(
            b"seal",
            authority.seal.key,
            authority.seal.certificate,
            [authority.root.certificate],
            serialization.BestAvailableEncryption(b"pw"),
        )
        (folder / "seal.p12").write_bytes(sealed)
        monkeypatch.setenv("SEAL_PASSWORD", "pw")
        monkeypatch.setattr(production, "HttpAuthority", lambda _: DemoStampAuthority(authority, now))
        return _publish(folder, authority, 'kind = "pkcs12"\nfile = "seal.p12"\npassword_env = "SEAL_PASSWORD"')

    return write


@pytest.mark.usefixtures("at_home")
def test_a_repository_without_a_generator_cannot_rebuild_itself(capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "-C", "repository", "seal", "base.pdf", "-o", "pack.pdf")
    code, out, err = _run(capsys, "verify", "pack.pdf", "--repo", "repository", "--trust", "demo", "--rebuild")
    assert (code, err) == (3, f"{OWN_LEDGER}reason: NO_GENERATOR\n"), out


@pytest.mark.parametrize(("command", "words"), [("seal", "Seal the base pack"), ("verify", "eight numbered steps")])
def test_help_says_what_it_does(capsys: pytest.CaptureFixture[str], command: str, words: str) -> None:
    code, out, _ = _run(capsys, command, "--help")
    assert (code, words in out, "Examples:" in out) == (0, True, True)
