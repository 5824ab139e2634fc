"""Markdown from editors becomes HTML that cannot act, whatever they write."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.adapters import markup
from generator.adapters.markup import WorkerMarkup
from generator.adapters.markup_worker import rendered
from generator.errors import StorageError

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example/)",
    "[x](http://evil.example/)",
    "<a href='javascript:alert(1)'>x</a>",
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="\u00a0javascript:alert(1)">x</a>',
    "<svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    '<p style="position:fixed" onclick="x()" class="rp-call" id="top">x</p>',
    "<form action=//evil.example><input name=q></form>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "![x](https://evil.example/pixel.png)",
    "{{ 7 * 7 }} {% for x in y %}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_acts_or_loads_survives(text: str) -> None:
    html = rendered(text)
    elements = set(re.findall(r"<\s*(\w+)", html))
    assert elements.isdisjoint({"script", "img", "svg", "iframe", "style", "form", "input", "math", "object", "link"})
    assert not re.search(r"<[^>]+\s(on\w+|style|src|id)=", html)
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.fullmatch(r"https:.*|mailto:.*|@?[A-Za-z0-9._/#-]*", address)
        assert not address.startswith("//")


def test_ordinary_markdown_is_rendered() -> None:
    html = rendered("# T\n\nsome **bold** and [a role](@/roles/rol-x/)\n\n|a|b|\n|--|--:|\n|1|2|\n")
    assert "<h3>T</h3>" in html
    assert "<strong>bold</strong>" in html
    assert 'href="@/roles/rol-x/"' in html
    assert '<td class="al-r">2</td>' in html


def test_no_heading_stands_as_high_as_the_page_s_own() -> None:
    assert not re.search(r"<h[12]", rendered("# one\n\n## two\n\n<h1>three</h1>"))


def test_the_worker_is_asked_once_and_its_answers_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = WorkerMarkup(str(tmp_path)).render(["one", "two", "one"])
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: pytest.fail("asked again"))
    assert WorkerMarkup(str(tmp_path)).render(["two", "one"]) == first == {"one": "<p>one</p>", "two": "<p>two</p>"}


def test_a_text_that_kills_the_worker_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(texts: list[str]) -> list[str] | None:
        return None if "bad <b>" in texts else [f"<p>{text}</p>" for text in texts]

    monkeypatch.setattr(markup, "_asked", ask)
    html = WorkerMarkup(str(tmp_path)).render(["a", "bad <b>", "c", "d"])
    assert html == {
        "a": "<p>a</p>",
        "bad <b>": "<pre><code>bad &lt;b&gt;</code></pre>",
        "c": "<p>c</p>",
        "d": "<p>d</p>",
    }


def test_a_machine_too_busy_to_render_is_told_and_prints_no_other_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(markup, "WORKER_SECONDS", 0.001)
        with pytest.raises(StorageError) as told:
            WorkerMarkup(str(tmp_path)).render(["*one*", "*two*"])
    assert (told.value.reason, "try again" in told.value.remedy) == ("TOO_SLOW", True)
    assert WorkerMarkup(str(tmp_path)).render(["*one*"]) == {"*one*": "<p><em>one</em></p>"}


def test_what_the_worker_died_of_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(markup, "_asked", lambda _: None)
        assert WorkerMarkup(str(tmp_path)).render(["*one*"]) == {"*one*": "<pre><code>*one*</code></pre>"}
    assert WorkerMarkup(str(tmp_path)).render(["*one*"]) == {"*one*": "<p><em>one</em></p>"}


def test_a_text_beyond_the_limit_is_only_escaped(tmp_path: Path) -> None:
    html = WorkerMarkup(str(tmp_path)).render(["<b>" * 100_000])
    assert next(iter(html.values())).startswith("<pre><code>&lt;b&gt;")


@pytest.mark.parametrize("limit", ["ulimit -v 700000", "ulimit -t 15"])
def test_a_process_that_is_bounded_already_stays_so(limit: str) -> None:
    command = f"{limit}; exec {sys.executable} -P -m generator.adapters.markup_worker"
    done = subprocess.run(["sh", "-c", command], input='["*a*"]', capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('["<p><em>a</em></p>"]', "")
