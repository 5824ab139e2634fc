"""WeasyPrint, imported so that no installed font exists for it and nothing outside a print job can be fetched.

Importing this module raises OSError where the Pango libraries are missing.
"""

import contextlib
import io
import warnings
from collections.abc import Mapping
from importlib import resources
from typing import Any

from generator.adapters.environment import variable


def without_system_fonts() -> contextlib.AbstractContextManager[None]:
    """FontConfig finds its empty configuration while this lasts."""
    return variable("FONTCONFIG_FILE", str(resources.files("generator.adapters").joinpath("fonts.conf")))


# (fix 2, second half) The library asks FontConfig for fonts while it is imported, and again for each print.
with without_system_fonts(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
    # It warns that no fonts are configured, which is the point, and prints advice where libraries are missing.
    warnings.simplefilter("ignore")
    from weasyprint import HTML
    from weasyprint.text import ffi
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

__all__ = [
    "HTML",
    "FatalURLFetchingError",
    "LockedFetcher",
    "library_versions",
    "missing_characters",
    "without_system_fonts",
]

_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
_FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
_HUNDRED = 100
_TEN_THOUSAND = 10_000

if ffi.harfbuzz_subset is None:
    # Without it fonts are subset by another program, to other bytes.
    raise OSError("cannot load library 'libharfbuzz-subset.so.0'")


class LockedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves a job's assets and refuses everything else, keeping a list of what was refused."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.denied: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - the signature of the base
        """The asset of that name; anything else ends the print."""
        if url not in self.assets:
            # WeasyPrint goes on after some refusals (an image in inline SVG), so the caller checks this list as well.
            self.denied.append(url)
            raise FatalURLFetchingError(url)
        kinds = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
        media_type = kinds.get(url.rpartition(".")[2], "application/octet-stream")
        return URLFetcherResponse(url, self.assets[url], {"Content-Type": media_type})


def missing_characters(document: Any) -> tuple[str, ...]:
    """The characters of a painted document that none of its fonts has."""
    return tuple(sorted({chr(code) for font in document.fonts.values() for code in font.missing}))


def library_versions() -> dict[str, str]:
    """The versions of the system libraries that decide line breaks and font subsets."""
    return {
        "pango": _dotted(ffi.pango.pango_version()),
        "harfbuzz": _harfbuzz_version(),
        "fontconfig": _dotted(_loaded(_FONTCONFIG, "int FcGetVersion(void);").FcGetVersion()),
    }


def _harfbuzz_version() -> str:
    foreign = ffi.ffi.__class__()
    library = _loaded(_HARFBUZZ, "const char *hb_version_string(void);", foreign)
    return str(foreign.string(library.hb_version_string()).decode("ascii"))


def _loaded(names: tuple[str, ...], declaration: str, foreign: Any = None) -> Any:
    foreign = foreign or ffi.ffi.__class__()
    foreign.cdef(declaration)
    for name in names:
        with contextlib.suppress(OSError):
            return foreign.dlopen(name)
    raise OSError(f"cannot load library '{names[0]}'")


def _dotted(number: int) -> str:
    return f"{number // _TEN_THOUSAND}.{number // _HUNDRED % _HUNDRED}.{number % _HUNDRED}"
