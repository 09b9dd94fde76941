"""What a column promises on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, PrimaryKeyConstraint, UniqueConstraint, delete, select
from sqlalchemy.exc import StatementError

from bot.iom.people import Person
from storage import audit, cursors, people
from storage.cursors import Cursor
from storage.tables import metadata, person
from tests.storage.house import ANNA, NOW, VERA, Store, begin_route

ONE_OF = (UniqueConstraint, PrimaryKeyConstraint)
VLADIVOSTOK = timezone(timedelta(hours=10))


async def test_a_time_comes_back_aware_and_in_utc(store: Store, anna: Person) -> None:
    morning = datetime(2026, 9, 1, 0, 30, 0, 123456, tzinfo=VLADIVOSTOK)
    await store.write(audit.record, anna.id, "consent", morning)
    (record,) = await store.read(audit.of_person, anna.id)
    assert record.at == morning
    assert record.at.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        await store.write(audit.record, None, "start", datetime(2026, 9, 1))  # noqa: DTZ001
    assert await store.counts() == {}


async def test_an_id_is_never_given_twice(store: Store, anna: Person) -> None:
    await store.write(Connection.execute, delete(person))
    vera = await store.write(people.arrive, VERA, NOW)
    assert vera.id > anna.id


async def test_ids_are_of_one_kind_everywhere(store: Store, anna: Person) -> None:
    route = await store.write(begin_route, anna.id)
    assert await store.read(Connection.scalar, select(person.c.id)) == anna.id == route.person_id


async def test_json_keeps_order_and_letters(store: Store, anna: Person) -> None:
    place = {"б": ["«Ёж»", "\x00", "👩‍🏫", 1.5, True, None], "а": {"z": 1, "a": 2}}
    await store.write(cursors.save, Cursor(anna.id, place))
    found = (await store.read(cursors.load, anna.id)).place
    assert found == place
    assert list(found) == ["б", "а"]
    assert list(found["а"]) == ["z", "a"]


async def test_what_is_no_json_is_refused(store: Store, anna: Person) -> None:
    with pytest.raises(StatementError):
        await store.write(cursors.save, Cursor(anna.id, {"percent": float("nan")}))


async def test_a_telegram_id_may_have_more_than_32_bits(store: Store) -> None:
    arrived = await store.write(people.arrive, ANNA + 2**52, NOW)
    assert await store.read(people.by_id, arrived.id) == arrived


def test_every_reference_is_indexed() -> None:
    """Erasing a person looks for her rows in every table that points to her."""
    for table in metadata.sorted_tables:
        groups = [index.columns for index in table.indexes]
        groups += [rule.columns for rule in table.constraints if isinstance(rule, ONE_OF)]
        begins = {next(iter(columns)).name for columns in groups}
        assert {key.parent.name for key in table.foreign_keys} <= begins, table.name
