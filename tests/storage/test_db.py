"""The two doors: what is written is committed whole or not at all, whatever happens around it."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.iom.people import Person
from storage import cursors, people
from storage.cursors import Cursor
from storage.db import Database, DatabaseDown
from tests.databases import opened
from tests.storage.house import ANNA, LATER, NOW, Slow, Store, only_postgresql, pause


def increment(conn: Connection, person: Person) -> None:
    people.lock(conn, person.telegram_id)
    cursor = cursors.load(conn, person.id)
    cursors.save(conn, replace(cursor, rev=cursor.rev + 1))


async def test_twenty_increments_from_two_processes_are_twenty(
    store: Store, anna: Person, database_url: str
) -> None:
    async with opened(database_url) as other:
        await asyncio.gather(
            *(home.write(lambda conn: increment(conn, anna)) for home in (store.database, other) * 10)
        )
    assert (await store.read(cursors.load, anna.id)).rev == 20


async def test_an_exception_takes_everything_back(store: Store) -> None:
    def half(conn: Connection) -> None:
        people.arrive(conn, ANNA, NOW)
        raise RuntimeError("killed before commit")

    with pytest.raises(RuntimeError):
        await store.write(half)
    assert await store.counts() == {}


async def test_the_next_write_works_after_a_failed_one(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.write(cursors.save, Cursor(person_id=404))
    await store.write(people.arrive, ANNA, NOW)
    assert await store.counts() == {"person": 1}


async def test_reading_can_not_write(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.read(people.arrive, ANNA, NOW)
    assert await store.counts() == {}


async def test_reading_sees_one_instant(store: Store, anna: Person) -> None:
    loop = asyncio.get_running_loop()

    def twice(conn: Connection) -> list[int]:
        before = cursors.load(conn, anna.id).rev
        pause(loop, lambda: store.write(cursors.save, Cursor(anna.id, rev=1)))
        return [before, cursors.load(conn, anna.id).rev]

    assert await store.read(twice) == [0, 0]
    assert (await store.read(cursors.load, anna.id)).rev == 1


async def test_a_cancelled_write_is_committed_before_the_cancel_is_raised(store: Store) -> None:
    slow = Slow()
    writing = asyncio.create_task(store.write(slow.arrival))
    await slow.inside.wait()
    writing.cancel()
    asyncio.get_running_loop().call_soon(slow.go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await store.counts() == {"person": 1}


async def test_closing_waits_for_a_write_that_was_cancelled_twice(store: Store, database_url: str) -> None:
    slow = Slow()
    writing = asyncio.create_task(store.write(slow.arrival))
    await slow.inside.wait()
    for _ in range(2):
        writing.cancel()
        await asyncio.wait({writing}, timeout=0)
    assert writing.cancelled()
    asyncio.get_running_loop().call_soon(slow.go_on.set)
    await store.database.close()
    async with opened(database_url) as other:
        assert await Store(other).counts() == {"person": 1}


async def test_closing_twice_does_nothing_more(store: Store) -> None:
    await store.database.close()
    await store.database.close()


async def test_a_unit_that_raises_stop_iteration_is_answered(store: Store) -> None:
    """A future refuses this exception, so nobody would ever be told."""
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.write(lambda conn: next(iter(())))


async def test_the_text_of_an_error_tells_no_secret(store: Store, anna: Person) -> None:
    with pytest.raises(IntegrityError) as caught:
        await store.write(cursors.save, Cursor(404, {"text": "диагноз"}))
    assert "диагноз" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite:///a.db", "mysql+asyncmy://a/b"]
)
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite|file"):
        Database.open(url)


# --- PostgreSQL ---


async def test_nobody_at_the_port_is_down() -> None:
    async with opened("postgresql+asyncpg://postgres@127.0.0.1:1/test") as database:
        with pytest.raises(DatabaseDown):
            await database.write(lambda conn: None)


@only_postgresql
async def test_no_such_database_is_down(database_url: str) -> None:
    async with opened(f"{database_url}_gone") as database:
        with pytest.raises(DatabaseDown):
            await database.read(lambda conn: None)


@only_postgresql
async def test_a_connection_lost_on_the_way_is_down_and_the_next_one_works(store: Store) -> None:
    def cut_off(conn: Connection) -> None:
        people.arrive(conn, ANNA, NOW)
        conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseDown):
        await store.write(cut_off)
    assert await store.counts() == {}


@only_postgresql
async def test_a_deadlock_is_tried_again(store: Store, anna: Person, boris: Person) -> None:
    both_have_one, loop = asyncio.Barrier(2), asyncio.get_running_loop()
    tries: list[int] = []

    def both(conn: Connection, first: Person, second: Person) -> None:
        conn.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
        tries.append(first.id)
        people.unreachable(conn, first.id, NOW)
        if len(tries) < 3:
            pause(loop, both_have_one.wait)
        people.unreachable(conn, second.id, LATER)

    await asyncio.gather(store.write(both, anna, boris), store.write(both, boris, anna))
    assert len(tries) == 3
