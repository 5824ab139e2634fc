"""Run the benchmark: `python -m tests.bench [--record] [GROUP ...]` (groups: load, time, commands, pack, site).

--record writes the table that is committed.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import rows_commands, rows_load, rows_pack, rows_site, rows_time
from tests.bench.frame import ChildError, Result, Row, measure, table

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "build" / "bench"
RECORD = ROOT / "tests" / "results" / "bench.md"
GROUPS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "load": rows_load.rows,
    "time": rows_time.rows,
    "commands": rows_commands.rows,
    "pack": rows_pack.rows,
    "site": rows_site.rows,
}


def main(arguments: list[str]) -> int:
    """Measure, print the table, and fail where a goal is missed."""
    groups = [argument for argument in arguments if not argument.startswith("--")] or list(GROUPS)
    if unknown := [group for group in groups if group not in GROUPS]:
        sys.stderr.write(f"bench: no group {', '.join(unknown)}; there are {', '.join(GROUPS)}\n")
        return 2
    shutil.rmtree(ROOM, ignore_errors=True)
    ROOM.mkdir(parents=True)
    results, broken = measured(groups)
    text = "\n".join([*table(results), *(f"cannot prepare {line}" for line in broken)]) + "\n"
    sys.stdout.write(text)
    if "--record" in arguments:
        RECORD.write_text(heading() + text, encoding="utf-8")
    missed = len([result for result in results if not result.is_met]) + len(broken)
    sys.stdout.write(f"{len(results) + len(broken) - missed} passed, {missed} failed\n")
    return 1 if missed else 0


def measured(groups: list[str]) -> tuple[list[Result], list[str]]:
    """The results of these groups, and those that could not be prepared."""
    results: list[Result] = []
    broken: list[str] = []
    for group in groups:
        try:
            for row in GROUPS[group](ROOM):
                sys.stderr.write(f"measuring: {row.name}\n")
                results.append(measure(row))
        except (ChildError, OSError) as error:
            broken.append(f"{group}: {error}")
    return results, broken


def heading() -> str:
    """When and on what it was measured."""
    return (
        "# What the commands cost\n\n"
        f"{datetime.now(tz=UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load average {os.getloadavg()[1]:.1f} (other work beside it makes CPU seconds longer; ratios move little). "
        "Made by `./run bench --record`; CPU seconds, medians.\n\n"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
