"""The peer of loading and checking: doorstop on as many linked items, in an environment of its own.

It is an old package with many dependencies, so it is in no lock: it is installed beside the benchmark, or the row is
printed without it.
"""

import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.frame import Sample, child_cpu

VERSION = "3.2"
PARENTS = 400
CHILDREN = 600
TEXT = (
    "  Staff accept the output of model {number} without looking at its source, because the\n"
    "  answer reads well and the case is due today.\n"
)


def doorstop_peer(room: Path, environment: Path) -> Sample | None:
    """A run of doorstop over a thousand linked items; None, with a line that says why, where it cannot be installed."""
    command = installed(environment)
    if command is None:
        return None
    project = doorstop_project(room / "doorstop")
    return lambda: child_cpu([str(command), "--quiet"], project)


def installed(environment: Path) -> Path | None:
    """Its command in an environment of its own, made once."""
    command = environment / "bin" / "doorstop"
    if not command.exists():
        venv.create(environment, with_pip=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*pip, f"doorstop=={VERSION}"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            last = done.stderr.strip().splitlines()[-1:]
            sys.stderr.write(f"no peer: doorstop {VERSION} cannot be installed: {' '.join(last)[:160]}\n")
            return None
    return command


def doorstop_project(folder: Path) -> Path:
    """Two documents in a git repository, every item of the second linked to two of the first."""
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "."], cwd=folder, check=True)
    _document(folder / "req", "REQ", PARENTS, lambda _number: ())
    _document(
        folder / "tst",
        "TST",
        CHILDREN,
        lambda number: (f"REQ{number % PARENTS + 1:04}", f"REQ{number * 7 % PARENTS + 1:04}"),
        parent="REQ",
    )
    return folder


def _document(
    folder: Path, prefix: str, count: int, links: Callable[[int], Iterable[str]], *, parent: str = ""
) -> None:
    folder.mkdir()
    above = f"  parent: {parent}\n" if parent else ""
    settings = f"settings:\n  digits: 4\n  prefix: {prefix}\n  sep: ''\n{above}"
    (folder / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for number in range(1, count + 1):
        linked = "".join(f"\n- {link}" for link in dict.fromkeys(links(number))) or " []"
        item = (
            f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks:{linked}\n"
            f"normative: true\nref: ''\nreviewed: null\ntext: |\n{TEXT.format(number=number)}"
        )
        (folder / f"{prefix}{number:04}.yml").write_text(item, encoding="utf-8")
