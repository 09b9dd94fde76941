"""The clock of the process: APScheduler in memory, nothing of it is stored.

    every 5 s    the courier looks what is due
    every 60 s   routes that nobody has planned as they are now are planned; digests of the hours to come too
    every hour   handled updates that can't come again are forgotten

What is due is found by its column, not remembered by a job: an outage of any length loses nothing, and a
second process does the same work side by side (rows are claimed, keys are unique).
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.courier import Courier
from handlers import digest_planning, planning
from handlers.desk import World
from storage import updates
from storage.db import Database, DatabaseDown

TICK = 5
PLAN = 60
REMEMBER = timedelta(hours=48)  # Telegram keeps an update 24 hours
Now = Callable[[], datetime]
log = structlog.get_logger()


def clock(database: Database, world: World, courier: Courier, now: Now) -> AsyncIOScheduler:
    """The scheduler, not started yet. A late run is run once, and never beside itself."""
    made = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})

    async def tick() -> None:
        courier.wake()

    async def plan() -> None:
        routes = await plan_all(database, world, now)
        digests = await database.write(partial(digest_planning.plan_due, world=world, now=now()))
        if routes or digests:
            courier.wake()

    async def prune() -> None:
        before = now() - REMEMBER
        await database.write(lambda conn: updates.prune(conn, before))

    made.add_job(tick, "interval", seconds=TICK)
    made.add_job(patient(plan), "interval", seconds=PLAN, next_run_time=datetime.now(UTC))
    made.add_job(patient(prune), "interval", hours=1)
    return made


async def plan_all(database: Database, world: World, now: Now) -> int:
    """Everything that is to be planned now, some routes a transaction; says how many there were."""
    total = 0
    while found := await database.write(partial(planning.plan_behind, world=world, now=now())):
        total += found
    return total


def patient(job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A job that waits for the next time when the database is down."""

    async def run() -> None:
        try:
            await job()
        except DatabaseDown as error:
            log.warning("the clock waits for the database", error=str(error))

    return run
