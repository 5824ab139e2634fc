"""What is restricted appears nowhere in a lower build: pages, search index, JSON, downloads, pack, attachments."""

import io
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from generator.adapters.sample import PackagedSample
from generator.bootstrap import print_pack, site_builder, theme, world
from generator.commands.build import build
from generator.commands.editions import Maker
from generator.commands.pack import request_for
from generator.commands.pages import pack_index, site_source
from generator.commands.programme import Selection, load_programme
from generator.kinds.portal import Settings
from generator.model.fields import Classification
from generator.model.judgement import IssuedPack, Judgement
from generator.render.site.build import FinishedPage, site_pages
from generator.render.site.source import SiteSource
from tests.canaries import CANARY, restricted
from tests.factories import MINIMAL_DAY, edited, loaded, minimal_files
from tests.repositories import Spec, written

PAST = "merlinmark"  # stands in a restricted record that was deleted, and in an earlier text of another
IDS = (
    "nte-context", "nte-deleted", "fnd-2026-001", "rsk-error", "spo-pilot", "rgc-2026-01", "ret-coh-a", "les-0001",
    "sys-triage", "inc-2026-0001",
)  # fmt: skip
MARKS = (CANARY, PAST, *IDS)
BEGUN = int(datetime(2026, 2, 14, 12, tzinfo=UTC).timestamp())
MOMENT = int(datetime(2026, 4, 2, 12, tzinfo=UTC).timestamp())  # an edition as of 31 March stands beside the site
INTERNAL = Classification.INTERNAL
# Each of these removes what much else leans on; tests/soak tries every kind.
LEANED_ON = ["role", "module", "seat", "body", "system", "kpi", "phase", "decision", "obligation", "cohort"]


def classified(files: Mapping[str, bytes], word: str) -> dict[str, bytes]:
    """The minimal portal with ten records restricted, this word in their texts."""
    edits = (
        ("notes/nte-context.md", "links: [phs-pilot]", "links: [phs-pilot]\nclassification: restricted"),
        ("notes/nte-context.md", "Why we do this.", f"Why we do this {word}."),
        ("registers/findings.yaml", "title: Late minutes", f"classification: restricted, title: Late minutes {word}"),
        ("registers/findings.yaml", "due: 2026-03-31", "due: 2026-06-30"),
        ("registers/risks.yaml", "title: Staff act", f"classification: restricted\n    title: {word} staff act"),
        ("registers/systems.yaml", "title: Alert triage", f"classification: restricted, title: {word} alerts"),
        ("change/sponsors.yaml", "commitment: Opens", f"classification: restricted, commitment: {word} opens"),
        ("regulatory/rgc-2026-01.md", "title: Literacy applies", f"title: {word}\nclassification: restricted"),
        ("cohorts/retrospectives/ret-coh-a.md", "title: Retrospective A", f"title: {word}\nclassification: restricted"),
        ("cohorts/retrospectives/ret-coh-a.md", "text: Real alerts", f"text: {word} real alerts"),
        ("registers/incidents.csv", "lesson\n", "lesson,classification\n"),
        ("registers/incidents.csv", ",les-0001\n", ",les-0001,restricted\n"),
        ("principles.yaml", "without its source.", "without its source, see fnd-2026-001 and rsk-error."),
        ("portal.yaml", "change_control_from: 2026-01-08", "change_control_from: 2026-12-01"),
    )
    for path, old, new in edits:
        files = edited(files, path, old, new)
    return dict(files)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four commits: restricted records, one of them deleted later, texts of others changed."""
    folder = tmp_path_factory.mktemp("classified") / "bank"
    site = {"mkdocs.yml": PackagedSample().files()["mkdocs.yml"], "content/pages/made.md": b"# How this is made\n"}
    content = {f"content/{path}": data for path, data in classified(minimal_files(), PAST).items()}
    later = {f"content/{path}": data for path, data in classified(minimal_files(), CANARY).items()}
    deleted = f"---\nid: nte-deleted\ntitle: {PAST}\ntopic: context\nclassification: restricted\n---\n{PAST}\n".encode()
    principles = later["content/principles.yaml"].replace(
        b"statement: ", b"classification: public, statement: Always ", 1
    )
    steps = (
        Spec(site),
        Spec({**content, "content/notes/nte-deleted.md": deleted}, message="roadmap: begin", at=BEGUN),
        Spec({**later, "content/notes/nte-deleted.md": None}, message="roadmap: go on after fnd-2026-001"),
        Spec({"content/principles.yaml": principles}, message="principles: say it better", at=MOMENT),
    )
    written(folder, steps, root="", checkout=True)
    return folder


@pytest.fixture(scope="module", params=["internal", "public"])
def site(
    request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The files of a whole site for that audience."""
    target = tmp_path_factory.mktemp("site") / "out"
    selection = Selection("HEAD", None, Classification(request.param))
    here = str(repository)
    build(Maker(world(here), site_builder(here), theme(), 3), selection, str(target))
    found = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    shutil.rmtree(target)
    return found


def test_no_file_of_a_lower_site_holds_a_mark(site: dict[str, bytes]) -> None:
    assert "search/search_index.json" in site
    assert any("2026-03-31" in path for path in site)
    assert {mark: path for path, data in site.items() for mark in MARKS if mark.encode() in data} == {}
    assert {mark: path for path in site for mark in MARKS if mark in path} == {}


def test_the_widest_site_holds_the_marks(repository: Path) -> None:
    here = world(str(repository))
    source = site_source(load_programme(here, Selection("HEAD")), pack_index(here, Classification.RESTRICTED))
    pages = "".join(page.html for page in site_pages(source, theme()))
    assert [mark for mark in MARKS if mark not in pages] == []


@pytest.fixture(scope="module")
def pack(repository: Path) -> bytes:
    """The pack of the minimal portal, for its audience: internal."""
    return print_pack(str(repository), request_for(world(str(repository)), "pck-q1"))


def test_no_page_of_an_internal_pack_holds_a_mark(pack: bytes) -> None:
    words = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pack)).pages)
    joined = "".join(words.split())
    assert "INTERNAL" in words
    assert [mark for mark in MARKS if mark in joined] == []


def test_no_part_of_an_internal_pack_holds_a_mark(pack: bytes) -> None:
    parts = dict(_parts(pack))
    assert any(name.startswith("attachment content/") for name in parts)
    assert {mark: name for name, data in parts.items() for mark in MARKS if mark.encode() in data} == {}
    assert {mark: name for name in parts for mark in MARKS if mark in name} == {}


def _parts(pack: bytes) -> Iterator[tuple[str, bytes]]:
    """The raw file, its attachments, and every object in it uncompressed."""
    yield "file", pack
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        for name, spec in pdf.attachments.items():
            yield f"attachment {name}", bytes(spec.get_file().read_bytes())
        for number, found in enumerate(pdf.objects):
            data = found.read_bytes() if isinstance(found, pikepdf.Stream) else b""
            yield f"object {number}", data + repr(found).encode()


# --- every kind --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEANED_ON)
def test_pages_without_a_kind_tell_nothing_of_it(name: str) -> None:
    assert_untold(name)


def assert_untold(name: str) -> None:
    """No page tells of the records of that kind when they are restricted."""
    portal = restricted(loaded(minimal_files()).portal, name)
    judged = Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY)).for_audience(INTERNAL, INTERNAL)
    gone = [key for key in portal.entries.keys() - judged.portal.entries.keys() if "-" in key]
    source = SiteSource(judged, portal.all(Settings)[0])
    for page in site_pages(source, theme()):
        assert [mark for mark in (CANARY, *gone) if mark in told(page)] == [], page.path


def told(page: FinishedPage) -> str:
    """All that a page says to whoever opens it or its source."""
    return f"{page.path} {page.title} {page.description} {page.edit_path} {page.html}"


# --- packs for others --------------------------------------------------------------------------------------------


def test_a_pack_for_a_narrower_audience_is_no_download(monkeypatch: pytest.MonkeyPatch) -> None:
    issued = tuple(_issued(number, word) for number, word in enumerate(("internal", "restricted"), start=1))
    monkeypatch.setattr("generator.commands.issue.issued_packs", lambda _store: issued)
    monkeypatch.setattr("generator.evidence.ledger.Ledger.parse", lambda _data: type("L", (), {"head": "0" * 64})())
    here = _WithLedger()
    lower, wide = pack_index(here, INTERNAL), pack_index(here, Classification.RESTRICTED)  # type: ignore[arg-type]
    assert [pack.seq for pack in lower.packs] == [1]
    assert lower.ledger == b""
    assert [pack.seq for pack in wide.packs] == [1, 2]
    assert wide.ledger


class _WithLedger:
    """A world of which only the ledger is read."""

    @property
    def store(self) -> "_WithLedger":
        return self

    def ledger(self) -> bytes:
        return b"a line\n"


def _issued(number: int, audience: str) -> IssuedPack:
    when = datetime(2026, 2, 20, 12, tzinfo=UTC)
    sums = (str(number) * 64, 1000, "b" * 64)
    return IssuedPack(number, "pck-q1", "c" * 40, MINIMAL_DAY, when, *sums, audience=Classification(audience))
