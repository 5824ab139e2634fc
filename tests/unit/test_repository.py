"""What may not be committed: keys, places of one machine, addresses of registries, large or odd files."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1 << 20
# Broken on purpose, or bytes of somebody else.
EXEMPT = ("tests/portals/broken/", "theme/packs/fonts/", "theme/overrides/")
SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE " + rb"KEY-----|AKIA[0-9A-Z]{16}")
MACHINE = re.compile(rb"(?<![\w.*])/(?:home|root|Users|work)/[a-z]")
REGISTRY = re.compile(
    rb"\b(?:"
    + rb"|".join((rb"pypi\." + rb"org", rb"pythonhosted\." + rb"org", rb"npmjs\." + rb"(?:org|com)"))
    + rb")\b"
)


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def matching(pattern: re.Pattern[bytes]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{data[: found.start()].count(bytes([10])) + 1}"
        for path in tracked()
        if (found := pattern.search(data := path.read_bytes()))
    ]


def test_no_private_keys() -> None:
    assert matching(SECRET) == []


def test_no_paths_of_one_machine() -> None:
    assert matching(MACHINE) == []


def test_no_registry_is_named() -> None:
    assert matching(REGISTRY) == []


def test_no_symlinks() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.is_symlink()] == []


def test_no_large_files() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > MEBIBYTE] == []


def test_text_ends_its_lines_as_unix_does() -> None:
    odd = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if not path.relative_to(ROOT).as_posix().startswith(EXEMPT)
        and b"\0" not in (data := path.read_bytes())
        and (b"\r\n" in data or (data and not data.endswith(b"\n")))
    ]
    assert odd == []


@pytest.mark.parametrize("lock", ["runtime", "dev", "lock"])
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="ascii").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line] == []


def test_development_lock_contains_the_runtime_lock() -> None:
    pattern = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    runtime, dev = (
        dict(pattern.findall((ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii")))
        for name in ("runtime", "dev")
    )
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}
