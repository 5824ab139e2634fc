"""Folder, time zone, locale, umask, hash seed, HOME, caches and the order of files vary; the pack's bytes do not."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.evidence.request import PackRequest
from tests.end_to_end.packs.conftest import git

ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"},
    {
        "TZ": "America/New_York",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "1",
        "FONTCONFIG_FILE": "/etc/fonts/fonts.conf",
    },
)


def printed(repository: Path, folder: Path, environment: dict[str, str]) -> str:
    """The SHA-256 of the pack as the command line prints it in that environment, from an unusual folder."""
    home = folder / "home"
    home.mkdir()
    kept = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    target = folder / "pack.pdf"
    options = ["-C", str(repository), "pack", "--request", str(folder / "request.json"), "--output", str(target)]
    command = ["sh", "-c", 'umask 077; exec "$@"', "sh", sys.executable, "-m", "generator", *options]
    root = Path(__file__).parents[3]
    subprocess.run(
        command, cwd=folder, env={**kept, **environment, "PYTHONPATH": str(root)}, capture_output=True, check=True
    )
    return hashlib.sha256(target.read_bytes()).hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_bytes_are_the_same_everywhere(
    repository: Path, request_: PackRequest, pack: bytes, tmp_path: Path, environment: dict[str, str]
) -> None:
    clone = tmp_path / "a clone with spaces"
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))
    (tmp_path / "request.json").write_bytes(request_.to_bytes())
    assert printed(clone, tmp_path, environment) == hashlib.sha256(pack).hexdigest()


@pytest.mark.slow
def test_the_order_in_which_files_were_written_does_not_matter(
    make_repository: Callable[[], Path], pack: bytes, request_: PackRequest
) -> None:
    from generator.bootstrap import print_pack

    again = make_repository()
    assert git(again, "rev-parse", "HEAD") == request_.commit
    files = sorted((again / "content").rglob("*"), reverse=True)
    for path in files:
        if path.is_file():
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
    assert print_pack(str(again), request_) == pack
