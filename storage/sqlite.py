"""SQLite works in threads: one that writes, a few that read.

It has one writer at a time, and a queue before one thread is fair where busy_timeout is not. An fsync costs
more than a unit, so what was asked for during one COMMIT shares the next one. Each unit is a savepoint of
its own: its exception takes back nothing but itself. Nobody is answered before the COMMIT.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from storage.failures import DatabaseDown, named

T = TypeVar("T")
TOGETHER = 64  # the first of a group waits for the last one's work, so a group has an end


@dataclass(slots=True)
class _Job:
    unit: Callable[[Connection], Any]
    answer: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs units in the order of asking and commits those that waited together as one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()
        self._closed = False

    def begin(self, unit: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Put a unit into the queue; the future ends after the COMMIT, or with what the unit raised.

        DatabaseDown: the transaction could not be stored; that is said to everyone who shared it.
        """
        if self._closed:
            raise RuntimeError("the database is closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put(_Job(unit, answer))
        return answer

    async def dispose(self) -> None:
        """End the thread and close its connection. Every unit must have been answered."""
        self._closed = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while jobs := self._next():
            self._commit(jobs)
            jobs[0].answer.get_loop().call_soon_threadsafe(_answer, jobs)
        self._engine.dispose()

    def _next(self) -> list[_Job]:
        """Wait for a unit and take what waits behind it; nothing when the queue is closed."""
        job, jobs = self._waiting.get(), list[_Job]()
        while job is not None:
            jobs.append(job)
            if len(jobs) == TOGETHER or self._waiting.empty():
                break
            job = self._waiting.get()
        return jobs

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with named(writing=True), self._engine.connect() as connection, connection.begin():
                for job in jobs:
                    _run(connection, job)
        except BaseException as error:  # of the transaction, not of a unit
            down = DatabaseDown(str(error))
            down.__cause__ = error
            for job in jobs:
                job.error = down


def _run(connection: Connection, job: _Job) -> None:
    # Words of our own: `begin_nested` costs five times as much. When SQLite has rolled back everything
    # by itself (the disk is full), they fail and with them the whole group.
    connection.exec_driver_sql("SAVEPOINT unit")
    try:
        with named(writing=True):
            job.result = job.unit(connection)
    except BaseException as error:
        connection.exec_driver_sql("ROLLBACK TO unit")
        job.error = error
    connection.exec_driver_sql("RELEASE unit")


def _answer(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.answer.cancelled():
            continue
        if job.error is not None:
            job.answer.set_exception(job.error)
        else:
            job.answer.set_result(job.result)


class Readers:
    """Runs units at once, each in a transaction of its own that can't write."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, "sqlite-reader")

    def begin(self, unit: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Run the unit in a free thread; the future ends with it."""
        return asyncio.get_running_loop().run_in_executor(self._threads, self._read, unit)

    async def dispose(self) -> None:
        """End the threads and close their connections. Every unit must have been answered."""
        self._threads.shutdown()
        self._engine.dispose()

    def _read(self, unit: Callable[[Connection], T]) -> T:
        with named(writing=False), self._engine.connect() as connection, connection.begin():
            return unit(connection)
