"""Hours: three taps of the companion, the account on both phones."""

from datetime import date

import pytest

from handlers.place import Place
from tests.conversation.given import ONE_LOOP, forged, here, newcomer, puts
from tests.conversation.given_life import Life, carried_out, closes
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def logging(play: Play, slug: str = "stavropol") -> Life:
    """Boris is asked what to log."""
    boris = newcomer(play, "Борис")
    life = await carried_out(play, mentor=boris, slug=slug)
    await puts(play, boris, Place("hours", row=life.route_id))
    await boris.sees("Что записать?")
    return life


@pytest.mark.parametrize("slug", REAL)
async def test_three_taps(sqlite_play: Play, slug: str) -> None:
    life = await logging(sqlite_play, slug)
    boris = life.mentor
    assert boris is not None
    await boris.presses("Консультация")
    await boris.presses("1,5")
    await boris.presses("Вчера")
    await boris.sees("✓ Записано: консультация, 22 ноября 2026 г., 1,5 ч")
    await boris.sees("консультации 1,5")
    await life.teacher.says("/plan")
    await life.teacher.sees("консультации 1,5, посещения уроков 0. Всего 1,5")
    logged = (await life.journey()).hours
    assert [(one.kind, one.hours, one.held_on) for one in logged] == [
        ("consultation", 1.5, date(2026, 11, 22))
    ]


async def test_typed_hours_and_a_typed_day(sqlite_play: Play) -> None:
    life = await logging(sqlite_play)
    boris = life.mentor
    assert boris is not None
    await boris.says("час")
    await boris.sees("Здесь проще нажать")
    await boris.presses("Посещение урока")
    await boris.says("0,3")
    await boris.sees("Не понял, сколько часов")
    await boris.says("99")
    await boris.sees("не больше 12")
    await boris.says("2 ч 30 мин")
    await boris.sees("2,5 ч: когда?")
    await boris.says("1 марта 2027")
    await boris.sees("Этот день ещё не наступил")
    await boris.says("12 ноября")
    await boris.sees("✓ Записано: посещение урока, 12 ноября 2026 г., 2,5 ч")


async def test_a_double_tap_logs_once(sqlite_play: Play) -> None:
    life = await logging(sqlite_play)
    boris = life.mentor
    assert boris is not None
    await boris.presses("Консультация")
    await boris.presses("2")
    today = await boris.sees_button("Сегодня")
    for _ in range(3):
        await boris.presses(data=today.data, message_id=here(boris).message_id, stale=True)
    await boris.settled()
    assert len((await life.journey()).hours) == 1


async def test_back_and_forged_taps(sqlite_play: Play) -> None:
    life = await logging(sqlite_play)
    boris = life.mentor
    assert boris is not None
    await boris.presses(data=forged(boris, "kind", "holiday"), stale=True)
    await boris.presses(data=forged(boris, "spent", "500"), stale=True)
    await boris.presses(data=forged(boris, "day", "today"), stale=True)
    await boris.settled()
    assert (await life.journey()).hours == ()
    await boris.presses("Консультация")
    await boris.presses("1")
    await boris.presses("Назад")
    await boris.sees("сколько часов?")
    await boris.presses("Назад")
    await boris.sees("Что записать?")


async def test_a_closed_mentor_and_a_stranger_log_nothing(sqlite_play: Play) -> None:
    life = await logging(sqlite_play)
    boris = life.mentor
    assert boris is not None
    await boris.presses("Консультация")
    await boris.presses("1")
    today = await boris.sees_button("Сегодня")
    await closes(life)
    await boris.presses(data=today.data, message_id=here(boris).message_id, stale=True)
    await boris.settled()
    assert (await life.journey()).hours == ()
    vera = newcomer(sqlite_play, "Вера")
    await vera.start()
    await vera.sees("Вы согласны")
    await puts(sqlite_play, vera, Place("hours", row=life.route_id))
    vera.never_sees("Что записать?")
