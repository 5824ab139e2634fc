import re

import pytest

from generator.config import AuthoritySettings, Settings, SignerSettings, parsed_settings
from generator.errors import ConfigError
from generator.evidence.trust import Sealer

GOOD = """
[store]
name = "branch:evidence"
[trust]
roots = "roots.pem"
stamp_roots = "stamp.pem"
branch = "main"
[[sealer]]
common_name = "Evidence seal"
[signer]
kind = "pkcs12"
file = "seal.p12"
password_env = "SEAL_PASSWORD"
[[tsa]]
url = "https://stamp.example/one"
[[tsa]]
url = "https://stamp.example/two"
roots = "two.pem"
"""


def test_all_settings_are_read() -> None:
    assert parsed_settings(GOOD.encode(), "publish.toml") == Settings(
        place="publish.toml",
        store="branch:evidence",
        roots="roots.pem",
        stamp_roots="stamp.pem",
        sealers=(Sealer("Evidence seal", profile="production"),),
        branch="main",
        signer=SignerSettings("pkcs12", file="seal.p12", password_env="SEAL_PASSWORD"),
        authorities=(
            AuthoritySettings("https://stamp.example/one"),
            AuthoritySettings("https://stamp.example/two", "two.pem"),
        ),
    )


def test_an_empty_file_gives_the_defaults() -> None:
    assert parsed_settings(b"", "publish.toml") == Settings(place="publish.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[store]", "[stor]", "publish.toml: stor: unknown; did you mean store?"),
        ('name = "branch', 'nam = "branch', "publish.toml: store.nam: unknown; did you mean name?"),
        ('"branch:evidence"', "7", "publish.toml: store.name: expected text, found 7"),
        ('"pkcs12"', '"pkcs13"', "publish.toml: signer.kind: expected one of pem, pkcs12, pkcs11, found 'pkcs13'"),
        ('file = "seal.p12"', "", "publish.toml: signer.file: missing; a signer of kind pkcs12 needs it"),
        ('file = "seal.p12"', 'file = "s"\nlevel = "B-X"', "signer.level: expected B-T or B-LTA, found 'B-X'"),
        ('file = "seal.p12"', 'file = "s"\npassword_fd = 3', "signer.password_env and signer.password_fd: only one"),
        ('file = "seal.p12"', 'file = "s"\npassword = "x"', "signer.password: unknown"),
        ('file = "seal.p12"', 'file = "s"\nraw_ecdsa = 1', "signer.raw_ecdsa: expected true or false, found 1"),
        ('stamp_roots = "stamp.pem"', "", "trust.stamp_roots: missing; a [[tsa]] without roots of its own needs it"),
        ('[[sealer]]\ncommon_name = "Evidence seal"', "", "publish.toml: sealer: missing; a signer needs at least one"),
        ('common_name = "Evidence seal"', "", "sealer 1: expected common_name, organisation or spki_sha256"),
        ('common_name = "Evid', 'spki_sha256 = "0F', "sealer 1.spki_sha256: expected 64 hexadecimal digits, found"),
        ('"Evidence seal"', '"x"\nprofile = "test"', "sealer 1.profile: expected demo or production, found 'test'"),
        ("[[sealer]]", "[sealer]", "publish.toml: sealer: expected [[sealer]] tables"),
        ('roots = "roots.pem"\nstamp', "stamp", "publish.toml: trust.roots: missing; a seal is judged under it"),
        ("https://stamp.example/one", "ftp://stamp.example", "tsa 1.url: expected an http or https address"),
        ("[store]", "[store", "publish.toml: not TOML"),
        ('kind = "pkcs12"', "kind = ['pkcs12']", "signer.kind: expected one of pem, pkcs12, pkcs11, found ['pkcs12']"),
        (GOOD, 'trust = "x"\n[signer]\nkind = "pem"\n', "publish.toml: trust: expected a table"),
        (GOOD, 'tsa = ["x"]\n[signer]\nkind = "pem"\n', "publish.toml: tsa 1: expected a table"),
    ],
)
def test_a_fault_is_named_with_its_key(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError, match=re.escape(message)):
        parsed_settings(GOOD.replace(old, new, 1).encode(), "publish.toml")


def test_every_fault_is_told_at_once() -> None:
    data = GOOD.replace("[store]", "[stor]").replace('"pkcs12"', '"x"').replace("https://stamp.example/two", "two")
    with pytest.raises(ConfigError) as caught:
        parsed_settings(data.encode(), "publish.toml")
    assert caught.value.message.count("publish.toml: ") == 3
    assert caught.value.exit_code == 2


def test_a_signer_needs_an_authority() -> None:
    data = GOOD[: GOOD.index("[[tsa]]")]
    with pytest.raises(ConfigError, match="a signer needs at least one"):
        parsed_settings(data.encode(), "publish.toml")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ConfigError, match="not TOML"):
        parsed_settings(b"\xff", "publish.toml")
