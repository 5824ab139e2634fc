"""A small programme in git, one record of each kind, and its pack printed once."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.bootstrap import pack_theme, world
from generator.commands.pack import base_pack, request_for
from generator.evidence.request import PackRequest

MINIMAL = Path(__file__).parents[2] / "portals" / "minimal"
PACK = """\
id: pck-everything
title: Everything, first quarter 2026
as_of: 2026-02-20
recipients: [Internal audit]
sections: []
"""
DATE = "2026-02-20T12:00:00+00:00"


def git(folder: Path, *arguments: str) -> str:
    """Run git as one fixed author at one fixed time."""
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _IDENTITY.items()}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **who}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "core.autocrlf=false", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


_IDENTITY = {"NAME": "Curriculum lead", "EMAIL": "curriculum@northmere.example", "DATE": DATE}


@pytest.fixture(scope="session")
def make_repository(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """`make_repository()` commits the minimal portal with a pack of all sections into a new folder."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("programme")
        shutil.copytree(MINIMAL, folder / "content")
        (folder / "content" / "packs" / "pck-everything.yaml").write_text(PACK, encoding="utf-8")
        settings = folder / "content" / "portal.yaml"
        # One commit brings everything, so no decision can come before what it decides.
        text = re.sub(
            r"change_control_from: \S+", "change_control_from: 2026-03-01", settings.read_text(encoding="utf-8")
        )
        settings.write_text(text, encoding="utf-8")
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "roadmap: begin")
        return folder

    return make


@pytest.fixture(scope="session")
def repository(make_repository: Callable[[], Path]) -> Path:
    """The programme's repository; tests that change it make their own."""
    return make_repository()


@pytest.fixture(scope="session")
def request_(repository: Path) -> PackRequest:
    """The request of the pack with all sections."""
    return request_for(world(str(repository)), "pck-everything")


@pytest.fixture(scope="session")
def pack(repository: Path, request_: PackRequest) -> bytes:
    """The base pack of that request."""
    return base_pack(world(str(repository)), pack_theme(), request_)
