"""Bots that are disturbed: real processes killed with -9 at any instant, and bots made of other parts.

    with nursery() as start:                      # or `start = from_scratch`
        life = await start(environment(telegram, url))
        await life.killed()

`from_scratch` is `python -m bot run` as anybody starts it: four seconds, nearly all of them the import of
aiogram. The nursery is a process that has imported all that and forks: its child runs the same command
in the same way and dies the same death, but starts in half a second, so a test can afford many of them.
"""

import asyncio
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import docx
from sqlalchemy import Connection

from bot.app import App, ready, serve, world_of
from bot.demo.script import Phase, Reply, Script
from bot.intake import Intake
from bot.iom.facts import Facts
from bot.phone.person import Person
from bot.phone.server import Telegram
from bot.speech.presenter import Presenter, Speaker
from bot.speech.uploads import StoredUploads
from handlers.desk import World
from handlers.telegram import Voice, dispatcher
from storage import events, people, routes
from storage.db import Database
from tests.stage import Clock, Play, demo_events, script_until, settings_for

SECRET = "tests-only_secret"
LAST = "Готовая карта"


@dataclass(frozen=True)
class Life:
    """One process of the bot, from its start to its death."""

    pid: int
    over: Callable[[], Awaitable[int]]

    async def killed(self) -> None:
        """kill -9: nothing is finished, nothing is said."""
        os.kill(self.pid, signal.SIGKILL)
        assert await self.over() == -signal.SIGKILL, f"process {self.pid} had ended by itself"

    async def ended(self) -> int:
        """SIGTERM, and the code it ends with."""
        os.kill(self.pid, signal.SIGTERM)
        return await self.over()


Start = Callable[[Mapping[str, str]], Awaitable[Life]]


def untraced(environment: Mapping[str, str]) -> dict[str, str]:
    """Without coverage: a process that is killed tells it nothing, and starts three times as slowly."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


async def from_scratch(environment: Mapping[str, str]) -> Life:
    """`python -m bot run`."""
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, env=untraced(environment))
    return Life(process.pid, process.wait)


@contextmanager
def nursery() -> Iterator[Start]:
    """A process that forks bots, for any event loop; whatever of them lives at the end is killed."""
    command = (sys.executable, "-m", "tests.processes")
    env, pipe = untraced(os.environ), subprocess.PIPE
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe) as process:
        lock = threading.Lock()

        def ask(question: Mapping[str, Any]) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            with lock:
                process.stdin.write(json.dumps(question).encode() + b"\n")
                process.stdin.flush()
                return int(process.stdout.readline())

        async def start(environment: Mapping[str, str]) -> Life:
            pid = await asyncio.to_thread(ask, {"start": untraced(environment)})
            return Life(pid, partial(asyncio.to_thread, ask, {"wait": pid}))

        yield start


def on_webhook() -> dict[str, str]:
    """Settings of a bot that listens on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    return {
        "WEBHOOK_URL": f"http://{listen}/telegram",
        "WEBHOOK_LISTEN": listen,
        "WEBHOOK_SECRET": SECRET,
    }


@asynccontextmanager
async def webhook_stage(url: str) -> AsyncIterator[Play]:
    """As `tests.stage.stage`, with the updates coming by webhook; fails when the Bot API was violated."""
    clock = Clock()
    async with Telegram(webhook_retry=0.02) as telegram:
        own = {name.lower(): value for name, value in on_webhook().items()}
        settings = settings_for(telegram, url).model_copy(update=own)
        async with ready(settings, clock.now) as app:
            play = Play(telegram, app, clock, settings)
            await app.database.write(lambda conn: events.put(conn, demo_events(clock.now().date())))
            serving = asyncio.create_task(serve(app, settings, play.stop))
            try:
                yield play
            finally:
                play.stop.set()
                await serving
    assert telegram.violations == []


@asynccontextmanager
async def rebuilt(
    play: Play,
    *,
    database: Database | None = None,
    world: Callable[[World], World] = lambda world: world,
    speaker: Callable[[Speaker], Speaker] = lambda speaker: speaker,
) -> AsyncIterator[App]:
    """A second bot for the same people with other parts, polling; the pauses of its intake are short.

    The first one goes on unless the test has stopped it (`asleep`).
    """
    app, now = play.app, play.clock.now
    known = database or app.database
    whole = world(world_of(play.settings, app.words))
    mouth = speaker(Presenter(app.bot, app.words, StoredUploads(app.database, now)))
    voice = Voice(known, mouth, whole, now)
    intake = Intake(app.bot, dispatcher(whole, known, voice, now), sleep=short_pause)
    stop = asyncio.Event()
    polling = asyncio.create_task(intake.poll(stop))
    try:
        yield replace(app, database=known, voice=voice, intake=intake)
    finally:
        stop.set()
        await polling


@asynccontextmanager
async def asleep(url: str, **options: Any) -> AsyncIterator[Play]:
    """A Telegram and everything a bot needs, but nobody takes updates yet (see `rebuilt`)."""
    clock = Clock()
    async with Telegram(**options) as telegram:
        settings = settings_for(telegram, url)
        async with ready(settings, clock.now) as app:
            await app.database.write(lambda conn: events.put(conn, demo_events(clock.now().date())))
            yield Play(telegram, app, clock, settings)
    assert telegram.violations == []


async def short_pause(seconds: float) -> None:
    """The intake's pause after a bad poll, for the impatient."""
    await asyncio.sleep(min(seconds, 0.05))


@dataclass(frozen=True)
class Outcome:
    """What is left of a walk: the words of the card without the footer, and what the tables hold."""

    words: tuple[str, ...]
    facts: tuple[Any, ...]


def to_the_word_card(slug: str, today: date) -> Script:
    """The demonstration's script; a file sent twice by a restarted bot must not end it too early."""
    script = script_until(slug, LAST, today)
    asks = Reply("Черновик помечен на каждой странице", presses="Чистовик Word")
    return Script(script.name, script.id, (*script.phases, Phase(LAST, (asks,), until="Файл выше")))


async def outcome(person: Person, slug: str, url: str) -> Outcome:
    """What the walk has left: her card and her rows."""
    card = await person.sees_document(f"IOM-{slug}.docx")
    database = Database.open(url)
    try:
        return Outcome(words_of(card.data), await database.read(lambda conn: content(conn, person.id)))
    finally:
        await database.close()


def words_of(card: bytes) -> tuple[str, ...]:
    """Every word of the body; the footer, where the version is, is not in it."""
    body = docx.Document(io.BytesIO(card)).element.body
    return tuple(node.text for node in body.iter() if node.tag.endswith("}t") and node.text)


def content(conn: Connection, telegram_id: int) -> tuple[Any, ...]:
    """All answers, rows and links by what they say, no ids; each answer was stored exactly once."""
    facts = routes.current(conn, people.arrive(conn, telegram_id, datetime.now(UTC)).id)
    assert facts is not None
    codes = {event.id: event.code for event in events.every(conn)}
    names = names_of(facts)
    answers = {(names[row], key): answer for (row, key), answer in facts.answers.items()}
    rows = [
        (names[entry.id], sorted(names[link] for link in entry.links), codes.get(entry.event))
        for entry in facts.entries
    ]
    return facts.slug, facts.version, answers, sorted(rows, key=str)


def names_of(facts: Facts) -> dict[int, str]:
    """Rows by table and place in it; 0 is the route."""
    tables = {entry.table for entry in facts.entries}
    placed = {entry.id: f"{table} {n}" for table in tables for n, entry in enumerate(facts.rows(table))}
    return {0: "route", **placed}


def _answer(question: dict[str, Any], alive: set[int]) -> int:
    if "wait" in question:
        alive.discard(question["wait"])
        return os.waitstatus_to_exitcode(os.waitpid(question["wait"], 0)[1])
    pid = os.fork()
    if not pid:
        _live(question["start"])
    alive.add(pid)
    return pid


def _live(environment: dict[str, str]) -> None:
    """In the child: what `python -m bot run` does; ends by SystemExit. The nursery's pipes are not hers."""
    from bot.__main__ import main

    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.argv = ["iom-bot", "run"]
    main()


def _serve() -> None:
    """Read questions until nobody asks any more."""
    import bot.checks  # noqa: F401 - so that no child has to

    alive: set[int] = set()
    for line in sys.stdin:
        print(_answer(json.loads(line), alive), flush=True)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _serve()
