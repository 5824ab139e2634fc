"""Every pattern of the program takes time in proportion to its input (row 34 of the threat model)."""

import ast
import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import generator

ROOT = Path(generator.__file__).parent
SIZES = (16, 24, 1_000, 10_000, 100_000)
UNITS = (
    "a", "A", "0", "9", "-", ".", "/", ":", "@", " ", "\n", "\t", "<", ">", '"', "'", "[", "(", "{", "#", "|", "&", "_",
    "a@", "a.", "a-", "a0", "ab ", "<a ", "<th ", "<p>", "<h1>", "</", '="', " a=", "](", "[a](", "{%", "{{", "@{",
    "::", "-- ", "\n#", "\n- ", "&#", "mod-a", "2026-", "é",
)  # fmt: skip
SPOILERS = ("", "!")
NOTICED = 0.01  # seconds: below, a ratio is noise
HARMLESS = 0.002  # seconds for 10,000 characters: squared time takes a hundred times as long
OUT_OF_PROPORTION = 3.0


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and whether it is looked for at every place of a text."""

    pattern: re.Pattern[Any]
    name: str
    searched: bool


def module_patterns() -> Iterator[Used]:
    """Compiled patterns of every module, by the name they have there."""
    for found in pkgutil.walk_packages([str(ROOT)], "generator."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            methods = set(re.findall(rf"\b{name}\.(\w+)\(", source))
            for pattern in value if isinstance(value, tuple | list) else (value,):
                if isinstance(pattern, re.Pattern):
                    yield Used(pattern, f"{found.name}.{name}", bool(methods - AT_THE_START))


AT_THE_START = {"match", "fullmatch"}


def written_patterns() -> Iterator[Used]:
    """Patterns written where they are used: re.sub("...") and their like."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = _call_of_re(node)
            if call is not None and isinstance(call.args[0], ast.Constant):
                flags = re.DOTALL if "DOTALL" in ast.unparse(call) else re.MULTILINE
                searched = ast.unparse(call.func) not in ("re.match", "re.fullmatch", "re.compile")
                yield Used(re.compile(call.args[0].value, flags), f"{path.relative_to(ROOT)}:{call.lineno}", searched)


def _call_of_re(node: ast.AST) -> ast.Call | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
        return None
    return node if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" else None


PATTERNS = sorted((*module_patterns(), *written_patterns()), key=lambda used: used.name)


def seconds(used: Used, text: Any) -> float:
    start = time.process_time()
    if used.searched:
        deque(used.pattern.finditer(text), 0)
    used.pattern.fullmatch(text)
    used.pattern.match(text)
    return time.process_time() - start


def growth(used: Used, unit: str, spoiler: str) -> Iterator[tuple[int, float]]:
    """How much more than in proportion each longer input takes; ends where it is too much or can be nothing."""
    for shorter, longer in pairwise(SIZES):
        small, large = (_text(used, unit, size, spoiler) for size in (shorter, longer))
        first = seconds(used, large)
        if first < HARMLESS and longer >= 10_000:
            return
        if first < NOTICED:
            continue
        least = min(first, *(seconds(used, large) for _ in range(2)))
        most = max(1e-5, *(seconds(used, small) for _ in range(3)))
        yield longer, least / most / (longer / shorter)
        if least / most > OUT_OF_PROPORTION * longer / shorter:
            return


def _text(used: Used, unit: str, size: int, spoiler: str) -> Any:
    text = (unit * (size // len(unit) + 1))[:size] + spoiler
    return text.encode() if isinstance(used.pattern.pattern, bytes) else text


def test_there_are_patterns_to_try() -> None:
    assert len(PATTERNS) > 50
    assert len([used for used in PATTERNS if used.searched]) > 20


@pytest.mark.parametrize("used", PATTERNS, ids=lambda used: used.name)
def test_a_pattern_takes_time_in_proportion(used: Used) -> None:
    slow = {
        (unit, spoiler): f"{size:,} characters: {times:.0f} times out of proportion"
        for unit in UNITS
        for spoiler in SPOILERS
        for size, times in growth(used, unit, spoiler)
        if times > OUT_OF_PROPORTION
    }
    assert slow == {}, used.pattern.pattern
