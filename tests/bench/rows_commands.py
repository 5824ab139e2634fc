"""What the commands cost on the sample bank."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.frame import Goal, Row, Sample, child_cpu

ROOT = Path(__file__).resolve().parents[2]

# The repository alone: `roadmap demo` also builds, seals and verifies.
WRITE = """
import sys
from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import write_demo
write_demo(PackagedSample(), GitRepositories(), sys.argv[1])
"""


def command(*arguments: str, cwd: Path = ROOT, accept: tuple[int, ...] = (0,)) -> Sample:
    """A run of `roadmap` with these arguments."""
    return lambda: child_cpu([sys.executable, "-m", "generator", *arguments], cwd, accept)


def python(code: str, *arguments: str, cwd: Path = ROOT) -> Sample:
    """A run of the interpreter with one line of code."""
    return lambda: child_cpu([sys.executable, "-c", code, *arguments], cwd)


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    bank = demo_repository(room)
    start = python("pass")
    yield Row(
        name="roadmap check, sample bank with history",
        ours=command("check", cwd=bank),
        peer=start,
        peer_name="bare interpreter",
        goal=Goal.BEYOND,
        limit=0.5,
    )
    yield Row(name="roadmap --help", ours=command("--help"), goal=Goal.SECONDS, limit=0.3)


def demo_repository(room: Path) -> Path:
    """The sample bank as a git repository, made once a run."""
    target = room / "bank"
    if not target.exists():
        child_cpu([sys.executable, "-c", WRITE, str(target)], ROOT)
    return target
