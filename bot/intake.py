"""Updates in: long polling and webhook, acknowledged only after the commit, one at a time per person.

    polling:  getUpdates → lanes → (all committed) → offset moves on
    webhook:  POST → lane → committed → 200; the database is down → 503, Telegram will come again

aiogram's own `start_polling` and `SimpleRequestHandler` acknowledge before the commit or lose a failing
update, so this is ours. Speech goes on after the acknowledgement, in the person's lane of speech: a chat
that Telegram slows down holds up neither the next update of this person nor anybody else's.
"""

import asyncio
import hmac
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from storage.db import DatabaseDown

BATCH = 100
POLL_SECONDS = 25
PAUSE = 3.0
FAREWELL = 5.0
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
Sleep = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` whose answer is not read as a whole: one odd update must not silence the rest."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Lanes:
    """One lane per person: what came first is handled first; people do not wait for each other."""

    def __init__(self) -> None:
        self._locks: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._users: dict[int, int] = defaultdict(int)

    @asynccontextmanager
    async def lane(self, person: int) -> AsyncIterator[None]:
        """Wait for one's turn. asyncio.Lock is fair; an empty lane is forgotten."""
        self._users[person] += 1
        try:
            async with self._locks[person]:
                yield
        finally:
            self._users[person] -= 1
            if not self._users[person]:
                del self._users[person], self._locks[person]


class Intake:
    """Feeds updates to the dispatcher; knows when each is committed."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._sleep = sleep
        self._handling = Lanes()
        self._speaking = Lanes()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, update: Update, held: set[int] | None = None) -> asyncio.Future[None]:
        """Start handling an update; the future is done when it is committed, or holds DatabaseDown.

        `held` are the people of this batch whose earlier update was not stored: theirs wait with it.
        """
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._handle(update, committed, set() if held is None else held))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return committed

    async def _handle(self, update: Update, committed: asyncio.Future[None], held: set[int]) -> None:
        person = person_of(update)

        def done() -> None:
            if not committed.done():
                committed.set_result(None)

        async with AsyncExitStack() as turn:

            async def mark() -> None:
                """Committed: the next update may be handled; returns when it is our turn to speak."""
                done()
                await turn.aclose()
                await turn.enter_async_context(self._speaking.lane(person))

            await turn.enter_async_context(self._handling.lane(person))
            try:
                if person in held:
                    raise DatabaseDown("an earlier update of the same person was not stored")
                await self._dispatcher.feed_update(self._bot, update, committed=mark)
            except DatabaseDown as error:
                held.add(person)
                if not committed.done():
                    committed.set_exception(error)
            except Exception:
                log.exception("update crashed", update_id=update.update_id)
                done()

    async def finish(self, within: float = FAREWELL) -> None:
        """Wait for the updates in hand: committed and spoken.

        Whoever Telegram holds up longer is cut short: a commit is never cancelled (`storage.db`), and the
        screen stays owed until the next start.
        """
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def poll(self, stop: asyncio.Event) -> None:
        """Long polling until `stop`; the offset is never stored: handled updates are recognised."""
        offset: int | None = None
        while not stop.is_set():
            batch = await self._next_batch(offset, stop)
            if batch and await self._committed([u for raw in batch if (u := self._read(raw))]):
                offset = batch[-1]["update_id"] + 1
            elif batch:
                await self._sleep(PAUSE)
        await self.finish()

    async def _committed(self, batch: Sequence[Update]) -> bool:
        """The barrier: every update of the batch is committed. False when the database was down."""
        held: set[int] = set()
        results = await asyncio.gather(*(self.begin(u, held) for u in batch), return_exceptions=True)
        down = [result for result in results if isinstance(result, BaseException)]
        if down:
            log.error("database down, updates not acknowledged", error=str(down[0]))
        return not down

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """One update; what aiogram can't read is passed over alone, its words stay out of the log."""
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            log.error("unreadable update passed over", update_id=raw["update_id"], faults=error.error_count())
            return None

    async def _next_batch(self, offset: int | None, stop: asyncio.Event) -> list[dict[str, Any]]:
        call = GetRawUpdates(offset=offset, limit=BATCH, timeout=POLL_SECONDS, allowed_updates=ALLOWED)
        poll = asyncio.ensure_future(self._bot(call, request_timeout=POLL_SECONDS + 10))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({poll, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not poll.done():
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)
            return []
        return await self._polled(poll)

    async def _polled(self, poll: "asyncio.Future[list[dict[str, Any]]]") -> list[dict[str, Any]]:
        try:
            return poll.result()
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError as error:
            log.warning("another process polls with this token", error=error.message)
        except (TelegramAPIError, ClientDecodeError) as error:  # the second: a page of a proxy
            log.warning("getUpdates failed", error=type(error).__name__)
        await self._sleep(PAUSE)
        return []

    def webhook(self, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler of Telegram's POST."""

        async def receive(request: web.Request) -> web.Response:
            told = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(told.encode(errors="surrogateescape"), secret.encode()):
                return web.Response(status=401)
            try:
                raw = json.loads(await request.read())
                number = int(raw["update_id"])
            except (ValueError, KeyError, TypeError):
                log.warning("not an update")
                return web.Response(status=400)
            update = self._read({**raw, "update_id": number})
            if update is None:
                return web.Response()  # it would come again and block this person's queue for a day
            try:
                await self.begin(update)
            except DatabaseDown:
                return web.Response(status=503, headers={"Retry-After": "5"})
            return web.Response()

        return receive


def person_of(update: Update) -> int:
    """Whose lane an update belongs to; 0 for what has no person."""
    for event in (update.message, update.edited_message, update.callback_query, update.my_chat_member):
        if event is not None and event.from_user is not None:
            return event.from_user.id
    return 0
