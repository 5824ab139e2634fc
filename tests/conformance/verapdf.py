"""veraPDF, fetched by Maven with pinned versions and digests, as a judge of PDF files."""

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DIGESTS = HERE / "verapdf.sha256"
ENTRY = "org.verapdf.apps.GreenfieldCliWrapper"
FLAVOURS = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}


class AbsentError(Exception):
    """The judge is not to be had on this machine: no Java, no Maven, or no registry."""


class DigestError(Exception):
    """A fetched jar is not the one that was pinned."""


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says about one file and one standard."""

    file: str
    standard: str
    is_compliant: bool
    passed_rules: int
    failed_rules: tuple[str, ...]


def fetch(folder: Path) -> str:
    """Put veraPDF's jars into folder and return its version."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise AbsentError(f"{program} is not installed")
    if not is_complete(folder):
        shutil.rmtree(folder, ignore_errors=True)
        goal = ["dependency:copy-dependencies", f"-Djars={folder}"]
        run = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), *goal],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if run.returncode != 0:
            raise AbsentError("Maven could not fetch the jars: " + first_error(run.stdout + run.stderr))
    wrong = [name for name, digest in pinned().items() if sha256(folder / name) != digest]
    if wrong:
        raise DigestError("not the pinned jars: " + ", ".join(wrong))
    return next(name for name in pinned() if name.startswith("greenfield-apps-"))[16:-4]


def judge(jars: Path, files: list[Path], flavour: str) -> list[Verdict]:
    """Hold files against one standard."""
    command = ["java", "-cp", f"{jars}/*", ENTRY, "--format", "json", "-f", flavour, *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if run.returncode not in {0, 1}:
        raise RuntimeError(f"veraPDF ended with {run.returncode}: {run.stderr[:400]}")
    return [verdict(job, flavour) for job in json.loads(run.stdout)["report"]["jobs"]]


def verdict(job: dict[str, Any], flavour: str) -> Verdict:
    """One entry of veraPDF's report as a verdict; a file that cannot be parsed is not compliant."""
    results = job.get("validationResult", [])
    name = Path(job["itemDetails"]["name"]).name
    if not results:
        return Verdict(name, FLAVOURS[flavour], is_compliant=False, passed_rules=0, failed_rules=("cannot be parsed",))
    details = results[0]["details"]
    failed = tuple(f"{r['specification']} {r['clause']}-{r['testNumber']}" for r in details["ruleSummaries"])
    return Verdict(
        name,
        FLAVOURS[flavour],
        is_compliant=bool(results[0]["compliant"]),
        passed_rules=details["passedRules"],
        failed_rules=failed,
    )


def is_complete(folder: Path) -> bool:
    """All pinned jars lie there."""
    return all((folder / name).is_file() for name in pinned())


def pinned() -> dict[str, str]:
    """File name to SHA-256."""
    pairs = (line.split() for line in DIGESTS.read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in pairs}


def sha256(path: Path) -> str:
    """Digest of a file; empty where it is absent."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def first_error(output: str) -> str:
    """Maven's first line that says what went wrong."""
    lines = [line for line in output.splitlines() if "ERROR" in line]
    return lines[0][:300] if lines else "no reason given"
