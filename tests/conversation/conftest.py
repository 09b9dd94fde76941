"""Conversations run on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.databases import databases, empty_url, kind
from tests.stage import Play, stage

__all__ = ["databases", "empty_url", "kind", "play"]


@pytest.fixture
async def play(empty_url: str) -> AsyncIterator[Play]:
    """A running bot on an empty database."""
    async with stage(empty_url) as running:
        yield running
