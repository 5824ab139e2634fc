"""Rows of the benchmark: what ours costs, what the peer costs, and the goal.

CPU time of child processes is measured, not the clock on the wall: other work on the machine then moves the figures
little. Ours and the peer run in turn, so that a slow minute hits both; the median of the runs counts.
"""

import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

Sample = Callable[[], float]


class Goal(Enum):
    """How a figure is made from the two medians."""

    SECONDS = "s"
    BEYOND = "s beyond"
    RATIO = "x"
    MEMORY = "MiB"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: `figure <= limit` is the goal."""

    name: str
    ours: Sample
    goal: Goal
    limit: float
    peer: Sample | None = None
    peer_name: str = ""
    runs: int = 5


@dataclass(frozen=True)
class Result:
    """What a row measured."""

    row: Row
    ours: float
    peer: float | None
    error: str = ""

    @property
    def figure(self) -> float:
        """The number that is held against the limit."""
        if self.row.goal in (Goal.SECONDS, Goal.MEMORY) or self.peer is None:
            return self.ours
        return self.ours - self.peer if self.row.goal is Goal.BEYOND else self.ours / max(self.peer, 1e-9)

    @property
    def is_met(self) -> bool:
        """The goal is met."""
        return not self.error and self.figure <= self.row.limit


class ChildError(Exception):
    """A measured program ended with an unexpected exit code."""


def child_cpu(argv: Sequence[str], cwd: Path, accept: tuple[int, ...] = (0,)) -> float:
    """User and system seconds of one program and of all that it started."""
    with tempfile.TemporaryFile() as sink:
        process = subprocess.Popen(argv, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
        sink.seek(0)
        said = sink.read().decode("utf-8", "replace").strip()
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    # Findings give exit 1, and so does a traceback: only the first is an answer.
    if code not in accept or "Traceback (most recent call last)" in said:
        last = said.splitlines()[-1:]
        raise ChildError(f"{' '.join(argv[1:4])}: exit {code}: {' '.join(last)[:160]}")
    return usage.ru_utime + usage.ru_stime


def child_says(argv: Sequence[str], cwd: Path) -> float:
    """The number that a program prints: for parts of a run that a process measures itself."""
    run = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise ChildError(f"exit {run.returncode}: {' '.join(run.stderr.strip().splitlines()[-1:])[:160]}")
    return float(run.stdout)


def measure(row: Row) -> Result:
    """Run ours and the peer in turn and take the medians."""
    ours: list[float] = []
    peer: list[float] = []
    try:
        for _ in range(row.runs):
            ours.append(row.ours())
            if row.peer is not None:
                peer.append(row.peer())
    except (ChildError, OSError) as error:
        return Result(row, 0.0, None, str(error))
    return Result(row, statistics.median(ours), statistics.median(peer) if peer else None)


def table(results: Sequence[Result]) -> Iterator[str]:
    """The results as a Markdown table, a line each."""
    yield "| row | ours | peer | figure | goal | verdict |"
    yield "|---|--:|--:|--:|--:|---|"
    for result in results:
        row = result.row
        peer = f"{result.peer:.3f} s ({row.peer_name})" if result.peer is not None else "-"
        unit = "MiB" if row.goal is Goal.MEMORY else "s"
        verdict = "met" if result.is_met else f"MISSED {result.error}".strip()
        yield (
            f"| {row.name} | {result.ours:.3f} {unit} | {peer} | {result.figure:.2f} {row.goal.value} "
            f"| <= {row.limit:g} | {verdict} |"
        )
