"""Speaking after the commit: what failed to be said stays owed, a file that was sent is read and taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError

from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Fetch
from handlers.desk import World
from handlers.turn import owed, take_fetched
from storage import cursors, people
from storage.db import Database, DatabaseDown

Now = Callable[[], datetime]
log = structlog.get_logger()


class Voice:
    """Says what was committed and remembers that it was shown. Its failures never undo a fact."""

    def __init__(self, database: Database, speaker: Speaker, world: World, now: Now) -> None:
        self._database = database
        self._speaker = speaker
        self._world = world
        self._now = now

    async def say(self, told: Told) -> None:
        """Speak; a person who blocked the bot is marked unreachable, any other failure stays owed.

        A screen that reads a file is shown only when the file was read: a crash in between reads it again.
        """
        then: Told | None = None
        try:
            told = await self._as_of_now(told)
            shown = await self._speaker.speak(told)
            if told.fresh and told.screen is not None and told.screen.fetch is not None:
                then = await self._fetched(told.chat_id, told.screen.fetch, shown)
        except TelegramForbiddenError:
            if told.person_id:
                now = self._now()
                await self._database.write(lambda conn: people.unreachable(conn, told.person_id, now))
            return
        except Exception:
            log.exception("screen not shown", person=told.person_id, rev=told.rev)
            return
        if shown is not None and told.person_id:
            await self._database.write(lambda conn: cursors.shown(conn, told.person_id, told.rev, shown))
        if then is not None:
            await self.say(then)

    async def _fetched(self, telegram_id: int, fetch: Fetch, message: int | None) -> Told | None:
        """Read the file, then let units of work have what was found, part by part; between them other people
        write, and the message says how far it is."""
        found = await self._speaker.fetch(telegram_id, fetch)
        part = partial(take_fetched, world=self._world, telegram_id=telegram_id, fetch=fetch, found=found)
        then, start = await self._database.write(partial(part, now=self._now()))
        while start:
            if then is not None:
                await self._progress(replace(then, edit=message, fresh=False))
            then, start = await self._database.write(partial(part, now=self._now(), start=start))
        return then

    async def _progress(self, told: Told) -> None:
        """A word in between: one that can't be said holds nothing up."""
        try:
            await self._speaker.speak(told)
        except TelegramAPIError as error:
            log.info("progress not shown", error=type(error).__name__)

    async def _as_of_now(self, told: Told) -> Told:
        """Other updates may have spoken since this one was handled: an owed screen may be paid by now,
        the message to edit may no longer be the newest."""
        if not told.again and told.edit is None:
            return told
        cursor = await self._database.read(lambda conn: cursors.load(conn, told.person_id))
        if told.again and cursor.shown_rev >= told.rev:
            return replace(told, screen=None)
        return replace(told, edit=told.edit if told.edit == cursor.message_id else None)

    async def pay_debts(self) -> int:
        """Show every screen that was stored and not shown; returns how many people were owed one."""
        owing = await self._database.read(cursors.owed)
        for telegram_id in owing:
            told = await self._debt(telegram_id)
            if told is not None:
                await self.say(told)
        return len(owing)

    async def _debt(self, telegram_id: int) -> Told | None:
        """What is owed to one person; a screen that can't be drawn keeps nobody else waiting."""
        debt = partial(owed, world=self._world, telegram_id=telegram_id, now=self._now())
        try:
            return await self._database.write(debt)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("owed screen can't be drawn")
            return None
