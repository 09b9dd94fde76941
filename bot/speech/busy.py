"""Something takes seconds: the chat says so until it is done. Files come in the same way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest

from bot.documents import xlsx
from bot.documents.limits import MEGABYTE, MOST_BYTES
from bot.iom.workbook import TableError, TableProblem
from bot.speech.screen import Fetch, Read

EVERY = 4.0  # seconds; Telegram shows an action for five
SLOW = 60
log = structlog.get_logger()


@asynccontextmanager
async def busy(bot: Bot, chat_id: int, action: str) -> AsyncIterator[None]:
    """Show «печатает…» or «отправляет файл…» while the block runs."""
    await bot.send_chat_action(chat_id, action)
    going_on = asyncio.create_task(_go_on(bot, chat_id, action))
    try:
        yield
    finally:
        going_on.cancel()
        with suppress(asyncio.CancelledError):
            await going_on


async def _go_on(bot: Bot, chat_id: int, action: str) -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            await bot.send_chat_action(chat_id, action)
        except TelegramAPIError as error:
            log.info("chat action not shown", error=type(error).__name__)


async def table(bot: Bot, chat_id: int, wanted: Fetch) -> Read:
    """Download a table, read it in a thread and judge it there. What is wrong with the file is an answer;
    anything else, a lost connection say, is raised: it will be tried again."""
    async with busy(bot, chat_id, "typing"):
        try:
            data = await _bytes(bot, wanted.file_id)
            return await asyncio.to_thread(_read, data, wanted)
        except TableError as error:
            return error


def _read(data: bytes, wanted: Fetch) -> Read:
    rows = xlsx.read(data, wanted.name)
    return wanted.judge(rows) if wanted.judge else rows


async def _bytes(bot: Bot, file_id: str) -> bytes:
    """At most as much as a bot may download. Raises TableError for a file that can't be had."""
    try:
        found = await bot.get_file(file_id)
    except TelegramBadRequest as error:
        if "too big" in error.message:
            raise TableError(TableProblem.TOO_BIG, {"most": MOST_BYTES // MEGABYTE}) from None
        raise TableError(TableProblem.DAMAGED) from None
    if not found.file_path:
        raise TableError(TableProblem.DAMAGED)
    loaded = await bot.download_file(found.file_path, timeout=SLOW)
    return loaded.read() if loaded is not None else b""
