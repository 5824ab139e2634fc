"""What the past costs: its log, its meanings, its tree at a commit, a diff of neighbours, the history of pages.

Git's own reading is the floor: what ours adds is parsing, validating and comparing every version that there was.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.frame import Goal, Row, Sample, child_cpu, child_says
from tests.bench.git_plugins import AUTHORS, DATES, PAGES, plugin_cost
from tests.bench.past import FILES, LONG, SHORT, TIPS, written

ROOT = Path(__file__).resolve().parents[2]

# Child processes of a child are counted too: git's own work is in our figure.
CPU = """
import resource, sys
def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)
import generator.__main__
from generator.adapters.cache import SqliteCache
from generator.adapters.git import GitHistory
from generator.commands.timeline import timeline
_, repository, folder, tip, *_ = sys.argv
history, cache = GitHistory(repository), SqliteCache(folder)
start = cpu()
"""
LOG = CPU + "assert len(list(history.log(tip, first_parent=False))) >= 10_000\nprint(cpu() - start)\n"
MEANINGS = CPU + "assert len(timeline(history, cache, tip).steps) >= 10_000\n"
TIME = MEANINGS + "print(cpu() - start)\n"
MEMORY = MEANINGS + "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
TREE = CPU + "tree = history.tree(tip)\ntree.read(tree.files())\nprint(cpu() - start)\n"
DIFF = CPU + (
    "from generator.commands.records import versions\n"
    "from generator.model.change import changes\n"
    "def state(commit):\n"
    "    found = versions(history, cache, history.tree(commit).files().items())\n"
    "    return {key: record for version in found.values() for key, record in version.records.items()}\n"
    "state(tip), state(tip + '~1')\n"
    "start = cpu()\nassert len(changes(state(tip + '~1'), state(tip))) > 0\nprint(cpu() - start)\n"
)
PEOPLE = CPU + (
    "dates, people = {}, {}\n"
    "for commit in history.log(tip, first_parent=False):\n"
    "    for file in commit.files:\n"
    "        dates[file.path] = commit.authored\n"
    "        people.setdefault(file.path, set()).add(commit.author)\n"
    "assert len(dates) == len(people) == 1_000\nprint(cpu() - start)\n"
)
EVERY_VERSION = "git log --raw --no-abbrev --format= {tip} | cut -d' ' -f4 | git cat-file --batch --buffer"


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    repository = room / "past"
    written(repository)
    yield from _logs(repository)
    yield from _meanings(repository)
    yield from _states(repository)
    yield from _pages(repository)


def _logs(repository: Path) -> Iterator[Row]:
    for count, runs in ((SHORT, 5), (LONG, 3)):
        yield Row(
            name=f"history of {count:,} commits x {FILES:,} files",
            ours=_says(LOG, repository, count),
            peer=_git(repository, f"git log --raw -z {TIPS[count]}"),
            peer_name="git log --raw -z",
            goal=Goal.RATIO,
            limit=2.5,
            runs=runs,
        )


def _meanings(repository: Path) -> Iterator[Row]:
    for count, runs, warm in ((SHORT, 3, 0.1), (LONG, 1, 0.5)):
        yield Row(
            name=f"meanings of {count:,} commits, nothing known",
            ours=_anew(TIME, repository, count),
            peer=_git(repository, EVERY_VERSION.format(tip=TIPS[count])),
            peer_name="git log + cat-file of every version",
            goal=Goal.RATIO,
            limit=4.0,
            runs=runs,
        )
        yield Row(
            name=f"meanings of {count:,} commits, nothing new",
            ours=_says(TIME, repository, count),  # the row above filled the cache
            goal=Goal.SECONDS,
            limit=warm,
        )
    yield Row(
        name=f"memory for the meanings of {LONG:,} commits, nothing known",
        ours=_anew(MEMORY, repository, LONG),
        goal=Goal.MEMORY,
        limit=400.0,
        runs=1,
    )


def _states(repository: Path) -> Iterator[Row]:
    yield Row(
        name=f"tree of {FILES:,} files at a commit",
        ours=_says(TREE, repository, SHORT),
        peer=_git(repository, "git ls-tree -r main | cut -f1 | cut -d' ' -f3 | git cat-file --batch --buffer"),
        peer_name="ls-tree + cat-file",
        goal=Goal.RATIO,
        limit=2.0,
    )
    yield Row(
        name=f"diff of neighbours, {FILES:,} records, warm",
        ours=_says(DIFF, repository, SHORT),
        goal=Goal.SECONDS,
        limit=0.3,
    )


def _pages(repository: Path) -> Iterator[Row]:
    for what, plugin, runs in (("dates", DATES, 3), ("authors", AUTHORS, 1)):
        yield Row(
            name=f"{what} of {FILES:,} pages at {SHORT:,} commits",
            ours=_says(PEOPLE, repository, SHORT),
            peer=plugin_cost(repository, plugin),
            peer_name=f"mkdocs-{plugin}, {PAGES} pages",
            goal=Goal.RATIO,
            limit=1.0,
            runs=runs,
        )


def _says(code: str, repository: Path, count: int) -> Sample:
    argv = [sys.executable, "-c", code, str(repository), str(_cache(repository, count)), TIPS[count]]
    return lambda: child_says(argv, ROOT)


def _anew(code: str, repository: Path, count: int) -> Sample:
    """The same without what an earlier run has left in the cache."""
    sample = _says(code, repository, count)

    def run() -> float:
        shutil.rmtree(_cache(repository, count), ignore_errors=True)
        return sample()

    return run


def _cache(repository: Path, count: int) -> Path:
    return repository.parent / f"cache-{TIPS[count]}"


def _git(repository: Path, line: str) -> Sample:
    return lambda: child_cpu(["sh", "-c", line], repository)
