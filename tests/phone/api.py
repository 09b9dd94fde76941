"""A bot that is nothing but HTTP: calls methods and reads the envelope."""

import io
import json
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.phone.server import Telegram

Json = dict[str, Any]
Files = dict[str, tuple[str, bytes]]


class Api:
    """`await api("sendMessage", chat_id=1, text="…")` is the result; `api.refusal(…)` the description."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    def url(self, method: str) -> str:
        return f"{self.telegram.url}/bot{self.telegram.token}/{method}"

    async def raw(
        self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **params: Any
    ) -> Json:
        """The whole envelope; HTTP status and error_code must agree."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data) in (files or {}).items():
            form.add_field(name, io.BytesIO(data), filename=filename)
        body = form if params or files else None
        async with self.session.post(self.url(method), data=body) as response:
            envelope: Json = await response.json()
            assert envelope.get("error_code", 200) == response.status
            return envelope

    async def __call__(self, method: str, files: Files | None = None, /, **params: Any) -> Any:
        envelope = await self.raw(method, files, **params)
        assert envelope["ok"], envelope
        return envelope["result"]

    async def refusal(self, method: str, files: Files | None = None, /, **params: Any) -> str:
        envelope = await self.raw(method, files, **params)
        assert not envelope["ok"], envelope
        return str(envelope["description"])

    async def press(self) -> Json:
        """The next callback query in the queue."""
        for update in await self("getUpdates"):
            if "callback_query" in update:
                await self("getUpdates", offset=update["update_id"] + 1)
                found: Json = update["callback_query"]
                return found
        raise AssertionError("nobody pressed")


def inline(*rows: list[Json]) -> Json:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


def button(text: str, data: str = "x") -> Json:
    """A callback button."""
    return {"text": text, "callback_data": data}
