"""The stage of conversations: the local Telegram, the real bot in this process, a clock that is a value.

    async with stage(url) as play:
        anna = play.person("Анна")
        await anna.start()
        await anna.sees("Вы согласны")

At the end the list of violations of the Bot API must be empty.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from bot.app import App, ready
from bot.demo.script import Script, read
from bot.demo.walk import Walker
from bot.documents.places import templates
from bot.iom import catalogue_file
from bot.iom.catalogue import Event
from bot.iom.facts import Facts
from bot.phone.person import Person
from bot.phone.server import Telegram
from bot.settings import Settings
from storage import events, people, routes
from storage.db import Database

IDS = {"Анна": 1001, "Борис": 1002, "Вера": 1003, "Галина": 1004}
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time of the bot: moved by hand."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        """What the bot believes."""
        return self.moment

    def passes(self, **parts: float) -> None:
        """Let time pass, e.g. days=3."""
        self.moment += timedelta(**parts)


@dataclass
class Play:
    """A running bot and its Telegram."""

    telegram: Telegram
    app: App
    clock: Clock
    settings: Settings
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def person(self, name: str) -> Person:
        """Anna teaches, Boris mentors, Vera is a stranger, Galina coordinates."""
        return self.telegram.person(IDS[name], first_name=name, language_code="ru")

    async def facts(self, name: str) -> Facts | None:
        """What a second session finds in the table."""

        def find(conn: Connection) -> Facts | None:
            return routes.current(conn, people.arrive(conn, IDS[name], self.clock.now()).id)

        second = Database.open(self.settings.database_url)
        try:
            return await second.write(find)
        finally:
            await second.close()

    async def walks(self, name: str, slug: str, until: str) -> Person:
        """Let a person follow the demonstration's script to the end of the phase before `until`."""
        person = self.person(name)
        await Walker(person, script_until(slug, until, self.clock.now().date())).walk()
        await person.settled()
        return person


def script_until(slug: str, until: str, today: date) -> Script:
    """The script's phases before the one of this title; all of them when there is none."""
    script = read((templates() / "demo" / f"{slug}.toml").read_text(encoding="utf-8"), today)
    titles = [phase.title for phase in script.phases]
    kept = script.phases[: titles.index(until)] if until in titles else script.phases
    return Script(script.name, script.id, kept)


def settings_for(telegram: Telegram, url: str) -> Settings:
    """Settings of a bot that talks to this Telegram; nothing is read from the machine."""
    return Settings(
        _env_file=None,
        bot_token=telegram.token,
        telegram_api_url=telegram.url,
        database_url=url,
        operator_name="Школа «Проба»",
    )


@asynccontextmanager
async def bot(telegram: Telegram, url: str, clock: Clock) -> AsyncIterator[Play]:
    """The bot polling this Telegram until the block ends; then it has finished what was in hand."""
    settings = settings_for(telegram, url)
    async with ready(settings, clock.now) as app:
        app.words.know_bot((await app.bot.me()).username or "")
        play = Play(telegram, app, clock, settings)
        await app.database.write(lambda conn: events.put(conn, demo_events(clock.now().date())))
        polling = asyncio.create_task(app.intake.poll(play.stop))
        beside = [asyncio.create_task(one.run(play.stop)) for one in (app.courier, app.shop)]
        try:
            yield play
        finally:
            play.stop.set()
            await polling
            await asyncio.gather(*beside)


def demo_events(today: date) -> tuple[Event, ...]:
    """The fictional catalogue."""
    source = (templates() / "catalogue" / "demo.toml").read_text(encoding="utf-8")
    return catalogue_file.read(source, today)


@asynccontextmanager
async def stage(url: str, *, flood: str = "off") -> AsyncIterator[Play]:
    """The whole stage on one database; fails when the Bot API was violated."""
    async with Telegram(flood=flood, lint=True) as telegram, bot(telegram, url, Clock()) as play:
        yield play
    assert telegram.violations == []
