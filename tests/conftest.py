"""Options and fixtures of every test."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.search import SHARE, ended

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

# A test run must say the same twice: the seed is fixed and no machine is too slow. `./run soak` loads the other one.
settings.register_profile("test", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("ROADMAP_TEST_PROFILE", "test"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; read the git diff after")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Say how many tests share the time of a long run."""
    SHARE.tests = len(session.items)


def pytest_runtest_teardown() -> None:
    """Leave what a test did not need of its time to the others."""
    SHARE.tests -= 1


def pytest_sessionfinish() -> None:
    """Leave what all of it cost to a long run."""
    ended()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def outside_data() -> Path:
    """The folder of data sets that nobody on this project wrote; the test skips where it is absent."""
    folder = os.environ.get("ROADMAP_TEST_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ROADMAP_TEST_DATA names no folder: outside data sets are absent")
    return Path(folder)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` asserts that text equals tests/golden/NAME, or writes it under --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        expected = path.read_bytes().decode() if path.exists() else ""
        assert text == expected, f"{path.relative_to(ROOT)} differs; run pytest --update-golden and read the git diff"

    return compare
