"""Build hook: a wheel carries theme, sample programme and site settings; an editable install reads them in place."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {"theme": "generator/_theme", "content": "generator/_content", "mkdocs.yml": "generator/_mkdocs.yml"}


class CarryData(BuildHookInterface):  # type: ignore[type-arg]
    """Add the data folders to wheels only: forced into an editable install they would be stale copies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say what goes where, before hatchling collects the files."""
        if version == "standard":
            build_data["force_include"].update(CARRIED)
