"""Run for longer than a test run may take: `python -m tests.soak [MINUTES] [--record]` (default 20 minutes).

Every property test with many more examples, then fuzz, flips and kills under tests/soak: a file at a time, each with
its share of the time. A file that does not end in its share is stopped and counts as not judged: exit 1, like a
failure. --record writes the table that is committed.
"""

import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "tests" / "results" / "soak.md"
_COUNTS = re.compile(r"^(?:=+ )?((?:\d+ \w+,? ?)+) in [\d.]+s", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What one file of tests gave."""

    name: str
    verdict: str
    counts: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Run all files; 0 when every one passed."""
    minutes = next((float(word) for word in arguments if not word.startswith("--")), 20.0)
    files = sorted([*(ROOT / "tests/soak").glob("test_*.py"), *(ROOT / "tests/property").glob("test_*.py")])
    end = time.monotonic() + minutes * 60
    outcomes = []
    for index, file in enumerate(files):
        share = max(30.0, (end - time.monotonic()) / (len(files) - index))
        outcomes.append(run(file, share))
        sys.stdout.write(f"{outcomes[-1].verdict:8} {outcomes[-1].name}: {outcomes[-1].counts}\n")
        sys.stdout.flush()
    if "--record" in arguments:
        RESULT.write_text(table(outcomes), encoding="utf-8")
    passed = sum(outcome.verdict == "passed" for outcome in outcomes)
    sys.stdout.write(f"{passed} passed, {len(outcomes) - passed} failed\n")
    return 0 if passed == len(outcomes) else 1


def run(file: Path, share: float) -> Outcome:
    """One file under the soak profile, stopped after `share` seconds."""
    name = file.relative_to(ROOT).as_posix()
    command = [sys.executable, "-m", "pytest", "-q", name, "-p", "no:cacheprovider"]
    environment = {**os.environ, "ROADMAP_TEST_PROFILE": "soak", "ROADMAP_SOAK_SECONDS": f"{share * 0.8:.0f}"}
    begun = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, timeout=share, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired:
        return Outcome(name, "stopped", f"not ended after {share:.0f} s", share)
    if done.returncode:
        sys.stdout.write(done.stdout[-4000:])
    counts = _COUNTS.findall(done.stdout)
    verdict = "passed" if done.returncode == 0 else "failed"
    return Outcome(name, verdict, counts[-1].strip() if counts else "no summary", time.monotonic() - begun)


def table(outcomes: list[Outcome]) -> str:
    """The committed form."""
    today = datetime.now(tz=UTC).date()
    rows = "\n".join(f"| {o.name} | {o.verdict} | {o.counts} | {o.seconds:.0f} |" for o in outcomes)
    return (
        f"# Long runs\n\n{today}, Python {platform.python_version()}.\nMade by `./run soak --record`.\n\n"
        f"| file | verdict | tests | seconds |\n|---|---|---|--:|\n{rows}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
