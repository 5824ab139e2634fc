"""Entry point of the `roadmap` command."""

import gc
import os
import sys
from types import ModuleType

# Start-up: records are many small objects that stay, and no pydantic plugin is ours, nor the module that would look
# for them (it imports importlib.metadata, email and zipfile); together a quarter of a check.
gc.set_threshold(200_000, 20, 20)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
_no_plugins = ModuleType("pydantic.plugin._loader")
_no_plugins.__dict__["get_plugins"] = tuple
sys.modules.setdefault(_no_plugins.__name__, _no_plugins)

from generator.cli import main as command_line  # noqa: E402 - the settings above must come first


def main() -> int:
    """Run the command line; the exit code."""
    code = command_line()
    gc.freeze()  # nothing is left to collect: the interpreter would look through all records once more as it ends
    return code


if __name__ == "__main__":
    raise SystemExit(main())
