"""Notices out: claim, re-check against the facts of now, send, record.

    due rows → claim (lease + token) → `by_clock`: what the day itself moves → `outcome_of`: a screen, later,
    too late, not true → send within Telegram's limits → record with the token

At least once: a notice is sent again when the reply was lost or the process died between sending and
recording. Interactive replies go first: the courier takes 20 of Telegram's 30 messages a second, and of one
chat one a second. Errors are sorted: a chat that is gone is never tried again, a wait that Telegram asks for
is waited, anything else is tried later and given up after `ATTEMPTS`, each visible in its row.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiolimiter import AsyncLimiter
from sqlalchemy import Connection

from bot.rounds import rounds
from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Screen
from handlers import by_clock
from handlers.desk import World
from handlers.manners import Later, Missed, calendar_at
from handlers.notices import outcome_of
from handlers.turn import desk_of
from storage import notices, people
from storage.db import Database, DatabaseDown
from storage.notices import Notice

A_SECOND = 20
AT_ONCE = 50  # rows in hand; more would only wait for the limit with a running lease
RENEWED = 15.0  # seconds between renewals of the leases in hand
ATTEMPTS = 8
GONE = ("chat not found", "user is deactivated", "PEER_ID_INVALID", "bot can't initiate conversation")
Now = Callable[[], datetime]
Outcome = Screen | Later | Missed | None
log = structlog.get_logger()


class Courier:
    """Sends what is due. `wake` is called after every commit that may have planned something, and by the
    clock.

    `a_second` is its share of Telegram's limit, `a_chat` that of one chat.
    """

    def __init__(
        self,
        database: Database,
        speaker: Speaker,
        world: World,
        now: Now,
        a_second: int = A_SECOND,
        a_chat: int = 1,
    ) -> None:
        self._database = database
        self._speaker = speaker
        self._world = world
        self._now = now
        self._limit = AsyncLimiter(a_second, 1)
        self._a_chat = a_chat
        self._chats: dict[int, AsyncLimiter] = {}
        self._woken = asyncio.Event()
        self._in_hand: dict[int, Notice] = {}

    def wake(self) -> None:
        """Look now, not at the next tick of the clock."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Look whenever woken, until `stop`; a database that is down is waited for."""
        await rounds(self.deliver, self._woken, stop, "courier")

    async def deliver(self) -> int:
        """Everything that is due now; returns how many notices were claimed."""
        renewing = asyncio.create_task(self._renew())
        total = 0
        try:
            while due := await self._claimed():
                self._in_hand.update({one.id: one for one in due})
                total += len(due)
                await _all_of([self._person(some) for some in _by_person(due)])
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
            self._in_hand.clear()
        return total

    async def _claimed(self) -> tuple[Notice, ...]:
        self._woken.clear()
        return await self._database.write(partial(notices.claim, now=self._now(), limit=AT_ONCE))

    async def _renew(self) -> None:
        """Keep the leases of what is in hand, however long Telegram makes us wait for it."""
        while True:
            await asyncio.sleep(RENEWED)
            ids = list(self._in_hand)
            with suppress(DatabaseDown):
                await self._database.write(partial(notices.renew, ids=ids, now=self._now()))

    async def _person(self, some: list[Notice]) -> None:
        """The notices of one person, one after another."""
        for notice in some:
            await self._send(notice)
            self._in_hand.pop(notice.id, None)

    async def _send(self, notice: Notice) -> None:
        """One notice; whatever goes wrong is written into its row and keeps nobody else waiting."""
        try:
            outcome, silent = await self._judged(notice)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("notice can't be drawn", notice=notice.id, kind=notice.kind)
            await self._put_off(notice, "not drawn")
            return
        if isinstance(outcome, Screen):
            await self._speak(notice, outcome, silent)
        else:
            await self._not_said(notice, outcome)

    async def _judged(self, notice: Notice) -> tuple[Outcome, bool]:
        if notice.kind in by_clock.ACTS:
            await self._database.write(partial(self._act, notice=notice))
        return await self._database.read(partial(self._outcome, notice=notice))

    def _act(self, conn: Connection, notice: Notice) -> None:
        people.lock(conn, notice.telegram_id)
        by_clock.act(conn, self._world, desk_of(conn, self._world, notice.telegram_id, self._now()), notice)

    def _outcome(self, conn: Connection, notice: Notice) -> tuple[Outcome, bool]:
        desk = desk_of(conn, self._world, notice.telegram_id, self._now())
        return outcome_of(desk, notice), calendar_at(desk).quiet(desk.now)

    async def _not_said(self, notice: Notice, outcome: Later | Missed | None) -> None:
        ids: dict[str, Any] = {"notice_id": notice.id, "token": notice.token}
        if isinstance(outcome, Later):
            late = partial(notices.put_off, **ids, until=outcome.until, error="", counts=False)
            await self._database.write(late)
        else:
            end = notices.missed if isinstance(outcome, Missed) else notices.dropped
            await self._database.write(partial(end, **ids, now=self._now()))

    async def _speak(self, notice: Notice, screen: Screen, silent: bool) -> None:
        now = self._now()
        told = Told(notice.telegram_id, notice.person_id, 0, screen, silent=silent)
        try:
            async with self._chat(notice.telegram_id), self._limit:
                message = await self._speaker.speak(told)
        except TelegramRetryAfter as error:
            await self._wait(notice, error.retry_after)
        except TelegramAPIError as error:
            if _gone(error):
                await self._database.write(partial(people.unreachable, person_id=notice.person_id, now=now))
                await self._put_off(notice, "unreachable")
                return
            log.warning("notice not sent", notice=notice.id, error=type(error).__name__)
            await self._put_off(notice, type(error).__name__)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("notice can't be said", notice=notice.id, kind=notice.kind)
            await self._put_off(notice, "not said")
        else:
            sent = partial(notices.sent, notice_id=notice.id, token=notice.token, now=now)
            await self._database.write(partial(sent, message_id=message or 0))

    def _chat(self, telegram_id: int) -> AsyncLimiter:
        if len(self._chats) > 1000:
            self._chats.clear()
        return self._chats.setdefault(telegram_id, AsyncLimiter(self._a_chat, 1))

    async def _wait(self, notice: Notice, seconds: int) -> None:
        """Telegram asks for a longer wait than `bot.speech.session` holds: no attempt, only later."""
        until = self._now() + timedelta(seconds=seconds)
        await self._database.write(
            partial(
                notices.put_off,
                notice_id=notice.id,
                token=notice.token,
                until=until,
                error="TelegramRetryAfter",
                counts=False,
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


def _gone(error: TelegramAPIError) -> bool:
    """The person blocked the bot, or there is no such chat any more."""
    if isinstance(error, TelegramForbiddenError):
        return True
    return isinstance(error, TelegramBadRequest) and any(words in error.message for words in GONE)


def _by_person(due: tuple[Notice, ...]) -> list[list[Notice]]:
    found: dict[int, list[Notice]] = {}
    for one in due:
        found.setdefault(one.person_id, []).append(one)
    return list(found.values())


async def _all_of(work: list[Any]) -> None:
    """All of it, side by side; the first failure is raised when everything has ended."""
    ended = await asyncio.gather(*work, return_exceptions=True)
    failed = [one for one in ended if isinstance(one, BaseException)]
    if failed:
        raise failed[0]
