"""As-of editions: the ends of quarters beside the site, from the commits of then, built once, audience kept."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.adapters.mkdocs_build import MkDocsBuilder
from generator.adapters.sample import PackagedSample
from generator.bootstrap import theme, world
from generator.commands.build import SiteReport, build
from generator.commands.editions import Maker, planned_editions, quarter_ends
from generator.commands.programme import Selection
from generator.model.fields import Classification
from generator.model.judgement import Commit, Person, Step, Timeline
from generator.ports import Site
from tests.factories import edited, minimal_files
from tests.repositories import Spec, written

NOTE = "notes/nte-context.md"
SECRET = "merlinmark"
SOMEONE = Person("Someone", "someone@northmere.example")


class CountingBuilder(MkDocsBuilder):
    """The real builder, with the sites counted and a toolchain that does not change while the tests run."""

    def __init__(self, repository: str) -> None:
        super().__init__(repository)
        self.built: list[str] = []
        self.version = "1"

    def build(self, site: Site, directory: str) -> tuple[str, ...]:
        """Build and count."""
        self.built.append(site.edition or "the site")
        return super().build(site, directory)

    def toolchain(self) -> Mapping[str, str]:
        """Whatever the test says."""
        return {"generator": self.version}


def _noon(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 12, tzinfo=UTC).timestamp())


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of these tests' own."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note that is told in February, sources that do not load in May, and the note withheld from July on."""
    folder = tmp_path_factory.mktemp("editions") / "bank"
    files = edited(minimal_files(), NOTE, "Why we do this.", f"Why we do this {SECRET}.")
    files = edited(files, "portal.yaml", "change_control_from: 2026-01-08", "change_control_from: 2026-07-02")
    files = edited(files, "registers/findings.yaml", "due: 2026-03-31", "due: 2026-12-31")
    now = files[NOTE].replace(b"links: [phs-pilot]", b"links: [phs-pilot]\nclassification: restricted")
    begin = {
        "mkdocs.yml": PackagedSample().files()["mkdocs.yml"],
        "content/pages/made.md": b"# How this is made\n",
        **{f"content/{path}": data for path, data in files.items()},
    }
    broken = files["principles.yaml"] + b"- {id: pri-broken, title: [\n"
    specs = (
        Spec(begin, message="roadmap: begin", at=_noon(2026, 2, 20)),
        Spec({"content/principles.yaml": broken}, message="principles: broken", at=_noon(2026, 5, 20)),
        Spec(
            {"content/principles.yaml": files["principles.yaml"], f"content/{NOTE}": now},
            message="notes: for few",
            at=_noon(2026, 7, 1),
        ),
    )
    written(folder, specs, root="", checkout=True)
    return folder


@pytest.fixture(scope="module")
def published(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteReport, CountingBuilder]:
    """The site with its editions."""
    target = tmp_path_factory.mktemp("site") / "out"
    builder = CountingBuilder(str(repository))
    maker = Maker(world(str(repository)), builder, theme(), 5)
    return target, build(maker, Selection("HEAD", None, Classification.INTERNAL), str(target)), builder


def test_an_edition_whose_sources_have_errors_is_left_out_and_said_so(
    published: tuple[Path, SiteReport, CountingBuilder],
) -> None:
    target, report, _ = published
    states = {str(one.edition.day): one.edition.problem for one in report.editions}
    assert states == {"2026-06-30": "its sources have errors by today's rules", "2026-03-31": ""}
    assert next(one.reason for one in report.editions if one.reason).startswith("content/principles.yaml:")
    assert not (target / "as-of/2026-06-30").exists()
    for page in ("as-of/index.html", "evidence/index.html"):
        text = (target / page).read_text()
        assert "2026-03-31/" in text
        assert "left out" in text


def test_every_page_of_an_edition_says_what_it_is(published: tuple[Path, SiteReport, CountingBuilder]) -> None:
    target, _, _ = published
    pages = sorted((target / "as-of/2026-03-31").rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        text = page.read_text()
        assert "As of 31 Mar 2026: what was true then, as recorded in commit" in text, page
        assert "date claimed by committer" in text
    assert "rp-edition" not in (target / "index.html").read_text()


def test_editions_are_in_no_search(published: tuple[Path, SiteReport, CountingBuilder]) -> None:
    target, _, _ = published
    assert "as-of/2026" not in (target / "search/search_index.json").read_text()
    assert not (target / "as-of/2026-03-31/search").exists()


def test_what_is_withheld_today_is_in_no_edition(published: tuple[Path, SiteReport, CountingBuilder]) -> None:
    target, _, _ = published
    found = [path for path in target.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert found == []
    assert not [path for path in target.rglob("*") if "nte-context" in path.name]


def test_an_edition_is_built_once_for_each_toolchain(
    published: tuple[Path, SiteReport, CountingBuilder], repository: Path
) -> None:
    target, report, builder = published
    assert len([name for name in builder.built if name != "the site"]) == 1
    selection = Selection("HEAD", None, Classification.INTERNAL)
    again = CountingBuilder(str(repository))
    maker = Maker(world(str(repository)), again, theme(), 5)
    assert build(maker, selection, str(target)).manifest_sha256 == report.manifest_sha256
    assert again.built == ["the site"]
    again.version = "2"
    build(replace(maker, most=2), selection, str(target))
    assert len(again.built) == 3


def test_quarters_end_where_they_end() -> None:
    found = list(quarter_ends(date(2025, 9, 30), date(2026, 7, 1)))
    assert found == [date(2026, 6, 30), date(2026, 3, 31), date(2025, 12, 31), date(2025, 9, 30)]
    assert list(quarter_ends(date(2026, 4, 1), date(2026, 6, 30))) == []


def test_the_chain_decides_and_not_the_newest_date() -> None:
    def step(name: str, month: int, day: int) -> Step:
        moment = datetime(2026, month, day, 23, 30, tzinfo=UTC)
        return Step(Commit(name, "", (), SOMEONE, moment, SOMEONE, moment, ""), ())

    past = Timeline((step("a", 3, 1), step("forged", 12, 1), step("b", 3, 15), step("c", 3, 31), step("d", 5, 1)))
    (june, march) = planned_editions(past, date(2026, 7, 1), ZoneInfo("UTC"))
    assert (june.commit, march.commit) == ("d", "c")
    (_, march) = planned_editions(past, date(2026, 7, 1), ZoneInfo("Europe/London"))
    assert march.commit == "b"  # half past midnight of 1 April there
