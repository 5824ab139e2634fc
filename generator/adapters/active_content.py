"""What a PDF could run, or reach on the machine of whoever opens it, and files inside that its list does not name."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

_DEPTH = 40
_SUSPECT = re.compile(
    rb"/(?:JS|JavaScript|Launch|GoToR|GoToE|SubmitForm|ImportData|Rendition|RichMedia|Movie|Sound|XFA|AA|URI)(?![A-Za-z])"
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in ("JavaScript", "Launch", "GoToR", "GoToE", "SubmitForm", "ImportData", "Rendition", "Movie", "Sound")
)
_FILE = re.compile(rb"/EF(?![A-Za-z])")
_LOCAL_SCHEMES = ("file:", "javascript:", "data:", "vbscript:")


def active_names(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The names of what runs or leads to this machine's files, found by content, not by where it hangs."""
    for each in pdf.objects:
        plain: Any = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        if isinstance(plain, pikepdf.Name) and str(plain) in _ACTIONS:  # the sort of an action that refers to it
            yield str(plain)
        if isinstance(plain, pikepdf.Dictionary | pikepdf.Array) and _SUSPECT.search(plain.unparse(resolved=True)):
            for dictionary in _dictionaries(plain, 0):
                yield from _in_dictionary(dictionary)


def hidden_files(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The embedded files that hang elsewhere than in the list of attachments: on a page, say, or listed twice."""
    listed = {place for spec in pdf.attachments.values() for place in _streams(spec.obj)}
    for each in pdf.objects:
        plain: Any = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        if isinstance(plain, pikepdf.Dictionary | pikepdf.Array) and _FILE.search(plain.unparse(resolved=True)):
            for dictionary in _dictionaries(plain, 0):
                if not _streams(dictionary) <= listed:
                    name = str(dictionary.get("/UF", dictionary.get("/F", "")))
                    yield f"a file that is not in the list, {name[:40]!r}"


def _streams(specification: Any) -> set[tuple[int, int]]:
    """Where the bytes of a file specification lie."""
    embedded = specification.get("/EF")
    return {each.objgen for each in embedded.values()} if isinstance(embedded, pikepdf.Dictionary) else set()


def _dictionaries(value: Any, depth: int) -> Iterable[Any]:
    """The dictionaries written inside one object; references are followed by `active_names` on their own."""
    if depth > _DEPTH:
        return
    if isinstance(value, pikepdf.Dictionary):
        yield value
    inner = value.values() if isinstance(value, pikepdf.Dictionary) else value
    for item in inner if isinstance(value, pikepdf.Dictionary | pikepdf.Array) else ():
        if isinstance(item, pikepdf.Dictionary | pikepdf.Array) and not item.is_indirect:
            yield from _dictionaries(item, depth + 1)


def _in_dictionary(dictionary: Any) -> Iterator[str]:
    names = set(dictionary.keys())
    yield from sorted(names & {"/JS", "/JavaScript", "/XFA", "/AA", "/RichMediaContent"})
    if "/S" in names and str(dictionary["/S"]) in _ACTIONS:
        yield str(dictionary["/S"])
    if "/URI" in names and isinstance(dictionary["/URI"], pikepdf.String):
        address = str(dictionary["/URI"]).strip().lower()
        if address.startswith(_LOCAL_SCHEMES):
            yield f"a link to {address[:40]}"
