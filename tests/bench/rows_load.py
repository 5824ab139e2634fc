"""What reading costs: strict YAML with positions, and a thousand linked records."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.frame import Goal, Row, Sample, child_cpu, child_says

ROOT = Path(__file__).resolve().parents[2]

OURS = """
import sys, time
from generator.load.yaml_reader import parse_yaml
data = open(sys.argv[1], "rb").read()
start = time.process_time()
tree = parse_yaml(data)
print(time.process_time() - start)
assert not tree.faults, tree.faults
"""

PEER = """
import sys, time, yaml
data = open(sys.argv[1], "rb").read()
start = time.process_time()
yaml.load(data, Loader=yaml.CSafeLoader)
print(time.process_time() - start)
"""


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    source = room / "records.yaml"
    source.write_text(yaml_records(2900), encoding="utf-8")
    yield Row(
        name=f"strict YAML with positions, {source.stat().st_size // 1000} kB",
        ours=timed(OURS, source),
        peer=timed(PEER, source),
        peer_name="CSafeLoader",
        goal=Goal.RATIO,
        limit=0.6,
        runs=9,
    )
    portal = thousand_records(room)
    yield Row(
        name="check of 1,000 linked records",
        ours=lambda: child_cpu([sys.executable, "-m", "generator", "check", "--tree"], portal, accept=(0, 1)),
        peer=lambda: child_cpu([sys.executable, "-c", "pass"], portal),
        peer_name="bare interpreter",
        goal=Goal.BEYOND,
        limit=1.0,
    )


def timed(code: str, source: Path) -> Sample:
    """A child that measures its own CPU seconds and prints them."""
    return lambda: child_says([sys.executable, "-c", code, str(source)], ROOT)


def yaml_records(count: int) -> str:
    """A register of risks as a bank writes it: short fields, a text of two lines, lists of links."""
    return "".join(
        f"- id: rsk-{n:05d}\n"
        f"  title: Model {n} gives a wrong answer that nobody notices\n"
        f"  owner: sea-head-of-risk-{n % 17}\n"
        f"  appetite: {('low', 'medium', 'high')[n % 3]}\n"
        f"  recorded: 2026-0{n % 9 + 1}-12\n"
        "  description: >-\n"
        "    Staff accept the output of a model without looking at its source, because the\n"
        "    answer reads well and the case is due today.\n"
        f"  modules: [mod-foundations-{n % 40}, mod-limits-{n % 23}]\n"
        for n in range(count)
    )


def thousand_records(room: Path) -> Path:
    """The sample bank's content with competencies and risks added until about 1,000 records stand in it."""
    portal = room / "thousand"
    shutil.copytree(ROOT / "content", portal / "content")
    competencies = portal / "content" / "registers" / "competencies.yaml"
    text = competencies.read_text(encoding="utf-8")
    extra = "".join(
        f"- id: com-extra-{n:04d}\n  title: Extra competency {n}\n  description: Made for the benchmark.\n"
        for n in range(600)
    )
    competencies.write_text(text.rstrip("\n") + "\n" + extra, encoding="utf-8")
    return portal
