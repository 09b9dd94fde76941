"""A school year passes through the real courier over the local Telegram.

Every reminder comes once, by day, on a working day, only if it is still true, no more than she wants in a
week; nothing is lost over restarts, outages of hours and weeks, storms of 429, people who block the bot, two
couriers side by side, changed plans and time zones. `make test` lives it with a few routes, `make test-long`
with 1,000.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.app import App, ready
from bot.clock import plan_all
from bot.courier import Courier
from bot.phone.server import Telegram
from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Fetch, Read
from storage.notices import LEASE
from storage.tables import notice
from tests.databases import KINDS, Databases
from tests.stage import Clock, settings_for
from tests.year.world import BEGINS, SCHOOL, World, days, founded, lived, local

FAST = 100_000  # of the local Telegram no pace is asked
LOOKS = (2, 7, 19)  # hours of UTC at which the courier looks; somewhere it is night then
OUTAGES = (
    (date(2026, 10, 12), date(2026, 10, 14)),
    (date(2027, 2, 1), date(2027, 2, 21)),
)
STORM = (date(2026, 11, 16), date(2027, 3, 15))


@dataclass
class Heard:
    """One thing that was said: what, to whom, when by UTC and by the clock on her wall."""

    person_id: int
    text: str
    at: datetime
    there: datetime
    titles: tuple[str, ...]


@dataclass
class Ear:
    """Says it to the local Telegram and remembers what reached it."""

    speaker: Speaker
    clock: Clock
    world: World
    heard: list[Heard] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    async def speak(self, told: Told) -> int | None:
        """Remember only what was not refused."""
        said = await self.speaker.speak(told)
        assert told.screen is not None
        found = told.screen.values.get("lines")
        lines = found if isinstance(found, list) else []
        titles = tuple(str(one["title"]) for one in lines if one["what"] == "line")
        teacher, now = self.world.by_id(told.person_id), self.clock.now()
        there = local(teacher, now) if teacher is not None else now
        self.heard.append(Heard(told.person_id, told.screen.text, now, there, titles))
        self.stale += [title for title in titles if teacher is not None and title not in teacher.open]
        return said

    async def fetch(self, telegram_id: int, wanted: Fetch) -> Read:
        """Nobody sends files this year."""
        return await self.speaker.fetch(telegram_id, wanted)


@dataclass
class Year:
    """The bot, its Telegram and everybody who lives with it."""

    telegram: Telegram
    app: App
    clock: Clock
    world: World
    ear: Ear

    def courier(self) -> Courier:
        """One more life of the courier."""
        return Courier(self.app.database, self.ear, self.app.world, self.clock.now, FAST, FAST)


@asynccontextmanager
async def year(url: str, count: int) -> AsyncIterator[Year]:
    """On the last evening of summer."""
    clock = Clock(datetime.combine(BEGINS - timedelta(days=1), time(15), UTC))
    async with (
        Telegram(flood="off", keep_calls=100) as telegram,
        ready(settings_for(telegram, url), clock.now) as app,
    ):
        app.words.know_bot("iom_bot")
        work = partial(founded, app=app, count=count, now=clock.now(), seed=2026)
        world = await app.database.write(work)
        for one in world.teachers:
            telegram.person(one.telegram_id).user.started = True
        for number in range(len(world.mentors)):
            telegram.person(50_000 + number).user.started = True
            telegram.person(70_000 + number).user.started = True
        ear = Ear(app.voice._speaker, clock, world)
        yield Year(telegram, app, clock, world, ear)
    assert telegram.violations == []


async def passes(play: Year) -> None:
    """Day after day."""
    for number, day in enumerate(days()):
        play.clock.moment = datetime.combine(day, time(4, 30), UTC)
        await play.app.database.write(partial(lived, world=play.world, day=day, now=play.clock.now()))
        _block(play, number)
        if any(first <= day <= last for first, last in OUTAGES):
            continue
        await plan_all(play.app.database, play.app.world, play.clock.now)
        for hour in LOOKS:
            play.clock.moment = datetime.combine(day, time(hour, 45), UTC)
            if day in STORM and hour == 7:
                play.telegram.faults.storm(1, retry_after=1)
            await _look(play, number)


def _block(play: Year, number: int) -> None:
    """Every seventh week somebody blocks the bot for good."""
    if number % 49 == 48:
        one = play.world.chance.choice(play.world.teachers)
        one.blocked = True
        play.telegram.person(one.telegram_id).user.blocked = True


async def _look(play: Year, number: int) -> None:
    """On most days one courier, on some two at once, on some one that is cut short and another later."""
    if number % 5 == 0:
        await asyncio.gather(play.courier().deliver(), play.courier().deliver())
    elif number % 11 == 0:
        first = asyncio.create_task(play.courier().deliver())
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        play.clock.passes(seconds=LEASE.total_seconds() + 1)
    await play.courier().deliver()


async def over(play: Year) -> Counter[str]:
    """How many rows came to which end."""

    def find(conn: Connection) -> Counter[str]:
        rows = conn.execute(select(notice.c.state, func.count().label("n")).group_by(notice.c.state))
        return Counter({row.state: row.n for row in rows})

    return await play.app.database.read(find)


async def sent_rows(play: Year) -> int:
    """What a second session finds as said."""

    def find(conn: Connection) -> int:
        said = select(func.count()).select_from(notice).where(notice.c.state == "sent")
        return conn.execute(said).scalar_one()

    return await play.app.database.read(find)


def reminders(play: Year) -> list[Heard]:
    """Everything unasked that teachers heard."""
    return [one for one in play.ear.heard if play.world.by_id(one.person_id) is not None]


def nights(play: Year) -> list[str]:
    """Reminders at night or on a day off."""
    return [
        f"{one.text} {one.there}"
        for one in reminders(play)
        if not 7 <= one.there.hour < 21 or one.there.weekday() > 4
    ]


def too_many(play: Year) -> list[int]:
    """People who heard more in some seven days than they wanted, or than anybody may."""
    by_person: defaultdict[int, list[datetime]] = defaultdict(list)
    for one in reminders(play):
        by_person[one.person_id].append(one.at)
    return [
        person
        for person, moments in by_person.items()
        if any(sum(start <= at < start + timedelta(days=7) for at in moments) > 5 for start in moments)
    ]


def forgotten(play: Year) -> list[str]:
    """Open lines nobody spoke of from two weeks before to three weeks after their deadline."""
    said: defaultdict[str, list[date]] = defaultdict(list)
    for one in play.ear.heard:
        for title in one.titles:
            said[title].append(one.at.date())
    return [
        title
        for one in play.world.teachers
        if not one.blocked
        for title in one.open
        if title not in play.world.disturbed
        and not any(abs((day - one.due[title]).days) <= 21 for day in said[title])
    ]


LIVES = [
    pytest.param("sqlite", 12),
    pytest.param("sqlite", 1000, marks=pytest.mark.long),
    pytest.param("postgresql", 1000, marks=[pytest.mark.long, *KINDS[1].marks]),
]


@pytest.mark.parametrize(("kind", "count"), LIVES)
async def test_a_school_year(databases: Databases, tmp_path: Path, kind: str, count: int) -> None:
    async with databases.url(kind, tmp_path, empty=True) as url, year(url, count) as play:
        await passes(play)
        ended = await over(play)
        assert ended["failed"] == 0
        assert ended["sent"] > count * 5
        assert len(play.ear.heard) == await sent_rows(play)  # no duplicate
        assert play.ear.stale == []
        assert nights(play) == []
        assert too_many(play) == []
        assert forgotten(play) == []
        late = [one for one in play.world.teachers if one.open]
        assert len(play.world.teachers) > len(late) > 0
        assert ended["missed"] > 0  # the outages
        assert count <= SCHOOL or len(play.world.mentors) == count // SCHOOL
