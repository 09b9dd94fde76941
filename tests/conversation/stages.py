"""A plugin for modules that play on one stage: `pytest_plugins = ("tests.conversation.stages",)`.

`sqlite_play` is a running bot on SQLite that all tests of the module share: people are made anew for each
test, and starting a bot costs more than a conversation. Such a module runs in one loop (`ONE_LOOP`).
Tests about what the whole database holds, or about both databases, take `play` of the conftest.

PYTEST_DONT_REWRITE: so that it may be imported before it is a plugin.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import ready
from bot.phone.server import Telegram
from tests.databases import Databases
from tests.stage import Clock, Play, settings_for, stage

QUIET = 0.15
"""Seconds; more than a busy machine needs between a commit and the first word of the bot."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def module_stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Play]:
    """Started at the first test of a module that asks for it."""
    folder = tmp_path_factory.mktemp("stage")
    async with databases.url("sqlite", folder, empty=True) as url, stage(url) as running:
        running.telegram.core.options.quiet = QUIET
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def sqlite_play(module_stage: Play) -> AsyncIterator[Play]:
    """The shared stage; what violates the Bot API fails the test that did it."""
    yield module_stage
    for user in list(module_stage.telegram.core.world.users.values()):
        await module_stage.telegram.person(user.id, first_name=user.first_name).settled(quiet=0)
    assert module_stage.telegram.violations == []


@asynccontextmanager
async def stage_of(url: str, regulations: Path) -> AsyncIterator[Play]:
    """A bot that reads its regulations from this folder; fails when the Bot API was violated."""
    async with Telegram(flood="off", lint=True) as telegram:
        clock = Clock()
        settings = settings_for(telegram, url).model_copy(update={"regulations_dir": regulations})
        async with ready(settings, clock.now) as app:
            play = Play(telegram, app, clock, settings)
            polling = asyncio.create_task(app.intake.poll(play.stop))
            yield play
            play.stop.set()
            await polling
    assert telegram.violations == []
