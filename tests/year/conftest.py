"""The year runs on both databases."""

from tests.databases import databases

__all__ = ["databases"]
