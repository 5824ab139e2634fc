"""SIGKILL at any moment: what stood there or the whole new thing, never a half; the next run clears up."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.end_to_end.programme import PACK, ROOT, Person, beside, commit, programme, standing
from tests.search import Wanted, rounds

WRITER = """\
import sys
from generator.adapters.files import DiskFiles
print("ready", flush=True)
while True:
    for letter in b"ab":
        DiskFiles().write(sys.argv[1], bytes([letter]) * 300_000)
"""


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Somebody who has all that is needed, keys and caches too."""
    return Person(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small programme in git."""
    return programme(tmp_path_factory.mktemp("kills") / "bank")


@dataclass(frozen=True)
class Job:
    """A command and the seconds it takes when nobody kills it."""

    person: Person
    arguments: tuple[str | Path, ...]
    seconds: float

    def killed(self, chance: Random) -> None:
        """Begin it and kill it at any moment, sometimes just after its end."""
        running = self.person.started(*self.arguments)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=self.seconds * chance.uniform(0.2, 1.1))
        running.kill()
        running.communicate()


def timed(person: Person, *arguments: str | Path) -> Job:
    """The job after one run of it, which has to succeed."""
    begun = time.monotonic()
    done = person.roadmap(*arguments)
    assert done.code == 0, done.err
    return Job(person, arguments, time.monotonic() - begun)


def test_publish(person: Person, bank: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    assert person.roadmap("-C", bank, "publish", old).code == 0
    changed = tmp_path / "bank"
    shutil.copytree(bank, changed)
    with (changed / "content" / "principles.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: pri-newer, title: Newer, statement: There is a newer principle}\n")
    commit(changed, "principles: one more")
    target = tmp_path / "out" / "site"
    job = timed(person, "-C", changed, "publish", target)
    states = (standing(old), standing(target))
    assert states[0] != states[1]
    for number, chance in rounds(Wanted("kills of publish: the old site or the new one", 3, 40)):
        shutil.rmtree(target)
        shutil.copytree(old, target)
        job.killed(chance)
        assert standing(target) in states, number
    assert person.roadmap(*job.arguments).code == 0
    assert (standing(target), beside(target)) == (states[1], ["site"])


def test_pack(person: Person, bank: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "pack.pdf"
    job = timed(person, "-C", bank, "pack", PACK, "--output", target)
    new = target.read_bytes()
    for number, chance in rounds(Wanted("kills of pack: the old file or the new one", 3, 40)):
        target.write_bytes(b"old")
        job.killed(chance)
        assert target.read_bytes() in (b"old", new), number
    assert person.roadmap(*job.arguments).code == 0
    assert (target.read_bytes(), beside(target)) == (new, ["pack.pdf"])


def test_seal(person: Person, bank: Path, tmp_path: Path) -> None:
    base, target, store = tmp_path / "base.pdf", tmp_path / "out" / "sealed.pdf", tmp_path / "store"
    assert person.roadmap("-C", bank, "pack", PACK, "--output", base).code == 0
    job = timed(person, "-C", bank, "seal", base, "-o", target, "--store", store)
    shutil.rmtree(store)
    for number, chance in rounds(Wanted("kills of seal: file and ledger agree", 3, 40)):
        target.write_bytes(b"old")
        if chance.random() < 0.7:
            shutil.rmtree(store, ignore_errors=True)
        job.killed(chance)
        issued = _issued(store)
        assert target.read_bytes() == b"old" or hashlib.sha256(target.read_bytes()).hexdigest() in issued, number
    assert person.roadmap(*job.arguments).code == 0
    assert beside(target) == ["sealed.pdf"]
    assert [path for path in store.rglob(".*") if path.name != ".lock"] == []
    assert hashlib.sha256(target.read_bytes()).hexdigest() in _issued(store)


def _issued(store: Path) -> list[str]:
    """The digests in the ledger, after a look that each line is whole and its file is there."""
    ledger = store / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines() if ledger.exists() else []
    found = [str(json.loads(line)["signed_sha256"]) for line in lines]
    for sha256 in found:
        assert hashlib.sha256((store / "packs" / f"{sha256}.pdf").read_bytes()).hexdigest() == sha256
    return found


def test_fmt(person: Person, bank: Path, tmp_path: Path) -> None:
    place = tmp_path / "bank"
    shutil.copytree(bank, place)
    content = place / "content"
    messy = _messy(standing(content))
    _put(content, messy)
    job = timed(person, "-C", place, "fmt")
    tidy = standing(content)
    rewritten = [path for path in messy if messy[path] != tidy[path]]
    assert len(rewritten) > 5
    for number, chance in rounds(Wanted("kills of fmt: each file as before or formatted", 3, 60)):
        _put(content, messy)
        job.killed(chance)
        found = standing(content)
        assert [path for path in messy if found[path] not in (messy[path], tidy[path])] == [], number
    _put(content, messy)
    assert person.roadmap(*job.arguments).code == 0
    assert standing(content) == tidy


def _messy(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same sources with blank lines that formatting takes away."""
    return {path: data + b"\n\n" if path.endswith(".yaml") else data for path, data in files.items()}


def _put(content: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (content / path).write_bytes(data)


def test_a_single_file(tmp_path: Path) -> None:
    target = tmp_path / "file"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    most = 0
    for number, chance in rounds(Wanted("kills of a single write: one whole text or the other", 5, 400)):
        running = subprocess.Popen([sys.executable, "-c", WRITER, target], env=environment, stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        running.kill()
        running.communicate()
        assert not target.exists() or target.read_bytes() in (b"a" * 300_000, b"b" * 300_000), number
        most = max(most, len(beside(target)))
        assert most <= 2, beside(target)  # the one part that this kill left: the run before has cleared its own
    assert most <= 2
