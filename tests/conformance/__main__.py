"""Have outside validators judge the packs: `python -m tests.conformance [--record] [PDF ...]`.

Without files it prints and seals packs of the sample bank and judges both forms.
--record writes the table that is committed.
"""

import platform
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import write_demo
from tests.conformance import verapdf
from tests.conformance.verapdf import AbsentError, DigestError, Verdict

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "build" / "conformance"
PACKS = ("pck-audit-2026-q3",)
RECORD = ROOT / "tests" / "results" / "conformance.md"


def main(arguments: list[str]) -> int:
    """Fetch the judge, judge, print the table; fail where a file does not conform."""
    ROOM.mkdir(parents=True, exist_ok=True)
    try:
        version = verapdf.fetch(ROOM / "verapdf")
    except AbsentError as error:
        return skip(str(error))
    except DigestError as error:
        sys.stdout.write(f"conformance: {error}\n0 passed, 1 failed\n")
        return 1
    files = [Path(a).resolve() for a in arguments if not a.startswith("--")] or demo_packs()
    with ThreadPoolExecutor() as pool:  # a process of its own for each standard
        judged = pool.map(lambda flavour: verapdf.judge(ROOM / "verapdf", files, flavour), verapdf.FLAVOURS)
        verdicts = [verdict for verdicts in judged for verdict in verdicts]
    text = report(verdicts, version)
    sys.stdout.write(text)
    if "--record" in arguments:
        RECORD.write_text(text, encoding="utf-8")
    failed = len([v for v in verdicts if not v.is_compliant])
    sys.stdout.write(f"{len(verdicts) - failed} passed, {failed} failed\n")
    return 1 if failed or not verdicts else 0


def skip(reason: str) -> int:
    """Say loudly that nothing was judged."""
    bar = "!" * 100
    sys.stdout.write(f"{bar}\nSKIPPED: outside validators did not run: {reason}\n{bar}\n")
    sys.stdout.write("0 passed, 0 failed, 1 skipped\n")
    return 0


def demo_packs() -> list[Path]:
    """Base and sealed packs of the sample bank, made anew."""
    shutil.rmtree(ROOM / "bank", ignore_errors=True)
    write_demo(PackagedSample(), GitRepositories(), str(ROOM / "bank"))
    made = []
    for pack in PACKS:
        base, sealed = ROOM / f"{pack}-base.pdf", ROOM / f"{pack}-sealed.pdf"
        roadmap("pack", pack, "--commit", "HEAD", "--output", str(base))
        roadmap("seal", str(base), "--keys", str(ROOM / "keys"), "--output", str(sealed))
        made += [base, sealed]
    return made


def roadmap(*arguments: str) -> None:
    """One command in the sample bank's repository."""
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, cwd=ROOM / "bank", check=True, timeout=300, stdout=subprocess.DEVNULL)


def report(verdicts: list[Verdict], version: str) -> str:
    """The table with its date and versions, as Markdown."""
    lines = [
        "# Outside validators on the sample bank's packs",
        "",
        f"{datetime.now(tz=UTC):%Y-%m-%d}, veraPDF {version}, Python {platform.python_version()}.",
        "Made by `./run conformance --record`.",
        "",
        "| file | standard | verdict | rules passed | rules failed |",
        "|---|---|---|--:|---|",
    ]
    for v in sorted(verdicts, key=lambda v: (v.file, v.standard)):
        word = "conforms" if v.is_compliant else "DOES NOT CONFORM"
        lines.append(f"| {v.file} | {v.standard} | {word} | {v.passed_rules} | {', '.join(v.failed_rules) or 'none'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
