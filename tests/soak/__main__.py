"""Run for longer than a test run may take: `python -m tests.soak [MINUTES] [--record] [--seed N]` (20 minutes).

Every property test with many more examples, then fuzz, flips and kills under tests/soak, two files at a time. Each
file has its share of the time, and every search in it ends by itself: with all the examples it wants, or with fewer
when the time is over. The table says how many a law saw and how many it wants. A file that fails, or does not end at
all, makes the exit code 1. --record writes the table that is committed.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "tests" / "results" / "soak.md"
WORKERS = 2
# What the files need beside each other, in seconds on a quiet machine; one that is not named needs _USUAL.
NEEDS = {
    "test_random_sources.py": 500,
    "test_kills.py": 350,
    "test_portal_laws.py": 300,
    "test_repositories.py": 220,
    "test_audience_law.py": 220,
    "test_flips.py": 220,
    "test_fmt.py": 120,
    "test_sign_off_oracle.py": 80,
}
_USUAL = 50
# These have numbers to reach that are promised: they come first, and on a busy machine the others pay for it.
FIRST = ("test_random_sources.py", "test_repositories.py", "test_sign_off_oracle.py")
_HANGS = 1200  # seconds beyond its share after which a file is taken to hang: a slow machine is no failure
_COUNTS = re.compile(r"^(?:=+ )?((?:\d+ \w+,? ?)+) in [\d.]+s", re.MULTILINE)


@dataclass
class Plan:
    """How long all may take together, where chance begins, and the files that have not ended yet with their needs."""

    seconds: float
    seed: int
    open: dict[Path, float]
    began: float = field(default_factory=time.monotonic)

    def share(self, file: Path) -> float:
        """The seconds of a file that begins now: its part of what two workers still have, and no more than is left."""
        left = self.began + self.seconds - time.monotonic()
        part = self.open[file] / sum(self.open.values()) * (2 if file.name in FIRST else 1)
        return max(10.0, min(left * WORKERS * part, left))


@dataclass(frozen=True)
class Law:
    """What one search tried."""

    law: str
    seen: int
    wanted: int


@dataclass(frozen=True)
class Outcome:
    """What one file of tests gave."""

    name: str
    verdict: str
    tests: str
    seconds: float
    computed: float = 0
    laws: tuple[Law, ...] = ()


def main(arguments: list[str]) -> int:
    """Run all files; 0 when none failed."""
    parser = argparse.ArgumentParser(prog="./run soak", description="Long runs of every property test.")
    parser.add_argument("minutes", type=float, nargs="?", default=20.0, help="how long it may take; default 20")
    parser.add_argument("--record", action="store_true", help="write tests/results/soak.md")
    parser.add_argument("--seed", type=int, default=20261122, help="where chance begins")
    asked = parser.parse_args(arguments)
    files = [*(ROOT / "tests/soak").glob("test_*.py"), *(ROOT / "tests/property").glob("test_*.py")]
    plan = Plan(asked.minutes * 60, asked.seed, {file: NEEDS.get(file.name, _USUAL) for file in files})
    outcomes = run_all(plan)
    if asked.record:
        RESULT.write_text(table(plan, outcomes), encoding="utf-8")
    return 0 if concluded(outcomes) else 1


def run_all(plan: Plan) -> list[Outcome]:
    """Every file, those with a promise first, then the longest first."""
    files = sorted(plan.open, key=lambda file: (file.name not in FIRST, -plan.open[file], file.name))

    def one(file: Path) -> Outcome:
        outcome = run(file, plan.share(file), plan.seed)
        del plan.open[file]
        laws = "".join(f"\n    {law.seen:,} of {law.wanted:,}: {law.law}" for law in outcome.laws)
        sys.stdout.write(
            f"{outcome.verdict:8} {outcome.name}: {outcome.tests}, {outcome.seconds:.0f} s"
            f" ({outcome.computed:.0f} s CPU){laws}\n"
        )
        sys.stdout.flush()
        return outcome

    with ThreadPoolExecutor(WORKERS) as workers:
        return sorted(workers.map(one, files), key=lambda outcome: outcome.name)


def run(file: Path, share: float, seed: int) -> Outcome:
    """One file under the soak profile; its searches end by themselves."""
    name = file.relative_to(ROOT).as_posix()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roadmap-soak-") as folder:
        counts = Path(folder) / "counts"
        command = [sys.executable, "-m", "pytest", "-q", name, "-p", "no:cacheprovider", f"--basetemp={folder}/tests"]
        environment = {
            **os.environ,
            "ROADMAP_TEST_PROFILE": "soak",
            "ROADMAP_SOAK_SECONDS": f"{share:.0f}",
            "ROADMAP_SOAK_SEED": str(seed),
            "ROADMAP_SOAK_COUNTS": str(counts),
        }
        limit = share + _HANGS
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, check=False, timeout=limit, capture_output=True, text=True
            )
        except subprocess.TimeoutExpired:
            return Outcome(name, "stopped", f"not ended after {limit:.0f} s", limit, 0, read(counts)[1])
        computed, laws = read(counts)
    if done.returncode:
        sys.stdout.write(done.stdout[-6000:])
    summary = _COUNTS.findall(done.stdout)
    verdict = "passed" if done.returncode == 0 else "failed"
    tests = summary[-1].strip() if summary else "no summary"
    return Outcome(name, verdict, tests, time.monotonic() - begun, computed, laws)


def read(counts: Path) -> tuple[float, tuple[Law, ...]]:
    """What the tests of a file computed, in seconds, and its searches, those of one law together."""
    computed = 0.0
    found: dict[str, Law] = {}
    for line in counts.read_text(encoding="utf-8").splitlines() if counts.exists() else ():
        told = json.loads(line)
        if "cpu" in told:
            computed += told["cpu"]
            continue
        law = Law(**told)
        before = found.get(law.law, Law(law.law, 0, 0))
        found[law.law] = Law(law.law, before.seen + law.seen, before.wanted + law.wanted)
    return computed, tuple(found.values())


def concluded(outcomes: list[Outcome]) -> bool:
    """Print the end of the story; whether nothing failed."""
    passed = sum(outcome.verdict == "passed" for outcome in outcomes)
    short = sum(law.seen < law.wanted for outcome in outcomes for law in outcome.laws)
    sys.stdout.write(f"{passed} passed, {len(outcomes) - passed} failed")
    sys.stdout.write(f"; {short} searches ran out of time: give more minutes\n" if short else "\n")
    return passed == len(outcomes)


def table(plan: Plan, outcomes: list[Outcome]) -> str:
    """The committed form."""
    today = datetime.now(tz=UTC).date()
    laws = "\n".join(
        f"| {law.law} | {law.seen:,} | {law.wanted:,} | {outcome.verdict} |"
        for outcome in outcomes
        for law in outcome.laws
    )
    files = "\n".join(f"| {o.name} | {o.verdict} | {o.tests} | {o.seconds:.0f} | {o.computed:.0f} |" for o in outcomes)
    minutes = (time.monotonic() - plan.began) / 60
    return (
        f"# Long runs\n\n{today}, Python {platform.python_version()}, seed {plan.seed}, {minutes:.0f} minutes,"
        f" {WORKERS} files at a time.\nMade by `./run soak --record`.\n\n"
        f"| law | examples | wanted | file |\n|---|--:|--:|---|\n{laws}\n\n"
        f"| file | verdict | tests | seconds | seconds CPU |\n|---|---|---|--:|--:|\n{files}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
