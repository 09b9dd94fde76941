"""From a Screen to Telegram's wire, after the commit: the only place that knows both.

A press edits the message it came from while that is the newest screen; everything else sends a new
message. A file goes before its screen, so that the buttons stay at the bottom of the chat.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.documents import invitations
from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.speech import presses
from bot.speech.busy import busy, table
from bot.speech.screen import (
    Button,
    CardFile,
    DataFile,
    FactButton,
    Fetch,
    InviteFile,
    MadeFile,
    Read,
    Remark,
    Screen,
    SentFile,
)
from bot.speech.uploads import Uploads
from bot.speech.words import Words

log = structlog.get_logger()
LABEL_LIMIT = 60


class PrintingFailed(Exception):
    """A card could not be printed: a defect of ours, told to the person and logged."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one update asks to be said to one person.

    `rev` goes into the buttons; `edit` is the message to edit instead of sending a new one;
    `query` the callback to answer; `fresh` whether the screen is new (its file is sent only then);
    `again` that the update was handled before, so the screen is said only if it is owed still; `silent` that
    it comes without a sound: it is night there.
    """

    chat_id: int
    person_id: int
    rev: int
    screen: Screen | None = None
    remarks: tuple[Remark, ...] = ()
    edit: int | None = None
    query: str = ""
    fresh: bool = True
    again: bool = False
    silent: bool = False


class Speaker(Protocol):
    """Whoever speaks to people: Telegram today, another messenger is another adapter."""

    async def speak(self, told: Told) -> int | None:
        """Say it; the id of the message that carries the screen, None when nothing was shown."""
        ...

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        """Read a table that was sent; what is wrong with the file is an answer too."""
        ...


class SpeakerAtWork(Speaker, Protocol):
    """Who can also show that something is being made, for as long as it takes."""

    def working(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Show that a file is being made while the block runs."""
        ...


class Presenter:
    """Speaks through one bot."""

    def __init__(self, bot: Bot, words: Words, uploads: Uploads) -> None:
        self._bot = bot
        self._words = words
        self._uploads = uploads

    async def speak(self, told: Told) -> int | None:
        """Answer the press, print and send the file if there is one, show the screen."""
        answering = asyncio.ensure_future(self._answer(told)) if told.query else None
        try:
            return await self._show(told) if told.screen else None
        finally:
            if answering:
                await answering

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        """See `Speaker`."""
        return await table(self._bot, chat_id, wanted)

    def working(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """See `SpeakerAtWork`."""
        return busy(self._bot, chat_id, "upload_document")

    async def _answer(self, told: Told) -> None:
        """Always answered; a press too old to be answered is no reason to fail."""
        try:
            await self._bot.answer_callback_query(told.query)
        except TelegramBadRequest as error:
            if "query is too old" not in error.message:
                raise

    async def _show(self, told: Told) -> int:
        assert told.screen is not None
        edit = told.edit
        if told.fresh and (told.screen.file or told.screen.files):
            told = await self._with_files(told, told.screen)
            edit = None
        assert told.screen is not None
        text = self.rendered(told)
        markup = self.keyboard(told.screen, told.rev)
        if edit is not None and await self._edited(told.chat_id, edit, text, markup):
            return edit
        sent = await self._bot.send_message(
            told.chat_id, text, reply_markup=markup, disable_notification=told.silent or None
        )
        return sent.message_id

    async def _edited(
        self, chat_id: int, message_id: int, text: str, markup: InlineKeyboardMarkup | None
    ) -> bool:
        """False when Telegram no longer has the message: then a new one is sent."""
        try:
            await self._bot.edit_message_text(
                text, chat_id=chat_id, message_id=message_id, reply_markup=markup
            )
        except TelegramBadRequest as error:
            return "message is not modified" in error.message
        return True

    async def _with_files(self, told: Told, screen: Screen) -> Told:
        """Send the files; when one could not be printed, the screen says so instead of promising it."""
        for known in screen.files:
            if not await self._sent_again(told.chat_id, known.file_id):
                log.warning("a file is no longer at Telegram", person=told.person_id)
        if screen.file is None:
            return told
        try:
            await self._send_file(told, screen.file)
        except PrintingFailed:
            log.exception("not printed", file=screen.file.name)
            return replace(told, screen=Screen("print_failed", {}, screen.rows))
        return told

    async def _send_file(self, told: Told, file: SentFile) -> None:
        key = file.key if isinstance(file, CardFile | MadeFile) else ""
        known = await self._uploads.find(key) if key else None
        if known is None or not await self._sent_again(told.chat_id, known):
            await self._upload(told, file, key)

    async def _sent_again(self, chat_id: int, file_id: str) -> bool:
        """False when Telegram no longer knows the id (another bot token, say)."""
        try:
            await self._bot.send_document(chat_id, file_id)
        except TelegramBadRequest as error:
            if "file mismatch" in error.message:  # a photo is no document, and its id says so
                await self._bot.send_photo(chat_id, file_id)
                return True
            if "file identifier" not in error.message:
                raise
            return False
        return True

    async def _upload(self, told: Told, file: SentFile, key: str) -> None:
        if isinstance(file, InviteFile):
            cards = tuple(replace(card, link=self._words.link(card.link)) for card in file.cards)
            file = replace(file, cards=cards)
        async with busy(self._bot, told.chat_id, "upload_document"):
            data = await asyncio.to_thread(printed, file, self._words.link)
            file_id = await self._sent(told.chat_id, file, BufferedInputFile(data, file.name))
        if key and file_id:
            await self._uploads.keep(key, file_id, told.person_id)

    async def _sent(self, chat_id: int, file: SentFile, data: BufferedInputFile) -> str:
        """Telegram's id of what was sent, "" when it gave none."""
        if isinstance(file, MadeFile) and file.photo:
            sizes = (await self._bot.send_photo(chat_id, data)).photo
            return sizes[-1].file_id if sizes else ""
        document = (await self._bot.send_document(chat_id, data)).document
        return document.file_id if document is not None else ""

    def rendered(self, told: Told) -> str:
        """The text of the message: remarks above the screen."""
        assert told.screen is not None
        parts = [self._words.text(remark.text, remark.values) for remark in told.remarks]
        parts += [self._words.text(told.screen.mark, {})] if told.screen.mark else []
        parts.append(self._words.text(told.screen.text, told.screen.values))
        return "\n\n".join(part for part in parts if part)

    def keyboard(self, screen: Screen, rev: int) -> InlineKeyboardMarkup | None:
        """The inline keyboard, None when the screen has no buttons."""
        rows = [[self._button(button, rev) for button in row] for row in screen.rows if row]
        return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None

    def _button(self, button: Button | FactButton, rev: int) -> InlineKeyboardButton:
        if isinstance(button, FactButton):
            data = presses.pack_fact(button.verb, button.id, button.version)
        else:
            data = presses.pack(rev, button.verb, button.arg)
        label = button.label or self._words.caption(button.word or button.verb)
        return InlineKeyboardButton(text=short(label), callback_data=data)


def short(label: str) -> str:
    """A caption a phone can show: cut at a word, with an ellipsis."""
    if len(label) <= LABEL_LIMIT:
        return label
    cut = label[: LABEL_LIMIT - 1]
    words = cut.rsplit(" ", 1)[0]
    return (words if len(words) > LABEL_LIMIT // 2 else cut).rstrip(" ,.;:–-") + "…"


def printed(file: SentFile, link: Callable[[str], str] = str) -> bytes:
    """Print a paper; runs in a thread. Raises PrintingFailed whatever the printer stumbled over."""
    try:
        if isinstance(file, DataFile):
            return file.data
        if isinstance(file, MadeFile):
            return file.make(link)
        if isinstance(file, InviteFile):
            return invitations.sheet(file.title, file.cards, invitations.words())
        return docx(file.document) if file.format == "docx" else pdf(file.document, paper=file.paper)
    except Exception as error:
        raise PrintingFailed(file.name) from error
