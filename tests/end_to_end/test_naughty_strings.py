"""Every hostile text is refused with a message, or stands on its page, in the search and in the pack as plain text."""

import io
import json
import mimetypes
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pikepdf
import pytest
import tinyhtml5  # type: ignore[import-untyped] # published without types
from fontTools.ttLib import TTFont
from playwright.sync_api import Route, sync_playwright

from generator.adapters.sample import PackagedSample
from generator.bootstrap import print_pack, site_builder, theme, world
from generator.commands.build import build
from generator.commands.editions import Maker
from generator.commands.pack import request_for
from generator.commands.programme import Selection
from generator.errors import PrintError
from generator.model.fields import Classification
from tests.factories import judged
from tests.naughty import PLACES, Naughty, files_of, naughty_portal, naughty_strings, twin
from tests.repositories import Spec, written

pytestmark = pytest.mark.slow

MOMENT = int(datetime(2026, 2, 14, 12, tzinfo=UTC).timestamp())
FONTS = sorted((Path(__file__).parents[2] / "theme" / "packs" / "fonts").glob("*.ttf"))
LIVE = {
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "base", "meta", "link", "img", "video",
    "audio", "source", "svg", "math", "template", "frame", "frameset", "applet", "marquee", "textarea", "select",
}  # fmt: skip
ADDRESSES = {"href", "src", "action", "formaction", "srcdoc", "data", "poster", "background", "srcset", "ping"}
PACK = b"""id: pck-everything
title: Everything
as_of: 2026-02-15
recipients: [Internal audit]
sections: []
"""


@dataclass(frozen=True)
class Built:
    """A site and a pack with the strings, and the same with plain words."""

    naughty: Naughty
    site: Mapping[str, bytes]
    plain: Mapping[str, bytes]
    pack: bytes


@pytest.fixture(scope="module")
def built(outside_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both, from repositories of their own."""
    room = tmp_path_factory.mktemp("naughty")
    naughty = naughty_portal(naughty_strings(outside_data))
    repository = committed(room / "bank", naughty)
    site = built_site(repository, room / "site")
    plain = built_site(committed(room / "twin", twin(naughty)), room / "plain")
    return Built(naughty, site, plain, printed(committed(room / "printable", printable(naughty))))


def printable(naughty: Naughty) -> Naughty:
    """The portal with those strings that the pack's fonts have every character of; the others are refused by name."""
    known = set().union(*(TTFont(path).getBestCmap() for path in FONTS))
    kept = {where: text for where, text in naughty.kept.items() if set(map(ord, text)) - {0x0A} <= known}
    return Naughty(files_of(kept), kept, {})


def printed(repository: Path) -> bytes:
    """The pack of all sections."""
    return print_pack(str(repository), request_for(world(str(repository)), "pck-everything"))


def committed(folder: Path, naughty: Naughty) -> Path:
    """A repository with this portal, one commit."""
    files = {**naughty.files, "packs/pck-everything.yaml": PACK, "pages/made.md": b"# How this is made\n"}
    settings = files["portal.yaml"].replace(b"change_control_from: 2026-01-08", b"change_control_from: 2026-12-01")
    content = {f"content/{path}": data for path, data in {**files, "portal.yaml": settings}.items()}
    written(folder, [Spec({**content, "mkdocs.yml": PackagedSample().files()["mkdocs.yml"]}, at=MOMENT)], root="")
    return folder


def built_site(repository: Path, target: Path) -> dict[str, bytes]:
    """The files of its site."""
    here = str(repository)
    maker = Maker(world(here), site_builder(here), theme(), 0)
    build(maker, Selection("HEAD", None, Classification.INTERNAL), str(target))
    found = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    shutil.rmtree(target)
    return found


# --- refused or kept -----------------------------------------------------------------------------------------------


def test_every_string_in_every_place_is_refused_with_a_message_or_kept(built: Built, outside_data: Path) -> None:
    strings = naughty_strings(outside_data)
    assert len(built.naughty.kept) + len(built.naughty.refused) == len(PLACES) * len(strings)
    assert len(built.naughty.kept) > 0.9 * len(PLACES) * len(strings)
    assert all(message and message.isprintable() for message in built.naughty.refused.values())
    assert [problem for problem in judged(built.naughty.files).roots if problem.severity == "error"] == []


# --- the site ------------------------------------------------------------------------------------------------------


@cache
def elements(data: bytes) -> list[Element]:
    """Every element of a page as a browser sees it."""
    parsed = tinyhtml5.parse(io.BytesIO(data), transport_encoding="utf-8", namespace_html_elements=False)
    return list(parsed.iter())


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((path, data) for path, data in sorted(files.items()) if path.endswith(".html"))


def test_the_site_has_the_same_files_as_with_plain_words(built: Built) -> None:
    assert built.site.keys() == built.plain.keys()


def test_no_page_has_a_live_element_more_than_with_plain_words(built: Built) -> None:
    for path, data in pages(built.site):
        live = Counter(_signature(element) for element in elements(data) if name_of(element) in LIVE)
        expected = Counter(_signature(element) for element in elements(built.plain[path]) if name_of(element) in LIVE)
        assert live == expected, path


def _signature(element: Element) -> tuple[str, str, tuple[str, ...]]:
    """A live element by its name, its code where it has some, and its attributes' names."""
    code = "".join(element.itertext()) if name_of(element) in ("script", "style") else ""
    return name_of(element), code, tuple(sorted(map(str, element.attrib)))


def test_no_page_has_a_handler_or_an_address_that_runs(built: Built) -> None:
    for path, data in pages(built.site):
        for element in elements(data):
            for name, value in element.attrib.items():
                attribute = str(name).rpartition("}")[2].lower()
                assert not attribute.startswith("on"), (path, attribute, value)
                if attribute in ADDRESSES:
                    assert _is_harmless(value), (path, attribute, value)


def _is_harmless(address: str) -> bool:
    """A way within the site, or one of the few addresses that may leave it."""
    squeezed = re.sub(r"[\x00-\x20\u00a0]", "", address)
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", squeezed)
    return (scheme is None and not squeezed.startswith(("//", "\\\\"))) or squeezed.startswith(("https://", "mailto:"))


def test_no_page_loads_anything_from_elsewhere(built: Built) -> None:
    for path, data in pages(built.site):
        for element in elements(data):
            loaded = [element.attrib.get(name, "") for name in ("src", "srcset", "poster", "data")]
            loaded += [element.attrib.get("href", "")] if name_of(element) in ("link", "use", "image", "base") else []
            assert not [each for each in loaded if each.startswith(("http:", "https:", "//"))], path


def test_titles_and_texts_stand_as_they_were_written(built: Built) -> None:
    kits = {path: _squeezed("".join(_body(data).itertext())) for path, data in pages(built.site) if "tkt-n" in path}
    missing = []
    for (place, number), text in built.naughty.kept.items():
        if place == "title":
            page = next(words for path, words in kits.items() if f"tkt-n{number:03}" in path)
            missing += [text] if _squeezed(text) not in page else []
    assert missing == []


def test_cells_and_statements_stand_as_they_were_written(built: Built) -> None:
    everything = _squeezed(
        " ".join("".join(_body(data).itertext()) for path, data in pages(built.site) if "tkt-n" not in path)
    )
    kept = ((place, text) for (place, _), text in built.naughty.kept.items() if place in ("text", "cell"))
    assert [(place, text) for place, text in kept if _squeezed(text) not in everything] == []


def _body(data: bytes) -> Element:
    return next(element for element in elements(data) if name_of(element) == "body")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_templates_in_texts_are_not_run(built: Built) -> None:
    number = next(number for (place, number), text in built.naughty.kept.items() if text == "{{7*7}}")
    page = next(data for path, data in pages(built.site) if f"tkt-n{number:03}" in path)
    assert page.count(b"{{7*7}}") >= 2  # as the title and in the body
    assert not re.search(rb">\s*49\s*<", page)


def test_search_results_are_text_when_a_page_writes_them_as_html(built: Built) -> None:
    docs = json.loads(built.site["search/search_index.json"])["docs"]
    assert len([doc for doc in docs if "tkt-n" in doc["location"]]) >= 500
    for doc in (doc for doc in docs if doc["location"] != "made.html"):  # Material's own entry of a hand-written page
        for part in ("title", "text"):
            found = {name_of(element) for element in elements(f"<body><div>{doc[part]}</div>".encode())}
            assert found <= {"html", "head", "body", "div"}, doc


@pytest.mark.outside
def test_chromium_runs_nothing_of_it_and_asks_for_nothing_elsewhere(built: Built) -> None:
    chromium = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    said: list[str] = []
    shown = [path for path, _ in pages(built.site) if "tkt-n" in path][::24]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for path in ("about/index.html", "communications/index.html", "toolkits/index.html", *shown):
            page = browser.new_page()
            page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
            page.on("pageerror", lambda error: said.append(f"error {error}"))
            page.route("**/*", lambda route: _answer(route, built.site, said))
            page.goto(f"{HOST}{path}")
            page.close()
        browser.close()
    assert said == []


HOST = "http://portal.invalid/"


def _answer(route: Route, site: Mapping[str, bytes], said: list[str]) -> None:
    address = route.request.url
    path = unquote(urlsplit(address).path).lstrip("/") or "index.html"
    if address.startswith("blob:"):
        route.continue_()
    elif address.startswith(HOST) and path in site:
        route.fulfill(body=site[path], content_type=mimetypes.guess_type(path)[0] or "text/plain")
    else:
        if not address.startswith(HOST):
            said.append(f"request {address}")
        route.fulfill(status=404, body="")


# --- the pack ------------------------------------------------------------------------------------------------------


def test_the_pack_has_no_action_and_leads_nowhere_else(built: Built) -> None:
    with pikepdf.open(io.BytesIO(built.pack)) as pdf:
        for found in pdf.objects:
            if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                continue
            assert not {"/JS", "/AA", "/OpenAction", "/RichMedia", "/XFA"} & set(found.keys()), found
            kind = found.get("/S")
            assert kind not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE")
        names = set(pdf.attachments)
    assert {name for name in names if not name.startswith("content/")} == {"manifest.json", "request.json"}


def test_a_text_that_the_fonts_cannot_print_is_refused_by_its_characters(tmp_path: Path) -> None:
    kept = {("text", 0): "\u30c6\u30b9\u30c8"}
    with pytest.raises(PrintError, match="U\\+30C6"):
        printed(committed(tmp_path, Naughty(files_of(kept), kept, {})))


def test_the_pack_prints_the_statements(built: Built) -> None:
    statements = [number for place, number in printable(built.naughty).kept if place == "text"]
    assert len(statements) > 300
    with pikepdf.open(io.BytesIO(built.pack)) as pdf:
        assert len(pdf.pages) > 10
        attached = bytes(pdf.attachments["content/principles.yaml"].get_file().read_bytes())
    assert all(f"pri-n{number:03}".encode() in attached for number in statements)
