"""What a school puts first this year: ticked by its coordinator, said among the reasons of suggestions."""

import pytest
from sqlalchemy import Connection

from bot.iom.school import settings_of
from bot.phone.person import Person
from handlers.place import Place
from storage import organisations
from storage.tables import organisation
from tests.conversation.given import ONE_LOOP, bring, forged, here, id_of, puts, stored
from tests.conversation.given_school import Staff, staffed
from tests.regulations.given import given, usual
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
WHY = "приоритет школы на год"
YEAR = "2026/2027"
BLOCKS = tuple(usual(given("stavropol")).values())


async def kept(play: Play, organisation_id: int) -> tuple[str, ...]:
    """The priorities of this year, as the table has them."""
    found = await stored(play, lambda conn: organisations.by_id(conn, organisation_id))
    assert found is not None
    return tuple(settings_of(found.settings).priorities.get(YEAR, ()))


async def at_priorities(play: Play, staff: Staff) -> Person:
    await puts(play, staff.galina, Place("priorities", row=staff.school.id))
    await staff.galina.sees(f"Приоритеты на {YEAR}")
    return staff.galina


async def chooses_events(play: Play, anna: Person, about: int = 0) -> str:
    """What Anna is suggested for a point of growth in this block."""
    await bring(play, "stavropol", "events", anna, growth_point=BLOCKS[about].chat)
    await anna.sees("Нажмите, чтобы выбрать")
    return here(anna).text


async def test_the_coordinator_ticks_and_a_teacher_is_told_why(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    galina = await at_priorities(sqlite_play, staff)
    await galina.presses(BLOCKS[0].title)
    await galina.sees("Отмечено: 1")
    await galina.sees_button(f"✓ {BLOCKS[0].title}")
    assert await kept(sqlite_play, staff.school.id) == (BLOCKS[0].key,)
    assert WHY in await chooses_events(sqlite_play, staff.anna)
    await galina.presses(f"✓ {BLOCKS[0].title}")
    await galina.sees_button(BLOCKS[0].title)
    assert await kept(sqlite_play, staff.school.id) == ()


async def test_from_the_school_and_back(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    await puts(sqlite_play, staff.galina, Place("school", row=staff.school.id))
    await staff.galina.presses("Приоритеты года")
    await staff.galina.sees("Отметьте, что в этом году важнее")
    await staff.galina.presses("Готово")
    await staff.galina.sees("Гимназия «Радуга»")


async def test_without_priorities_nobody_speaks_of_them(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    assert WHY not in await chooses_events(sqlite_play, staff.anna)


async def test_the_nearest_up_the_tree_that_has_any_counts(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")

    def above(conn: Connection) -> int:
        town = organisations.create(conn, "Город", sqlite_play.clock.now(), kind="municipality")
        organisations.save_settings(conn, town.id, {"priorities": {YEAR: [BLOCKS[0].key]}})
        child = organisation.update().where(organisation.c.id == staff.school.id)
        conn.execute(child.values(parent_id=town.id))
        return town.id

    await sqlite_play.app.database.write(above)
    galina = await at_priorities(sqlite_play, staff)
    await galina.sees("Сейчас действуют приоритеты: Город")
    assert WHY in await chooses_events(sqlite_play, staff.anna)
    await galina.presses(BLOCKS[-1].title)
    await galina.sees("Отмечено: 1")
    await sqlite_play.app.database.write(
        lambda conn: organisations.join(
            conn, id_of(conn, staff.boris), staff.school.id, "teacher", sqlite_play.clock.now()
        )
    )
    shown = await chooses_events(sqlite_play, staff.boris)
    about_first = [line for line in shown.splitlines() if "по вашей точке роста" in line]
    assert about_first
    assert not all(WHY in line for line in about_first)


async def test_another_year_begins_empty_and_keeps_the_old_one(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    old = {"priorities": {"2025/2026": ["ict"]}, "staff": 40, "unknown": 1}
    await sqlite_play.app.database.write(lambda conn: organisations.save_settings(conn, staff.school.id, old))
    galina = await at_priorities(sqlite_play, staff)
    assert "✓" not in str(galina.screen)
    await galina.presses(BLOCKS[0].title)
    await galina.sees("Отмечено: 1")
    found = await stored(sqlite_play, lambda conn: organisations.by_id(conn, staff.school.id))
    assert found is not None
    assert found.settings == {
        "priorities": {"2025/2026": ["ict"], YEAR: [BLOCKS[0].key]}, "staff": 40, "unknown": 1,
    }  # fmt: skip


async def test_a_double_tap_ticks_once(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    galina = await at_priorities(sqlite_play, staff)
    data = forged(galina, "tick", BLOCKS[0].key)
    await galina.presses(data=data)
    await galina.presses(data=data, stale=True)
    await galina.settled()
    assert await kept(sqlite_play, staff.school.id) == (BLOCKS[0].key,)


@pytest.mark.parametrize("who", ["mila", "boris", "dmitry"])
async def test_nobody_else_sets_them(sqlite_play: Play, who: str) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    other: Person = getattr(staff, who)
    await puts(sqlite_play, other, Place("priorities", row=staff.school.id))
    await other.settled()
    other.never_sees("Приоритеты на")
    await other.presses(data=forged(other, "tick", BLOCKS[0].key), stale=True)
    await other.settled()
    assert await kept(sqlite_play, staff.school.id) == ()


async def test_a_forged_block_and_another_school_change_nothing(sqlite_play: Play) -> None:
    staff, others = await staffed(sqlite_play, "stavropol"), await staffed(sqlite_play, "ust_ilimsk")
    galina = await at_priorities(sqlite_play, staff)
    await galina.presses(data=forged(galina, "tick", "no_such_block"), stale=True)
    await galina.settled()
    assert await kept(sqlite_play, staff.school.id) == ()
    await puts(sqlite_play, galina, Place("priorities", row=others.school.id))
    await galina.settled()
    assert "Приоритеты на" not in here(galina).text
