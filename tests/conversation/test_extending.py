"""A longer term where the regulation has one, a pause that moves no date, «Не успеваю»."""

from datetime import date

import pytest

from bot.iom.extensions import ends_on, paused
from bot.iom.facts import State
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, forged, puts, texts
from tests.conversation.given_finish import card, school_of
from tests.conversation.given_life import fact_press, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_anna_extends_by_herself_under_004(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    anna = life.teacher
    before = ends_on(await life.facts(), await life.journey())
    await anna.presses("Не успеваю")
    await anna.presses("Продлить маршрут")
    await anna.sees("004 п. 1.9")
    await anna.presses("2 мес.")
    await anna.says("Долго болела")
    await anna.sees("Срок маршрута теперь до")
    journey = await life.journey()
    after = ends_on(await life.facts(), journey)
    assert before is not None
    assert after is not None
    assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == 2
    assert journey.extensions[0].reason == "Долго болела"
    await told(sqlite_play, by["mentor"], by["coordinator"])
    await by["mentor"].sees("срок маршрута продлён")
    await by["coordinator"].sees("срок маршрута продлён")
    assert "срок реализации ИОМ продлён на 2 мес." in await card(life)


async def test_a_second_extension_is_refused_with_its_clause(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("extending"))
    await anna.presses("6 мес.")
    await anna.presses("Продлить")
    await anna.sees("Срок маршрута теперь до")
    await puts(sqlite_play, anna, Place("extending"))
    await anna.sees("уже продлевали")
    await anna.presses(data=forged(anna, "extend"), stale=True)
    await anna.sees("уже продлевали")
    await puts(sqlite_play, anna, Place("slowing"))
    assert "Продлить маршрут" not in texts(anna)
    assert len((await life.journey()).extensions) == 1


async def test_001_has_no_extension_and_no_button(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator")
    anna, galina = life.teacher, by["coordinator"]
    await anna.presses("Не успеваю")
    await anna.settled()
    assert "Продлить маршрут" not in texts(anna)
    await anna.presses(data=forged(anna, "extending"), stale=True)
    await anna.settled()
    await puts(sqlite_play, anna, Place("extending"))
    await anna.sees("Маршрут идёт")
    for person in (galina, by["mentor"]):
        await puts(sqlite_play, person, Place("case", row=life.route_id, back=Place("queue")))
        assert "Предложить продление" not in texts(person)
        await puts(sqlite_play, person, Place("offering", row=life.route_id))
        assert not [one for one in texts(person) if one.endswith("мес.")]
    assert (await life.journey()).extensions == ()


@pytest.mark.parametrize("role", ["mentor", "coordinator"])
async def test_it_is_offered_and_anna_decides(sqlite_play: Play, role: str) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    anna, helper = life.teacher, by[role]
    await puts(sqlite_play, helper, Place("case", row=life.route_id, back=Place("queue")))
    await helper.presses("Предложить продление")
    await helper.sees("004 п. 1.13")
    await helper.presses("3 мес.")
    await helper.says("Динамики пока нет")
    await helper.sees("Предложение отправлено")
    await told(sqlite_play, anna)
    await anna.sees("Динамики пока нет")
    press = fact_press(anna, "Согласиться")
    await anna.presses("Согласиться")
    await anna.sees("Срок маршрута теперь до")
    await anna.presses(data=press, stale=True)  # a second tap
    await anna.settled()
    found = (await life.journey()).extensions
    assert [(one.kind, one.months, bool(one.accepted_at)) for one in found] == [("offered", 3, True)]
    await told(sqlite_play, helper)
    await helper.sees("срок маршрута продлён")


async def test_she_may_decline_and_the_term_stays(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, slug="ust_ilimsk")
    before = ends_on(await life.facts(), await life.journey())
    await puts(sqlite_play, by["mentor"], Place("offering", row=life.route_id))
    await by["mentor"].presses("1 мес.")
    await by["mentor"].presses("Предложить")
    await by["mentor"].settled()
    await puts(sqlite_play, life.teacher, Place("home"))
    await life.teacher.presses("Предложение продлить")
    await life.teacher.presses("Не продлевать")
    await life.teacher.sees("срок прежний")
    assert ends_on(await life.facts(), await life.journey()) == before
    await told(sqlite_play, by["mentor"])
    await by["mentor"].sees("решил не продлевать")


async def test_a_foreign_teacher_cannot_take_the_offer(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, slug="ust_ilimsk")
    vera, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    await puts(sqlite_play, by["mentor"], Place("offering", row=life.route_id))
    await by["mentor"].presses("1 мес.")
    await by["mentor"].presses("Предложить")
    await told(sqlite_play, life.teacher)
    await vera.teacher.presses(data=fact_press(life.teacher, "Согласиться"), stale=True)
    await vera.teacher.settled()
    assert (await life.journey()).extensions[0].accepted_at is None
    await puts(sqlite_play, vera.teacher, Place("offering", row=life.route_id))
    await vera.teacher.sees("Маршрут идёт")


async def test_an_extension_while_finishing_carries_the_route_on(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk", state=State.FINALIZING)
    await puts(sqlite_play, life.teacher, Place("extending"))
    await life.teacher.presses("1 мес.")
    await life.teacher.presses("Продлить")
    await life.teacher.sees("Маршрут идёт")
    assert (await life.facts()).state is State.ACTIVE


async def test_a_pause_is_silent_moves_no_date_and_is_taken_off(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    anna, before = life.teacher, await life.facts()
    await anna.presses("Не успеваю")
    await anna.presses("Пауза")
    await anna.presses("Две недели")
    await anna.presses("Болезнь")
    await anna.sees("не напоминаю")
    journey, today = await life.journey(), sqlite_play.clock.now().date()
    assert paused(journey, today)
    assert (await life.facts()).answers == before.answers
    await anna.presses("Не успеваю")
    await anna.presses("Пауза")
    await anna.presses("Снять паузу")
    await anna.sees("Пауза снята")
    assert not paused(await life.journey(), today)


async def test_a_pause_in_words(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("pausing"))
    await anna.says("когда-нибудь потом")
    await anna.sees("Не записал")
    await anna.says("с 1 по 14 декабря")
    await anna.says("у сестры")
    await anna.sees("Пауза по 14 декабря")
    made = (await life.journey()).pauses[0]
    assert (made.starts_on, made.ends_on, made.reason) == (date(2026, 12, 1), date(2026, 12, 14), "у сестры")


async def test_not_keeping_up_drafts_the_row(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    anna = life.teacher
    await anna.presses("Не успеваю")
    await anna.sees("Срок прошёл: Статья о диагностике")
    await anna.presses("→ Статья о диагностике")
    await anna.sees("Станет: декабрь 2026")
    await anna.presses("Отправить")
    await anna.settled()
    made = (await life.journey()).corrections[0]
    assert (made.entry_id, made.kind, made.reason) == (life.lines[2], "move", "workload")


async def test_a_command_in_the_middle_of_an_extension(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    await puts(sqlite_play, life.teacher, Place("extending"))
    await life.teacher.presses("1 мес.")
    await life.teacher.says("/start")
    await life.teacher.sees("Маршрут идёт")
    assert (await life.journey()).extensions == ()
