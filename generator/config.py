"""Settings of publishing: where packs are kept, who seals, who stamps, who is trusted.

They come from `publish.toml`, named by --config or ROADMAP_CONFIG, outside the reviewed tree, so that no pull request
chooses who is trusted. Passwords are never in it: it names an environment variable or a file descriptor.

    [store]
    name = "branch:evidence"            # or a folder
    [trust]
    roots = "roots.pem"                 # of seals and approvals; relative to publish.toml
    stamp_roots = "stamp-roots.pem"     # of time-stamps; or each [[tsa]] names its own
    branch = "main"                     # a pack's commit must lie in its history
    [[sealer]]                          # who may seal: a chain to a root does not say whose seal it is
    common_name = "Northmere Bank evidence seal"
    organisation = "Northmere Bank"
    spki_sha256 = "0f…"                 # of the certificate's public key, or of an authority's above it
    profile = "production"              # the default
    [signer]
    kind = "pkcs12"                     # pem: key, certificate, chain - pkcs12: file - pkcs11: library, token, label
    file = "seal.p12"
    password_env = "SEAL_PASSWORD"      # or password_fd = 3
    level = "B-T"                       # or B-LTA: fetches revocation data on the day of sealing
    [[tsa]]
    url = "https://stamp.example/tsa"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.errors import ConfigError
from generator.evidence.trust import Sealer

DEFAULT_STORE = ".roadmap"
DEFAULT_BRANCH = "branch:evidence"

_SECTIONS = {
    "store": {"name"},
    "trust": {"roots", "stamp_roots", "branch"},
    "sealer": {"common_name", "organisation", "spki_sha256", "profile"},
    "signer": {
        "kind", "key", "certificate", "chain", "file", "library", "token", "label", "raw_ecdsa", "password_env",
        "password_fd", "level",
    },
    "tsa": {"url", "roots"},
}  # fmt: skip
_NEEDED = {"pem": ("key", "certificate"), "pkcs12": ("file",), "pkcs11": ("library", "token", "label")}
_LEVELS = ("B-T", "B-LTA")


@dataclass(frozen=True, slots=True)
class AuthoritySettings:
    """One time-stamp authority: its address and the file of its roots (empty: [trust] stamp_roots)."""

    url: str
    roots: str = ""


@dataclass(frozen=True, slots=True)
class SignerSettings:
    """The key that seals: in PEM files, in one PKCS#12 file or in a PKCS#11 token."""

    kind: str
    key: str = ""
    certificate: str = ""
    chain: str = ""
    file: str = ""
    library: str = ""
    token: str = ""
    label: str = ""
    raw_ecdsa: bool = False  # SoftHSM 2.6 signs ECDSA over a digest only
    password_env: str = ""
    password_fd: int = -1
    level: str = "B-T"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `place` is the file they came from, empty for the defaults."""

    place: str = ""
    store: str = DEFAULT_STORE
    roots: str = ""
    stamp_roots: str = ""
    sealers: tuple[Sealer, ...] = ()
    branch: str = "HEAD"
    signer: SignerSettings | None = None
    authorities: tuple[AuthoritySettings, ...] = ()


def parsed_settings(data: bytes, place: str) -> Settings:
    """The settings that a publish.toml holds. Raises ConfigError with every fault and the key it stands at."""
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{place}: not TOML: {error}", remedy="mend the file") from error
    if faults := _faults(document):
        raise ConfigError("; ".join(f"{place}: {fault}" for fault in faults), remedy="mend the settings named")
    trust, signer = document.get("trust", {}), document.get("signer")
    return Settings(
        place=place,
        store=document.get("store", {}).get("name", DEFAULT_STORE),
        roots=trust.get("roots", ""),
        stamp_roots=trust.get("stamp_roots", ""),
        sealers=tuple(Sealer(**{"profile": "production", **each}) for each in document.get("sealer", ())),
        branch=trust.get("branch", "HEAD"),
        signer=SignerSettings(**signer) if signer else None,
        authorities=tuple(AuthoritySettings(**each) for each in document.get("tsa", ())),
    )


def _faults(document: Mapping[str, Any]) -> list[str]:
    found = _strange("", document, set(_SECTIONS))
    for name in ("store", "trust", "signer"):
        if name in document:
            found += _section_faults(name, document[name])
    for name in ("sealer", "tsa"):
        tables = document.get(name, [])
        if not isinstance(tables, list):
            return [*found, f"{name}: expected [[{name}]] tables"]
        for number, each in enumerate(tables, start=1):
            found += _section_faults(name, each, f"{name} {number}")
    found += _sealer_faults(document.get("sealer", []))
    return found + _signer_faults(document) + _authority_faults(document.get("tsa", []))


def _section_faults(section: str, values: Any, shown: str = "") -> list[str]:
    shown = shown or section
    if not isinstance(values, dict):
        return [f"{shown}: expected a table"]
    found = _strange(f"{shown}.", values, _SECTIONS[section])
    for name in sorted(values.keys() & _SECTIONS[section]):
        expected = {"raw_ecdsa": bool, "password_fd": int}.get(name, str)
        if type(values[name]) is not expected:
            word = {bool: "true or false", int: "a number", str: "text"}[expected]
            found.append(f"{shown}.{name}: expected {word}, found {values[name]!r}")
    return found


def _signer_faults(document: Mapping[str, Any]) -> list[str]:
    signer = document.get("signer")
    if not isinstance(signer, dict):
        return []
    kind = signer.get("kind")
    if not isinstance(kind, str) or kind not in _NEEDED:
        return [f"signer.kind: expected one of {', '.join(_NEEDED)}, found {kind!r}"]
    found = [
        f"signer.{name}: missing; a signer of kind {kind} needs it" for name in _NEEDED[kind] if name not in signer
    ]
    if signer.get("level", "B-T") not in _LEVELS:
        found.append(f"signer.level: expected B-T or B-LTA, found {signer['level']!r}")
    if "password_env" in signer and "password_fd" in signer:
        found.append("signer.password_env and signer.password_fd: only one of the two")
    return found + _signer_trust_faults(document)


def _signer_trust_faults(document: Mapping[str, Any]) -> list[str]:
    trust = document["trust"] if isinstance(document.get("trust"), dict) else {}
    authorities = [each for each in document.get("tsa", []) if isinstance(each, dict)]
    found = []
    if not authorities:
        found.append("tsa: a signer needs at least one [[tsa]]")
    if not trust.get("roots"):
        found.append("trust.roots: missing; a seal is judged under it before it is issued")
    if authorities and not trust.get("stamp_roots") and not all(each.get("roots") for each in authorities):
        found.append("trust.stamp_roots: missing; a [[tsa]] without roots of its own needs it")
    if not document.get("sealer"):
        found.append("sealer: missing; a signer needs at least one [[sealer]], which names its certificate")
    return found


def _sealer_faults(sealers: list[Any]) -> list[str]:
    found = []
    for number, each in enumerate(each for each in sealers if isinstance(each, dict)):
        shown = f"sealer {number + 1}"
        if not any(each.get(name) for name in ("common_name", "organisation", "spki_sha256")):
            found.append(f"{shown}: expected common_name, organisation or spki_sha256")
        if each.get("spki_sha256") and not re.fullmatch(r"[0-9a-f]{64}", str(each["spki_sha256"])):
            found.append(f"{shown}.spki_sha256: expected 64 hexadecimal digits, found {each['spki_sha256']!r}")
        if each.get("profile", "production") not in ("demo", "production"):
            found.append(f"{shown}.profile: expected demo or production, found {each['profile']!r}")
    return found


def _authority_faults(authorities: list[Any]) -> list[str]:
    return [
        f"tsa {number}.url: expected an http or https address, found {each.get('url')!r}"
        for number, each in enumerate(authorities, start=1)
        if isinstance(each, dict) and not str(each.get("url", "")).startswith(("http://", "https://"))
    ]


def _strange(prefix: str, values: Mapping[str, Any], known: set[str]) -> list[str]:
    found = []
    for name in sorted(values.keys() - known):
        close = get_close_matches(name, known, n=1)
        found.append(f"{prefix}{name}: unknown" + (f"; did you mean {close[0]}?" if close else ""))
    return found
