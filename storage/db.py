"""The two doors to the database: `write` and `read`.

    unit(connection)  ←  Database.write / Database.read  ←  one transaction each, in one hop:
                         SQLite writes in one thread of their own; the rest by run_sync

A unit is a plain function of a `Connection`: the functions of this package, composed. It runs in one
transaction and one hop. Nothing slow belongs in it: no rendering, no file, no call to Telegram.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import engines

T = TypeVar("T")

_SQLITE_DOWN = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
    )
)
# Connection lost, login refused, no such database, out of resources, shutting down.
_POSTGRESQL_DOWN = ("08", "28", "3D", "53", "57P")
# A disk gone read-only, a server become a standby. In `read` the same codes say that a unit writes: a bug.
_READ_ONLY = (sqlite3.SQLITE_READONLY, "25006")
_LOST_RACE = ("40P01", "40001")


class DatabaseDown(Exception):
    """The database can't be reached or can't store. The update must not be acknowledged.

    Raised by a COMMIT whose reply was lost too: it may have been stored, which `updates.take` notices
    when the update comes again.
    """


class Database:
    """One SQLite file or one PostgreSQL database. Open it in the event loop that uses it."""

    def __init__(self, writer: Engine | AsyncEngine, reader: AsyncEngine) -> None:
        self.dialect: str = writer.dialect.name
        self._writer = writer
        self._reader = reader
        # One writer at a time is SQLite's nature: a queue before one thread is fair, busy_timeout is not.
        self._thread = ThreadPoolExecutor(1, "sqlite-writer") if isinstance(writer, Engine) else None
        self._under_way: set[asyncio.Task[Any]] = set()

    @classmethod
    def open(cls, url: str) -> "Database":
        """`sqlite+aiosqlite:///path` (the folder is made) or `postgresql+asyncpg://…`; else ValueError.

        Connects at the first use. The tables must be there: `storage.migrate` goes first.
        """
        writer = engines.writer(url)
        return cls(writer, engines.reader(url, writer))

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in one transaction and commit; an exception rolls back and is raised.

        On PostgreSQL a unit that lost a race (deadlock, serialisation) is run once more from its start,
        so it must have no effect outside the database. DatabaseDown: nothing is known to be stored.
        """
        return await self._to_the_end(self._write(unit))

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in a transaction that can't write and sees one instant. DatabaseDown as in `write`."""
        return await self._to_the_end(_run(self._reader, unit))

    async def close(self) -> None:
        """Let what is under way commit, then close every connection."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._reader.dispose()
        if isinstance(self._writer, AsyncEngine):
            await self._writer.dispose()
        else:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.dispose)
            assert self._thread is not None
            self._thread.shutdown()

    async def _write(self, unit: Callable[[Connection], T]) -> T:
        if not isinstance(self._writer, AsyncEngine):
            work = partial(_run_here, self._writer, unit)
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await _run(self._writer, unit, writing=True)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") not in _LOST_RACE:
                raise
        return await _run(self._writer, unit, writing=True)

    async def _to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        # A cancel that hit the driver inside COMMIT would leave nobody knowing whether the update is
        # stored, and a connection in an unknown state. So the transaction is a task of its own: a cancel
        # reaches only the waiting, and is raised here after the task has ended. A second cancel stops
        # waiting too; the set keeps the task alive and `close` waits for it.
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait({task})
            raise


def _run_here(engine: Engine, unit: Callable[[Connection], T]) -> T:
    with _naming_failures(writing=True), engine.connect() as connection, connection.begin():
        return unit(connection)


async def _run(engine: AsyncEngine, unit: Callable[[Connection], T], *, writing: bool = False) -> T:
    def transaction(connection: Connection) -> T:
        with connection.begin():
            return unit(connection)

    with _naming_failures(writing):
        async with engine.connect() as connection:
            return await connection.run_sync(transaction)


@contextmanager
def _naming_failures(writing: bool) -> Iterator[None]:
    """What means that the database can't be reached or can't store becomes DatabaseDown."""
    try:
        yield
    except (OSError, PoolTimeout) as error:  # TimeoutError is an OSError
        raise DatabaseDown(str(error)) from error
    except DBAPIError as error:
        if _is_down(error, writing):
            raise DatabaseDown(str(error.orig)) from error
        raise


def _is_down(error: DBAPIError, writing: bool) -> bool:
    if error.connection_invalidated:
        return True
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        code = number & 0xFF  # the rest is the extended part
        return code in _SQLITE_DOWN or (writing and code in _READ_ONLY)
    state = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(_POSTGRESQL_DOWN) or (writing and state in _READ_ONLY)
