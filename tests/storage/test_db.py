"""The two doors: what is written is committed whole or not at all, whatever happens around it."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.iom.people import Person
from storage import audit, cursors, people
from storage.cursors import Cursor
from storage.db import Database, DatabaseDown
from storage.sqlite import TOGETHER
from tests.databases import opened
from tests.storage.house import ANNA, LATER, NOW, Store, only_postgresql, only_sqlite, pause


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


class Slow:
    """A unit that says when it is in its transaction and waits there for leave to go on."""

    def __init__(self) -> None:
        self.inside, self.go_on = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def arrival(self, conn: Connection) -> None:
        people.arrive(conn, ANNA, NOW)
        pause(self._loop, self._meet)

    async def _meet(self) -> None:
        self.inside.set()
        await self.go_on.wait()


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


# --- SQLite ---


@only_sqlite
async def test_sqlite_is_durable_and_keeps_references(store: Store) -> None:
    settings = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    found = [await store.write(Connection.scalar, text(f"PRAGMA {name}")) for name in settings]
    assert found == ["wal", 2, 1, 5000, 1]


@only_sqlite
async def test_sqlite_writers_come_in_the_order_of_their_asking(store: Store) -> None:
    await asyncio.gather(*(store.write(audit.record, None, str(number), NOW) for number in range(20)))
    found = await store.read(Connection.scalars, text("SELECT action FROM audit ORDER BY id"))
    assert [int(action) for action in found] == list(range(20))


async def together(store: Store, *units: Callable[[Connection], object]) -> list[object]:
    """What these units answer that waited behind a slow one, so that they share a COMMIT."""
    slow = Slow()
    first = asyncio.create_task(store.write(slow.arrival))
    await slow.inside.wait()
    rest = [asyncio.create_task(store.write(unit)) for unit in units]
    asyncio.get_running_loop().call_soon(slow.go_on.set)
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


def noted(word: str) -> Callable[[Connection], str]:
    def unit(conn: Connection) -> str:
        audit.record(conn, None, word, NOW)
        return word

    return unit


def noted_and_failed(conn: Connection) -> None:
    audit.record(conn, None, "failed", NOW)
    raise ValueError("a bug in a handler")


async def actions(store: Store) -> list[str]:
    return [*await store.read(lambda conn: conn.scalars(text("SELECT action FROM audit ORDER BY id")).all())]


@only_sqlite
async def test_units_that_share_a_commit_are_committed_once(store: Store) -> None:
    commits: list[None] = []

    def watched(conn: Connection) -> None:
        event.listen(conn.engine, "commit", lambda conn: commits.append(None))

    await together(store, watched, noted("a"), noted("b"))
    assert len(commits) == 1
    assert await actions(store) == ["a", "b"]


@only_sqlite
async def test_a_unit_that_fails_takes_back_only_itself(store: Store) -> None:
    answers = await together(store, noted("a"), noted_and_failed, noted("b"))
    assert isinstance(answers.pop(1), ValueError)
    assert answers == ["a", "b"] == await actions(store)


@only_sqlite
@pytest.mark.parametrize("word", ["ROLLBACK", "COMMIT"])
async def test_who_shared_a_lost_transaction_is_told_that_it_is_down(store: Store, word: str) -> None:
    """As when SQLite rolls everything back by itself because the disk is full."""
    answers = await together(store, noted("a"), lambda conn: conn.exec_driver_sql(word), noted("b"))
    assert [type(answer) for answer in answers] == [DatabaseDown] * 3
    assert await store.write(noted("c")) == "c"
    assert await actions(store) == (["c"] if word == "ROLLBACK" else ["a", "c"])


@only_sqlite
async def test_many_units_are_more_than_one_commit(store: Store) -> None:
    words = [str(number) for number in range(3 * TOGETHER)]
    assert await together(store, *map(noted, words)) == words == await actions(store)


@only_sqlite
async def test_a_closed_database_takes_nothing(store: Store) -> None:
    await store.database.close()
    with pytest.raises(RuntimeError, match="closed"):
        await store.write(noted("late"))


async def test_sqlite_makes_the_folder(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/new/folder/iom.db") as database:
        assert await database.read(lambda conn: conn.scalar(text("SELECT 1"))) == 1


async def test_a_path_that_is_no_file_is_down(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path}") as database:
        with pytest.raises(DatabaseDown):
            await database.write(lambda conn: None)


async def test_a_failed_opening_leaves_no_thread(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path}") as database:
        with pytest.raises(DatabaseDown):
            await database.write(lambda conn: None)
        names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if "connection_worker" in name]


async def test_a_file_of_something_else_is_down(tmp_path: Path) -> None:
    (tmp_path / "iom.db").write_bytes(b"not a database at all" * 200)
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/iom.db") as database:
        with pytest.raises(DatabaseDown):
            await database.read(lambda conn: None)


@only_sqlite
async def test_a_full_disk_is_down_and_stores_nothing(store: Store) -> None:
    def fill(conn: Connection) -> None:
        pages = conn.scalar(text("PRAGMA page_count"))
        conn.execute(text(f"PRAGMA max_page_count = {pages}"))
        audit.record(conn, None, "x" * 100_000, NOW)

    with pytest.raises(DatabaseDown):
        await store.write(fill)
    assert await store.counts() == {}


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
