"""What reading costs: strict YAML with positions, and a thousand linked records."""

import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from tests.bench.doorstop import VERSION, doorstop_peer
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


UNCACHED = ["env", "XDG_CACHE_HOME=/dev/null/none"]  # no folder can be made there
MEMORY = """
import resource, sys
import generator.__main__
from generator.adapters.work_tree import WorkTree
from generator.adapters.cache import NoCache
from generator.commands.sources import source_files
from generator.kinds import KINDS
from generator.load import assemble
source = source_files(WorkTree(sys.argv[1]), NoCache())
loaded = assemble(source.trees, source.blobs, KINDS)
assert len(loaded.portal.entries) >= 20_000, len(loaded.portal.entries)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
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
    yield Row(
        name="1,000 linked records loaded and checked, whole command, no cache",
        ours=lambda: child_cpu(
            [*UNCACHED, sys.executable, "-m", "generator", "check", "--tree"], portal, accept=(0, 1)
        ),
        peer=doorstop_peer(room, room.parent / "bench-doorstop"),
        peer_name=f"doorstop {VERSION}, as many items",
        goal=Goal.RATIO,
        limit=0.4,
        runs=3,
    )
    many = twenty_thousand_records(room)
    yield Row(
        name="memory for 20,000 records",
        ours=lambda: child_says([sys.executable, "-c", MEMORY, str(many)], ROOT),
        goal=Goal.MEMORY,
        limit=200.0,
        runs=1,
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
    """The sample bank's content, its registers' records copied under new ids until 1,000 more records stand in it."""
    portal = room / "thousand"
    shutil.copytree(ROOT / "content", portal / "content")
    for name, count in (("risks", 300), ("obligations", 200), ("competencies", 400)):
        grow_register(portal / "content" / "registers" / f"{name}.yaml", count)
    modules = sorted((portal / "content" / "curriculum" / "modules").glob("mod-*.md"))
    for number in range(100):
        source = modules[number % len(modules)]
        text = source.read_text(encoding="utf-8").replace(f"id: {source.stem}", f"id: {source.stem}-n{number}", 1)
        source.with_name(f"{source.stem}-n{number}.md").write_text(text, encoding="utf-8")
    return portal


def twenty_thousand_records(room: Path) -> Path:
    """Rows of snapshots, as many years of weekly imports leave them behind."""
    portal = room / "many"
    shutil.copytree(ROOT / "content", portal / "content")
    model = next((portal / "content" / "kpi" / "snapshots").glob("*.csv"))
    header, first = model.read_text(encoding="utf-8").splitlines()[:2]
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    for week in range(400):
        rows = [cells | {"scope": f"unit:{number}"} for number in range(50)]
        lines = [header, *(",".join(row.values()) for row in rows)]
        target = model.with_name(f"{date(2010, 1, 4) + timedelta(weeks=week)}.r1.csv")
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return portal


def grow_register(path: Path, count: int) -> None:
    """Append copies of a register's records; a copy keeps all links of its model."""
    # BaseLoader keeps every scalar as text, so that dates and numbers come out as they went in.
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds text only
    records = document if isinstance(document, list) else next(v for v in document.values() if is_list_of_records(v))
    models = list(records)
    for number in range(count):
        model = models[number % len(models)]
        records.append({**model, "id": f"{model['id']}-n{number}"})
    path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")


def is_list_of_records(value: object) -> bool:
    """A list whose entries have an id."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "id" in value[0]
