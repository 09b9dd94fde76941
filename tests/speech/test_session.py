"""Patience: waits as long as Telegram says, tries again what was lost, gives up in the end."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetUpdates, SendMessage, TelegramMethod

from bot.phone.core import TOKEN
from bot.speech.session import ATTEMPTS, LONGEST, Patience

SAY: TelegramMethod[Any] = SendMessage(chat_id=1001, text="Здравствуйте")
POLL: TelegramMethod[Any] = GetUpdates()
ANSWER: Any = object()
BACKOFF = [0.5, 1.0, 2.0, 4.0, 8.0]


def retry_after(seconds: int) -> Exception:
    return TelegramRetryAfter(SAY, "Too Many Requests", seconds)


LOST = TelegramNetworkError(SAY, "connection reset")
BROKEN = TelegramServerError(SAY, "Bad Gateway")
RESTART = RestartingTelegram(SAY, "restart")
PAGE = ClientDecodeError("Failed to decode object", ValueError(), "<html>nginx</html>")
ODD = ClientDecodeError("Failed to deserialize object", ValueError(), {"ok": True, "result": {"new": 1}})


class Line:
    """A line to Telegram on which these errors happen one after another; then it answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0
        self.waited: list[float] = []

    async def request(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return ANSWER

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def tries(self, method: TelegramMethod[Any] = SAY) -> Any:
        return await Patience(self.sleep)(self.request, Bot(TOKEN), method)


async def test_what_goes_well_is_called_once() -> None:
    line = Line()
    assert await line.tries() is ANSWER
    assert (line.calls, line.waited) == (1, [])


@pytest.mark.parametrize("seconds", [1, 7, int(LONGEST)])
async def test_it_waits_exactly_as_long_as_telegram_says(seconds: int) -> None:
    line = Line(retry_after(seconds))
    assert await line.tries() is ANSWER
    assert (line.calls, line.waited) == (2, [seconds])


async def test_each_wait_is_its_own() -> None:
    line = Line(retry_after(3), LOST, retry_after(5))
    assert await line.tries() is ANSWER
    assert line.waited == [3, 1.0, 5]


async def test_an_hour_is_not_waited_for() -> None:
    line = Line(retry_after(3600))
    with pytest.raises(TelegramRetryAfter):
        await line.tries()
    assert line.waited == []


@pytest.mark.parametrize("error", [LOST, BROKEN, RESTART, PAGE], ids=lambda error: type(error).__name__)
async def test_what_was_lost_is_said_again(error: Exception) -> None:
    line = Line(error, error)
    assert await line.tries() is ANSWER
    assert line.waited == [0.5, 1.0]


@pytest.mark.parametrize(
    "error", [LOST, BROKEN, RESTART, PAGE, retry_after(1)], ids=lambda error: type(error).__name__
)
async def test_it_gives_up_in_the_end(error: Exception) -> None:
    line = Line(*[error] * ATTEMPTS)
    with pytest.raises(type(error)):
        await line.tries()
    assert line.calls == ATTEMPTS
    assert line.waited == ([1] * 5 if error.args and isinstance(error, TelegramRetryAfter) else BACKOFF)


async def test_the_last_attempt_may_succeed() -> None:
    line = Line(*[LOST] * (ATTEMPTS - 1))
    assert await line.tries() is ANSWER
    assert line.waited == BACKOFF


@pytest.mark.parametrize(
    "error",
    [
        TelegramBadRequest(SAY, "Bad Request: chat not found"),
        TelegramForbiddenError(SAY, "Forbidden: bot was blocked by the user"),
        ODD,
        ValueError("a defect of ours"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_will_not_get_better_is_not_repeated(error: Exception) -> None:
    """An answer of a shape we don't know means that the work may be done."""
    line = Line(error)
    with pytest.raises(type(error)):
        await line.tries()
    assert (line.calls, line.waited) == (1, [])


@pytest.mark.parametrize("error", [LOST, BROKEN, RESTART, PAGE], ids=lambda error: type(error).__name__)
async def test_polling_has_a_loop_of_its_own(error: Exception) -> None:
    line = Line(error)
    with pytest.raises(type(error)):
        await line.tries(POLL)
    assert (line.calls, line.waited) == (1, [])


async def test_polling_too_waits_when_it_is_told_to() -> None:
    line = Line(retry_after(5))
    assert await line.tries(POLL) is ANSWER
    assert line.waited == [5]
