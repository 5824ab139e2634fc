"""Hostile texts in every place where editors write: a title, a text, a Markdown body and a CSV cell each."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.factories import loaded, minimal_files
from tests.sources import scalar

PLACES = ("title", "text", "body", "cell")
OWN = (
    "{{7*7}}", "{% import os %}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "=1+1", "@SUM(1+1)",
    "+1|cmd", "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))",
    "![x](http://tracker.invalid/p.png)", "[x](\\\\evil.invalid\\share)", "<https://evil.invalid/>",
    "<svg onload=alert(1)>",
    "[x]: javascript:alert(1)", "`<script>`", "@edit@", 'href="@root@', "--8<-- /etc/passwd", "{: onclick=alert(1) }",
    "# Heading", "| a | b |\n|---|---|\n| c | d |", "&#106;avascript&colon;alert(1)", "%00", "..\\..\\etc", "::: x",
    "!!! note", "[[nte-context]]", "<!-- x -->", "<![CDATA[x]]>", "<?php x ?>", "\\", "a\\", "${7*7}", "#{7*7}",
)  # fmt: skip


def naughty_strings(outside_data: Path) -> list[str]:
    """The Big List of Naughty Strings, and some of our own that aim at what this program is made of."""
    found = json.loads((outside_data / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    return [*found, *OWN]


@dataclass(frozen=True)
class Naughty:
    """Sources with these strings; what was refused is left out of `files`."""

    files: Mapping[str, bytes]
    kept: Mapping[tuple[str, int], str]  # (place, number) -> the string
    refused: Mapping[tuple[str, int], str]  # (place, number) -> what was said


def naughty_portal(strings: list[str]) -> Naughty:
    """The minimal portal with each string in each place; those that are refused are found one by one."""
    kept: dict[tuple[str, int], str] = {}
    refused: dict[tuple[str, int], str] = {}
    for place in PLACES:
        for number, text in enumerate(strings):
            said = _refusal(place, number, text)
            if said:
                refused[place, number] = said
            else:
                kept[place, number] = text
    return Naughty(files_of(kept), kept, refused)


def _refusal(place: str, number: int, text: str) -> str:
    """What reading its file says of it; links lead nowhere, because no other file is read."""
    before, after = minimal_files(), files_of({(place, number): text})
    changed = {path: data for path, data in after.items() if data != before.get(path)}
    found = [problem for problem in loaded(changed).problems if not problem.code.startswith(("REF002", "REF003"))]
    return found[0].message if found else ""


def twin(naughty: Naughty) -> Naughty:
    """The same portal with a plain word wherever a string stands."""
    plain = {where: f"plainword {where[1]}" for where in naughty.kept}
    return Naughty(files_of(plain), plain, {})


def files_of(placed: Mapping[tuple[str, int], str]) -> dict[str, bytes]:
    """The minimal portal with these strings at their places."""
    files = dict(minimal_files())
    numbers = sorted({number for place, number in placed if place in ("title", "body")})
    for number in numbers:
        title, body = placed.get(("title", number), f"Toolkit {number}"), placed.get(("body", number), "Body.")
        front = (
            f"id: tkt-n{number:03}\ntitle: {scalar(title)}\naudience: rol-analyst\nversion: 1.0.0\nphase: phs-pilot\n"
        )
        path = f"change/toolkits/tkt-n{number:03}.md"
        files[path] = f"---\n{front}minutes: 3\n---\n{body}\n".encode("utf-8", "surrogatepass")
    texts = {number: text for (place, number), text in placed.items() if place == "text"}
    files["principles.yaml"] += b"".join(
        f"- {{id: pri-n{number:03}, title: P {number}, statement: {scalar(text)}}}\n".encode("utf-8", "surrogatepass")
        for number, text in sorted(texts.items())
    )
    cells = {number: text for (place, number), text in placed.items() if place == "cell"}
    files["change/communications.csv"] += _rows(sorted(cells.items())).encode("utf-8", "surrogatepass")
    return files


def _rows(cells: Iterable[tuple[int, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, text in cells:
        day = ("2026-01-05", "", "rol-analyst", "email")
        writer.writerow(
            [
                f"com-n{number:03}",
                *day,
                text,
                f"Purpose {number}",
                "Less rework",
                "Hours",
                "sea-chair",
                "phs-pilot",
                "",
                "sent",
            ]
        )
    return out.getvalue()
