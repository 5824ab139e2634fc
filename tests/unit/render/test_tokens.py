"""The design tokens: every pair of text and ground can be read, every variable that is used exists."""

import re
from pathlib import Path

import pytest

from generator.adapters.theme import theme_files
from generator.bootstrap import theme, theme_folder
from generator.render.tokens import contrast, read_tokens, stylesheet

TOKENS = theme().tokens
LEAST = 4.5


def test_contrast_is_what_wcag_defines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TOKENS.text_on)
def test_text_can_be_read_on_its_ground_in_light_and_dark(text: str, ground: str) -> None:
    assert contrast(TOKENS.light[text], TOKENS.light[ground]) >= LEAST
    assert contrast(TOKENS.dark[text], TOKENS.dark[ground]) >= LEAST


def test_the_style_sheet_uses_only_variables_that_the_tokens_define() -> None:
    styles = theme_files(theme_folder(), "overrides")["overrides/assets/portal.css"].decode()
    used = set(re.findall(r"var\(--u-([\w-]+)\)", styles))
    assert used <= TOKENS.light.keys()
    assert TOKENS.light.keys() == TOKENS.dark.keys()


def test_paper_is_light_whatever_the_screen_is() -> None:
    dark = stylesheet(TOKENS).partition("@media print")[2]
    assert f"--u-bg: {TOKENS.light['bg']};" in dark


def test_no_template_carries_a_style_or_a_script() -> None:
    folder = Path(theme_folder()) / "pages"
    for path in folder.glob("*.html"):
        assert not re.search(r"\sstyle=|<script|\son\w+=|javascript:", path.read_text()), path.name


def test_tokens_are_read_from_json() -> None:
    table = '{"colours": {"bg": {"light": "#fff", "dark": "#000"}}, "icons": {"ok": "M0"}, "text_on": {"bg": ["bg"]}}'
    assert read_tokens(table).text_on == (("bg", "bg"),)
