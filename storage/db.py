"""The two doors to the database: `write` and `read`.

    unit(connection)  ←  Database.write / Database.read  ←  one hop, all of the unit or nothing:
                         `storage.sqlite` in threads, `storage.postgresql` in the event loop

A unit is a plain function of a `Connection`: the functions of this package, composed. Nothing slow belongs
in it: no rendering, no file, no call to Telegram.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from storage import engines, postgresql, sqlite
from storage.failures import DatabaseDown

__all__ = ["Database", "DatabaseDown"]

T = TypeVar("T")


class Door(Protocol):
    """Runs units."""

    def begin(self, unit: Callable[[Connection], T]) -> asyncio.Future[T]:
        """The future ends when the unit is committed, or with what it raised, or with DatabaseDown."""
        ...

    async def dispose(self) -> None:
        """Close the connections; nothing may be under way. Once more does nothing."""
        ...


class Database:
    """One SQLite file or one PostgreSQL database. Open it in the event loop that uses it."""

    def __init__(self, writer: Door, reader: Door) -> None:
        self._writer = writer
        self._reader = reader
        self._under_way: set[asyncio.Future[Any]] = set()

    @classmethod
    def open(cls, url: str) -> "Database":
        """`sqlite+aiosqlite:///path` (the folder is made) or `postgresql+asyncpg://…`; else ValueError.

        Connects at the first use. The tables must be there: `storage.migrate` goes first.
        """
        writer = engines.writer(url)
        if isinstance(writer, Engine):
            return cls(sqlite.Writer(writer), sqlite.Readers(engines.sqlite_reader(url), engines.READERS))
        return cls(postgresql.Writer(writer), postgresql.Reader(engines.postgresql_reader(writer)))

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit`, all of it or nothing, and commit; an exception takes it back and is raised.

        On PostgreSQL a unit that lost a race (deadlock, serialisation) is run once more from its start,
        so it must have no effect outside the database. DatabaseDown: nothing is known to be stored.
        """
        return await self._to_the_end(self._writer.begin(unit))

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in a transaction that can't write and sees one instant. DatabaseDown as in `write`."""
        return await self._to_the_end(self._reader.begin(unit))

    async def close(self) -> None:
        """Let what is under way commit, then close every connection. Once more does nothing."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._reader.dispose()
        await self._writer.dispose()

    async def _to_the_end(self, work: asyncio.Future[T]) -> T:
        # A cancel that hit the driver inside COMMIT would leave nobody knowing whether the update is
        # stored, and a connection in an unknown state. So the work is a future of its own: a cancel
        # reaches only the waiting, and is raised here after the work has ended. A second cancel stops
        # waiting too; the set keeps the work alive and `close` waits for it.
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait({work})
            raise
