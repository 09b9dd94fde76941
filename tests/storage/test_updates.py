"""An update is handled once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import audit, updates
from storage.tables import seen_update
from tests.databases import opened
from tests.storage.house import LATER, NOW, Store

BOT = 7_000_000_001


async def test_an_update_is_taken_once(store: Store) -> None:
    assert await store.write(updates.take, BOT, 1, NOW)
    assert not await store.write(updates.take, BOT, 1, LATER)
    assert await store.write(updates.take, BOT, 2, LATER)


async def test_two_bots_count_their_updates_apart(store: Store) -> None:
    assert await store.write(updates.take, BOT, 1, NOW)
    assert await store.write(updates.take, BOT + 1, 1, NOW)


async def test_the_same_update_at_two_processes_is_taken_by_one(store: Store, database_url: str) -> None:
    async with opened(database_url) as other:
        taken = [store.write(updates.take, BOT, 1, NOW) for _ in range(5)]
        taken += [Store(other).write(updates.take, BOT, 1, NOW) for _ in range(5)]
        assert sorted(await asyncio.gather(*taken)) == [False] * 9 + [True]


async def test_an_update_that_raised_can_be_taken_again(store: Store) -> None:
    def handle(conn: Connection) -> None:
        updates.take(conn, BOT, 1, NOW)
        raise RuntimeError("a bug in a handler")

    with pytest.raises(RuntimeError):
        await store.write(handle)
    assert await store.write(updates.take, BOT, 1, NOW)


async def test_an_update_that_failed_is_not_taken_again(store: Store) -> None:
    await store.write(updates.fail, BOT, 1, NOW)
    assert not await store.write(updates.take, BOT, 1, LATER)
    assert await store.read(Connection.scalar, select(seen_update.c.failed)) is True


async def test_a_taken_update_can_be_marked_as_failed(store: Store) -> None:
    await store.write(updates.take, BOT, 1, NOW)
    await store.write(updates.fail, BOT, 1, LATER)
    found = await store.read(Connection.execute, select(seen_update.c.failed, seen_update.c.at))
    assert list(found) == [(True, NOW)]


async def test_old_updates_are_forgotten(store: Store) -> None:
    for number, at in enumerate((NOW - timedelta(days=3), NOW - timedelta(hours=1), NOW)):
        await store.write(updates.take, BOT, number, at)
    assert await store.write(updates.prune, NOW - timedelta(hours=48)) == 1
    assert await store.write(updates.take, BOT, 0, NOW)
    assert not await store.write(updates.take, BOT, 1, NOW)


async def test_pruning_touches_nothing_else(store: Store) -> None:
    await store.write(audit.record, None, "start", NOW)
    await store.write(updates.prune, LATER)
    assert await store.counts() == {"audit": 1}
