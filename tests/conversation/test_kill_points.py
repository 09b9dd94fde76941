"""The two instants at which a death is nastiest, at every step of the walk.

After the commit and before the screen: what was stored must be said by the next life. After the screen
and before it was noted: the next life says it again, and the same buttons still count once.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.demo.script import Script
from bot.demo.walk import Walker
from bot.iom.workbook import Row, TableError
from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Fetch
from handlers.telegram import Voice
from tests.conversation.given import newcomer, stored
from tests.databases import Databases
from tests.processes import LAST, asleep, content, rebuilt
from tests.stage import Play, script_until


class Died(Exception):
    """The process is no more."""


class Dying:
    """Dies at each word; the next life begins before anything else happens and pays what is owed."""

    def __init__(self, speaker: Speaker, next_life: Voice, *, said: bool) -> None:
        self._speaker = speaker
        self._next_life = next_life
        self._said = said

    async def speak(self, told: Told) -> int | None:
        """Answer the press, say the screen or not, die."""
        await self._speaker.speak(replace(told, screen=told.screen if self._said else None))
        await self._next_life.pay_debts()
        raise Died

    async def fetch(self, chat_id: int, wanted: Fetch) -> tuple[Row, ...] | TableError:
        """Nobody lives long enough."""
        raise Died


async def walked(play: Play, script: Script) -> Any:
    """A new person walks it; what the tables hold then."""
    person = newcomer(play)
    await Walker(person, script).walk()
    await person.settled()
    return await stored(play, lambda conn: content(conn, person.id))


async def same_as_undisturbed(databases: Databases, folder: Path, said: bool, slug: str, until: str) -> None:
    """Two walks on one database, the second with a bot that dies at every word."""
    async with databases.url("sqlite", folder, empty=True) as url, asleep(url) as play:
        script = script_until(slug, until, play.clock.now().date())
        async with rebuilt(play):
            expected = await walked(play, script)
        async with rebuilt(play, speaker=lambda speaker: Dying(speaker, play.app.voice, said=said)):
            assert await walked(play, script) == expected


@pytest.mark.parametrize(
    ("said", "slug"),
    [pytest.param(False, "stavropol", marks=pytest.mark.long), (True, "ust_ilimsk")],
)
async def test_a_bot_that_dies_at_every_word_still_makes_the_same_draft(
    databases: Databases, tmp_path: Path, said: bool, slug: str
) -> None:
    await same_as_undisturbed(databases, tmp_path, said, slug, "Остальное, по три вопроса")


@pytest.mark.long
@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])
async def test_a_bot_that_dies_at_every_word_still_asks_everything_once(
    databases: Databases, tmp_path: Path, said: bool, slug: str
) -> None:
    await same_as_undisturbed(databases, tmp_path, said, slug, LAST)
