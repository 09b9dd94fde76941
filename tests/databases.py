"""Databases for tests: an own one for each test, SQLite always, PostgreSQL when TEST_DATABASE_URL is set.

In the conftest of a room, or in a test module:

    from tests.databases import database, database_url, databases, empty_url, kind

- `database`: an open `Database` with all tables; a test that asks for it runs on both kinds;
- `database_url`: the URL of the same database, for a second connection or a real process;
- `empty_url`: the URL of a database without any table, for what migrates by itself;
- `kind`: "sqlite" or "postgresql".

A test needs no clean-up: what is left open shows as a warning, and warnings are errors. Databases have the
number of the process in their name, so xdist workers and other sessions on one server don't meet.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from storage.db import Database
from storage.migrate import migrate
from storage.tables import metadata

SERVER = os.environ.get("TEST_DATABASE_URL", "")

KINDS = (
    "sqlite",
    pytest.param(
        "postgresql",
        marks=pytest.mark.skipif(
            not SERVER, reason="TEST_DATABASE_URL is not set (postgresql+asyncpg://user@host/database)"
        ),
    ),
)


class Databases:
    """Makes databases from a template per kind: copying is ten times faster than creating the tables."""

    def __init__(self, folder: Path) -> None:
        self._sqlite = folder / "template.db"
        self._postgresql = f"iom_test_{os.getpid()}_{id(self)}"
        self._numbers = count(1)
        self._free = True

    async def make_templates(self) -> None:
        await migrate(f"sqlite+aiosqlite:///{self._sqlite}")
        if SERVER:
            for name in (self._postgresql, f"{self._postgresql}_again"):
                await _on_server(f"CREATE DATABASE {name}")
                await migrate(_on_postgresql(name))

    async def _emptied(self) -> str:
        """The one that is used again and again: to create and to drop a database costs half a second."""
        clean = [
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            "SET session_replication_role = replica",  # no foreign key is asked
        ]
        clean += [f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables]
        numbered = [table.name for table in metadata.sorted_tables if "id" in table.c]
        clean += [f"SELECT setval('{name}_id_seq', 1, false)" for name in numbered]
        url = _on_postgresql(f"{self._postgresql}_again")
        await _on_server("; ".join(clean), url)
        return url

    async def drop_templates(self) -> None:
        if SERVER:
            for name in (self._postgresql, f"{self._postgresql}_again"):
                await _on_server(f"DROP DATABASE {name} WITH (FORCE)")

    @asynccontextmanager
    async def url(self, kind: str, folder: Path, *, empty: bool = False) -> AsyncIterator[str]:
        """The URL of a new database, for as long as the context lasts; `empty`: without tables."""
        number = next(self._numbers)
        if kind == "sqlite":
            path = folder / f"test{number}.db"
            if not empty:
                shutil.copy(self._sqlite, path)
            yield f"sqlite+aiosqlite:///{path}"
            return
        if self._free and not empty:
            self._free = False
            try:
                yield await self._emptied()
            finally:
                self._free = True
            return
        name = f"{self._postgresql}_{number}"
        await _on_server(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._postgresql}")
        try:
            yield _on_postgresql(name)
        finally:
            await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A `Database` that is closed at the end; call it twice for two processes at one database."""
    database = Database.open(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"))
    # A loop of its own, made so that it doesn't become the current one of pytest-asyncio.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(made.make_templates())
        yield made
        runner.run(made.drop_templates())


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def database_url(databases: Databases, kind: str, tmp_path: Path) -> AsyncIterator[str]:
    async with databases.url(kind, tmp_path) as url:
        yield url


@pytest.fixture
async def empty_url(databases: Databases, kind: str, tmp_path: Path) -> AsyncIterator[str]:
    async with databases.url(kind, tmp_path, empty=True) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as database:
        yield database


async def _on_server(statement: str, url: str = SERVER) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _on_postgresql(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)
