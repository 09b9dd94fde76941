"""The people of these tests and a short way to call storage functions."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.util import await_only

from bot.iom.catalogue import Event
from bot.iom.facts import Change, Facts
from storage import people, regulations, routes
from storage.db import Database
from storage.tables import metadata
from tests.databases import KINDS

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

# Telegram ids: Anna is a teacher, Boris her mentor, Vera a stranger, Galina the coordinator, Dmitry the head.
ANNA, BORIS, VERA, GALINA, DMITRY = 101, 102, 103, 104, 105

DIGEST = "d" * 64
TOO_LONG = 2**63
FORGED = (0, -1, 10**6, TOO_LONG, 2**200)

LESSON = Event(0, "E-1", "Открытый урок", ("method", "ict"), "municipal", "onsite", "informal")

only_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("kind", KINDS[1:], indirect=True)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Store:
    """`await store.write(people.arrive, ANNA, NOW)`. `read` is another connection: it sees the committed."""

    database: Database

    async def write(self, do: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        return await self.database.write(lambda conn: do(conn, *args, **named))

    async def read(self, do: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        return await self.database.read(lambda conn: do(conn, *args, **named))

    async def counts(self) -> dict[str, int]:
        """Rows of every table that has any."""
        found = {table.name: select(func.count()).select_from(table) for table in metadata.sorted_tables}
        counted = {name: await self.read(Connection.scalar, query) for name, query in found.items()}
        return {name: number for name, number in counted.items() if number}

    async def answers(self, facts: Facts, *changes: Change, personal: tuple[str, ...] = ()) -> Facts:
        """Her own changes to her own route."""
        return await self.write(routes.apply, facts, changes, facts.person_id, NOW, personal=personal)

    async def sees(self, facts: Facts) -> Facts | None:
        """The route as its owner sees it now."""
        return await self.read(routes.load, facts.person_id, facts.route_id)


def begin_route(conn: Connection, person_id: int, organisation_id: int | None = None) -> Facts:
    regulations.remember(conn, DIGEST, "stavropol", "slug = 'stavropol'", NOW)
    return routes.start(conn, person_id, "stavropol", DIGEST, organisation_id, NOW)


def statements(conn: Connection) -> list[str]:
    """The statements that `conn` executes from now on."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(conn, "before_cursor_execute", note)
    return seen


def pause(loop: asyncio.AbstractEventLoop, until: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    """Inside a unit: wait while the event loop goes on until the coroutine is done.

    A unit is in a greenlet of the loop's thread (PostgreSQL) or in a thread of its own (SQLite).
    """
    if threading.current_thread() is threading.main_thread():
        await_only(until())
    else:
        asyncio.run_coroutine_threadsafe(until(), loop).result()


class Slow:
    """A unit that says when it is in its transaction and waits there for leave to go on."""

    def __init__(self) -> None:
        self.inside, self.go_on = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def arrival(self, conn: Connection) -> None:
        """Anna writes for the first time."""
        people.arrive(conn, ANNA, NOW)
        pause(self._loop, self._meet)

    async def _meet(self) -> None:
        self.inside.set()
        await self.go_on.wait()
