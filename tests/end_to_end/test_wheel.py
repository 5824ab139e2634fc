"""The wheel carries all that the commands need away from a checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target / "installed")
    return target / "installed"


def roadmap(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "name",
    [
        "generator/py.typed",
        "generator/_mkdocs.yml",
        "generator/_content/portal.yaml",
        "generator/_theme/tokens.json",
        "generator/adapters/fonts.conf",
    ],
)
def test_wheel_carries(installed: Path, name: str) -> None:
    assert (installed / name).is_file()


@pytest.mark.parametrize("folder", ["theme", "content", "generator"])
def test_wheel_carries_every_file_of(installed: Path, folder: str) -> None:
    target = {"theme": "generator/_theme", "content": "generator/_content", "generator": "generator"}[folder]
    listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name.removeprefix(f"{folder}/") for name in listed.decode().split("\0") if name]
    missing = [name for name in names if (ROOT / folder / name).exists() and not (installed / target / name).exists()]
    assert missing == []


def test_wheel_writes_the_sample_repository(installed: Path, tmp_path: Path) -> None:
    code = (
        "import generator, sys; from generator.adapters.new_repository import GitRepositories;"
        "from generator.adapters.sample import PackagedSample; from generator.commands.demo import write_demo;"
        "write_demo(PackagedSample(), GitRepositories(), sys.argv[1]); print(generator.__file__)"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", code, str(tmp_path / "bank")]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(installed))
    checked = roadmap(installed, "check", cwd=tmp_path / "bank")
    assert "Traceback" not in checked.stderr
    assert checked.returncode in {0, 1}
