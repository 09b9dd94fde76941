"""Roles, pairs and steps: given, taken, handed over; leaving ends all of them at once."""

import pytest
from sqlalchemy import update

from bot.iom.people import Organisation, Person
from storage import audit, memberships, organisations, pairings, signatories
from storage.memberships import Member
from storage.tables import organisation
from tests.storage.house import FORGED, LATER, NOW, Store


async def pair(store: Store, school: Organisation, anna: Person, boris: Person) -> pairings.Pairing:
    await store.write(memberships.join, anna.id, school.id, "teacher", NOW, name="Анна")
    await store.write(memberships.join, boris.id, school.id, "mentor", NOW, name="Борис", post="методист")
    made = await store.write(pairings.pair, school.id, anna.id, boris.id, NOW)
    assert made is not None
    return made


async def test_one_account_may_have_several_roles(
    store: Store, anna: Person, school: Organisation, city: Organisation
) -> None:
    await store.write(memberships.join, anna.id, school.id, "teacher", NOW, name="Анна", post="учитель")
    await store.write(memberships.join, anna.id, city.id, "methodist", LATER)
    first, second = await store.read(memberships.of_person, anna.id)
    assert (first.role, first.title, first.kind, first.post) == ("teacher", "Школа № 1", "school", "учитель")
    assert (second.role, second.title, second.kind) == ("methodist", "Город", "municipality")


async def test_joining_again_keeps_a_name_that_is_not_given(
    store: Store, anna: Person, school: Organisation
) -> None:
    await store.write(memberships.join, anna.id, school.id, "teacher", NOW, name="Анна", post="учитель")
    await store.write(memberships.join, anna.id, school.id, "teacher", LATER, post="завуч")
    (member,) = await store.read(memberships.people_of, school.id, "teacher")
    assert member == Member(anna.id, anna.code, "teacher", "Анна", "завуч", False)
    assert await store.read(memberships.people_of, school.id, "mentor") == ()
    assert await store.read(memberships.people_of, school.id) == (member,)


async def test_a_pair_is_closed_until_the_teacher_opens_it(
    store: Store, anna: Person, boris: Person, school: Organisation
) -> None:
    made = await pair(store, school, anna, boris)
    assert (made.teacher, made.companion, made.companion_post, made.open) == (
        "Анна",
        "Борис",
        "методист",
        False,
    )
    assert not await store.write(pairings.open, made.id, boris.id, NOW)
    for act, is_open in ((pairings.open, True), (pairings.close, False), (pairings.open, True)):
        assert await store.write(act, made.id, anna.id, LATER)
        (now_is,) = await store.read(pairings.of_companion, boris.id)
        assert now_is.open is is_open


async def test_a_pair_is_made_once(store: Store, anna: Person, boris: Person, school: Organisation) -> None:
    made = await pair(store, school, anna, boris)
    assert await store.write(pairings.pair, school.id, anna.id, boris.id, LATER) == made
    subject = await store.write(pairings.pair, school.id, anna.id, boris.id, LATER, direction="subject")
    assert await store.read(pairings.of_teacher, anna.id) == (made, subject)


async def test_handing_over_keeps_history_and_asks_the_teacher_anew(
    store: Store, anna: Person, boris: Person, vera: Person, galina: Person, school: Organisation
) -> None:
    old = await pair(store, school, anna, boris)
    await store.write(pairings.open, old.id, anna.id, NOW)
    new = await store.write(pairings.hand_over, old.id, vera.id, LATER, by=galina.id)
    assert new is not None
    assert (new.companion_id, new.open) == (vera.id, False)
    assert await store.read(pairings.of_teacher, anna.id) == (new,)
    assert await store.read(pairings.of_companion, boris.id) == ()
    before, now_is = await store.read(pairings.of_teacher, anna.id, ended=True)
    assert (before.id, before.ended_at, now_is) == (old.id, LATER, new)
    assert await store.write(pairings.hand_over, old.id, boris.id, LATER) is None
    assert await store.write(pairings.hand_over, new.id, anna.id, LATER) is None
    actions = [record.action for record in await store.read(audit.of_person, galina.id)]
    assert actions == ["pairing.end", "pairing.pair"]


async def test_leaving_ends_everything_there_and_nothing_elsewhere(
    store: Store, anna: Person, boris: Person, school: Organisation, other_school: Organisation
) -> None:
    await pair(store, school, anna, boris)
    kept = await pair(store, other_school, anna, boris)
    await store.write(signatories.put, school.id, "agree", NOW, post="Завуч")
    assert await store.write(signatories.bind, school.id, "agree", boris.id, NOW)
    assert await store.write(memberships.leave, boris.id, school.id, LATER)
    assert not await store.write(memberships.leave, boris.id, school.id, LATER)
    assert await store.read(pairings.of_companion, boris.id) == (kept,)
    assert await store.read(signatories.holders, school.id, "agree") == ()
    (signatory,) = await store.read(signatories.of, school.id)
    assert signatory.post == "Завуч"
    assert [one.organisation_id for one in await store.read(memberships.of_person, boris.id)] == [
        other_school.id
    ]


async def test_leaving_one_role_leaves_the_others(
    store: Store, anna: Person, boris: Person, vera: Person, school: Organisation
) -> None:
    await pair(store, school, anna, boris)
    await store.write(memberships.join, boris.id, school.id, "teacher", NOW)
    his = await store.write(pairings.pair, school.id, boris.id, vera.id, NOW)
    await store.write(memberships.leave, boris.id, school.id, LATER, role="mentor")
    assert await store.read(pairings.of_companion, boris.id) == ()
    assert await store.read(pairings.of_teacher, boris.id) == (his,)
    assert [one.role for one in await store.read(memberships.of_person, boris.id)] == ["teacher"]


async def test_a_mentor_of_the_city_who_leaves_it_is_nobodys_in_its_schools(
    store: Store, anna: Person, boris: Person, vera: Person, city: Organisation, school: Organisation
) -> None:
    for mentor, place in ((boris, city), (vera, city), (vera, school)):
        await store.write(memberships.join, mentor.id, place.id, "mentor", NOW)
        await store.write(pairings.pair, school.id, anna.id, mentor.id, NOW)
    for mentor in (boris, vera):
        await store.write(memberships.leave, mentor.id, city.id, LATER)
    (left,) = await store.read(pairings.of_teacher, anna.id)
    assert left.companion_id == vera.id


async def test_the_nearest_organisation_says_who_signs(
    store: Store,
    boris: Person,
    dmitry: Person,
    city: Organisation,
    school: Organisation,
    other_school: Organisation,
) -> None:
    for place, who, post in ((city, boris, "Начальник"), (school, dmitry, "Директор")):
        await store.write(signatories.put, place.id, "approve", NOW, post=post)
        await store.write(signatories.bind, place.id, "approve", who.id, NOW)
    await store.write(signatories.put, city.id, "agree", NOW, post="Методист")
    told = {one.step: one.post for one in await store.read(signatories.over, school.id)}
    assert told == {"approve": "Директор", "agree": "Методист"}
    assert await store.read(signatories.holders, school.id, "approve") == (dmitry.id,)
    assert await store.read(signatories.holders, other_school.id, "approve") == (boris.id,)
    assert await store.read(signatories.holders, other_school.id, "agree") == ()


async def test_a_substitute_signs_too(
    store: Store, boris: Person, dmitry: Person, school: Organisation
) -> None:
    for substitute in (False, True):
        await store.write(signatories.put, school.id, "approve", NOW, post="Директор", substitute=substitute)
    for who in (dmitry, boris, dmitry):
        assert await store.write(signatories.bind, school.id, "approve", who.id, NOW)
    assert await store.read(signatories.holders, school.id, "approve") == (dmitry.id, boris.id)
    await store.write(signatories.put, school.id, "approve", NOW, post="И. о. директора", name="Вера")
    assert await store.read(signatories.holders, school.id, "approve") == (boris.id,)


async def test_the_tree_is_walked_both_ways(
    store: Store, city: Organisation, school: Organisation, other_school: Organisation
) -> None:
    assert await store.read(organisations.below, city.id) == {city.id, school.id, other_school.id}
    assert await store.read(organisations.above, school.id) == (school.id, city.id)
    assert await store.read(organisations.parents, school.id) == (city,)
    assert await store.read(organisations.children, city.id) == (school, other_school)
    circle = update(organisation).where(organisation.c.id == city.id).values(parent_id=school.id)
    await store.write(lambda conn: conn.execute(circle))
    assert await store.read(organisations.above, school.id) == (school.id, city.id)
    assert await store.read(organisations.below, city.id) == {city.id, school.id, other_school.id}


async def test_what_the_coordinator_decides_is_kept(store: Store, school: Organisation) -> None:
    settings = {"digest": {"day": 1, "hour": 9}, "setup_done": True}
    await store.write(organisations.save_settings, school.id, settings)
    found = await store.read(organisations.by_id, school.id)
    assert found is not None
    assert found.settings == settings
    changed = Organisation(
        school.id, "Лицей", school.parent_id, "26", "stavropol", "Europe/Moscow", False, "school", {"a": 1}
    )
    await store.write(organisations.save, changed)
    assert await store.read(organisations.by_id, school.id) == changed


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_id_is_nobody_and_nowhere(store: Store, school: Organisation, forged: int) -> None:
    assert await store.read(memberships.of_person, forged) == ()
    assert await store.read(memberships.people_of, forged) == ()
    assert await store.write(memberships.leave, forged, school.id, NOW) is False
    assert await store.read(pairings.by_id, forged) is None
    assert await store.read(pairings.of_teacher, forged) == ()
    assert await store.write(pairings.end, forged, NOW) is False
    assert await store.write(pairings.hand_over, forged, 1, NOW) is None
    assert await store.read(signatories.of, forged) == await store.read(signatories.over, forged) == ()
    assert await store.read(organisations.below, forged) == frozenset()
    assert await store.read(organisations.children, forged) == ()
