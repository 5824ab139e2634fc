"""Entry point of the `roadmap` command."""

import gc
import os
import signal
import sys
from types import FrameType, ModuleType

_INTERRUPTED = 130


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Ctrl-C while nothing is begun yet, or all is done: leave without a word."""
    os._exit(_INTERRUPTED)


_interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where the caller ignores it
if _interruptible:
    signal.signal(signal.SIGINT, _stop)

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
    try:
        if _interruptible:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # commands tidy up after themselves
        code = command_line()
    finally:
        if _interruptible:
            signal.signal(signal.SIGINT, _stop)
        gc.freeze()  # nothing is left to collect: the interpreter would look through all records once more as it ends
    if code == _INTERRUPTED and _interruptible:
        os._exit(code)  # the interpreter may take an interrupt that went through an import for one nobody handled
    return code


if __name__ == "__main__":
    raise SystemExit(main())
