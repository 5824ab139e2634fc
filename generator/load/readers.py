"""The reader of each form of source file."""

from collections.abc import Callable, Mapping

from generator.load.csv_reader import parse_csv
from generator.load.markdown_reader import parse_markdown
from generator.load.tree import Tree
from generator.load.yaml_reader import parse_yaml

READERS: Mapping[str, Callable[[bytes], Tree]] = {"yaml": parse_yaml, "md": parse_markdown, "csv": parse_csv}
