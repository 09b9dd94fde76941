"""The aiogram side: routers that read an update into an `Arrival`, and the transaction middleware.

The middleware is an outer one of `Dispatcher.update`: it sees every update, runs the unit of work,
commits, tells the intake that the update is committed, waits for its turn to speak, and only then speaks.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, cast

import structlog
from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update
from sqlalchemy import Connection

from bot.iom.journey import File
from bot.speech.presenter import Told
from bot.speech.presses import unpack
from bot.speech.screen import Screen
from handlers.desk import World
from handlers.turn import Arrival, take_turn
from handlers.voice import Voice
from storage import people, updates
from storage.db import Database, DatabaseDown

__all__ = ["Now", "Voice", "dispatcher"]

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
    file = file_of(message)
    text = message.text or (message.caption if file else "") or ""
    words = text[1:].split(maxsplit=1) if text[:1] == "/" and file is None else []
    command = words[0].partition("@")[0].lower() if words else ""
    payload = words[1] if command == "start" and len(words) == 2 else ""
    return Arrival(
        bot_id,
        update_id,
        message.from_user.id,
        message.chat.id,
        text="" if odd or command else text,
        command="" if odd else command,
        odd=odd or ("" if text or file else "not_text"),
        payload="" if odd else payload.strip()[:64],
        file=None if odd else file,
    )


def file_of(message: Message) -> File | None:
    """The document or photo a message carries (the largest size of a photo), None for anything else."""
    document = message.document
    if document is not None:
        name, mime = document.file_name or "", document.mime_type or ""
        return File(document.file_id, document.file_unique_id, name, mime, document.file_size or 0)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return File(largest.file_id, largest.file_unique_id, "", "image/jpeg", largest.file_size or 0)
    return None


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
    """Runs the unit of work, commits, then speaks. `committed` is awaited between the two; `after` wakes
    the courier: the unit may have planned notices."""

    def __init__(
        self, database: Database, voice: Voice, now: Now, after: Callable[[], None] = lambda: None
    ) -> None:
        self._database = database
        self._voice = voice
        self._now = now
        self._after = after

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
                self._after()
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


def dispatcher(
    world: World, database: Database, voice: Voice, now: Now, after: Callable[[], None] = lambda: None
) -> Dispatcher:
    """The aiogram dispatcher with the one router and the one middleware; `after` follows each commit."""
    built = Dispatcher(disable_fsm=True)
    built.update.outer_middleware(Transaction(database, voice, now, after))
    built.include_router(private_router(world, now))
    return built
