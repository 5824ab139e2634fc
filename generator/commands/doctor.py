"""`roadmap doctor`: what this machine can do, what it lacks, and the line that mends it."""

from dataclasses import dataclass

from generator.commands.world import World
from generator.errors import PortalError
from generator.ports import Machine

_PACKAGES = {
    "site": ("mkdocs", "mkdocs-material", "jinja2", "markdown", "nh3"),
    "packs": ("weasyprint", "pikepdf", "pyhanko", "rfc3161-client"),
    "feeds": ("scipy", "openpyxl", "xlsxwriter"),
    "editors": ("ruamel.yaml",),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: what was found, whether it is good, what depends on it, the way out."""

    name: str
    good: bool
    found: str
    needed_for: str
    remedy: str = ""


def examined(world: World, machine: Machine) -> tuple[Examined, ...]:
    """Every part of the machine and the repository that a command may need."""
    return (
        Examined("Python", good=True, found=machine.python(), needed_for="everything"),
        _git(machine),
        *_packages(machine),
        _libraries(machine),
        _repository(world),
    )


def _git(machine: Machine) -> Examined:
    found = machine.program("git")
    return Examined("git", bool(found), found or "not found", "history", "install git")


def _packages(machine: Machine) -> tuple[Examined, ...]:
    rows = []
    for extra, names in _PACKAGES.items():
        versions = {name: machine.package(name) for name in names}
        missing = [name for name, version in versions.items() if not version]
        found = f"missing {', '.join(missing)}" if missing else ", ".join(f"{n} {v}" for n, v in versions.items())
        rows.append(Examined(f"[{extra}]", not missing, found, extra, f"pip install 'roadmap-portal[{extra}]'"))
    return tuple(rows)


def _libraries(machine: Machine) -> Examined:
    missing = machine.missing_libraries()
    found = f"cannot load {', '.join(missing)}" if missing else "found"
    return Examined("Pango", not missing, found, "packs (the site builds without)", machine.install_line())


def _repository(world: World) -> Examined:
    """Whether history can be read and nothing in the repository could make git lie."""
    try:
        head = world.history.resolve("HEAD")
        odd = world.history.irregularities()
    except PortalError as error:
        return Examined("repository", good=False, found=error.message, needed_for="history", remedy=error.remedy)
    if odd:
        return Examined("repository", good=False, found="; ".join(odd), needed_for="history", remedy="remove it")
    return Examined("repository", good=True, found=f"HEAD {head[:10]}", needed_for="history")
