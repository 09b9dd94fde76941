"""Reminders as a teacher and her mentor live with them: by day, once, only while true, easily put off."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.clock import plan_all
from bot.iom.facts import State
from bot.iom.habits import habits_of
from bot.iom.journey import Line, LineState
from bot.phone.person import Person
from handlers.place import Place
from storage import journeys, people, snoozes
from storage.tables import notice
from tests.conversation.given import ONE_LOOP, id_of, newcomer, puts, stored
from tests.conversation.given_life import Life, carried_out, helper
from tests.stage import MORNING, Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

TODAY = MORNING.date()  # Monday 23 November 2026, nine in the morning in Moscow
TOMORROW = TODAY + timedelta(days=1)
LESSON = "Открытый урок по дробям"


async def at(play: Play, day: date, hour: int = 9) -> None:
    """It is this hour in Moscow; the clock of the process has planned and the courier has looked."""
    play.clock.moment = MORNING.replace(year=day.year, month=day.month, day=day.day, hour=hour - 3, minute=59)
    await plan_all(play.app.database, play.app.world, play.clock.now)
    await play.app.courier.deliver()


async def life(play: Play, due: date, mentor: Person | None = None) -> Life:
    """Anna with one line due on a day; it is Sunday, everything is planned."""
    return await begun(play, mentor=mentor, lines=[(LESSON, due)])


async def begun(play: Play, **more: Any) -> Life:
    """As `carried_out`, on Sunday."""
    play.clock.moment = MORNING - timedelta(days=1)
    there = await carried_out(play, **more)
    await plan_all(play.app.database, play.app.world, play.clock.now)
    return there


async def told(play: Play, person: Person) -> list[tuple[str, str]]:
    """Kind and state of the reminders of a person that are over."""

    def find(conn: Connection) -> list[tuple[str, str]]:
        hers = (notice.c.person_id == id_of(conn, person)) & (notice.c.state != "waiting")
        rows = conn.execute(select(notice.c.kind, notice.c.state).where(hers).order_by(notice.c.id))
        return [(row.kind, row.state) for row in rows]

    return await stored(play, find)


async def test_the_day_before_is_told_once_with_what_can_be_done(sqlite_play: Play) -> None:
    anna = (await life(sqlite_play, TOMORROW)).teacher
    await at(sqlite_play, TODAY)
    await anna.sees(f"Срок завтра: {LESSON}")
    await at(sqlite_play, TODAY, hour=12)
    await anna.settled()
    assert sum("Срок завтра" in message.text for message in anna.messages) == 1
    captions = [b.text for row in anna.messages[-1].buttons for b in row]
    assert captions == ["Сделано", "Не получается", "Напомнить позже", "Настроить", "Выключить"]


async def test_done_under_a_reminder_asks_for_evidence_and_ends_the_reminding(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    there = await life(sqlite_play, TOMORROW, boris)
    await at(sqlite_play, TODAY)
    await there.teacher.sees("Срок завтра")
    await there.teacher.presses("Сделано")
    await there.teacher.sees("Чем подтвердим")
    await there.teacher.presses("Расскажу словами")
    await there.teacher.says("Провела в пятом классе, дети спорили")
    await there.teacher.settled()
    await there.teacher.presses("Готово")
    await there.teacher.presses("Отправить на проверку")
    await there.teacher.settled()
    assert await there.state() == "claimed"
    before = len(there.teacher.messages)
    await at(sqlite_play, TOMORROW)
    await there.teacher.settled()
    assert not any("Срок" in message.text for message in there.teacher.messages[before:])
    assert ("deadline", "dropped") in await told(sqlite_play, there.teacher)


async def test_later_says_when_and_changes_no_date(sqlite_play: Play) -> None:
    there = await life(sqlite_play, TOMORROW)
    anna = there.teacher
    await at(sqlite_play, TODAY)
    await anna.sees("Срок завтра")
    await anna.presses("Напомнить позже")
    await anna.sees("Когда напомнить?")
    await anna.says("вчера")
    await anna.sees("уже прошёл")
    await anna.says("в пятницу")
    await anna.sees("Напомню 27 ноября 2026 г. Срок в плане не изменился.")
    assert await stored(sqlite_play, lambda conn: snoozes.of_route(conn, there.route_id)) == {
        there.lines[0]: date(2026, 11, 27)
    }
    before = len(anna.messages)
    await at(sqlite_play, TOMORROW)
    await anna.settled()
    assert len(anna.messages) == before
    await at(sqlite_play, date(2026, 11, 27))
    await anna.sees(f"Срок прошёл 3 дня назад: {LESSON}")


async def test_no_reminder_comes_at_night_or_on_a_day_off(sqlite_play: Play) -> None:
    saturday = date(2026, 11, 28)
    anna = (await life(sqlite_play, date(2026, 11, 30))).teacher  # a Monday: «завтра» is said on Friday
    before = len(anna.messages)
    for day, hour in ((TODAY, 23), (date(2026, 11, 26), 22), (saturday, 12)):
        await at(sqlite_play, day, hour)
    await anna.settled()
    assert len(anna.messages) == before
    await at(sqlite_play, date(2026, 11, 30))
    await anna.sees(f"Срок сегодня: {LESSON}")


async def test_what_comes_too_late_is_missed_and_the_week_tells_it(sqlite_play: Play) -> None:
    anna = (await life(sqlite_play, TOMORROW)).teacher
    await at(sqlite_play, date(2026, 12, 14))  # three weeks of silence
    await anna.sees("Ваш маршрут: что близко")
    assert f"просрочено на 20 дней: {LESSON}" in anna.messages[-1].text
    assert ("deadline", "missed") in await told(sqlite_play, anna)
    assert ("deadline", "sent") not in await told(sqlite_play, anna)


async def test_switching_off_is_one_tap_and_back_another(sqlite_play: Play) -> None:
    anna = (await life(sqlite_play, TOMORROW)).teacher
    await at(sqlite_play, TODAY)
    await anna.sees("Срок завтра")
    await anna.presses("Выключить")
    await anna.sees("Выключил: сроки плана.")
    before = len(anna.messages)
    await at(sqlite_play, TOMORROW)
    await anna.settled()
    assert len(anna.messages) == before
    await anna.presses("Сроки плана")
    await anna.sees_button("✓ Сроки плана")
    await at(sqlite_play, date(2026, 11, 27))
    await anna.sees("Срок прошёл 3 дня назад")


async def test_the_habits_are_buttons_and_words(sqlite_play: Play) -> None:
    anna = (await life(sqlite_play, TOMORROW)).teacher
    await anna.says("/pause")
    await anna.sees("Сводка раз в неделю")
    await anna.presses("Когда напоминать")
    await anna.says("3")
    await anna.sees("Напоминаю с 6 до 20 часов")
    await anna.says("тихо с 20 до 8")
    await anna.says("12")
    await anna.sees("с 12:00, тихо с 20:00 до 8:00")
    await anna.presses("По средам")
    await anna.presses("До 3 в неделю")
    await anna.presses("И в выходные")
    await anna.sees_button("✓ И в выходные")
    await anna.presses("Назад")
    await anna.presses("О чём напоминать")
    await anna.presses("Только в день срока")
    await anna.sees_button("✓ Только в день срока")
    await anna.presses("Назад")
    await anna.presses("Пауза")
    await anna.says("до 20 декабря")
    await anna.sees("молчу по 20 декабря 2026 г.")

    def find(conn: Connection) -> object:
        found = people.by_id(conn, id_of(conn, anna))
        return habits_of(found.settings).stored() if found else None

    assert await stored(sqlite_play, find) == {
        "hour": 12,
        "quiet_from": 20,
        "quiet_to": 8,
        "day": 2,
        "most": 3,
        "weekends": True,
        "few": True,
        "paused_to": "2026-12-20",
    }
    before = len(anna.messages)
    await at(sqlite_play, TOMORROW, hour=15)
    await anna.settled()
    assert len(anna.messages) == before
    await anna.presses("Снять паузу")
    await anna.sees("Сводка раз в неделю")


async def test_no_more_than_she_wants_in_a_week(sqlite_play: Play) -> None:
    days = [TODAY + timedelta(days=n) for n in range(5)]
    anna = (await begun(sqlite_play, lines=[(LESSON, day) for day in days])).teacher

    def two(conn: Connection) -> None:
        people.set_habits(conn, id_of(conn, anna), {"most": 2})

    await sqlite_play.app.database.write(two)
    for day in days:
        await at(sqlite_play, day)
    kinds = await told(sqlite_play, anna)
    assert sum(state == "sent" for _, state in kinds) == 2
    assert ("deadline", "missed") in kinds


async def test_a_route_begins_and_ends_by_the_calendar(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    there = await begun(sqlite_play, mentor=boris, lines=[(LESSON, date(2026, 12, 20))], state=State.APPROVED)
    await at(sqlite_play, date(2026, 12, 1))
    await there.teacher.sees("Маршрут начался")
    assert (await there.facts()).state is State.ACTIVE
    await at(sqlite_play, date(2027, 6, 2))
    await there.teacher.sees("Срок маршрута вышел")
    assert (await there.facts()).state is State.FINALIZING
    await boris.sees("педагог подводит итоги маршрута")


async def test_a_draft_is_asked_about_once_and_kindly(sqlite_play: Play) -> None:
    sqlite_play.clock.moment = MORNING
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("Ставропольский край")
    await anna.presses("Карта ИОМ, Ставропольский край")
    await anna.settled()
    before = len(anna.messages)
    for days in range(1, 30):
        await at(sqlite_play, TODAY + timedelta(days=days))
    await anna.settled()
    new = [message.text for message in anna.messages[before:]]
    assert len(new) == 1
    assert "осталось 12 вопросов" in new[0]
    await anna.presses("Продолжить карту")
    await anna.sees("шаг 1 из 12")


async def test_a_draft_that_is_being_written_is_left_in_peace(sqlite_play: Play) -> None:
    sqlite_play.clock.moment = MORNING
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.presses("Карта ИОМ, Ставропольский край")
    await anna.settled()
    await at(sqlite_play, TODAY + timedelta(days=3))
    await anna.says("учитель")
    await anna.settled()
    before = len(anna.messages)
    await at(sqlite_play, TODAY + timedelta(days=7))
    await anna.settled()
    assert len(anna.messages) == before
    await at(sqlite_play, TODAY + timedelta(days=9))
    await anna.sees("осталось 11 вопросов")


async def test_who_is_waited_for_hears_of_it_and_then_the_coordinator(sqlite_play: Play) -> None:
    boris, galina = newcomer(sqlite_play, "Борис"), newcomer(sqlite_play, "Галина")
    there = await life(sqlite_play, date(2026, 12, 25), boris)
    await helper(sqlite_play, galina, "coordinator", there.organisation)
    await puts(sqlite_play, there.teacher, Place("inquire"))
    await there.teacher.says("Подойдёт ли конспект урока?")
    await boris.sees("Подойдёт ли конспект")
    for days in range(1, 10):
        await at(sqlite_play, TODAY + timedelta(days=days))
    await boris.sees("Вас ждёт: 1")
    await galina.sees("дело стоит 8 дней")
    assert sum("Вас ждёт" in message.text for message in boris.messages) == 2
    assert not any("Вас ждёт" in message.text for message in galina.messages)
    galina.never_sees("конспект")


async def test_news_at_night_comes_without_a_sound(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    there = await life(sqlite_play, date(2026, 12, 25), boris)
    await puts(sqlite_play, there.teacher, Place("inquire"))
    sqlite_play.clock.moment = MORNING.replace(hour=20)  # eleven at night
    await there.teacher.says("Подойдёт ли конспект урока?")
    await boris.sees("Подойдёт ли конспект")
    calls = [call for call in sqlite_play.telegram.calls if call.chat_id == boris.id]
    assert calls[-1].params.get("disable_notification") == "true"


@pytest.mark.parametrize("caption", ["Сделано", "Не получается", "Напомнить позже"])
async def test_an_old_button_of_a_line_that_was_confirmed_writes_nothing(
    sqlite_play: Play, caption: str
) -> None:
    there = await life(sqlite_play, TOMORROW)
    await at(sqlite_play, TODAY)
    await there.teacher.sees("Срок завтра")
    data = there.teacher.messages[-1].buttons
    (old,) = [b.data or "" for row in data for b in row if b.text == caption]

    facts = await there.facts()
    gone = Line(there.lines[0], LineState.CANCELLED, sqlite_play.clock.now())
    await sqlite_play.app.database.write(lambda conn: journeys.set_line(conn, facts, gone, LineState.PLANNED))
    await there.teacher.presses(data=old, stale=True)
    await there.teacher.sees("Та кнопка уже не действует")
    assert await there.state() == "cancelled"
