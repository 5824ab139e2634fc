"""The evidence layer."""
