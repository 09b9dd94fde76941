"""Who is at the door, in one SELECT."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.iom.people import Person
from storage import arrivals, consents, cursors, organisations
from storage.arrivals import Met
from storage.cursors import Cursor
from tests.storage.house import ANNA, LATER, NOW, Store, statements
from tests.storage.test_consents import STORAGE


async def test_a_stranger_is_made_a_person_of_whom_nothing_is_known(store: Store) -> None:
    met = await store.write(arrivals.meet, ANNA, "storage", NOW)
    assert met == Met(met.person, Cursor(met.person.id), None, None)
    assert await store.counts() == {"person": 1}


async def test_a_known_person_comes_with_all_that_is_known(store: Store, anna: Person, vera: Person) -> None:
    school = await store.write(organisations.create, "Школа № 1", NOW, timezone="Asia/Irkutsk")
    place = Cursor(anna.id, {"name": "menu"}, rev=7, shown_rev=6, message_id=5)
    await store.write(organisations.join, anna.id, school.id, "teacher", NOW)
    await store.write(consents.give, anna.id, STORAGE)
    await store.write(cursors.save, place)
    assert await store.read(arrivals.meet, ANNA, "storage", LATER) == Met(anna, place, STORAGE, school)
    assert await store.read(arrivals.meet, vera.telegram_id, "storage", LATER) == Met(
        vera, Cursor(vera.id), None, None
    )


async def test_only_the_newest_consent_in_force_counts(store: Store, anna: Person) -> None:
    newer = replace(STORAGE, version="2", given_at=LATER)
    for given in (STORAGE, newer):
        await store.write(consents.give, anna.id, given)
    assert (await store.read(arrivals.meet, ANNA, "storage", NOW)).consent == newer
    assert (await store.read(arrivals.meet, ANNA, "mailing", NOW)).consent is None
    await store.write(consents.withdraw, anna.id, "storage", LATER)
    assert (await store.read(arrivals.meet, ANNA, "storage", NOW)).consent is None


async def test_the_school_joined_last_counts_and_only_as_a_teacher(store: Store, anna: Person) -> None:
    old, new, led = [await store.write(organisations.create, title, NOW) for title in ("1", "2", "3")]
    await store.write(organisations.join, anna.id, new.id, "teacher", LATER)
    await store.write(organisations.join, anna.id, old.id, "teacher", NOW)
    await store.write(organisations.join, anna.id, led.id, "coordinator", LATER)
    assert (await store.read(arrivals.meet, ANNA, "storage", NOW)).organisation == new


async def test_it_is_one_statement(store: Store, anna: Person) -> None:
    def meet(conn: Connection) -> int:
        seen = statements(conn)
        arrivals.meet(conn, ANNA, "storage", NOW)
        return len(seen)

    assert await store.read(meet) == 1
