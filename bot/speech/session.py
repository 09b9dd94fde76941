"""The one place that waits when Telegram says so: `TelegramRetryAfter`, a lost connection, a restart, the
page of a proxy that stands where Telegram should."""

import asyncio
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import File, Message, User

Sleep = Callable[[float], Awaitable[None]]

# Pydantic keeps a model made of a type only as long as somebody holds it: making it anew costs milliseconds.
HELD = (Response[bool], Response[Message], Response[Message | bool], Response[File], Response[User])
ATTEMPTS = 6
LONGEST = 60.0


class Patience(BaseRequestMiddleware):
    """Retry what Telegram asks to repeat: 429 after its own time, 5xx and lost connections with backoff.

    A lost reply to a message that was sent sends it twice: an answer seen twice is better than none.
    `getUpdates` has its own loop and is left alone, except for 429.
    """

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        for attempt in range(ATTEMPTS):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                if attempt == ATTEMPTS - 1 or error.retry_after > LONGEST:
                    raise
                await self._sleep(error.retry_after)
            except (
                TelegramNetworkError,
                TelegramServerError,
                RestartingTelegram,
                ClientDecodeError,
            ) as error:
                if attempt == ATTEMPTS - 1 or method.__api_method__ == "getUpdates" or _understood(error):
                    raise
                await self._sleep(min(0.5 * 2**attempt, 8.0))
        raise AssertionError("unreachable")


def _understood(error: Exception) -> bool:
    """Telegram did answer in JSON, only not in a shape we know: the work may be done, don't repeat it."""
    return isinstance(error, ClientDecodeError) and not isinstance(error.data, str)
