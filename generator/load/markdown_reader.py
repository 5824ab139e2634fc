"""Markdown with YAML front matter: the fields between two lines of three dashes, the text below as the field `text`."""

import re

from generator.load.text import decoded
from generator.load.tree import Fault, Tree, mark
from generator.load.yaml_reader import MAX_BYTES, parse_yaml_text

_CLOSING = re.compile(r"^---[ ]*$", re.MULTILINE)


def parse_markdown(data: bytes) -> Tree:
    """The tree of one Markdown file: the front matter's mapping with `text` added."""
    text, faults = decoded(data, MAX_BYTES)
    if faults:
        return Tree(None, mark(1, 1), faults)
    if not text.startswith("---\n"):
        return _refused("a Markdown source starts with front matter; expected --- on the first line", 1)
    closing = _CLOSING.search(text, 4)
    if closing is None:
        return _refused("the front matter is not closed; expected a second line ---", 1)
    tree = parse_yaml_text(text[4 : closing.start()], 1)
    if tree.faults or not isinstance(tree.value, dict):
        faults = tree.faults or (Fault("SRC009", "the front matter is not a mapping of fields", mark(2, 1)),)
        return Tree(None, mark(1, 1), faults)
    return _with_body(tree, text, closing.end())


def _with_body(tree: Tree, text: str, end: int) -> Tree:
    rest = text[end:]
    body = rest.strip("\n")
    line = text.count("\n", 0, end) + 1 + (len(rest) - len(rest.lstrip("\n")))
    if "text" in tree.value:
        place = tree.marks[1]["text"][0]
        return Tree(
            None, tree.marks, (Fault("SRC009", "text is what stands below the front matter, not a field", place),)
        )
    if body:
        tree.value["text"] = body
        tree.marks[1]["text"] = [mark(line, 1), mark(line, 1)]
    return tree


def _refused(message: str, line: int) -> Tree:
    return Tree(None, mark(1, 1), (Fault("SRC009", message, mark(line, 1)),))
