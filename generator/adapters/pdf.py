"""Prints packs with WeasyPrint: one file that is PDF/A-3a and PDF/UA-1, the same bytes on every machine.

Eight fixes stand between WeasyPrint's output and such a file; each is marked where it is made:
(1) one XMP packet with both claims, (2) no system font for text in SVG, (3) attachments without the machine's dates
and media types, (4) object streams of at most 100 objects, (5) later revisions leave XMP alone (in `signing`),
(6) signature boxes drawn by the pack itself (in `signing`), (7) tagged signature fields placed beforehand,
(8) their structure elements point at the widget directly.
"""

import gc
import hashlib
import io
import logging
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import generator
from generator.errors import PrintError
from generator.ports import PrintJob

NO_PANGO_REMEDY = (
    "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango harfbuzz; macOS: brew install pango"
)
# What decides a pack's text and bytes between git and the PDF; their versions are the toolchain's lock digest.
_DISTRIBUTIONS = (
    "brotli", "cffi", "cssselect2", "fonttools", "jinja2", "markdown", "nh3", "pikepdf", "pillow", "pydantic",
    "pydyf", "pyphen", "pyyaml", "tinycss2", "tinyhtml5", "weasyprint", "zopfli",
)  # fmt: skip
_SVG_WITHOUT_FONT = re.compile(r"<svg(?![^>]*\sfont-family=)(?=[\s>])")
_POINTS = 0.75  # a CSS pixel

Anchors = Mapping[str, tuple[int, float, float]]
"""Field name -> page index, left, bottom, in PDF points."""


class WeasyPrinter:
    """Fills the port `PdfPrinter`; `theme` is the folder whose `packs/` hold fonts and templates."""

    def __init__(self, theme: Path) -> None:
        self._theme = theme

    def print(self, job: PrintJob) -> bytes:
        """The base pack. Raises PrintError: NO_PANGO, ASSET, GLYPHS, LAYOUT."""
        weasy = _weasy()
        fetcher = weasy.LockedFetcher(job.assets)
        try:
            with _uncollected(), weasy.without_system_fonts():
                raw, anchors = _painted(weasy, fetcher, job)
        except weasy.FatalURLFetchingError as error:
            raise _refused(str(fetcher.denied[0] if fetcher.denied else error)) from error
        except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, ValueError) as error:
            raise PrintError(f"the pack's layout failed: {error}", reason="LAYOUT") from error
        if fetcher.denied:
            raise _refused(fetcher.denied[0])
        return _finished(raw, job, anchors)

    def toolchain(self) -> Mapping[str, str]:
        """The versions that decide a pack's bytes."""
        versions = [f"{name}=={metadata.version(name)}" for name in _DISTRIBUTIONS]
        program = _digest(Path(generator.__file__).parent, self._theme / "packs")
        return {
            "generator": f"{generator.__version__}+{program}",
            "lock": hashlib.sha256("\n".join(versions).encode()).hexdigest(),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            "weasyprint": metadata.version("weasyprint"),
            **_weasy().library_versions(),
            "fonts": _digest(self._theme / "packs" / "fonts"),
        }


def _weasy() -> ModuleType:
    """WeasyPrint behind its locks; raises PrintError NO_PANGO where its libraries are missing."""
    try:
        from generator.adapters import weasy
    except OSError as error:
        raise PrintError("the Pango libraries are not installed", remedy=NO_PANGO_REMEDY, reason="NO_PANGO") from error
    return weasy


def _painted(weasy: ModuleType, fetcher: Any, job: PrintJob) -> tuple[bytes, Anchors]:
    """WeasyPrint's own PDF and the places of the signature fields."""
    # (fix 2) Text in inline SVG does not inherit the page's font: name it, and let no system font exist.
    html = _SVG_WITHOUT_FONT.sub('<svg font-family="Pack Sans"', job.html)
    with _logged() as complaints:
        document = weasy.HTML(string=html, url_fetcher=fetcher, base_url="asset:").render(pdf_variant="pdf/a-3a")
        instant = job.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document.metadata.created = document.metadata.modified = instant
        # Left uncompressed: pikepdf carries its own zlib, so the machine's does not decide the bytes.
        raw: bytes = document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
    if complaints:
        raise PrintError(f"the pack's layout is broken: {complaints[0]}", reason="LAYOUT")
    if missing := weasy.missing_characters(document):
        named = ", ".join(f"U+{ord(character):04X}" for character in missing[:10])
        raise PrintError(
            f"no bundled font has {len(missing)} of the pack's characters: {named}",
            remedy="change the text, or add a font to theme/packs/fonts and name it in the style sheet",
            reason="GLYPHS",
        )
    return raw, _anchors(document, job)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for circles in memory while the layout grows: there are hardly any, and it costs 3 % of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _anchors(document: Any, job: PrintJob) -> Anchors:
    """Field name -> (page index, left, bottom) in PDF points; fields without an anchor stand in a corner of page 1."""
    places: dict[str, tuple[int, float, float]] = {}
    for number, page in enumerate(document.pages):
        for field in job.fields:
            if field.anchor and field.anchor in page.anchors and field.name not in places:
                left, top = page.anchors[field.anchor][:2]
                places[field.name] = (number, left * _POINTS, (page.height - top) * _POINTS - field.height)
    for field in job.fields:
        if field.anchor and field.name not in places:
            raise PrintError(f"no element has the id '{field.anchor}' for the field {field.name}", reason="LAYOUT")
        places.setdefault(field.name, (0, 0.0, 0.0))
    return places


def _finished(raw: bytes, job: PrintJob, anchors: Anchors) -> bytes:
    """(fix 4) Written anew with object streams of at most 100 objects, which signing reads in linear time."""
    import pikepdf  # here: what needs no packs runs without it

    from generator.adapters.pdf_finish import finished

    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        finished(pdf, job, anchors)
        pdf.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return output.getvalue()


class _Complaints(logging.Handler):
    """Collects what WeasyPrint reports as broken: dead links, fonts it cannot load."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep errors, and the one warning that changes a pack's look without changing its text."""
        if record.levelno >= logging.ERROR or record.getMessage().startswith("Font-face"):
            self.messages.append(record.getMessage())


@contextmanager
def _logged() -> Iterator[list[str]]:
    handler = _Complaints()
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield handler.messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _refused(url: str) -> PrintError:
    return PrintError(
        f"the pack asks for '{url}', which is not one of its assets", remedy="packs fetch nothing", reason="ASSET"
    )


def _digest(*folders: Path) -> str:
    """SHA-256 over names and bytes of all source files below these folders; caches left out."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(("_theme", "_content", "_mkdocs")):
                total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
