"""What teachers share: hers alone until she shows it, colleagues only, gone with her."""

import pytest

from bot.iom.people import Organisation, Person
from storage import memberships, notices, organisations, privacy, sharing
from tests.storage.house import FORGED, LATER, NOW, Store


@pytest.fixture(autouse=True)
async def colleagues(
    store: Store, school: Organisation, other_school: Organisation, anna: Person, boris: Person, vera: Person
) -> None:
    """Anna and Boris are of one school, Vera of another."""
    for person, place, name in zip(
        (anna, boris, vera), (school, school, other_school), ("Анна", "Борис", "Вера"), strict=True
    ):
        await store.write(memberships.join, person.id, place.id, "teacher", NOW, name=name)


async def gives(store: Store, person: Person, title: str = "Подборка задач", block: str = "subject") -> int:
    return await store.write(sharing.add, person.id, title, "information", block, NOW)


async def test_what_was_written_down_is_nobody_elses(store: Store, anna: Person, boris: Person) -> None:
    made = await gives(store, anna)
    (mine,) = await store.read(sharing.of_person, anna.id)
    assert (mine.id, mine.title, mine.kind, mine.block, mine.shown) == (
        made,
        "Подборка задач",
        "information",
        "subject",
        False,
    )
    assert await store.read(sharing.shared, boris.id) == ()
    assert await store.read(sharing.shared_one, boris.id, made) is None
    assert await store.read(sharing.one, boris.id, made) is None


async def test_what_is_shown_is_seen_by_colleagues_until_it_is_hidden(
    store: Store, anna: Person, boris: Person, vera: Person
) -> None:
    made = await gives(store, anna)
    assert await store.write(sharing.show, anna.id, made, NOW) is True
    (seen,) = await store.read(sharing.shared, boris.id, "subject")
    assert (seen.id, seen.name) == (made, "Анна")
    assert await store.read(sharing.shared, boris.id, "ict") == ()
    for other in (anna, vera):
        assert await store.read(sharing.shared, other.id) == ()
        assert await store.read(sharing.shared_one, other.id, made) is None
    assert await store.write(sharing.show, anna.id, made, None) is True
    assert await store.read(sharing.shared, boris.id) == ()


async def test_who_has_left_shares_nothing_there(
    store: Store, school: Organisation, anna: Person, boris: Person
) -> None:
    made = await gives(store, anna)
    await store.write(sharing.show, anna.id, made, NOW)
    await store.write(memberships.leave, anna.id, school.id, LATER)
    assert await store.read(sharing.shared, boris.id) == ()
    assert await store.read(sharing.name_of, boris.id, anna.id) == ""


async def test_nobody_changes_what_is_not_hers(store: Store, anna: Person, boris: Person) -> None:
    made = await gives(store, anna)
    for resource in (made, *FORGED):
        assert await store.write(sharing.show, boris.id, resource, NOW) is False
        assert await store.write(sharing.remove, boris.id, resource) is False
        assert await store.read(sharing.shared_one, boris.id, resource) is None
    assert await store.write(sharing.remove, anna.id, made) is True
    assert await store.read(sharing.of_person, anna.id) == ()


async def test_there_is_an_end_of_generosity(store: Store, anna: Person) -> None:
    for number in range(sharing.LIMIT):
        assert await gives(store, anna, f"Дело {number}")
    assert await gives(store, anna, "Ещё одно") == 0


async def test_a_code_stands_for_the_name_where_names_are_not_kept(
    store: Store, anna: Person, vera: Person
) -> None:
    place = await store.write(organisations.create, "Сад", NOW, keeps_names=False)
    for person in (anna, vera):
        await store.write(memberships.join, person.id, place.id, "teacher", LATER)
    assert await store.read(sharing.name_of, vera.id, anna.id) == anna.code


async def test_it_is_exported_and_erased_with_her(store: Store, anna: Person, boris: Person) -> None:
    made = await gives(store, anna)
    await store.write(sharing.show, anna.id, made, NOW)
    (row,) = (await store.read(privacy.export, anna.id))["own_resources"]
    assert (row["title"], row["shown_at"]) == ("Подборка задач", NOW.isoformat())
    assert (await store.read(privacy.export, boris.id))["own_resources"] == []
    await store.write(privacy.erase, anna.id)
    assert await store.read(sharing.shared, boris.id) == ()


async def test_only_what_was_asked_is_known_as_asked(store: Store, anna: Person, boris: Person) -> None:
    key = "resource_asked/1/2"
    await store.write(lambda conn: notices.plan(conn, anna.id, key, "resource_asked", NOW, NOW))
    assert await store.read(sharing.was_asked, anna.id, key) is True
    assert await store.read(sharing.was_asked, boris.id, key) is False
