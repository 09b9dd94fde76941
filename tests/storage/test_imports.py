"""Files that wait to be read: hers only, judged while they are open, closed once."""

from sqlalchemy import func, select

from storage import imports, organisations
from storage.tables import import_batch
from tests.storage.house import ANNA, NOW, VERA, Store


async def begun(store: Store, account: int = ANNA) -> tuple[int, int, int]:
    """A file somebody sent: its id, her id, the school's id."""
    from storage import people

    school = await store.write(organisations.create, "Гимназия «Радуга»", NOW)
    person = await store.write(people.arrive, account, NOW)
    batch = await store.write(imports.begin, school.id, person.id, "people", "file", "список.xlsx", NOW)
    return batch, person.id, school.id


async def test_a_file_is_closed_once_and_keeps_only_what_is_told(store: Store) -> None:
    batch, person, _ = await begun(store)
    assert await store.write(imports.read, batch, "judged", {"valid": [{"full_name": "Светлова Анна"}]})
    found = await store.read(imports.of, batch, person)
    assert found is not None
    assert (found.state, found.content["valid"][0]["full_name"]) == ("judged", "Светлова Анна")
    assert await store.write(imports.close, found, "done", NOW, taken=1)
    assert not await store.write(imports.close, found, "done", NOW, taken=1)
    assert not await store.write(imports.read, batch, "judged", {"valid": []})
    after = await store.read(imports.of, batch, person)
    assert after is not None
    assert (after.state, after.taken, after.content) == ("done", 1, {})


async def test_somebody_elses_file_is_like_none(store: Store) -> None:
    batch, _, _ = await begun(store)
    _, other, _ = await begun(store, VERA)
    for number in (batch, 0, -1, 10**30):
        assert await store.read(imports.of, number, other) is None


async def test_another_file_forgets_the_one_before(store: Store) -> None:
    batch, person, school = await begun(store)
    again = await store.write(imports.begin, school, person, "people", "file2", "второй.xlsx", NOW)
    assert await store.read(imports.of, batch, person) is None
    assert again != batch
    found = await store.read(imports.of, again, person)
    assert found is not None
    await store.write(imports.forget, found)
    assert (
        await store.read(lambda conn: conn.execute(select(func.count()).select_from(import_batch)).scalar())
        == 0
    )
