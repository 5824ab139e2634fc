"""Entry point of the `roadmap` command."""

import gc

from generator.cli import main

# A command builds many objects that live until it ends: collecting them over and over cost a seventh of its time.
gc.set_threshold(200_000, 20, 20)

if __name__ == "__main__":
    raise SystemExit(main())
