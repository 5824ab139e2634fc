"""The built site: whole, the same every time, safe to replace, and honest about what is wrong."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from generator.bootstrap import world
from generator.cli import main
from generator.commands.demo import DemoRepository
from generator.commands.programme import Programme, Selection, load_programme
from generator.kinds import KINDS
from generator.model.fields import Classification
from tests.end_to_end.site.conftest import publish
from tests.repositories import git


@pytest.fixture(scope="module")
def programme(bank: DemoRepository) -> Programme:
    return load_programme(world(bank.directory), Selection("HEAD", audience=Classification.INTERNAL))


def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text() for path in sorted(site.rglob("*.html"))}


def test_every_kind_has_a_page_and_every_record_its_place(built: Path, programme: Programme) -> None:
    shown = pages(built)
    missing = []
    for entry in programme.judgement.portal.entries.values():
        folder, _, anchor = entry.url().partition("#")
        page = shown.get(f"{folder}index.html")
        if entry.url() and (page is None or (anchor and f'id="{anchor}"' not in page)):
            missing.append(entry.key)
    assert missing == []
    assert {kind.name for kind in KINDS} == {entry.kind.name for entry in programme.loaded.portal.entries.values()}


def test_the_manifest_lists_every_file_with_its_digest(built: Path, bank: DemoRepository) -> None:
    table = json.loads((built / "manifest.json").read_text())
    found = {path.relative_to(built).as_posix(): path for path in built.rglob("*") if path.is_file()}
    assert table["commit"] == bank.head
    assert table["files"].keys() == found.keys() - {"manifest.json"}
    assert all(
        hashlib.sha256(found[name].read_bytes()).hexdigest() == digest for name, digest in table["files"].items()
    )


def test_a_second_build_has_the_same_bytes(built: Path, bank: DemoRepository, tmp_path: Path) -> None:
    again = tmp_path / "again"
    publish(bank, again)
    one, two = (
        {p.relative_to(r).as_posix(): p.read_bytes() for p in r.rglob("*") if p.is_file()} for r in (built, again)
    )
    assert one == two


def test_every_page_says_what_it_is_and_is_not_found_by_robots(built: Path) -> None:
    for path, html in pages(built).items():
        assert '<meta name="robots" content="noindex' in html, path
        assert "Classification: INTERNAL" in html, path
        assert html.count("<h1") == 1, path


def test_a_record_page_names_its_source_and_opens_it(built: Path, programme: Programme) -> None:
    for entry in programme.judgement.portal.entries.values():
        if entry.kind.page and "{id}" in entry.kind.page.path:
            html = (built / entry.url() / "index.html").read_text()
            assert f'href="https://git.northmere.example/training/edit/main/content/{entry.path}"' in html, entry.key
            assert "Last changed" in html, entry.key


def test_no_page_of_ours_carries_a_style_or_a_script(built: Path) -> None:
    for path, html in pages(built).items():
        body = re.search(r'<div class="rp pg-.*?</footer>\s*</div>', html, re.DOTALL)
        if body:
            assert not re.search(r"\sstyle=|<script|\son\w+=", body[0]), path


def test_the_build_s_commit_stands_on_home_and_evidence_only(built: Path, bank: DemoRepository) -> None:
    told = [path for path, html in pages(built).items() if bank.head in html or bank.head[:12] in html]
    assert set(told) == {"index.html", "evidence/index.html"}


def test_an_unchanged_page_is_an_unchanged_file(alone: Path, bank: DemoRepository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", bank.directory, str(clone))
    note = clone / "content" / "pages" / "glossary.md"
    note.write_text(note.read_text() + "\nOne more line.\n")
    git(clone, "-c", "user.name=Editor", "-c", "user.email=e@northmere.example", "commit", "-qam", "glossary: one line")
    again = tmp_path / "again"
    assert main(["-C", str(clone), "build", "--commit", "HEAD", "--as-of", "2026-11-20", str(again)]) == 0
    before, after = pages(alone), pages(again)
    changed = {path for path in before if before[path] != after[path]}
    assert changed <= {"glossary.html", "index.html", "evidence/index.html"}


def test_search_finds_records_and_escapes_them(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text())
    found = {entry["location"]: entry for entry in index["docs"]}
    assert "Fraud analyst" in found["roles/rol-fraud-analyst/index.html"]["title"]
    assert not any(
        re.search(r"<(?!/?(?:mark|p|h\d|ul|li|ol|code|pre|table|strong|em)\b)", e["text"]) for e in index["docs"]
    )
    assert (built / "search" / "search_index.js").read_text().startswith("var __index = {")


def test_the_audience_decides_what_is_there(bank: DemoRepository, tmp_path: Path) -> None:
    public = tmp_path / "public"
    assert main(["-C", bank.directory, "build", "--commit", "HEAD", "--audience", "restricted", str(public)]) == 0
    assert "Classification: RESTRICTED" in (public / "index.html").read_text()


def test_an_earlier_day_shows_what_was_seen_then(bank: DemoRepository, tmp_path: Path) -> None:
    spring = tmp_path / "spring"
    assert main(["-C", bank.directory, "build", "--commit", "HEAD", "--as-of", "2026-03-31", str(spring)]) == 0
    home = (spring / "index.html").read_text()
    assert 'datetime="2026-03-31"' in home
    assert not (spring / "decisions" / "dec-2026-025").exists()


def test_content_with_errors_is_not_built_and_the_old_site_stays(
    bank: DemoRepository, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", bank.directory, str(clone))
    site = tmp_path / "site"
    shutil.copytree(built, site)
    roles = clone / "content" / "registers" / "roles.yaml"
    roles.write_text(roles.read_text().replace("ai_exposure: high", "ai_exposure: huge", 1))
    assert main(["-C", str(clone), "build", str(site)]) == 1
    assert "registers/roles.yaml:" in capsys.readouterr().err
    assert (site / "index.html").read_bytes() == (built / "index.html").read_bytes()


def test_a_dead_link_in_a_hand_written_page_refuses_the_site(
    bank: DemoRepository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", bank.directory, str(clone))
    page = clone / "content" / "pages" / "glossary.md"
    page.write_text(page.read_text() + '\n<a href="no-such-page.html">gone</a>\n')
    assert main(["-C", str(clone), "build", str(tmp_path / "site")]) == 3
    told = capsys.readouterr().err
    assert "no-such-page.html leads nowhere" in told
    assert "reason: SITE_CHECK" in told
    assert not (tmp_path / "site").exists()


def test_a_hand_written_page_may_not_hide_a_generated_one(
    bank: DemoRepository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", bank.directory, str(clone))
    page = clone / "content" / "pages" / "roles" / "index.md"
    page.parent.mkdir()
    page.write_text("# Mine\n")
    assert main(["-C", str(clone), "build", str(tmp_path / "site")]) == 2
    assert "content/pages/roles/index.md:1:1: error: the portal makes this page itself" in capsys.readouterr().err


def test_titles_and_texts_of_editors_cannot_act(bank: DemoRepository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", bank.directory, str(clone))
    roles = clone / "content" / "registers" / "roles.yaml"
    roles.write_text(roles.read_text().replace("title: Fraud analyst", "title: '<img src=x onerror=alert(1)>'"))
    site = tmp_path / "site"
    assert main(["-C", str(clone), "build", str(site)]) == 0
    for path, html in pages(site).items():
        assert "<img src=x" not in html, path
    assert "<img src=x" not in (site / "search" / "search_index.json").read_text()
