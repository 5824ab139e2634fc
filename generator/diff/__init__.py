"""The diff layer."""
