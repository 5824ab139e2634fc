"""What the plugin refuses in pages that people write by hand."""

import pytest
from mkdocs.exceptions import PluginError

from generator.mkdocs_plugin import refuse_conflict


def test_a_page_with_two_versions_of_a_merge_is_refused_by_its_place() -> None:
    with pytest.raises(PluginError, match=r"content/pages/a\.md: a merge left two versions"):
        refuse_conflict("# A\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> mine\n", "content/pages/a.md")


def test_a_heading_underlined_and_a_quotation_are_no_merge() -> None:
    refuse_conflict("A\n=======\n\n> > quoted\n\n    <<<<<<< HEAD\n", "content/pages/a.md")
