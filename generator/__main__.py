"""Entry point of the `roadmap` command."""

import gc
import os

# Start-up: records are many small objects that stay, and no pydantic plugin is ours; together a fifth of a check.
gc.set_threshold(200_000, 20, 20)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from generator.cli import main  # noqa: E402 - the settings above must come first

if __name__ == "__main__":
    raise SystemExit(main())
