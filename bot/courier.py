"""Notices out: claim, re-check against the facts of now, send, record.

At least once: a notice is sent again when the reply was lost or the process died between sending and
recording. Interactive replies go first: the courier takes 20 of Telegram's 30 messages a second.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiolimiter import AsyncLimiter
from sqlalchemy import Connection

from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Screen
from handlers.desk import World
from handlers.notices import screen_of
from handlers.turn import desk_of
from storage import notices, people
from storage.db import Database, DatabaseDown
from storage.notices import Notice

A_SECOND = 20
GROUP = 50
TICK = 5.0
ATTEMPTS = 8
Now = Callable[[], datetime]
log = structlog.get_logger()


class Courier:
    """Sends what is due. `wake` is called after every commit that may have planned something."""

    def __init__(self, database: Database, speaker: Speaker, world: World, now: Now) -> None:
        self._database = database
        self._speaker = speaker
        self._world = world
        self._now = now
        self._limit = AsyncLimiter(A_SECOND, 1)
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look now, not at the next tick."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Look after every commit and every few seconds, until `stop`; wait for a database that is down."""
        while not stop.is_set():
            try:
                await self.deliver()
            except DatabaseDown as error:
                log.warning("courier waits for the database", error=str(error))
            await self._pause(stop)

    async def _pause(self, stop: asyncio.Event) -> None:
        waiting = [asyncio.ensure_future(event.wait()) for event in (self._woken, stop)]
        await asyncio.wait(waiting, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def deliver(self) -> int:
        """Everything that is due now; returns how many notices were claimed."""
        total = 0
        while True:
            self._woken.clear()
            due = await self._database.write(partial(notices.claim, now=self._now(), limit=GROUP))
            for notice in due:
                await self._send(notice)
            total += len(due)
            if not due:
                return total

    async def _send(self, notice: Notice) -> None:
        """One notice; whatever goes wrong is written into its row and keeps nobody else waiting."""
        try:
            screen = await self._database.read(partial(self._screen, notice=notice))
        except DatabaseDown:
            raise
        except Exception:
            log.exception("notice can't be drawn", notice=notice.id, kind=notice.kind)
            await self._put_off(notice, "not drawn")
            return
        if screen is None:
            await self._database.write(
                partial(notices.dropped, notice_id=notice.id, token=notice.token, now=self._now())
            )
            return
        await self._speak(notice, screen)

    def _screen(self, conn: Connection, notice: Notice) -> Screen | None:
        return screen_of(desk_of(conn, self._world, notice.telegram_id, self._now()), notice)

    async def _speak(self, notice: Notice, screen: Screen) -> None:
        now = self._now()
        told = Told(notice.telegram_id, notice.person_id, 0, screen)
        try:
            async with self._limit:
                message = await self._speaker.speak(told)
        except TelegramForbiddenError:
            await self._database.write(partial(people.unreachable, person_id=notice.person_id, now=now))
            await self._put_off(notice, "unreachable")
        except TelegramAPIError as error:
            log.warning("notice not sent", notice=notice.id, error=type(error).__name__)
            await self._put_off(notice, type(error).__name__)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("notice can't be said", notice=notice.id, kind=notice.kind)
            await self._put_off(notice, "not said")
        else:
            await self._database.write(
                partial(
                    notices.sent, notice_id=notice.id, token=notice.token, message_id=message or 0, now=now
                )
            )

    async def _put_off(self, notice: Notice, error: str) -> None:
        """Later, twice as late each time; given up after so many attempts, visible in the row."""
        until = self._now() + timedelta(minutes=2 ** min(notice.attempts, 8))
        if notice.attempts >= ATTEMPTS:
            work = partial(
                notices.failed, notice_id=notice.id, token=notice.token, error=error, now=self._now()
            )
        else:
            work = partial(notices.put_off, notice_id=notice.id, token=notice.token, until=until, error=error)
        await self._database.write(work)
