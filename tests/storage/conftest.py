"""Fixtures of the room: a store, and people who have already written to the bot."""

import pytest

from bot.iom.facts import Facts
from bot.iom.people import Organisation, Person
from storage import lives, organisations, people
from storage.db import Database
from tests.databases import database as database
from tests.databases import database_url as database_url
from tests.databases import databases as databases
from tests.databases import empty_url as empty_url
from tests.databases import kind as kind
from tests.storage.house import ANNA, BORIS, DMITRY, GALINA, NOW, VERA, Store, begin_route


@pytest.fixture(autouse=True)
def known_anew() -> None:
    """Tests call different rules by the same digest, which the program never does: what it read is
    forgotten."""
    lives._READ.clear()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


@pytest.fixture
async def anna(store: Store) -> Person:
    return await store.write(people.arrive, ANNA, NOW)


@pytest.fixture
async def boris(store: Store) -> Person:
    return await store.write(people.arrive, BORIS, NOW)


@pytest.fixture
async def vera(store: Store) -> Person:
    return await store.write(people.arrive, VERA, NOW)


@pytest.fixture
async def galina(store: Store) -> Person:
    return await store.write(people.arrive, GALINA, NOW)


@pytest.fixture
async def dmitry(store: Store) -> Person:
    return await store.write(people.arrive, DMITRY, NOW)


@pytest.fixture
async def city(store: Store) -> Organisation:
    return await store.write(organisations.create, "Город", NOW, kind="municipality")


@pytest.fixture
async def school(store: Store, city: Organisation) -> Organisation:
    return await store.write(organisations.create, "Школа № 1", NOW, parent_id=city.id)


@pytest.fixture
async def other_school(store: Store, city: Organisation) -> Organisation:
    return await store.write(organisations.create, "Школа № 2", NOW, parent_id=city.id)


@pytest.fixture
async def route(store: Store, anna: Person) -> Facts:
    """Anna's new route."""
    return await store.write(begin_route, anna.id)
