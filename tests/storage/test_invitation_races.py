"""Two people at one invitation, a teacher and a mentor at one instant."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection

from bot.iom.people import Organisation, Person
from storage import invitations, memberships, pairings, people
from storage.invitations import Accepted, Wanted
from tests.databases import opened
from tests.storage.house import NOW, Store
from tests.storage.test_invitations import SECRET, WEEK, invite


async def test_of_people_at_once_exactly_one_wins(
    store: Store, database_url: str, school: Organisation
) -> None:
    crowd = [await store.write(people.arrive, 500 + number, NOW) for number in range(6)]
    made = await invite(store, school)

    async with opened(database_url) as other:
        homes = (store.database, other) * 3

        def accept(person: Person) -> Callable[[Connection], Accepted | None]:
            return lambda conn: invitations.accept(conn, made, person.id, NOW)

        waiting = [home.write(accept(who)) for home, who in zip(homes, crowd, strict=True)]
        found = await asyncio.gather(*waiting)
    winners = [one for one in found if one is not None]
    assert len(winners) == 1
    assert (await store.counts())["membership"] == 1


async def test_a_pair_is_made_however_they_meet(
    store: Store, database_url: str, anna: Person, boris: Person, school: Organisation
) -> None:
    async with opened(database_url) as other:
        for turn in range(5):
            wanted = [Wanted("teacher", mentor_row=1), Wanted("mentor")]
            hers, his = await store.write(
                invitations.create_many, SECRET, school.id, wanted, now=NOW, valid=WEEK
            )

            def teacher(conn: Connection, one: invitations.Invitation = hers) -> Accepted | None:
                return invitations.accept(conn, one, anna.id, NOW)

            def mentor(conn: Connection, one: invitations.Invitation = his) -> Accepted | None:
                return invitations.accept(conn, one, boris.id, NOW)

            await asyncio.gather(store.database.write(teacher), other.write(mentor))
            assert len(await store.read(pairings.of_teacher, anna.id)) == 1, turn
            for person in (anna, boris):
                await store.write(memberships.leave, person.id, school.id, NOW)
            assert await store.read(pairings.of_teacher, anna.id) == ()
