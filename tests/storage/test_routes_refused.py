"""What a route doesn't take: old photographs, forged rows, names that are not kept."""

import asyncio

import pytest
from sqlalchemy import Connection

from bot.iom.facts import (
    AddEntry,
    Change,
    Facts,
    ForgetAnswer,
    RemoveEntry,
    SetAnswer,
)
from bot.iom.people import Person
from storage import organisations, routes
from storage.routes import Stale
from tests.storage.house import (
    LATER,
    NOW,
    Store,
    begin_route,
)


async def test_an_old_photograph_is_stale(store: Store, route: Facts) -> None:
    facts = await store.answers(route, SetAnswer("goal", "расти"))
    with pytest.raises(Stale, match="version 1"):
        await store.answers(route, SetAnswer("goal", "учить"))
    assert await store.sees(route) == facts


async def test_of_two_at_once_one_is_stale(store: Store, route: Facts) -> None:
    both = [store.answers(route, SetAnswer(key, "да"), AddEntry("points")) for key in ("a", "b")]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(isinstance(result, Stale) for result in results) == [False, True]
    assert await store.sees(route) in results


async def test_a_withdrawn_route_takes_no_more(store: Store, route: Facts) -> None:
    gone = await store.write(routes.withdraw, route, LATER)
    with pytest.raises(Stale):
        await store.answers(gone, SetAnswer("goal", "расти"))
    with pytest.raises(Stale):
        await store.write(routes.withdraw, gone, LATER)


async def test_a_row_of_veras_route_is_stale_for_anna(store: Store, vera: Person, route: Facts) -> None:
    veras = await store.answers(await store.write(begin_route, vera.id), AddEntry("points", {"x": "моё"}))
    row = veras.entries[0].id
    for forged in (SetAnswer("x", "чужое", row=row), RemoveEntry(row), AddEntry("t", {}, frozenset({row}))):
        with pytest.raises(Stale):
            await store.answers(route, forged)
    assert await store.sees(veras) == veras
    assert await store.sees(route) == route


async def test_a_refused_change_writes_nothing_even_when_the_update_is_committed(
    store: Store, route: Facts
) -> None:
    """A handler catches Stale, shows what is there now, and its transaction goes on."""

    def press(conn: Connection) -> None:
        for forged in (SetAnswer("x", "а", row=404), AddEntry("plan", event=404)):
            changes: list[Change] = [AddEntry("points"), SetAnswer("goal", "расти"), forged]
            with pytest.raises(Stale):
                routes.apply(conn, route, changes, route.person_id, NOW, personal=())

    await store.write(press)
    assert await store.sees(route) == route


# --- names ---


@pytest.mark.parametrize("change", [SetAnswer("name", "Анна"), AddEntry("courses", {"name": "Анна"})])
async def test_no_name_is_stored_where_names_are_not_kept(
    store: Store, anna: Person, change: SetAnswer | AddEntry
) -> None:
    school = await store.write(organisations.create, "Школа № 1", NOW, keeps_names=False)
    route = await store.write(begin_route, anna.id, school.id)
    with pytest.raises(ValueError, match="keeps no names"):
        await store.answers(route, SetAnswer("goal", "расти"), change, personal=("name",))
    assert await store.sees(route) == route
    assert not route.keeps_names


async def test_where_names_are_not_kept_other_answers_are(store: Store, anna: Person) -> None:
    school = await store.write(organisations.create, "Школа № 1", NOW, keeps_names=False)
    route = await store.write(begin_route, anna.id, school.id)
    facts = await store.answers(route, SetAnswer("goal", "расти"), ForgetAnswer("name"), personal=("name",))
    assert await store.sees(route) == facts


@pytest.mark.parametrize("in_school", [True, False])
async def test_a_name_is_stored_elsewhere(store: Store, anna: Person, in_school: bool) -> None:
    school = await store.write(organisations.create, "Школа № 2", NOW)
    route = await store.write(begin_route, anna.id, school.id if in_school else None)
    facts = await store.answers(route, SetAnswer("name", "Анна"), personal=("name",))
    assert await store.sees(route) == facts
