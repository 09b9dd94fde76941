"""How a connection is made: pragmas, where a transaction begins, what JSON looks like.

Used by `storage.db` (the two doors) and `storage.migrate`; nobody else makes an engine.
"""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# secure_delete: an erased person's words are overwritten in the file, not only unlinked from it.
DURABLE = ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")

READERS = 4  # connections, and threads, that read from SQLite at once

# NaN is no JSON: PostgreSQL refuses it and SQLite would keep it, so it is refused before both.
_TO_JSON = partial(json.dumps, ensure_ascii=False, allow_nan=False)


def writer(url: str) -> Engine | AsyncEngine:
    """The engine of `Database.write`: BEGIN IMMEDIATE on SQLite, READ COMMITTED on PostgreSQL.

    On SQLite a synchronous one for a thread: through aiosqlite every statement, fetch and close is a hop
    between threads of its own, and an update has a dozen of them.
    """
    target = checked(url)
    if target.get_backend_name() != "sqlite":
        return _postgresql(target)
    return _in_threads(target, "BEGIN IMMEDIATE", (*DURABLE, "foreign_keys = ON"), connections=1)


def sqlite_reader(url: str) -> Engine:
    """The engine of `Database.read`: refuses writes and sees one instant in all its SELECTs."""
    return _in_threads(checked(url), "BEGIN", (*DURABLE, "query_only = ON"), connections=READERS)


def postgresql_reader(writing: AsyncEngine) -> AsyncEngine:
    """The same on PostgreSQL, over the same connections."""
    return writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def migrator(url: str) -> AsyncEngine:
    """The engine of `storage.migrate`: foreign keys off on SQLite, because a table is altered there by
    copying and dropping it, and dropping it would cascade."""
    target = checked(url)
    if target.get_backend_name() == "sqlite":
        return _through_aiosqlite(target, "BEGIN IMMEDIATE", DURABLE)
    return _postgresql(target)


def checked(url: str) -> URL:
    """The URL of a kind we know, the folder of an SQLite file made.

    ValueError: another driver, or a database in memory (each connection would see its own).
    """
    target = make_url(url)
    if target.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise ValueError(f"sqlite+aiosqlite or postgresql+asyncpg, not {target.drivername}")
    if target.get_backend_name() == "sqlite":
        if not target.database or target.database.startswith((":memory:", "file:")):
            raise ValueError("the SQLite database must be a file")
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    return target


def exists(url: str) -> bool:
    """Is there something to connect to? Always True of a server."""
    target = make_url(url)
    return target.get_backend_name() != "sqlite" or Path(target.database or "").is_file()


def _in_threads(url: URL, begin: str, pragmas: tuple[str, ...], connections: int) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"),
        connect_args={"isolation_level": None},
        json_serializer=_TO_JSON,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
    )
    _prepare(engine, begin, pragmas)
    return engine


def _through_aiosqlite(url: URL, begin: str, pragmas: tuple[str, ...]) -> AsyncEngine:
    engine = create_async_engine(
        url,
        connect_args={"isolation_level": None, "async_creator_fn": _opened},
        json_serializer=_TO_JSON,
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
    )
    _prepare(engine.sync_engine, begin, pragmas)
    return engine


def _prepare(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    # The driver's own BEGIN comes only before the first INSERT, after the reads it should have protected:
    # 19 of 20 concurrent increments were lost. isolation_level None takes BEGIN away from the driver, and
    # SQLAlchemy's event sends ours; COMMIT and ROLLBACK still go through the driver.
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)


async def _opened(*args: Any, **named: Any) -> aiosqlite.Connection:
    """`aiosqlite.connect` that leaves no thread behind when the file can't be opened.

    aiosqlite lets its thread report the end to an event loop that may be closed by then, and the report
    becomes a traceback on the screen of `iom-bot check`. SQLAlchemy reaches for `_thread` too.
    """
    connection = aiosqlite.connect(*args, **named)
    connection._thread.daemon = True
    try:
        return await connection
    except BaseException:
        await asyncio.to_thread(connection._thread.join)
        raise


def _postgresql(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        # A server that hangs is as good as absent; jit costs more than it saves on queries this small.
        connect_args={
            "timeout": 5,
            "command_timeout": 30,
            "server_settings": {"application_name": "iom-bot", "jit": "off"},
        },
        json_serializer=_TO_JSON,
        hide_parameters=True,  # an exception's text goes to the log: no answer of a person may be in it
        pool_size=10,
        max_overflow=0,
    )
