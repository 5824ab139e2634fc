"""Signed commits: whether they are signed, and by a key that was listed then."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.adapters.git import GitHistory
from generator.adapters.signatures import judged
from generator.cli import main
from tests.repositories import Spec, git, written

pytestmark = pytest.mark.outside
Keys = Callable[[str], tuple[Path, str]]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """Throw-away SSH keys: the private key's file and the fingerprint."""

    def make(name: str) -> tuple[Path, str]:
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
        told = subprocess.run(["ssh-keygen", "-lf", str(path)], capture_output=True, text=True, check=True).stdout
        return path, told.split()[1]

    return make


def _repository(folder: Path, fingerprint: str) -> None:
    seat = (
        "- id: sea-cro\n  title: Chief Risk Officer\n  function: risk\n  holders:\n"
        f'    - {{holder: hr-1, from: 2025-01-01, to: 2026-06-30, keys: ["{fingerprint}"]}}\n'
    )
    written(folder, [Spec({"governance/seats.yaml": seat.encode()})], checkout=True)


def _commit(folder: Path, key: Path, title: str, day: str) -> str:
    note = folder / "content" / "notes" / "nte-a.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text(f"---\nid: nte-a\ntitle: {title}\ntopic: method\n---\n")
    git(folder, "add", ".")
    signing = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit", "-q", "-S", "-m", title]
    git(folder, *signing, GIT_COMMITTER_DATE=f"{day}T10:00:00Z", GIT_AUTHOR_DATE=f"{day}T10:00:00Z")
    return git(folder, "rev-parse", "HEAD").decode().strip()


def test_history_says_whose_key_signed(tmp_path: Path, keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    listed, fingerprint = keys("listed")
    stranger, _ = keys("stranger")
    folder = tmp_path / "bank"
    _repository(folder, fingerprint)
    _commit(folder, listed, "One", "2026-03-01")
    _commit(folder, stranger, "Two", "2026-04-01")
    _commit(folder, listed, "Three", "2026-08-01")
    assert main(["-C", str(folder), "history", "nte-a"]) == 0
    words = re.findall(r"signed by (a key [a-z \-]+?) \(SHA256", capsys.readouterr().out)
    assert words == ["a key that no seat listed then", "a key that no seat listed then", "a key of sea-cro"]


def test_a_signature_moved_to_another_commit_is_bad(tmp_path: Path, keys: Keys) -> None:
    key, fingerprint = keys("listed")
    folder = tmp_path / "bank"
    _repository(folder, fingerprint)
    commit = _commit(folder, key, "One", "2026-03-01")
    raw = git(folder, "cat-file", "commit", commit)
    forged = raw.replace(b"\n\nOne", b"\n\nAnother")
    other = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", data=forged).decode().strip()
    found = GitHistory(str(folder)).signatures([commit, other])
    assert (found[commit].state, found[commit].key, found[other].state) == ("good", fingerprint, "bad")


def test_an_unsigned_commit_is_not_signed(tmp_path: Path, keys: Keys) -> None:
    folder = tmp_path / "bank"
    _repository(folder, keys("listed")[1])
    head = GitHistory(str(folder)).resolve("HEAD")
    assert GitHistory(str(folder)).signatures([head])[head].state == "none"


@pytest.mark.parametrize(
    ("signature", "state"),
    [
        (b"-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n", "unknown"),
        (b"-----BEGIN SSH SIGNATURE-----\nrubbish\n-----END SSH SIGNATURE-----\n", "bad"),
        (b"", "unknown"),
    ],
)
def test_what_cannot_be_judged_is_never_good(signature: bytes, state: str) -> None:
    assert judged(b"data", signature, "git").state == state


SIGN_OFF = (
    "id: sgn-2026-001\nsubject: nte-a\ndigest: sha256:" + "0" * 64 + "\n"
    "decision: dec-2026-001\nseat: sea-cro\non: {on}\n"
)


@pytest.mark.parametrize(
    "case",
    [
        ("listed", "2026-03-01", ""),
        ("listed", "2026-08-01", "sea-cro did not list on 2026-08-01"),
        ("stranger", "2026-03-01", "sea-cro did not list on 2026-03-01"),
        ("forger", "2026-03-01", "its signature is not of these bytes"),
    ],
)
def test_a_detached_signature_needs_a_key_that_was_listed_then(
    tmp_path: Path, keys: Keys, capsys: pytest.CaptureFixture[str], case: tuple[str, str, str]
) -> None:
    signer, on, told = case
    made = {name: keys(name) for name in ("listed", "stranger", "forger")}
    folder = tmp_path / "bank"
    _repository(folder, made["listed"][1])
    path = folder / "content" / "governance" / "sign-offs" / "sgn-2026-001.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SIGN_OFF.format(on=on))
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(made[signer][0]), "-n", "roadmap-sign-off", str(path)]
    subprocess.run(sign, check=True, capture_output=True)
    if signer == "forger":
        path.write_text(SIGN_OFF.format(on=on) + "notes: added later\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "signed")
    main(["-C", str(folder), "check"])
    found = [line for line in capsys.readouterr().out.splitlines() if "SGN006" in line]
    assert len(found) == bool(told)
    assert all(told in line for line in found)


def test_a_signature_of_another_namespace_is_bad(tmp_path: Path, keys: Keys) -> None:
    key, fingerprint = keys("listed")
    text = tmp_path / "sgn.yaml"
    text.write_text("id: sgn-2026-001\n")
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", "roadmap-sign-off", str(text)]
    subprocess.run(sign, check=True, capture_output=True)
    signature = Path(f"{text}.sig").read_bytes()
    assert judged(text.read_bytes(), signature, "roadmap-sign-off").key == fingerprint
    assert judged(text.read_bytes(), signature, "git").state == "bad"
    assert judged(text.read_bytes() + b"x", signature, "roadmap-sign-off").state == "bad"
