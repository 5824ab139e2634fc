"""What the site costs, beside plain Material on as many hand-written pages."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.frame import Goal, Row, child_cpu
from tests.bench.rows_commands import demo_repository

PARAGRAPH = (
    "Staff who decide about credit use the assistant for a first reading of the file. They check its answer against "
    "the documents, write down why they follow it or not, and report an answer that is wrong. The head of the desk "
    "looks at ten cases a week and talks about them with the team.\n"
)
TABLE = "| role | must | by |\n|---|---|---|\n" + "".join(
    f"| Role {n} | Module {n * 3} | 2026-0{n}-12 |\n" for n in range(1, 9)
)
SETTINGS = "site_name: Plain\ntheme:\n  name: material\n  font: false\n"


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    bank = demo_repository(room)
    ours = room / "site-ours"
    build = [sys.executable, "-m", "generator", "build", str(ours)]
    child_cpu(build, bank)
    pages = len(list(ours.rglob("index.html")))
    plain = plain_project(room / "plain", pages)
    yield Row(
        name=f"site with full history, {pages} pages",
        ours=lambda: child_cpu(build, bank),
        peer=lambda: child_cpu([sys.executable, "-m", "mkdocs", "build", "-q", "-c", "-d", str(room / "p")], plain),
        peer_name="plain Material",
        goal=Goal.RATIO,
        limit=1.0,
        runs=3,
    )


def plain_project(folder: Path, pages: int) -> Path:
    """A MkDocs project with that many hand-written pages of about 4.5 kB in folders of 40."""
    docs = folder / "docs"
    for number in range(pages):
        name = "index.md" if number == 0 else f"part{number // 40}/page{number}.md"
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(hand_written(number), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return folder


def hand_written(number: int) -> str:
    """One page: headings, paragraphs, two tables, a list."""
    section = f"## Section\n\n{PARAGRAPH}\n{PARAGRAPH}\n{TABLE}\n- one\n- two **bold**\n- three `code`\n\n"
    return f"# Page {number}\n\n{PARAGRAPH}\n" + section * 4
