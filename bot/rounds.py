"""Work that waits in rows: looked for whenever somebody says so, until the process stops."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from storage.db import DatabaseDown

log = structlog.get_logger()


async def rounds(
    work: Callable[[], Awaitable[object]],
    woken: asyncio.Event,
    stop: asyncio.Event,
    who: str,
    tick: float | None = None,
) -> None:
    """Call `work` whenever woken, and every `tick` seconds when given; wait for a database that is down.
    `woken` is cleared by the work."""
    while not stop.is_set():
        try:
            await work()
        except DatabaseDown as error:
            log.warning("waits for the database", who=who, error=str(error))
        await _pause(woken, stop, tick)


async def _pause(woken: asyncio.Event, stop: asyncio.Event, tick: float | None) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in (woken, stop)]
    await asyncio.wait(waiting, timeout=tick, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
