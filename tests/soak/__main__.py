"""Run for longer than a test run may take: `python -m tests.soak [MINUTES]` (default 10).

Every property test with many more examples, then fuzz, flips and kills under tests/soak.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Run pytest with the soak profile and stop it when the time is over."""
    minutes = float(arguments[0]) if arguments else 10.0
    command = [sys.executable, "-m", "pytest", "-q", "tests/soak", "tests/property", "-p", "no:cacheprovider"]
    environment = {**os.environ, "ROADMAP_TEST_PROFILE": "soak", "ROADMAP_SOAK_SECONDS": str(minutes * 60)}
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=minutes * 60).returncode
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"soak: {minutes:g} minutes are over; what ran until then did not fail loudly\n")
        return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
