"""The design tokens: one table of colours, sizes and icons that feeds style sheets and SVG attributes alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by name for light and dark, icon outlines by name, and which text stands on which ground."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    icons: Mapping[str, str]
    text_on: tuple[tuple[str, str], ...]


def read_tokens(text: str) -> Tokens:
    """The tokens of theme/tokens.json."""
    table = json.loads(text)
    colours = table["colours"]
    return Tokens(
        {name: colour["light"] for name, colour in colours.items()},
        {name: colour["dark"] for name, colour in colours.items()},
        dict(table["icons"]),
        tuple((text, ground) for text, grounds in table["text_on"].items() for ground in grounds),
    )


def stylesheet(tokens: Tokens) -> str:
    """The tokens as CSS variables; paper is light whatever the screen is."""
    light, dark = _variables(tokens.light), _variables(tokens.dark)
    return (
        f":root, [data-md-color-scheme=default] {{\n{light}}}\n"
        f"@media screen {{\n[data-md-color-scheme=slate] {{\n{dark}}}\n}}\n"
        f"@media print {{\n[data-md-color-scheme=slate] {{\n{light}}}\n}}\n"
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"  --u-{name}: {colour};\n" for name, colour in colours.items())


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
