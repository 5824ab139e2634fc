"""A build deletes what stood in its target, so it takes only new folders, empty ones and its own earlier sites."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.adapters import mkdocs_build
from generator.adapters.mkdocs_build import MkDocsBuilder
from generator.errors import PortalError, StorageError
from generator.ports import Site


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that is also the current folder."""
    folder = tmp_path / "over" / "checkout"
    (folder / ".git").mkdir(parents=True)
    (folder / "content" / "pages").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.mark.parametrize("target", ["", ".", "..", "../..", "content", "content/pages", "content/new", "../checkout"])
def test_the_repository_and_what_is_above_it_are_refused(repository: Path, target: str) -> None:
    before = everything(repository.parent)
    builder = MkDocsBuilder(str(repository))
    with pytest.raises(PortalError) as refused:
        builder.temporary(target)
    assert refused.value.reason in {"NOT_A_SITE", "USAGE"}
    assert everything(repository.parent) == before


def test_the_current_folder_is_refused_when_the_repository_is_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for target in ("", ".", str(elsewhere)):
        with pytest.raises(PortalError):
            MkDocsBuilder(str(repository)).temporary(target)


@pytest.mark.parametrize("manifest", ["", "{}", "[]", "no json"])
def test_a_folder_with_other_things_is_refused(repository: Path, tmp_path: Path, manifest: str) -> None:
    target = tmp_path / "papers"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work", encoding="ascii")
    if manifest:
        (target / "manifest.json").write_text(manifest, encoding="ascii")
    with pytest.raises(StorageError, match="is not replaced"):
        MkDocsBuilder(str(repository)).temporary(str(target))
    assert (target / "thesis.txt").is_file()


def test_a_checkout_is_refused_even_with_a_manifest(repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "other"
    (target / ".git").mkdir(parents=True)
    (target / "manifest.json").write_text('{"commit": "", "files": {}}', encoding="ascii")
    with pytest.raises(StorageError):
        MkDocsBuilder(str(repository)).temporary(str(target))


def test_swapping_checks_again(repository: Path, tmp_path: Path) -> None:
    builder = MkDocsBuilder(str(repository))
    fresh = builder.temporary(str(tmp_path / "site"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("years of work", encoding="ascii")
    with pytest.raises(StorageError):
        builder.swap(fresh, str(tmp_path / "site"))
    assert (tmp_path / "site" / "thesis.txt").is_file()


def test_new_empty_and_earlier_sites_are_taken(repository: Path, tmp_path: Path) -> None:
    builder = MkDocsBuilder(str(repository))
    target = tmp_path / "site"
    for word in ("first", "second"):
        fresh = Path(builder.temporary(str(target)))
        (fresh / "index.html").write_text(word, encoding="ascii")
        (fresh / "manifest.json").write_text('{"commit": "", "files": {"index.html": ""}}', encoding="ascii")
        builder.swap(str(fresh), str(target))
        assert (target / "index.html").read_text(encoding="ascii") == word
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def killed(repository: Path, target: Path) -> Path:
    """What a build that was killed leaves beside its target."""
    builder = MkDocsBuilder(str(repository))
    fresh = Path(builder.temporary(str(target)))
    (fresh / "assets").mkdir()
    (fresh / "assets" / "half.css").write_text("half", encoding="ascii")
    os.close(builder._workshops[str(fresh)].lock)  # the system takes the lock from a dead process
    return fresh.parent


def test_the_next_build_removes_what_a_killed_one_left(repository: Path, tmp_path: Path) -> None:
    left = killed(repository, tmp_path / "site")
    builder = MkDocsBuilder(str(repository))
    fresh = builder.temporary(str(tmp_path / "site"))
    assert not left.exists()
    builder.discard(fresh)
    assert list(tmp_path.glob(".site.*")) == []


def test_what_mkdocs_reads_lies_in_the_workshop_too(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "mkdocs.yml").write_text("site_name: Bank\n", encoding="utf-8")
    (repository / "content" / "pages").rmdir()  # then they are laid out for MkDocs, as those of a commit are
    target = tmp_path / "site"
    builder = MkDocsBuilder(str(repository))
    fresh = builder.temporary(str(target))
    places: list[Path] = []
    monkeypatch.setattr(mkdocs_build, "_run", lambda settings, *_: places.append(settings))
    builder.build(Site((), (), "", datetime(2026, 11, 20, tzinfo=UTC), ""), fresh)
    assert places[0].is_relative_to(Path(fresh).parent)
    assert not places[0].is_relative_to(fresh)
    (Path(fresh).parent / "sources-k1ll3d__").mkdir()
    (Path(fresh).parent / "sources-k1ll3d__" / "mkdocs.yml").write_text("site_name: Bank\n", encoding="utf-8")
    builder.discard(fresh)
    assert list(tmp_path.glob(".site.*")) == []


def test_a_living_build_is_left_alone(repository: Path, tmp_path: Path) -> None:
    one, other = MkDocsBuilder(str(repository)), MkDocsBuilder(str(repository))
    first = Path(one.temporary(str(tmp_path / "site")))
    second = Path(other.temporary(str(tmp_path / "site")))
    assert (first.is_dir(), second.is_dir()) == (True, True)
    one.discard(str(first))
    other.discard(str(second))
    assert list(tmp_path.glob(".site.*")) == []


@pytest.mark.parametrize("name", [".site.backup", ".site.abcd1234", ".site."])
def test_a_folder_of_that_name_without_our_mark_stays(repository: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "roadmap-build").write_text("mine", encoding="ascii")
    (tmp_path / name / "thesis.txt").write_text("years of work", encoding="ascii")
    builder = MkDocsBuilder(str(repository))
    builder.discard(builder.temporary(str(tmp_path / "site")))
    assert (tmp_path / name / "thesis.txt").is_file()


def test_what_others_put_into_an_abandoned_build_stays(repository: Path, tmp_path: Path) -> None:
    left = killed(repository, tmp_path / "site")
    (left / "thesis.txt").write_text("years of work", encoding="ascii")
    builder = MkDocsBuilder(str(repository))
    builder.discard(builder.temporary(str(tmp_path / "site")))
    assert (left / "thesis.txt").is_file()


def test_a_site_that_was_set_aside_when_its_build_was_killed_comes_back(repository: Path, tmp_path: Path) -> None:
    left = killed(repository, tmp_path / "site")
    (left / "old").mkdir()
    (left / "old" / "index.html").write_text("old", encoding="ascii")
    (left / "old" / "manifest.json").write_text('{"commit": "", "files": {"index.html": ""}}', encoding="ascii")
    builder = MkDocsBuilder(str(repository))
    builder.discard(builder.temporary(str(tmp_path / "site")))
    assert (tmp_path / "site" / "index.html").read_text(encoding="ascii") == "old"
    assert not left.exists()
