"""Run the benchmark: `python -m tests.bench [WORD ...]` takes only the rows whose name has one of the words."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import rows_commands, rows_load, rows_pack, rows_site
from tests.bench.frame import ChildError, Result, Row, measure, table

ROOM = Path(__file__).resolve().parents[2] / "build" / "bench"
SOURCES: tuple[Callable[[Path], Iterator[Row]], ...] = (
    rows_load.rows,
    rows_commands.rows,
    rows_pack.rows,
    rows_site.rows,
)


def main(words: list[str]) -> int:
    """Measure, print the table, and fail where a goal is missed."""
    shutil.rmtree(ROOM, ignore_errors=True)
    ROOM.mkdir(parents=True)
    results: list[Result] = []
    broken: list[str] = []
    for source in SOURCES:
        try:
            for row in source(ROOM):
                if not words or any(word in row.name for word in words):
                    sys.stderr.write(f"measuring: {row.name}\n")
                    results.append(measure(row))
        except (ChildError, OSError) as error:
            broken.append(f"{source.__module__}: {error}")
    sys.stdout.write("\n".join([*table(results), *(f"cannot prepare {line}" for line in broken)]) + "\n")
    missed = len([result for result in results if not result.is_met]) + len(broken)
    sys.stdout.write(f"{len(results) + len(broken) - missed} passed, {missed} failed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
