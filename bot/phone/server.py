"""The emulator itself: a Bot API on a loopback port, and the door to its virtual people."""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.phone.calls import Call
from bot.phone.chats import Chat
from bot.phone.clock import Clock
from bot.phone.core import Core, Options, WebhookInfo
from bot.phone.faults import Fault, Faults
from bot.phone.gate import Gate
from bot.phone.http import Http
from bot.phone.methods_updates import end_poll
from bot.phone.person import Person
from bot.phone.sim import Sim
from bot.phone.updates import Update
from bot.phone.webhook import Delivery

__all__ = ["Call", "Fault", "Telegram"]


class Telegram:
    """A strict local Telegram for one bot: ``async with Telegram(flood="off") as telegram: …``.

    Options are the fields of `bot.phone.core.Options`. A green run here is no proof against the real servers.
    """

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, **options: Any) -> None:
        self.core = Core(Options(**options))
        self.gate = Gate(self.core)
        self.host, self.port = host, port
        self._people: dict[int, Person] = {}
        self._http = Http(self.core, self.gate)
        self._delivery = Delivery(self.core, self.gate)
        self._runner: web.AppRunner | None = None
        self._deliverer: asyncio.Task[None] | None = None

    # -- life

    async def start(self) -> Self:
        """Bind and serve."""
        app = self._http.app()
        Sim(self).mount(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._deliverer = asyncio.create_task(self._delivery.run())
        return self

    async def stop(self) -> None:
        """End polls, hangs and deliveries at once, then the server; unanswered presses are violations."""
        self._http.closing.set()
        end_poll(self.core, "")
        if self._deliverer is not None:
            self._deliverer.cancel()
            await asyncio.gather(self._deliverer, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        self.core.check(final=True)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # -- what a test holds

    @property
    def url(self) -> str:
        """Base of the Bot API, for `TelegramAPIServer.from_base`."""
        return f"http://{self.host}:{self.port}"

    @property
    def token(self) -> str:
        """The token of the only bot."""
        return self.core.token

    @property
    def clock(self) -> Clock:
        """The clock that tests move."""
        return self.core.clock

    @property
    def faults(self) -> Faults:
        """Rules for failing calls and odd updates."""
        return self.core.faults

    @property
    def calls(self) -> list[Call]:
        """Finished calls, oldest first, as many as `keep_calls`."""
        return list(self.core.ledger.calls)

    @property
    def violations(self) -> list[str]:
        """What the bot did wrong so far; empty at the end of a good test."""
        return self.core.check()

    @property
    def webhook(self) -> WebhookInfo:
        """What setWebhook left."""
        return self.core.webhook

    def check(self) -> None:
        """Raise AssertionError with all violations, if there are any."""
        found = self.core.check()
        assert not found, "the bot broke rules:\n" + "\n".join(found)

    def calls_of(self, method: str) -> list[Call]:
        """Finished calls of one method."""
        return [call for call in self.core.ledger.calls if call.method.lower() == method.lower()]

    def duplicate(self, update: Update | None = None, times: int = 1) -> None:
        """Deliver an update again under its id: this one, or the next that comes."""
        self.core.faults.duplicate(times, update)

    def redeliver(self) -> None:
        """Lose the next confirmation, so that what was delivered comes again."""
        self.core.faults.redeliver_unconfirmed()

    def person(self, user_id: int, first_name: str | None = None, **facts: Any) -> Person:
        """The person with this id; made on first use. Facts: last_name, username, language_code…"""
        if user_id not in self._people:
            user = self.core.world.user(user_id, first_name or f"Person {user_id}", **facts)
            self._people[user_id] = Person(self.core, user)
        return self._people[user_id]

    def group(self, chat_id: int, title: str, type: str = "group") -> Chat:
        """A group chat the bot may write to; set `kicked`, `left` or `migrated_to` on it."""
        return self.core.world.chats.setdefault(chat_id, Chat(chat_id, type, title))
