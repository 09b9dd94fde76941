"""PostgreSQL works in the event loop: a unit runs in a greenlet, its statements go through asyncpg."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.failures import lost_race, named

T = TypeVar("T")


class Reader:
    """Runs units, each in a transaction of its own; the engine says that they can't write."""

    writing = False

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def begin(self, unit: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Run the unit; the future ends after the COMMIT, or with what was raised."""
        return asyncio.ensure_future(self._run(unit))

    async def dispose(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def _run(self, unit: Callable[[Connection], T]) -> T:
        def transaction(connection: Connection) -> T:
            with connection.begin():
                return unit(connection)

        with named(writing=self.writing):
            async with self._engine.connect() as connection:
                return await connection.run_sync(transaction)


class Writer(Reader):
    """Runs units that write; one that lost a race is run once more from its start."""

    writing = True

    async def _run(self, unit: Callable[[Connection], T]) -> T:
        try:
            return await super()._run(unit)
        except DBAPIError as error:
            if not lost_race(error):
                raise
        return await super()._run(unit)
