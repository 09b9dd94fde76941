"""`make bench`: what an update costs, ours against aiogram as its documentation shows it, in one run.

Both answer a form by text and by buttons through a stub session, without a network: the figures are CPU
of the bot alone, the reading of the update included. Ours stores every answer with fsync before it
speaks; the other keeps a dict in memory. Figures of a run are comparable with each other only.
"""

import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, InlineKeyboardMarkup, Message, Update
from sqlalchemy import Engine

from bot.app import now, world_of
from bot.intake import Intake
from bot.settings import Settings
from bot.speech.presenter import Presenter, Told
from bot.speech.presses import Press
from bot.speech.uploads import StoredUploads
from bot.speech.words import Words
from handlers.telegram import Voice, dispatcher
from handlers.turn import Arrival, take_turn
from storage import engines
from storage.db import Database
from storage.migrate import migrate
from tests import bench_digest
from tests.bench_aiogram import documented

PEOPLE = 64
ROUNDS = 5
PAIRS = 5  # of a press and a text: what each person does in a round
ALONE = 50  # pairs of one person without company
TOKEN = "42:BENCH"
Feed = Callable[[Update], Awaitable[object]]


class Stub(BaseSession):
    """Answers every call at once and remembers each chat's newest message and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[int, list[str]] = {}
        self.newest: dict[int, int] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._numbers = count(1)

    def screen(self, chat: int) -> asyncio.Future[None]:
        """Done when the chat is shown its next screen."""
        self._waiting[chat] = asyncio.get_running_loop().create_future()
        return self._waiting[chat]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the signature is aiogram's)
    ) -> Any:
        """A Message for what shows one, True for the rest."""
        if not isinstance(method, SendMessage | EditMessageText):
            return True
        chat = int(method.chat_id or 0)
        if isinstance(method, SendMessage):
            self.newest[chat] = next(self._numbers)
        markup = method.reply_markup
        rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
        self.buttons[chat] = [button.callback_data or "" for row in rows for button in row]
        self._waiting.pop(chat).set_result(None)
        talk = Chat(id=chat, type="private")
        return Message(message_id=self.newest[chat], date=datetime.now(UTC), chat=talk, text="x")

    async def close(self) -> None:
        """Nothing to close."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        """No file is ever read."""
        yield b""


class Phone:
    """One person: sends an update, waits for the screen, notes how long that took."""

    def __init__(self, number: int, bot: Bot, stub: Stub, feed: Feed) -> None:
        self.id = 1000 + number
        self.waits: list[float] = []
        self._bot = bot
        self._stub = stub
        self._feed = feed
        self._numbers = count(number * 1_000_000)

    async def says(self, text: str) -> None:
        """A text."""
        await self._send({"message": self._message(text)})

    async def presses(self, which: int = 0) -> None:
        """A button of the newest screen, by its place; the first where there are not so many."""
        buttons = self._stub.buttons[self.id]
        data = buttons[which if len(buttons) >= abs(which) else 0]
        message = self._message("x", self._stub.newest[self.id])
        query = {"id": "1", "from": message["from"], "chat_instance": "1", "message": message, "data": data}
        await self._send({"callback_query": query})

    async def _send(self, content: dict[str, Any]) -> None:
        raw = json.dumps({"update_id": next(self._numbers), **content})
        shown = self._stub.screen(self.id)
        began = time.perf_counter()
        await self._feed(Update.model_validate_json(raw, context={"bot": self._bot}))
        await shown
        self.waits.append(time.perf_counter() - began)

    def _message(self, text: str, number: int = 1) -> dict[str, Any]:
        person = {"id": self.id, "is_bot": False, "first_name": "A"}
        chat = {"id": self.id, "type": "private"}
        return {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}


@asynccontextmanager
async def theirs() -> AsyncIterator[list[Phone]]:
    """People in the middle of the documented form."""
    stub = Stub()
    bot, made = Bot(TOKEN, session=stub), documented()
    people = [Phone(n, bot, stub, lambda update: made.feed_update(bot, update)) for n in range(PEOPLE)]
    for person in people:
        await person.says("/start")
    yield people


@asynccontextmanager
async def ours() -> AsyncIterator[list[Phone]]:
    """People at the second question of our conversation."""
    stub, words = Stub(), Words()
    bot, world = Bot(TOKEN, session=stub), world_of(Settings(_env_file=None), words)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        await migrate(url)
        database = Database.open(url)
        voice = Voice(database, Presenter(bot, words, StoredUploads(database, now)), world, now)
        intake = Intake(bot, dispatcher(world, database, voice, now))
        people = [Phone(n, bot, stub, intake.begin) for n in range(PEOPLE)]
        await asyncio.gather(*(_arrives(person) for person in people))
        yield people
        await intake.finish()
        await database.close()


async def _arrives(person: Phone) -> None:
    await person.says("/start")
    await person.presses()  # Согласен
    await person.presses()  # the first regulation
    await person.says("учитель")


async def form(person: Phone, pairs: int) -> None:
    """«Назад» is the third button from the end with us; the documented form has one button."""
    for number in range(pairs):
        await person.presses(-3)
        await person.says(f"учитель {number}")


async def cpu(people: list[Phone], pairs: int) -> float:
    """CPU milliseconds of one update."""
    gc.collect()
    gc.freeze()  # as `bot.app.run` does
    for person in people:
        person.waits.clear()
    began = time.process_time()
    await asyncio.gather(*(form(person, pairs) for person in people))
    return 1000 * (time.process_time() - began) / (2 * pairs * len(people))


def turns(engine: Engine) -> float:
    """CPU milliseconds of `take_turn` alone: no aiogram, no thread, a COMMIT each."""
    world, numbers = world_of(Settings(_env_file=None), Words()), count(1)

    def turn(**what: Any) -> Told:
        with engine.connect() as connection, connection.begin():
            told = take_turn(connection, world, Arrival(1, next(numbers), 5, 5, **what), now())
        assert told is not None
        return told

    def pair(told: Told) -> Told:
        return turn(press=Press(turn(text="учитель").rev, "back"))

    told = turn(press=Press(turn(command="start").rev, "agree"))
    told = pair(turn(press=Press(told.rev, "choose", "stavropol")))
    began = time.process_time()
    for _ in range(ALONE):
        told = pair(told)
    return 1000 * (time.process_time() - began) / (2 * ALONE)


def waits(people: Iterable[Phone]) -> str:
    """p50 and p99 of what people waited for a screen, in milliseconds."""
    all_of = sorted(wait for person in people for wait in person.waits)
    cuts = statistics.quantiles(all_of, n=100)
    return f"{1000 * cuts[49]:7.1f} {1000 * cuts[98]:7.1f}"


async def turns_alone() -> float:
    """`turns` in a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/turn.db"
        await migrate(url)
        engine = engines.writer(url)
        assert isinstance(engine, Engine)
        try:
            return turns(engine)
        finally:
            engine.dispose()


async def main() -> None:
    """Interleaved rounds; the median of each and the median of the rounds' ratios."""
    costs: dict[str, list[float]] = {"aiogram as documented": [], "iom-bot": []}
    print(f"{ROUNDS} rounds, {PEOPLE} people, {2 * PAIRS} updates each; p50 and p99 to the screen in ms")
    for _ in range(ROUNDS):
        for (name, values), begun in zip(costs.items(), (theirs, ours), strict=True):
            async with begun() as people:
                values.append(await cpu(people, PAIRS))
                crowd = waits(people)
                await cpu(people[:1], ALONE)
                print(f"{name:22} {values[-1]:5.2f} ms CPU  crowd {crowd}  alone {waits(people[:1])}")
    print(f"take_turn alone        {await turns_alone():5.2f} ms CPU")
    for name, values in costs.items():
        print(f"{name:22} {statistics.median(values):5.2f} ms CPU / update, median")
    ratio = statistics.median(b / a for a, b in zip(*costs.values(), strict=True))
    print(f"ratio                  {ratio:5.2f} (durable, with fsync, against memory)")
    await bench_digest.main()


if __name__ == "__main__":
    asyncio.run(main())
