"""Rebuilds a pack with the generator that the audited repository itself carries at the pack's commit.

That is the other party's code: it runs only on request, in a folder of its own, without this process's environment.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.adapters.git import GitHistory
from generator.errors import PrintError
from generator.evidence.request import PackRequest

_CARRIED = ("generator/", "theme/")
_LIMIT = 600  # seconds
_KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


def rebuilt_by_repository(repository: str, request: PackRequest) -> bytes:
    """The base pack as that commit's own generator prints it. Raises PrintError and HistoryError."""
    tree = GitHistory(repository, "").tree(request.commit)
    carried = [path for path in tree.files() if path.startswith(_CARRIED)]
    if "generator/__main__.py" not in carried:
        raise PrintError(
            "the repository carries no generator", remedy="verify without --rebuild", reason="NO_GENERATOR"
        )
    with tempfile.TemporaryDirectory(prefix="roadmap-rebuild-") as folder:
        for path, data in tree.read(carried).items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return _run(Path(folder), repository, request)


def _run(folder: Path, repository: str, request: PackRequest) -> bytes:
    asked, output = folder / "request.json", folder / "base.pdf"
    asked.write_bytes(request.to_bytes())
    home = folder / "home"
    home.mkdir()
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"HOME": str(home)}
    command = [sys.executable, "-B", "-m", "generator", "-C", str(Path(repository).resolve()), "pack"]
    try:
        done = subprocess.run(
            [*command, "--request", str(asked), "--output", str(output)],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"the repository's generator took more than {_LIMIT} s", reason="REBUILD_FAILED") from error
    if done.returncode != 0 or not output.is_file():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise PrintError(f"the repository's generator failed: {last[0]}"[:300], reason="REBUILD_FAILED")
    return output.read_bytes()
