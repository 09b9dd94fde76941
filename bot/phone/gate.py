"""One call through all gates: linter, weather, faults, flood, method; then the record of it."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from bot.phone.chats import Chat
from bot.phone.core import Core
from bot.phone.errors import ApiError
from bot.phone.faults import Fault
from bot.phone.linter import lint
from bot.phone.methods import BY_LOWER_NAME
from bot.phone.params import Params


@dataclass(frozen=True)
class Reply:
    """What goes back: a status and an envelope, a page of HTML, or nothing at all (`lost`: drop or hang)."""

    status: int
    body: dict[str, Any]
    html: str | None = None
    lost: str | None = None


class Gate:
    """Performs calls, whichever way they came."""

    def __init__(self, core: Core) -> None:
        self.core = core

    async def call(self, name: str, params: Params, via: str = "http") -> Reply:
        """Perform the call and write it down. Never raises ApiError: refusals are replies."""
        core, started = self.core, time.monotonic()
        lower = name.lower()
        name = BY_LOWER_NAME[lower][0] if lower in BY_LOWER_NAME else name
        if core.options.lint:
            for words in lint(name, params):
                core.ledger.violate(f"{name}: {words}")
        chat = core.known_chat(params)
        self._count(lower, chat, +1)
        try:
            reply = await self._through(lower, name, params, chat)
        finally:
            self._count(lower, chat, -1)
        ms = (time.monotonic() - started) * 1000
        core.ledger.record(name, params, reply.status, reply.body, ms, via)
        return reply

    async def _through(self, lower: str, name: str, params: Params, chat: Chat | None) -> Reply:
        core, chat_id = self.core, chat.id if chat else None
        core.ledger.check_patience(chat_id, name, params)
        weather = core.faults.weather()
        if weather is not None:
            return self._refusal(weather, name, params, chat_id)
        fault = core.faults.match(lower, chat_id)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is None or fault.kind == "delay":
            return await self._perform(lower, name, params, chat)
        if fault.after:
            await self._perform(lower, name, params, chat)
        return self._faulty(fault, name, params, chat_id)

    async def _perform(self, lower: str, name: str, params: Params, chat: Chat | None) -> Reply:
        core = self.core
        try:
            if lower not in BY_LOWER_NAME:
                core.ledger.violate(f"{name}: the method is unknown or not modelled")
                raise ApiError(404, "Not Found: method not found")
            await core.flood.pass_through(lower, chat, params.flag("allow_paid_broadcast"))
            result = await BY_LOWER_NAME[lower][1](core, params)
        except ApiError as error:
            return self._refusal(error, name, params, chat.id if chat else None)
        return Reply(200, {"ok": True, "result": result})

    def _refusal(self, error: ApiError, name: str, params: Params, chat_id: int | None) -> Reply:
        seconds = (error.parameters or {}).get("retry_after")
        if seconds is not None:
            self.core.ledger.refused(chat_id, name, params, float(seconds))
        body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
        if error.parameters:
            body["parameters"] = error.parameters
        return Reply(error.code, body)

    def _faulty(self, fault: Fault, name: str, params: Params, chat_id: int | None) -> Reply:
        if fault.kind == "error":
            return self._refusal(fault.error(), name, params, chat_id)
        if fault.kind == "html":
            code = fault.code if fault.code != 500 else 502
            return Reply(code, {}, html=fault.page())
        return Reply(0, {}, lost=fault.kind)

    def _count(self, lower: str, chat: Chat | None, step: int) -> None:
        """Calls in flight, so that people know when everything is quiet; a long poll does not count."""
        if lower in ("getupdates", "getme"):
            return
        if chat is None:
            self.core.in_flight += step
        else:
            chat.in_flight += step
            chat.changed.ring()
