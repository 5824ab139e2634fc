"""The sample bank's repository, written once a session."""

from pathlib import Path

import pytest

from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import DemoRepository, write_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoRepository:
    """The demo repository; tests add branches and never move main."""
    return write_demo(PackagedSample(), GitRepositories(), str(tmp_path_factory.mktemp("demo") / "bank"))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of these tests' own."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("cache")
    patch.setenv("XDG_CACHE_HOME", str(folder))
    return folder
