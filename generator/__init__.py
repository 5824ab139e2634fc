"""Roadmap portal: a training programme kept as text in git, turned into a site and sealed evidence packs."""

__version__ = "0.1.0"
