"""Events between organisations: who brings, who judges, who is offered what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.iom.catalogue import Event
from bot.iom.imported import Counts
from bot.iom.people import Organisation, Person
from bot.iom.recommend_types import Filter
from storage import event_imports, event_search, events, memberships, organisations, proposals, queues
from storage.tables import organisation
from tests.storage.house import FORGED, LATER, LESSON, NOW, Store

TODAY = date(2026, 11, 2)


def event(code: str, place: Organisation | None = None, **facts: object) -> Event:
    """An event of an organisation, published unless told otherwise."""
    number = place.id if place else 0
    mine = replace(
        LESSON, code=f"{number}/{code}", title=f"Событие {code}", organisation=number, proposer=number
    )
    return replace(mine, **facts)  # type: ignore[arg-type]


async def brings(store: Store, *given: Event, dry: bool = False) -> Counts:
    return await store.write(event_imports.take, given, NOW, dry=dry)


async def offered(
    store: Store, place: Organisation | None, filters: Filter | None = None, blocks: Sequence[str] = ()
) -> list[str]:
    """Codes of what a teacher there is offered, in order."""

    def read(conn: Connection) -> tuple[Event, ...]:
        where = place.id if place else None
        return event_search.offered(conn, where, TODAY, filters=filters, blocks=tuple(blocks))

    return [one.code.rpartition("/")[2] for one in await store.read(read)]


async def rules(store: Store, person: Person, place: Organisation, role: str = "coordinator") -> None:
    await store.write(memberships.join, person.id, place.id, role, NOW)


async def test_the_same_list_twice_changes_nothing(store: Store, school: Organisation) -> None:
    first = [event(str(n), school) for n in range(5)]
    assert await brings(store, *first, dry=True) == Counts(5, 0, 0)
    assert await store.read(events.every) == ()
    assert await brings(store, *first) == Counts(5, 0, 0)
    before = await store.read(events.every)
    assert await brings(store, *first) == Counts(0, 0, 5)
    assert await store.read(events.every) == before


async def test_what_was_changed_is_looked_at_again_and_what_was_not_keeps_its_state(
    store: Store, city: Organisation, school: Organisation, galina: Person
) -> None:
    await rules(store, galina, city)
    first = [event(str(n), school, state="proposed") for n in range(2)]
    await brings(store, *first)
    stored = await store.read(events.every)
    ids = [one.id for one in stored]
    judged = await store.write(
        proposals.judge, galina.id, galina.id, ids, "published", LATER, recommended_by="mms"
    )
    assert judged == 2
    assert await brings(store, first[0], replace(first[1], hours=8.0)) == Counts(0, 1, 1)
    kept, mended = await store.read(events.every)
    assert (kept.state, kept.recommended_by) == ("published", "mms")
    assert (mended.state, mended.hours, mended.recommended_by) == ("proposed", 8.0, "mms")
    assert [kept.id, mended.id] == ids


async def test_only_what_is_published_in_scope_and_not_over_is_offered(
    store: Store, city: Organisation, school: Organisation, other_school: Organisation
) -> None:
    day = timedelta(1)
    await brings(
        store,
        event("everywhere"),
        event("city", city),
        event("school", school),
        event("proposed", school, state="proposed"),
        event("declined", school, state="declined"),
        event("withdrawn", school, state="withdrawn"),
        event("yesterday", starts_on=TODAY - 9 * day, ends_on=TODAY - day),
        event("without-end", starts_on=TODAY - day),
        event("today", starts_on=TODAY - day, ends_on=TODAY),
    )
    assert set(await offered(store, school)) == {"everywhere", "city", "school", "today"}
    assert set(await offered(store, other_school)) == {"everywhere", "city", "today"}
    assert set(await offered(store, city)) == {"everywhere", "city", "today"}
    assert set(await offered(store, None)) == {"everywhere", "today"}


async def test_filters_are_asked_of_the_database(store: Store) -> None:
    november: dict[str, Any] = {"starts_on": date(2026, 11, 20), "ends_on": date(2026, 12, 5)}
    await brings(
        store,
        event("a", level="regional", form="online", blocks=("ict",)),
        event("b", **november, audience="preschool", blocks=("method",)),
        event("c", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2), blocks=("method",)),
    )
    assert await offered(store, None, Filter(level="regional")) == ["a"]
    assert await offered(store, None, Filter(form="online")) == ["a"]
    assert await offered(store, None, Filter(block="ict")) == ["a"]
    assert await offered(store, None, Filter(block='ict"%')) == []
    assert await offered(store, None, Filter(month=date(2026, 12, 9))) == ["a", "b"]
    found = await store.read(event_search.offered, None, TODAY, audience="school")
    assert [one.code for one in found] == ["0/a", "0/c"]


async def test_events_of_the_block_come_alone_when_there_are_enough(store: Store) -> None:
    await brings(store, *[event(f"m{n}", blocks=("method",)) for n in range(2)], event("i", blocks=("ict",)))
    assert await offered(store, None, blocks=["method"]) == ["m0", "m1", "i"]
    await brings(store, event("m3", blocks=("method", "ict")))
    assert await offered(store, None, blocks=["method"]) == ["m0", "m1", "m3"]


async def test_one_event_is_found_only_where_it_is_offered(
    store: Store, school: Organisation, other_school: Organisation
) -> None:
    await brings(store, event("x", school))
    (known,) = await store.read(events.every)
    assert await store.read(event_search.one, known.id, school.id) == known
    assert await store.read(event_search.one, known.id, other_school.id) is None
    for forged in FORGED:
        assert await store.read(event_search.one, forged, school.id) is None


async def test_proposals_wait_for_whoever_is_in_charge_above(
    store: Store,
    city: Organisation,
    school: Organisation,
    anna: Person,
    boris: Person,
    galina: Person,
    dmitry: Person,
) -> None:
    await rules(store, galina, city)
    await rules(store, boris, city, "methodist")
    await rules(store, anna, school)  # her own school's are not hers to judge
    await rules(store, dmitry, city, "head")
    await brings(store, event("x", school, state="proposed"), event("y", school, state="proposed"))
    for judge in (galina, boris):
        (waits,) = await store.read(proposals.waiting, judge.id)
        assert (waits.organisation_id, waits.title, waits.count) == (school.id, school.title, 2)
        (one,) = await store.read(queues.waiting, judge.id)
        assert (one.kind, one.organisation_id, one.name, one.since) == ("event", school.id, school.title, NOW)
        assert await store.read(queues.count, judge.id) == 1
    for stranger in (anna, dmitry):
        assert await store.read(proposals.waiting, stranger.id) == ()
        assert await store.read(queues.waiting, stranger.id) == ()
        assert await store.read(proposals.ids_of, stranger.id, school.id) == ()
    assert len(await store.read(proposals.of_organisation, proposals.OPERATOR, school.id, limit=8)) == 2


async def test_nobody_judges_what_is_not_hers(
    store: Store, city: Organisation, school: Organisation, anna: Person, galina: Person
) -> None:
    await rules(store, galina, city)
    await rules(store, anna, school)
    await brings(store, event("x", school, state="proposed"))
    (known,) = await store.read(events.every)
    ids = [known.id, *FORGED]
    assert await store.write(proposals.judge, anna.id, anna.id, ids, "published", NOW) == 0
    assert await store.read(proposals.one, anna.id, known.id) is None
    assert await store.read(proposals.one, galina.id, known.id) == known
    done = await store.write(
        proposals.judge, galina.id, galina.id, ids, "published", NOW, organisation_id=city.id
    )
    assert done == 1
    assert await store.write(proposals.judge, galina.id, galina.id, ids, "declined", NOW) == 0
    (after,) = await store.read(events.every)
    assert (after.state, after.organisation, after.proposer) == ("published", city.id, school.id)


async def test_an_organisation_takes_out_its_own_events_only(
    store: Store, school: Organisation, other_school: Organisation, anna: Person
) -> None:
    await brings(store, event("x", school), event("d", school, state="declined"))
    x, declined = await store.read(events.every)
    assert await store.write(proposals.withdraw, anna.id, other_school.id, x.id, NOW) is False
    assert await store.write(proposals.withdraw, anna.id, school.id, declined.id, NOW) is False
    assert await store.write(proposals.withdraw, anna.id, school.id, x.id, LATER) is True
    assert await store.read(proposals.own_by_state, school.id) == {"withdrawn": 1, "declined": 1}
    assert await store.read(proposals.own_one, other_school.id, x.id) is None
    assert [one.code for one in await store.read(proposals.own, school.id, limit=1)] == [x.code]


@pytest.mark.parametrize("forged", FORGED)
async def test_forged_organisations_have_nothing(store: Store, galina: Person, forged: int) -> None:
    assert await store.read(proposals.of_organisation, galina.id, forged, limit=8) == ()
    assert await store.read(proposals.ids_of, galina.id, forged) == ()
    assert await store.read(proposals.one, galina.id, forged) is None


async def test_a_ring_of_organisations_hangs_nothing(
    store: Store, city: Organisation, school: Organisation, galina: Person
) -> None:
    ring = update(organisation).where(organisation.c.id == city.id).values(parent_id=school.id)
    await store.write(Connection.execute, ring)
    await rules(store, galina, school)
    await brings(store, event("x", school, state="proposed"))
    assert len(await store.read(proposals.waiting, galina.id)) == 1
    assert await store.read(organisations.below, city.id) == {city.id, school.id}
