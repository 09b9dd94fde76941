"""Who sees Anna's route, as what, and who looked."""

from collections.abc import Callable
from datetime import timedelta, timezone

import pytest
from sqlalchemy import Connection, update

from bot.iom.access import Fact
from bot.iom.facts import Facts, State
from bot.iom.people import Organisation, Person
from storage import memberships, pairings, regulations, routes, signatories, standings, viewings
from storage.tables import route as route_table
from storage.viewings import Viewing
from tests.storage.house import FORGED, LATER, NOW, Store

CHAINED = """
slug = "chained"
[life]
confirm = ["mentor", "curator"]
[[life.approval]]
key = "agree"
title = "Согласование"
[[life.approval]]
key = "approve"
title = "Утверждение"
"""
UNREADABLE = 'slug = "unreadable"\n[life]\napproval = 5\n'


@pytest.fixture
async def hers(store: Store, anna: Person, school: Organisation) -> Facts:
    """Anna's route in her school, under a regulation with two steps."""
    return await store.write(begin(CHAINED), anna.id, school.id)


def begin(source: str) -> Callable[[Connection, int, int | None], Facts]:
    def start(conn: Connection, person_id: int, organisation_id: int | None) -> Facts:
        digest = f"{len(source):064}"
        regulations.remember(conn, digest, "chained", source, NOW)
        return routes.start(conn, person_id, "chained", digest, organisation_id, NOW)

    return start


async def seen(store: Store, viewer: Person, facts: Facts) -> set[Fact]:
    """What the viewer may, by asking for each."""
    answers = {fact: await store.read(routes.seen, viewer.id, facts.route_id, fact) for fact in Fact}
    assert all(found is None or found.route_id == facts.route_id for found in answers.values())
    return {fact for fact, found in answers.items() if found is not None}


async def put(store: Store, facts: Facts, state: State, step: int = 0, *, shares: bool = False) -> None:
    values = {"state": state, "step": step, "shares_reflections": shares}
    which = update(route_table).where(route_table.c.id == facts.route_id).values(values)
    await store.write(lambda conn: conn.execute(which))


async def test_a_stranger_sees_nothing_just_as_of_nothing(
    store: Store, vera: Person, hers: Facts, school: Organisation
) -> None:
    assert await seen(store, vera, hers) == set()
    await store.write(memberships.join, vera.id, school.id, "teacher", NOW)
    await store.write(memberships.join, vera.id, school.id, "mentor", NOW)
    assert await seen(store, vera, hers) == set()
    assert await store.read(standings.of, vera.id, hers.route_id + 1) is None
    for forged in FORGED:
        assert await store.read(routes.seen, vera.id, forged, Fact.STATE) is None
        assert await store.read(routes.seen, forged, hers.route_id, Fact.STATE) is None


async def test_the_teacher_sees_her_own(store: Store, anna: Person, hers: Facts) -> None:
    assert Fact.OWN in await seen(store, anna, hers)
    assert await store.read(routes.seen, anna.id, hers.route_id, Fact.OWN) == hers


async def test_a_companion_sees_what_the_teacher_opened(
    store: Store, anna: Person, boris: Person, hers: Facts, school: Organisation
) -> None:
    await store.write(memberships.join, boris.id, school.id, "mentor", NOW)
    pair = await store.write(pairings.pair, school.id, anna.id, boris.id, NOW)
    assert pair is not None
    assert await seen(store, boris, hers) == {Fact.STATE}
    await store.write(pairings.open, pair.id, anna.id, NOW)
    opened = await seen(store, boris, hers)
    assert {Fact.CARD, Fact.CONFIRM} < opened
    assert not {Fact.REFLECTIONS, Fact.OWN, Fact.APPROVE} & opened
    await put(store, hers, State.ACTIVE, shares=True)
    assert await seen(store, boris, hers) == opened | {Fact.REFLECTIONS}
    await store.write(pairings.close, pair.id, anna.id, NOW)
    assert await seen(store, boris, hers) == {Fact.STATE}
    await store.write(pairings.open, pair.id, anna.id, NOW)
    await store.write(memberships.leave, boris.id, school.id, NOW)
    assert await seen(store, boris, hers) == set()


async def test_a_pair_of_another_school_opens_nothing_here(
    store: Store, anna: Person, boris: Person, hers: Facts, other_school: Organisation
) -> None:
    pair = await store.write(pairings.pair, other_school.id, anna.id, boris.id, NOW)
    assert pair is not None
    await store.write(pairings.open, pair.id, anna.id, NOW)
    assert await seen(store, boris, hers) == set()


@pytest.mark.parametrize("role", ["coordinator", "curator", "head", "methodist", "expert"])
async def test_a_role_counts_here_and_above_only(
    store: Store,
    galina: Person,
    hers: Facts,
    city: Organisation,
    school: Organisation,
    other_school: Organisation,
    role: str,
) -> None:
    await store.write(memberships.join, galina.id, other_school.id, role, NOW)
    assert await seen(store, galina, hers) == set()
    await store.write(memberships.join, galina.id, city.id, role, NOW)
    above = await seen(store, galina, hers)
    assert Fact.PLAN in above
    assert not above & {Fact.OWN, Fact.REFLECTIONS, Fact.APPROVE}
    await store.write(memberships.leave, galina.id, city.id, NOW)
    assert await seen(store, galina, hers) == set()
    await store.write(memberships.join, galina.id, school.id, role, NOW)
    assert await seen(store, galina, hers) == above
    assert (Fact.CONFIRM in above) is (role == "curator")


async def test_an_approver_sees_the_card_when_her_turn_has_come(
    store: Store, galina: Person, dmitry: Person, hers: Facts, school: Organisation
) -> None:
    for step, who in (("agree", galina), ("approve", dmitry)):
        await store.write(signatories.put, school.id, step, NOW)
        await store.write(signatories.bind, school.id, step, who.id, NOW)
    told = {}
    for state, number in ((State.DRAFT, 0), (State.ON_REVIEW, 0), (State.ON_REVIEW, 1), (State.ACTIVE, 0)):
        await put(store, hers, state, number)
        told[state, number] = [
            {Fact.CARD, Fact.APPROVE} & await seen(store, who, hers) for who in (galina, dmitry)
        ]
    assert told == {
        (State.DRAFT, 0): [set(), set()],
        (State.ON_REVIEW, 0): [{Fact.CARD, Fact.APPROVE}, set()],
        (State.ON_REVIEW, 1): [{Fact.CARD}, {Fact.CARD, Fact.APPROVE}],
        (State.ACTIVE, 0): [{Fact.CARD}, {Fact.CARD}],
    }
    await store.write(memberships.leave, dmitry.id, school.id, NOW)
    assert await seen(store, dmitry, hers) == set()


async def test_a_regulation_that_cannot_be_read_gives_no_step(
    store: Store, anna: Person, dmitry: Person, school: Organisation
) -> None:
    facts = await store.write(begin(UNREADABLE), anna.id, school.id)
    await store.write(signatories.put, school.id, "agree", NOW)
    await store.write(signatories.bind, school.id, "agree", dmitry.id, NOW)
    await put(store, facts, State.ON_REVIEW)
    assert await seen(store, dmitry, facts) == set()


async def test_a_route_of_no_organisation_is_hers_alone(
    store: Store, anna: Person, galina: Person, city: Organisation
) -> None:
    facts = await store.write(begin(CHAINED), anna.id, None)
    await store.write(memberships.join, galina.id, city.id, "coordinator", NOW)
    assert await seen(store, galina, facts) == set()


async def test_who_looked_is_noted_once_a_day(store: Store, anna: Person, boris: Person, hers: Facts) -> None:
    look = (hers.route_id, boris.id, "mentor", "Борис")
    assert await store.write(viewings.saw, *look, NOW)
    assert not await store.write(viewings.saw, *look, NOW + timedelta(hours=14))
    assert await store.write(viewings.saw, *look, LATER)
    assert not await store.write(viewings.saw, hers.route_id, anna.id, "teacher", "Анна", NOW)
    assert not await store.write(viewings.saw, hers.route_id + 1, boris.id, "mentor", "Борис", NOW)
    looked = await store.read(viewings.of_route, hers.route_id)
    assert looked == (Viewing(boris.id, "mentor", "Борис", LATER), Viewing(boris.id, "mentor", "Борис", NOW))


async def test_a_day_begins_where_the_people_live(store: Store, boris: Person, hers: Facts) -> None:
    irkutsk = timezone(timedelta(hours=8))
    evening = NOW.replace(hour=15, minute=30).astimezone(irkutsk)
    look = (hers.route_id, boris.id, "mentor", "Борис")
    assert await store.write(viewings.saw, *look, evening)
    assert await store.write(viewings.saw, *look, evening + timedelta(hours=1))


async def test_a_forged_look_is_not_noted(store: Store, boris: Person, hers: Facts) -> None:
    for forged in FORGED:
        assert not await store.write(viewings.saw, forged, boris.id, "mentor", "", NOW)
        assert await store.read(viewings.of_route, forged) == ()
