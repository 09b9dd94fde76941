"""SQLite's own promises: pragmas, the order of writers, the COMMIT they share, files that can't be used."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from storage import audit
from storage.db import DatabaseDown
from storage.sqlite import TOGETHER
from tests.databases import opened
from tests.storage.house import NOW, Slow, Store, only_sqlite


@only_sqlite
async def test_sqlite_is_durable_and_keeps_references(store: Store) -> None:
    settings = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    found = [await store.write(Connection.scalar, text(f"PRAGMA {name}")) for name in settings]
    assert found == ["wal", 2, 1, 5000, 1]


@only_sqlite
async def test_sqlite_writers_come_in_the_order_of_their_asking(store: Store) -> None:
    await asyncio.gather(*(store.write(audit.record, None, str(number), NOW) for number in range(20)))
    assert await actions(store) == [str(number) for number in range(20)]


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
