"""Telegram accounts."""

import asyncio

import pytest
from sqlalchemy import Connection, select

from bot.iom.people import Person
from storage import people
from storage.people import ALPHABET
from storage.tables import person
from tests.databases import opened
from tests.storage.house import ANNA, FORGED, LATER, NOW, VERA, Store


async def test_a_first_contact_makes_a_person_with_a_code(store: Store) -> None:
    anna = await store.write(people.arrive, ANNA, NOW)
    assert (anna.telegram_id, anna.timezone) == (ANNA, "")
    assert anna.code.startswith("П-")
    assert set(anna.code[2:]) <= set(ALPHABET)
    assert len(anna.code) == 6


async def test_a_second_contact_finds_the_same_person(store: Store, anna: Person) -> None:
    assert await store.write(people.arrive, ANNA, LATER) == anna
    assert await store.counts() == {"person": 1}


async def test_two_people_are_two(store: Store, anna: Person, vera: Person) -> None:
    assert anna.id != vera.id
    assert anna.code != vera.code


@pytest.mark.parametrize("locking", [True, False])
async def test_first_contact_at_two_processes_makes_one_person(
    store: Store, database_url: str, locking: bool
) -> None:
    def first_contact(conn: Connection) -> Person:
        if locking:
            people.lock(conn, ANNA)
        return people.arrive(conn, ANNA, NOW)

    async with opened(database_url) as other:
        homes = (store.database, other) * 5
        found = await asyncio.gather(*(home.write(first_contact) for home in homes))
    assert len(set(found)) == 1
    assert await store.counts() == {"person": 1}


async def test_a_taken_code_is_drawn_again(store: Store) -> None:
    codes = iter(["П-AAAA", "П-AAAA", "П-CCCC"])
    anna = await store.write(people.arrive, ANNA, NOW, lambda attempt: next(codes))
    vera = await store.write(people.arrive, VERA, NOW, lambda attempt: next(codes))
    assert (anna.code, vera.code) == ("П-AAAA", "П-CCCC")


async def test_codes_that_never_end_being_taken_are_an_error(store: Store, anna: Person) -> None:
    with pytest.raises(RuntimeError, match="no free code"):
        await store.write(people.arrive, VERA, NOW, lambda attempt: anna.code)


def test_codes_get_longer_when_they_get_scarce() -> None:
    assert [len(people.new_code(attempt)) for attempt in (0, 3, 4, 99)] == [6, 6, 7, 14]


async def test_a_person_is_found_by_id(store: Store, anna: Person) -> None:
    assert await store.read(people.by_id, anna.id) == anna


async def test_nobody_has_a_forged_id(store: Store, anna: Person) -> None:
    for forged in FORGED:
        assert await store.read(people.by_id, forged) is None


async def test_the_zone_is_remembered(store: Store, anna: Person, vera: Person) -> None:
    await store.write(people.set_timezone, anna.id, "Asia/Irkutsk")
    assert (await store.write(people.arrive, ANNA, LATER)).timezone == "Asia/Irkutsk"
    assert await store.read(people.by_id, vera.id) == vera


async def test_unreachable_keeps_the_first_time_until_she_writes_again(store: Store, anna: Person) -> None:
    since = select(person.c.unreachable_at)
    await store.write(people.unreachable, anna.id, NOW)
    await store.write(people.unreachable, anna.id, LATER)
    assert await store.read(Connection.scalar, since) == NOW
    await store.write(people.reachable, anna.id)
    assert await store.read(Connection.scalar, since) is None
