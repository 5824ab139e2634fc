"""What the past costs: a history of 10,000 commits over 1,000 files, its tree at a commit, a diff of neighbours."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.frame import Goal, Row, Sample, child_cpu, child_says

ROOT = Path(__file__).resolve().parents[2]
COMMITS = 10_000
FILES = 1_000

# Child processes of a child are counted too: git's own work is in our figure.
CPU = """
import resource, sys
def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)
from generator.adapters.cache import SqliteCache
from generator.adapters.git import GitHistory
from generator.commands.timeline import timeline
history, cache = GitHistory(sys.argv[1]), SqliteCache(sys.argv[1] + "/../cache")
"""
LOG = CPU + "start = cpu()\nassert len(list(history.log('HEAD', first_parent=False))) > 1000\nprint(cpu() - start)\n"
TREE = CPU + "start = cpu()\ntree = history.tree('HEAD')\ntree.read(tree.files())\nprint(cpu() - start)\n"
WARM = CPU + (
    "import generator.__main__\ntimeline(history, cache, 'HEAD')\nstart = cpu()\n"
    "assert timeline(history, cache, 'HEAD').steps\nprint(cpu() - start)\n"
)
DIFF = CPU + (
    "from generator.commands.records import versions\n"
    "from generator.model.change import changes\n"
    "def state(commit):\n"
    "    found = versions(history, cache, history.tree(commit).files().items())\n"
    "    return {key: record for version in found.values() for key, record in version.records.items()}\n"
    "state('HEAD'), state('HEAD~1')\n"
    "start = cpu()\nassert len(changes(state('HEAD~1'), state('HEAD'))) > 0\nprint(cpu() - start)\n"
)


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    repository = room / "past"
    written(repository)
    yield Row(
        name=f"history of {COMMITS:,} commits x {FILES:,} files",
        ours=_says(LOG, repository),
        peer=lambda: child_cpu(["git", "log", "--raw", "-z"], repository),
        peer_name="git log --raw -z",
        goal=Goal.RATIO,
        limit=2.5,
    )
    yield Row(
        name=f"tree of {FILES:,} files at a commit",
        ours=_says(TREE, repository),
        peer=lambda: child_cpu(
            ["sh", "-c", "git ls-tree -r HEAD | cut -f1 | cut -d' ' -f3 | git cat-file --batch --buffer"], repository
        ),
        peer_name="ls-tree + cat-file",
        goal=Goal.RATIO,
        limit=2.0,
    )
    yield Row(
        name=f"meanings of {COMMITS:,} commits, nothing new",
        ours=_says(WARM, repository),
        goal=Goal.SECONDS,
        limit=0.1,
    )
    yield Row(
        name=f"diff of neighbours, {FILES:,} records, warm",
        ours=_says(DIFF, repository),
        goal=Goal.SECONDS,
        limit=0.3,
    )


def _says(code: str, repository: Path) -> Sample:
    return lambda: child_says([sys.executable, "-c", code, str(repository)], ROOT)


def written(repository: Path) -> None:
    """A repository whose every commit after the first edits one file."""
    repository.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main", "."], cwd=repository, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=repository, stdin=subprocess.PIPE) as process:
        if process.stdin is None:  # pragma: no cover - it was asked for
            raise OSError("git fast-import takes no input")
        for number in range(COMMITS):
            process.stdin.write(commit(number))
    subprocess.run(["git", "repack", "-adq"], cwd=repository, check=True)


def commit(number: int) -> bytes:
    """One commit of the stream."""
    head = f"commit refs/heads/main\nmark :{number + 1}\ncommitter A <a@b> {1_600_000_000 + number * 600} +0000\n"
    parts = [head.encode(), b"data 6\nchange\n", f"from :{number}\n".encode() if number else b""]
    for file in range(FILES) if number == 0 else [number % FILES]:
        text = f"---\nid: nte-{file}\ntitle: T{number}\ntopic: method\n---\n\nText {number} of {file}.\n".encode()
        parts.append(f"M 100644 inline content/notes/nte-{file}.md\ndata {len(text)}\n".encode() + text + b"\n")
    return b"".join([*parts, b"\n"])
