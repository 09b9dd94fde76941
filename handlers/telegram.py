"""The aiogram side: routers that read an update into an `Arrival`, and the transaction middleware.

The middleware is an outer one of `Dispatcher.update`: it sees every update, runs the unit of work,
commits, tells the intake that the update is committed, waits for its turn to speak, and only then speaks.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, cast

import structlog
from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update
from sqlalchemy import Connection

from bot.speech.presenter import Speaker, Told
from bot.speech.presses import unpack
from bot.speech.screen import Screen
from handlers.desk import World
from handlers.turn import Arrival, owed, take_turn
from storage import cursors, people, updates
from storage.db import Database, DatabaseDown

Now = Callable[[], datetime]
Work = Callable[[Connection], Told | None]
log = structlog.get_logger()


def private_router(world: World, now: Now) -> Router:
    """Handlers of private chats: each returns the unit of work for the middleware to run."""
    router = Router(name="private")

    @router.message()
    async def message(message: Message, event_update: Update, bot: Bot) -> Work | None:
        return _work(world, now, arrival_of_message(message, event_update.update_id, bot.id))

    @router.edited_message()
    async def edited(message: Message, event_update: Update, bot: Bot) -> Work | None:
        arrival = arrival_of_message(message, event_update.update_id, bot.id, odd="edited")
        return _work(world, now, arrival)

    @router.callback_query()
    async def press(query: CallbackQuery, event_update: Update, bot: Bot) -> Work | None:
        return _work(world, now, arrival_of_press(query, event_update.update_id, bot.id))

    @router.my_chat_member()
    async def membership(event: ChatMemberUpdated, event_update: Update, bot: Bot) -> Work | None:
        private = event.chat.type == ChatType.PRIVATE
        return _membership(event, event_update.update_id, bot.id, now) if private else None

    return router


def arrival_of_message(message: Message, update_id: int, bot_id: int, odd: str = "") -> Arrival | None:
    """A message as an arrival; None in groups, where the bot keeps silent."""
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        return None
    text = message.text or ""
    command = (
        text[1:].split(maxsplit=1)[0].partition("@")[0].lower()
        if text[:1] == "/" and text[1:].strip()
        else ""
    )
    return Arrival(
        bot_id,
        update_id,
        message.from_user.id,
        message.chat.id,
        text="" if odd or command else text,
        command="" if odd else command,
        odd=odd or ("" if text else "not_text"),
    )


def arrival_of_press(query: CallbackQuery, update_id: int, bot_id: int) -> Arrival | None:
    """A press as an arrival. The message may be inaccessible; the person's own chat is hers."""
    message = query.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return None
    return Arrival(
        bot_id,
        update_id,
        query.from_user.id,
        message.chat.id if message else query.from_user.id,
        press=unpack(query.data),
        query=query.id,
        message_id=message.message_id if message else None,
    )


def _work(world: World, now: Now, arrival: Arrival | None) -> Work | None:
    if arrival is None:
        return None
    return lambda conn: take_turn(conn, world, arrival, now())


def _membership(event: ChatMemberUpdated, update_id: int, bot_id: int, now: Now) -> Work:
    """She stopped the bot or let it in again; what came twice or late changes nothing."""
    telegram_id, gone = event.from_user.id, event.new_chat_member.status == ChatMemberStatus.KICKED

    def work(conn: Connection) -> None:
        people.lock(conn, telegram_id)
        if not updates.take(conn, bot_id, update_id, now()):
            return
        person = people.known(conn, telegram_id)
        if person is None:
            return
        if gone:
            people.unreachable(conn, person.id, now())
        else:
            people.reachable(conn, person.id)

    return work


class Transaction(BaseMiddleware):
    """Runs the unit of work, commits, then speaks. `committed` is awaited between the two."""

    def __init__(self, database: Database, voice: "Voice", now: Now) -> None:
        self._database = database
        self._voice = voice
        self._now = now

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        update = cast(Update, event)
        committed: Callable[[], Awaitable[None]] = data["committed"]
        bot: Bot = data["bot"]
        told: Told | None = None
        try:
            work = await handler(event, data)
            if callable(work):
                told = await self._database.write(work)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("update failed", update_id=update.update_id)
            told = await self._failed(update, bot.id)
        await committed()
        if told is not None:
            await self._voice.say(told)

    async def _failed(self, update: Update, bot_id: int) -> Told | None:
        """Record the update as failed in a transaction of its own, and apologise."""
        now = self._now()
        await self._database.write(lambda conn: updates.fail(conn, bot_id, update.update_id, now))
        source = update.callback_query or update.message
        if source is None or source.from_user is None:
            return None
        query = source.id if isinstance(source, CallbackQuery) else ""
        return Told(source.from_user.id, 0, 0, Screen("failed"), query=query)


class Voice:
    """Says what was committed and remembers that it was shown. Its failures never undo a fact."""

    def __init__(self, database: Database, speaker: Speaker, world: World, now: Now) -> None:
        self._database = database
        self._speaker = speaker
        self._world = world
        self._now = now

    async def say(self, told: Told) -> None:
        """Speak; a person who blocked the bot is marked unreachable, any other failure stays owed."""
        try:
            shown = await self._speaker.speak(await self._as_of_now(told))
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


def dispatcher(world: World, database: Database, voice: Voice, now: Now) -> Dispatcher:
    """The aiogram dispatcher with the one router and the one middleware."""
    built = Dispatcher(disable_fsm=True)
    built.update.outer_middleware(Transaction(database, voice, now))
    built.include_router(private_router(world, now))
    return built
