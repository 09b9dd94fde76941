"""What reminders cost: finding what is due in ever larger tables, planning a route, the courier's CPU.

    .venv/bin/python -m tests.bench_notices        # a part of `make bench`

The courier speaks to the local Telegram in another process, so the CPU is the bot's alone.
"""

import asyncio
import gc
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import perf_counter, process_time

from aiohttp import ClientSession
from sqlalchemy import Connection, insert, update

from bot.app import App, ready
from bot.clock import plan_all
from bot.courier import Courier
from bot.iom.facts import SetAnswer, Value
from bot.settings import Settings
from storage import notices, people, routes
from storage.db import Database
from storage.migrate import migrate
from storage.people import arrive
from storage.tables import notice
from tests.stage import Clock
from tests.year.world import World, founded

SIZES = (1_000, 10_000, 100_000, 1_000_000)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PEOPLE = 300
DUE = date(2026, 9, 8)
TIMES = 20


def _said(conn: Connection, first: int, last: int) -> None:
    """Rows of the past: what was said, evenly over a year."""
    person = arrive(conn, 1, NOW).id
    usual = {"person_id": person, "kind": "deadline", "subject": {}, "created_at": NOW, "token": ""}
    usual |= {"attempts": 1, "error": "", "state": "sent"}
    for start in range(first, last, 10_000):
        rows = [
            {**usual, "key": f"said/{n}", "due_at": NOW - timedelta(minutes=n % 500_000)}
            for n in range(start, min(last, start + 10_000))
        ]
        conn.execute(insert(notice), rows)


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


async def finding() -> None:
    """Claiming ten of a thousand that wait, with ever more that was said before."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/due.db"
        await migrate(url)
        database = Database.open(url)
        await database.write(_waiting)
        had, base = 0, 0.0
        for size in SIZES:
            await database.write(partial(_said, first=had, last=size))
            had = size
            took = await database.write(_claims)
            base = base or took
            print(f"due among {size:>9,} notices   {took:6.2f} ms   x {took / base:4.2f}")
        await database.close()


def _waiting(conn: Connection) -> None:
    person = arrive(conn, 1, NOW).id
    rows = [notices.Planned(person, f"w/{n}", "deadline", NOW - timedelta(seconds=n)) for n in range(1000)]
    notices.plan_all(conn, rows, NOW)


def _claims(conn: Connection) -> float:
    """Median of some claims, each given back."""

    def once() -> None:
        notices.claim(conn, NOW, 10)

    took = [_timed(once) for _ in range(TIMES)]
    conn.execute(update(notice).where(notice.c.state == "waiting").values(claimed_until=None, attempts=0))
    return statistics.median(took)


@asynccontextmanager
async def running(clock: Clock) -> AsyncIterator[tuple[App, World, str]]:
    """The bot with people, their plans approved, and the local Telegram in a process of its own."""
    command = (sys.executable, "-m", "bot.phone", "--port", "0", "--flood", "off")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        url, token = [(await process.stdout.readline()).decode().strip() for _ in range(2)]
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                _env_file=None,
                bot_token=token,
                telegram_api_url=url,
                database_url=f"sqlite+aiosqlite:///{folder}/bench.db",
                operator_name="Школа",
            )
            async with ready(settings, clock.now) as app:
                work = partial(founded, app=app, count=PEOPLE, now=clock.now(), seed=1)
                world = await app.database.write(work)
                await app.database.write(partial(_due, world=world, now=clock.now()))
                yield app, world, url
    finally:
        process.terminate()
        await process.wait()


def _due(conn: Connection, world: World, now: datetime) -> None:
    """Every line of everybody is due on one day, and all live in one zone."""
    day: Value = {"from": DUE.isoformat(), "to": DUE.isoformat()}
    for one in world.teachers:
        people.set_timezone(conn, one.person_id, "Europe/Moscow")
        facts = routes.whole(conn, one.route_id)
        assert facts is not None
        changes = [SetAnswer("period", day, row) for row in one.lines.values()]
        routes.apply(conn, facts, changes, one.person_id, now, personal=())


async def courier() -> None:
    """A message to each of some hundreds, thirty a second."""
    clock = Clock(datetime(2026, 8, 31, 15, tzinfo=UTC))
    async with running(clock) as (app, world, url):
        began = perf_counter()
        await plan_all(app.database, app.world, clock.now)
        each = 1000 * (perf_counter() - began) / PEOPLE
        print(f"planning a route           {each:6.2f} ms   one upsert of its notices")
        await _started(url, world)
        quick = Courier(app.database, app.voice._speaker, app.world, clock.now, 10_000, 10_000)
        clock.moment = datetime(2026, 9, 1, 15, tzinfo=UTC)
        await quick.deliver()  # everybody's route begins; not measured
        clock.moment = datetime.combine(DUE, time.min, UTC) + timedelta(hours=12)
        gc.collect()
        gc.freeze()  # as `bot.app.run` does
        cpu, wall = process_time(), perf_counter()
        sent = await Courier(app.database, app.voice._speaker, app.world, clock.now, 30).deliver()
        cpu, wall = process_time() - cpu, perf_counter() - wall
        print(
            f"courier                    {sent / wall:6.1f} messages/s, {100 * cpu / wall:4.1f} % of one core"
        )


async def _started(url: str, world: World) -> None:
    """Everybody has started the bot, as the local Telegram sees it."""
    async with ClientSession() as session:
        for one in world.teachers:
            async with session.post(f"{url}/sim/{one.telegram_id}/say", json={"text": "."}) as answer:
                await answer.read()


async def main() -> None:
    """Both."""
    await finding()
    await courier()


if __name__ == "__main__":
    asyncio.run(main())
