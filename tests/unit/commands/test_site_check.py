"""The checker of built sites finds each fault, and none where there is none."""

import pytest

from generator.commands.site_check import site_problems

GOOD = {
    "index.html": b'<html><link rel="stylesheet" href="assets/a.css"><h1 id="top">x</h1><a href="roles/">r</a></html>',
    "roles/index.html": b'<a href="../index.html#top">home</a><a href="https://law.example/">law</a>'
    b'<a href="mailto:a@b.example">m</a><script src="../assets/a.js"></script>',
    "assets/a.css": b"@font-face { src: url(f.woff2) } .m { mask: url('data:image/svg+xml,%3csvg/%3e') }",
    "assets/a.js": b"",
    "assets/f.woff2": b"",
}


def with_page(html: str) -> dict[str, bytes]:
    return GOOD | {"index.html": f'<h1 id="top">x</h1>{html}'.encode()}


def test_a_good_site_has_no_problem() -> None:
    assert site_problems(GOOD, ["index.html", "roles/index.html"]) == ()


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="rols/">x</a>', "leads nowhere"),
        ('<a href="roles/#gone">x</a>', "not on the page"),
        ('<a href="../outside.html">x</a>', "leads nowhere"),
        ('<a href="#gone">x</a>', "not on the page"),
        ('<p id="a"></p><p id="a"></p>', 'the id "a" stands twice'),
        ('<img src="https://cdn.example/x.png">', "which is not ours"),
        ('<script src="//cdn.example/x.js"></script>', "which is not ours"),
        ('<link rel="stylesheet" href="https://fonts.example/x.css">', "which is not ours"),
        ('<img src="missing.png">', "leads nowhere"),
        ('<form action="https://elsewhere.example/"></form>', "which is not ours"),
        ("<a href='rols/'>x</a>", "leads nowhere"),
        ("<a href=rols/>x</a>", "leads nowhere"),
        ('<a title="a > b" href="rols/">x</a>', "leads nowhere"),
    ],
)
def test_each_fault_is_found(html: str, told: str) -> None:
    (problem,) = site_problems(with_page(html), [])
    assert told in problem


def test_a_missing_page_and_download_are_found() -> None:
    found = site_problems(GOOD, ["modules/index.html", "evidence/pack.pdf"])
    assert [problem.partition(":")[0] for problem in found] == ["evidence/pack.pdf", "modules/index.html"]


@pytest.mark.parametrize("address", ["https://cdn.example/f.woff2", "gone.woff2"])
def test_a_style_sheet_that_loads_elsewhere_or_nothing_is_found(address: str) -> None:
    (problem,) = site_problems(GOOD | {"assets/a.css": f"x {{ src: url({address}) }}".encode()}, [])
    assert address in problem


def test_text_that_looks_like_a_link_is_no_link() -> None:
    assert site_problems(with_page('<code>&lt;a href="gone/"&gt;</code>'), []) == ()
