"""Anna, who has opened the bot, and a bot of bare HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.phone.person import Person
from bot.phone.server import Telegram
from tests.phone.api import Api


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram(lint=False, conflict_delay=0.02, webhook_retry=0.01) as running:
        yield running


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[Api]:
    async with Api(telegram) as calling:
        yield calling


@pytest.fixture
async def anna(telegram: Telegram) -> Person:
    """Anna has started the bot, and her /start is already confirmed."""
    person = telegram.person(1001, first_name="Анна", language_code="ru")
    await person.start()
    telegram.core.updates.clear()
    return person
