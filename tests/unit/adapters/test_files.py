"""Files are written whole or not at all; failures have a reason code."""

import os
from pathlib import Path

import pytest

from generator.adapters.files import DiskFiles, storage_error
from generator.errors import StorageError


def test_a_file_is_written_with_its_folders_and_read_again(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.txt"
    DiskFiles().write(str(target), b"one")
    DiskFiles().write(str(target), b"two")
    assert DiskFiles().read(str(target)) == b"two"
    assert DiskFiles().exists(str(target))
    assert [path.name for path in target.parent.iterdir()] == ["b.txt"]


def test_permissions_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    target = tmp_path / "b.txt"
    DiskFiles().write(str(target), b"one")
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask
    target.chmod(0o640)
    DiskFiles().write(str(target), b"two")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.txt"
    DiskFiles().write(str(target), b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as failed:
        DiskFiles().write(str(target), b"new")
    assert failed.value.reason == "DISK_FULL"
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["b.txt"]


@pytest.mark.parametrize(
    ("number", "reason"), [(28, "DISK_FULL"), (30, "READ_ONLY"), (13, "READ_ONLY"), (2, "NOT_FOUND"), (5, "STORAGE")]
)
def test_every_failure_has_a_reason(number: int, reason: str) -> None:
    assert storage_error("x", "write", OSError(number, "text")).reason == reason


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file"):
        DiskFiles().read(str(tmp_path / "none"))
