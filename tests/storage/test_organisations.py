"""Schools under municipalities under regions."""

import pytest
from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from bot.iom.people import Organisation, Person
from storage import organisations, people
from storage.tables import organisation
from tests.storage.house import FORGED, GALINA, LATER, NOW, Store


@pytest.fixture
async def region(store: Store) -> Organisation:
    return await store.write(
        organisations.create, "Край", NOW, region="26", slug="stavropol", timezone="Europe/Moscow"
    )


@pytest.fixture
async def school(store: Store, region: Organisation) -> Organisation:
    town = await store.write(organisations.create, "Город", NOW, parent_id=region.id)
    return await store.write(organisations.create, "Школа № 1", NOW, parent_id=town.id, keeps_names=False)


async def test_an_organisation_is_found_as_it_was_made(store: Store, region: Organisation) -> None:
    made = Organisation(region.id, "Край", None, "26", "stavropol", "Europe/Moscow", True)
    assert await store.read(organisations.by_id, region.id) == made == region


async def test_a_forged_organisation_is_none(store: Store, region: Organisation) -> None:
    for forged in FORGED:
        assert await store.read(organisations.by_id, forged) is None
        assert await store.read(organisations.regulation_slug, forged) == ""


async def test_a_parent_must_exist(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.write(organisations.create, "Школа № 2", NOW, parent_id=404)


async def test_a_person_joins_once_per_role(store: Store, anna: Person, school: Organisation) -> None:
    for role in ("teacher", "teacher", "mentor"):
        await store.write(organisations.join, anna.id, school.id, role, NOW)
    assert (await store.counts())["membership"] == 2
    assert await store.read(organisations.of_person, anna.id) == school
    assert await store.read(organisations.of_person, anna.id, "coordinator") is None


async def test_a_role_is_not_another_role(store: Store, region: Organisation, school: Organisation) -> None:
    galina = await store.write(people.arrive, GALINA, NOW)
    await store.write(organisations.join, galina.id, region.id, "coordinator", NOW)
    await store.write(organisations.join, galina.id, school.id, "teacher", LATER)
    assert await store.read(organisations.of_person, galina.id, "coordinator") == region
    assert await store.read(organisations.of_person, galina.id) == school


async def test_the_school_joined_last_counts(store: Store, anna: Person, region: Organisation) -> None:
    old, new = [await store.write(organisations.create, name, NOW) for name in ("Старая", "Новая")]
    await store.write(organisations.join, anna.id, new.id, "teacher", LATER)
    await store.write(organisations.join, anna.id, old.id, "teacher", NOW)
    assert await store.read(organisations.of_person, anna.id) == new


async def test_a_school_inherits_the_regulation(store: Store, school: Organisation) -> None:
    assert await store.read(organisations.regulation_slug, school.id) == "stavropol"


async def test_its_own_regulation_comes_first(store: Store, school: Organisation) -> None:
    own = await store.write(organisations.create, "Лицей", NOW, parent_id=school.parent_id, slug="langepas")
    assert await store.read(organisations.regulation_slug, own.id) == "langepas"


async def test_nobody_above_has_a_regulation(store: Store) -> None:
    alone = await store.write(organisations.create, "Школа № 3", NOW)
    assert await store.read(organisations.regulation_slug, alone.id) == ""


async def test_a_circle_of_parents_ends(store: Store) -> None:
    one = await store.write(organisations.create, "Первая", NOW)
    two = await store.write(organisations.create, "Вторая", NOW, parent_id=one.id)
    circle = update(organisation).where(organisation.c.id == one.id).values(parent_id=two.id)
    await store.write(Connection.execute, circle)
    assert await store.read(organisations.regulation_slug, one.id) == ""
