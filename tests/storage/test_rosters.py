"""What a coordinator sees of the people she invited and of the routes below her."""

from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.iom.facts import Facts, SetAnswer, State
from bot.iom.people import Organisation, Person
from storage import consents, invitations, memberships, organisations, pairings, people, rosters, routes
from storage.invitations import Stage, Wanted
from storage.tables import route as route_table
from tests.storage.house import FORGED, LATER, NOW, Store, begin_route, statements
from tests.storage.test_consents import STORAGE
from tests.storage.test_invitations import SECRET, WEEK


@pytest.fixture
async def coordinator(store: Store, galina: Person, school: Organisation) -> Person:
    await store.write(memberships.join, galina.id, school.id, "coordinator", NOW, name="Галина")
    return galina


async def teach(store: Store, account: int, place: Organisation, name: str = "") -> Facts:
    """A teacher there and her new route."""
    person = await store.write(people.arrive, account, NOW)
    await store.write(memberships.join, person.id, place.id, "teacher", NOW, name=name)
    return await store.write(begin_route, person.id, place.id)


async def put(store: Store, facts: Facts, **values: Any) -> None:
    which = update(route_table).where(route_table.c.id == facts.route_id).values(values)
    await store.write(lambda conn: conn.execute(which))


async def ids(store: Store, viewer: Person, **which: Any) -> list[int]:
    return [one.route_id for one in await store.read(rosters.routes_of, viewer.id, **which)]


async def test_a_coordinator_sees_her_school_and_no_other(
    store: Store, coordinator: Person, vera: Person, school: Organisation, other_school: Organisation
) -> None:
    here = await teach(store, 201, school, "Анна Ивановна Ёлкина")
    await teach(store, 202, other_school, "Вера")
    (one,) = await store.read(rosters.routes_of, coordinator.id)
    assert (one.route_id, one.name, one.organisation, one.state) == (
        here.route_id,
        "Анна Ивановна Ёлкина",
        "Школа № 1",
        State.DRAFT,
    )
    assert await ids(store, coordinator, organisation_id=other_school.id) == []
    assert await ids(store, vera) == []
    await store.write(memberships.leave, coordinator.id, school.id, LATER)
    assert await ids(store, coordinator) == []


async def test_above_everything_below_is_seen(
    store: Store, vera: Person, city: Organisation, school: Organisation, other_school: Organisation
) -> None:
    one, two = await teach(store, 201, school), await teach(store, 202, other_school)
    await store.write(memberships.join, vera.id, city.id, "methodist", NOW)
    assert await ids(store, vera) == [one.route_id, two.route_id]
    assert await ids(store, vera, organisation_id=school.id) == [one.route_id]


@pytest.mark.parametrize("role", ["teacher", "mentor", "approver"])
async def test_other_roles_have_no_lists(store: Store, vera: Person, school: Organisation, role: str) -> None:
    await teach(store, 201, school, "Анна")
    await store.write(memberships.join, vera.id, school.id, role, NOW)
    assert await ids(store, vera) == []
    assert await store.read(rosters.find_people, vera.id, "Анна") == ()


async def test_lists_are_by_state_and_paged(store: Store, coordinator: Person, school: Organisation) -> None:
    made = [await teach(store, 201 + number, school) for number in range(10)]
    await put(store, made[0], state=State.WITHDRAWN)
    await put(store, made[1], trial=True)
    await put(store, made[2], state=State.ON_REVIEW, state_since=LATER)
    kept = [one.route_id for one in made[3:]] + [made[2].route_id]
    assert await ids(store, coordinator, limit=8) == kept[:8]
    assert await ids(store, coordinator, limit=3, offset=6) == kept[6:]
    assert await store.read(rosters.count, coordinator.id) == len(kept)
    assert await ids(store, coordinator, states=[State.ON_REVIEW]) == [made[2].route_id]
    assert await ids(store, coordinator, states=[State.WITHDRAWN]) == [made[0].route_id]
    assert await store.read(rosters.by_state, coordinator.id) == {State.DRAFT: 7, State.ON_REVIEW: 1}


async def test_her_own_route_is_in_no_list_of_hers(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    await store.write(begin_route, coordinator.id, school.id)
    assert await ids(store, coordinator) == []


@pytest.mark.parametrize("words", ["елкина", "ЁЛК", "анна ёлк", "  Ивановна "])
async def test_a_route_is_found_by_name(
    store: Store, coordinator: Person, school: Organisation, words: str
) -> None:
    wanted = await teach(store, 201, school, "Анна Ивановна Ёлкина")
    await teach(store, 202, school, "Вера Петровна")
    assert await ids(store, coordinator, words=words) == [wanted.route_id]
    (found,) = await store.read(rosters.find_people, coordinator.id, words)
    assert (found.person_id, found.role, found.organisation) == (wanted.person_id, "teacher", "Школа № 1")


async def test_a_route_is_found_by_the_code_however_typed(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    wanted = await teach(store, 201, school)
    await teach(store, 202, school)
    (listed, _) = await store.read(rosters.routes_of, coordinator.id)
    for words in (listed.code, listed.code.lower(), listed.code.removeprefix("П-")):
        assert await ids(store, coordinator, words=words) == [wanted.route_id]
    assert await ids(store, coordinator, words="никого") == []
    assert await store.read(rosters.find_people, coordinator.id, "  ") == ()


async def test_who_came_uninvited_has_the_name_of_her_card(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    facts = await teach(store, 201, school)
    await store.answers(facts, SetAnswer("last_name", "Ёлкина"), SetAnswer("first_name", "Анна"))
    (one,) = await store.read(rosters.routes_of, coordinator.id, words="елкина")
    assert one.name == "Ёлкина Анна"


async def test_where_names_are_not_kept_there_is_none(store: Store, galina: Person) -> None:
    coded = await store.write(organisations.create, "Школа № 3", NOW, keeps_names=False)
    await store.write(memberships.join, galina.id, coded.id, "coordinator", NOW)
    await teach(store, 201, coded, "Анна")
    (one,) = await store.read(rosters.routes_of, galina.id)
    assert one.name == ""


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_viewer_or_organisation_sees_nothing(
    store: Store, coordinator: Person, school: Organisation, forged: int
) -> None:
    await teach(store, 201, school, "Анна")
    assert await store.read(rosters.routes_of, forged) == ()
    assert await store.read(rosters.by_state, forged) == {}
    assert await store.read(rosters.find_people, forged, "Анна") == ()
    if forged:
        assert await store.read(rosters.routes_of, coordinator.id, organisation_id=forged) == ()


async def stages(store: Store, school: Organisation) -> list[Stage]:
    return [one.stage for one in await store.read(invitations.progress, school.id, LATER)]


async def test_the_coordinator_sees_how_far_each_has_come(
    store: Store, anna: Person, school: Organisation
) -> None:
    made = await store.write(
        invitations.create, SECRET, school.id, "teacher", now=NOW, valid=WEEK, name="Анна", mentor="Борис"
    )
    (sent,) = await store.read(invitations.progress, school.id, LATER)
    assert (sent.invitation, sent.stage, sent.person_id, sent.mentor) == (made, Stage.SENT, 0, "Борис")
    await store.write(invitations.accept, made, anna.id, NOW)
    assert await stages(store, school) == [Stage.OPENED]
    await store.write(consents.give, anna.id, STORAGE)
    assert await stages(store, school) == [Stage.CONSENTED]
    facts = await store.write(begin_route, anna.id, school.id)
    assert await stages(store, school) == [Stage.BEGUN]
    told = []
    for state in (State.ON_REVIEW, State.RETURNED, State.APPROVED, State.ACTIVE, State.COMPLETED):
        await put(store, facts, state=state)
        told += await stages(store, school)
    assert told == [
        Stage.SENT_FOR_REVIEW,
        Stage.RETURNED,
        Stage.APPROVED,
        Stage.APPROVED,
        Stage.COMPLETED,
    ]
    await store.write(invitations.answer, made.id, anna.id, "declined", LATER)
    assert await stages(store, school) == [Stage.DECLINED]
    await store.write(invitations.answer, made.id, anna.id, "taking_part", LATER)
    await store.write(memberships.leave, anna.id, school.id, LATER)
    assert await stages(store, school) == [Stage.LEFT]


async def test_unused_ones_say_what_they_are(store: Store, school: Organisation) -> None:
    wanted = [Wanted("teacher"), Wanted("teacher"), Wanted("mentor")]
    one, _, _ = await store.write(invitations.create_many, SECRET, school.id, wanted, now=NOW, valid=WEEK)
    await store.write(invitations.revoke, one.id, NOW)
    assert await stages(store, school) == [Stage.REVOKED, Stage.SENT, Stage.SENT]
    late = await store.read(invitations.progress, school.id, NOW + WEEK)
    assert [one.stage for one in late] == [Stage.REVOKED, Stage.EXPIRED, Stage.EXPIRED]


async def test_a_route_elsewhere_is_not_hers_to_see(
    store: Store, anna: Person, school: Organisation, other_school: Organisation
) -> None:
    made = await store.write(invitations.create, SECRET, school.id, "teacher", now=NOW, valid=WEEK)
    await store.write(invitations.accept, made, anna.id, NOW)
    await store.write(begin_route, anna.id, other_school.id)
    assert await stages(store, school) == [Stage.OPENED]


async def test_the_mentor_is_named_and_all_is_one_statement(
    store: Store, anna: Person, boris: Person, school: Organisation
) -> None:
    wanted = [
        Wanted("teacher", mentor_row=1),
        Wanted("mentor", name="Борис"),
        Wanted("teacher", mentor_row=1),
    ]
    hers, his, _ = await store.write(invitations.create_many, SECRET, school.id, wanted, now=NOW, valid=WEEK)
    await store.write(invitations.accept, hers, anna.id, NOW)
    await store.write(invitations.accept, his, boris.id, NOW)

    def counted(conn: Connection) -> tuple[tuple[invitations.Progress, ...], int]:
        seen = statements(conn)
        return invitations.progress(conn, school.id, LATER), len(seen)

    told, number = await store.read(counted)
    assert [(one.mentor, one.mentor_id) for one in told] == [("Борис", boris.id), ("", 0), ("Борис", 0)]
    assert number == 1
    (pair,) = await store.read(pairings.of_teacher, anna.id)
    await store.write(pairings.end, pair.id, NOW)
    ended = await store.read(invitations.progress, school.id, LATER)
    assert ended[0].mentor_id == 0


async def test_a_trial_route_is_nobodys_progress(store: Store, anna: Person, school: Organisation) -> None:
    made = await store.write(invitations.create, SECRET, school.id, "teacher", now=NOW, valid=WEEK)
    await store.write(invitations.accept, made, anna.id, NOW)
    facts = await store.write(begin_route, anna.id, school.id)
    await put(store, facts, trial=True)
    assert await stages(store, school) == [Stage.OPENED]
    assert await store.read(routes.current, anna.id) is not None
