"""What an evidence pack costs."""

import sys
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from tests.bench.frame import ChildError, Goal, Row, child_cpu
from tests.bench.rows_commands import demo_repository

PACK = "pck-audit-2026-q3"
PAGES = 20


def rows(room: Path) -> Iterator[Row]:
    """The rows; room is an empty folder for what they write."""
    bank = demo_repository(room)
    target = room / "base.pdf"

    def per_twenty_pages() -> float:
        target.unlink(missing_ok=True)
        cpu = child_cpu([sys.executable, "-m", "generator", "pack", PACK, "--output", str(target)], bank)
        return cpu * PAGES / page_count(target)

    yield Row(
        name=f"base pack {PACK}, CPU for each {PAGES} pages",
        ours=per_twenty_pages,
        goal=Goal.SECONDS,
        limit=4.0,
        runs=3,
    )


def page_count(path: Path) -> int:
    """Pages of a PDF."""
    pages = len(PdfReader(path).pages)
    if not pages:
        raise ChildError(f"{path} has no pages")
    return pages
