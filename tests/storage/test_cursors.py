"""Where a person is, and whether she has seen it."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.iom.people import Person
from storage import cursors, people
from storage.cursors import Cursor
from tests.storage.house import ANNA, FORGED, NOW, VERA, Store


async def test_a_new_person_is_nowhere(store: Store, anna: Person) -> None:
    assert await store.read(cursors.load, anna.id) == Cursor(anna.id, {}, 0, 0, None)


async def test_a_forged_person_is_nowhere(store: Store) -> None:
    for forged in FORGED:
        assert await store.read(cursors.load, forged) == Cursor(forged)


async def test_a_place_is_remembered(store: Store, anna: Person) -> None:
    place = Cursor(anna.id, {"step": "goal", "row": 12}, rev=3, shown_rev=2, message_id=2**40)
    await store.write(cursors.save, place)
    assert await store.read(cursors.load, anna.id) == place


async def test_a_new_place_replaces_the_old_one(store: Store, anna: Person, vera: Person) -> None:
    await store.write(cursors.save, Cursor(vera.id, {"step": "menu"}, rev=1))
    await store.write(cursors.save, Cursor(anna.id, {"step": "goal"}, rev=1))
    await store.write(cursors.save, Cursor(anna.id, {"step": "term"}, rev=2))
    assert (await store.read(cursors.load, anna.id)).place == {"step": "term"}
    assert (await store.read(cursors.load, vera.id)).place == {"step": "menu"}


async def test_nobody_has_no_place(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.write(cursors.save, Cursor(404))


async def test_shown_rises_and_never_falls(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=5))
    await store.write(cursors.shown, anna.id, 5, 55)
    await store.write(cursors.shown, anna.id, 4, 44)
    assert await store.read(cursors.load, anna.id) == Cursor(anna.id, {}, 5, 5, 55)


async def test_the_same_screen_in_a_new_message_is_remembered(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=5, shown_rev=5, message_id=55))
    await store.write(cursors.shown, anna.id, 5, 56)
    assert (await store.read(cursors.load, anna.id)).message_id == 56


async def test_a_screen_without_a_new_message_keeps_the_old_one(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=6, shown_rev=5, message_id=55))
    await store.write(cursors.shown, anna.id, 6, None)
    assert await store.read(cursors.load, anna.id) == Cursor(anna.id, {}, 6, 6, 55)


async def test_showing_to_nobody_changes_nothing(store: Store) -> None:
    await store.write(cursors.shown, 404, 1, 1)
    assert await store.counts() == {}


async def test_what_was_shown_after_loading_stays_shown(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=1))
    loaded = await store.read(cursors.load, anna.id)
    await store.write(cursors.shown, anna.id, 1, 11)
    await store.write(cursors.save, replace(loaded, rev=2))
    assert await store.read(cursors.load, anna.id) == Cursor(anna.id, {}, 2, 1, 11)


async def test_a_handler_may_let_go_of_the_message(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=1, shown_rev=1, message_id=11))
    await store.write(cursors.save, Cursor(anna.id, rev=2, shown_rev=1, message_id=None))
    assert (await store.read(cursors.load, anna.id)).message_id is None


async def test_a_screen_not_shown_is_owed(store: Store, anna: Person, vera: Person, boris: Person) -> None:
    await store.write(cursors.save, Cursor(vera.id, rev=2, shown_rev=1))
    await store.write(cursors.save, Cursor(anna.id, rev=1))
    await store.write(cursors.save, Cursor(boris.id, rev=1, shown_rev=1))
    assert await store.read(cursors.owed) == (ANNA, VERA)


async def test_nothing_is_owed_to_those_who_blocked_the_bot(store: Store, anna: Person) -> None:
    await store.write(cursors.save, Cursor(anna.id, rev=1))
    await store.write(people.unreachable, anna.id, NOW)
    assert await store.read(cursors.owed) == ()
