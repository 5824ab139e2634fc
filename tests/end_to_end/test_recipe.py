"""The recipe for pipelines, run as a pipeline would: two clones of one origin, a demo authority, no network."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.adapters.demo_ca import default_folder, demo_authority
from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import write_demo

ROOT = Path(__file__).resolve().parents[2]
PACK = "pck-board-2026-11"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare origin with the sample bank, and the publisher's settings."""
    place = tmp_path_factory.mktemp("pipeline")
    bank = place / "bank"
    write_demo(PackagedSample(), GitRepositories(), str(bank))
    git(place, "clone", "-q", "--bare", str(bank), str(place / "origin.git"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(place / "state"))
        roots = demo_authority(default_folder(), lambda: datetime.now(tz=UTC)).roots()
    (place / "roots.pem").write_bytes(roots)
    (place / "publish.toml").write_text(
        '[store]\nname = "branch:evidence"\n[trust]\nroots = "roots.pem"\nstamp_roots = "roots.pem"\n'
        '[[sealer]]\ncommon_name = "Roadmap portal DEMO seal"\nprofile = "demo"\n',
        encoding="ascii",
    )
    return place


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Pipeline", "-c", "user.email=pipeline@northmere.example"]
    run = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def clone(place: Path, name: str) -> Path:
    git(place, "clone", "-q", str(place / "origin.git"), str(place / name))
    return place / name


def recipe(place: Path, checkout: Path, script: str, *arguments: str, secret: bool) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(place),
        "XDG_STATE_HOME": str(place / "state"),
        "LC_ALL": "C.UTF-8",
        **({"ROADMAP_CONFIG": str(place / "publish.toml")} if secret else {}),
    }
    command = ["/bin/sh", str(ROOT / "ci" / script), *arguments]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def issues(place: Path) -> int:
    ledger = git(place / "origin.git", "cat-file", "blob", "evidence:ledger.jsonl")
    return len(ledger.splitlines())


def test_publishing_issues_a_pack_once_and_again_when_content_changed(place: Path) -> None:
    first = clone(place, "first")
    run = recipe(place, first, "publish.sh", str(place / "site"), PACK, secret=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "PASSED" in run.stdout
    assert (issues(place), (place / "site" / "index.html").is_file()) == (1, True)

    again = recipe(place, clone(place, "second"), "publish.sh", str(place / "site"), PACK, secret=True)
    assert again.returncode == 0, again.stdout + again.stderr
    assert issues(place) == 1

    changed = clone(place, "third")
    note = changed / "content" / "registers" / "risks.yaml"
    note.write_text(note.read_text(encoding="utf-8").rstrip("\n") + "\n# looked at again\n", encoding="utf-8")
    git(changed, "commit", "-q", "-a", "-m", "risks: look again")
    git(changed, "push", "-q", "origin", "HEAD")
    run = recipe(place, changed, "publish.sh", str(place / "site"), PACK, secret=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert issues(place) == 2


def test_a_proposal_is_judged_without_secrets(place: Path) -> None:
    checkout = clone(place, "proposal")
    run = recipe(place, checkout, "check.sh", "HEAD~1", str(place / "proposal-out"), secret=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (place / "proposal-out" / "comment.md").read_text(encoding="utf-8").strip()
    assert (place / "proposal-out" / "site" / "index.html").is_file()


def test_a_proposal_with_the_publishers_settings_is_refused(place: Path) -> None:
    run = recipe(place, place / "bank", "check.sh", "HEAD~1", str(place / "out"), secret=True)
    assert (run.returncode, "ROADMAP_CONFIG is set" in run.stderr) == (2, True)


def test_publishing_without_settings_is_refused(place: Path) -> None:
    run = recipe(place, place / "bank", "publish.sh", str(place / "out"), secret=False)
    assert (run.returncode != 0, "ROADMAP_CONFIG" in run.stderr) == (True, True)
