"""Updates in: long polling and webhook, acknowledged only after the commit, one at a time per person.

    polling:  getUpdates → lanes → (all committed) → offset moves on
    webhook:  POST → lane → committed → 200; the database is down → 503, Telegram will come again

aiogram's own `start_polling` and `SimpleRequestHandler` acknowledge before the commit or lose a failing
update, so this is ours. Speech goes on after the acknowledgement, in the person's lane of speech: a chat
that Telegram slows down holds up neither the next update of this person nor anybody else's.
"""

import asyncio
import hmac
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from storage.db import DatabaseDown

BATCH = 100
POLL_SECONDS = 25
PAUSE = 3.0
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
Sleep = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


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

    def begin(self, update: Update) -> asyncio.Future[None]:
        """Start handling an update; the future is done when it is committed, or holds DatabaseDown."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._handle(update, committed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return committed

    async def _handle(self, update: Update, committed: asyncio.Future[None]) -> None:
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
                await self._dispatcher.feed_update(self._bot, update, committed=mark)
            except DatabaseDown as error:
                if not committed.done():
                    committed.set_exception(error)
            except Exception:
                log.exception("update crashed", update_id=update.update_id)
                done()

    async def finish(self) -> None:
        """Wait for the updates in hand: committed and spoken."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def poll(self, stop: asyncio.Event) -> None:
        """Long polling until `stop`; the offset is never stored: handled updates are recognised."""
        offset: int | None = None
        while not stop.is_set():
            batch = await self._next_batch(offset, stop)
            if batch and await self._committed(batch):
                offset = batch[-1].update_id + 1
            elif batch:
                await self._sleep(PAUSE)
        await self.finish()

    async def _committed(self, batch: Sequence[Update]) -> bool:
        """The barrier: every update of the batch is committed. False when the database was down."""
        results = await asyncio.gather(*(self.begin(u) for u in batch), return_exceptions=True)
        down = [result for result in results if isinstance(result, BaseException)]
        if down:
            log.error("database down, updates not acknowledged", error=str(down[0]))
        return not down

    async def _next_batch(self, offset: int | None, stop: asyncio.Event) -> list[Update]:
        poll = asyncio.ensure_future(
            self._bot.get_updates(
                offset=offset,
                limit=BATCH,
                timeout=POLL_SECONDS,
                allowed_updates=ALLOWED,
                request_timeout=POLL_SECONDS + 10,
            )
        )
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({poll, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not poll.done():
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)
            return []
        return await self._polled(poll)

    async def _polled(self, poll: "asyncio.Future[list[Update]]") -> list[Update]:
        try:
            return poll.result()
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError as error:
            log.warning("another process polls with this token", error=error.message)
        except (TelegramAPIError, ClientDecodeError) as error:  # the second: a page of a proxy
            log.warning("getUpdates failed", error=str(error))
        await self._sleep(PAUSE)
        return []

    def webhook(self, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler of Telegram's POST."""

        async def receive(request: web.Request) -> web.Response:
            told = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(told.encode(errors="surrogateescape"), secret.encode()):
                return web.Response(status=401)
            try:
                update = Update.model_validate_json(await request.read(), context={"bot": self._bot})
            except ValidationError:
                log.warning("not an update")
                return web.Response(status=400)
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
