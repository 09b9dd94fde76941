"""An approved plan changes only by a correction, agreed in the regulation's order."""

import pytest

from handlers.place import Place
from tests.conversation.given import ONE_LOOP, puts, texts
from tests.conversation.given_finish import card, moves, school_of
from tests.conversation.given_life import closes, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_a_move_goes_through_mentor_curator_methodist_and_back_to_anna(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "curator", "methodist")
    await moves(life)
    await life.teacher.sees("наставник")
    for role in ("mentor", "curator", "methodist"):
        await told(sqlite_play, by[role])
        await by[role].sees("корректировка плана ждёт вас")
        await by[role].presses("Согласовать")
        await by[role].settled()
    await told(sqlite_play, life.teacher)
    assert (await life.journey()).corrections[0].state == "acknowledging"
    await life.teacher.presses("Ознакомлен(а)")
    await life.teacher.sees("План изменён")
    facts, journey = await life.facts(), await life.journey()
    assert facts.value("period", life.lines[0]) == {"from": "2027-03-01", "to": "2027-03-31"}
    assert journey.corrections[0].state == "applied"
    assert [one.role for one in journey.decisions if one.correction_id] == [
        "mentor", "curator", "methodist", "teacher",
    ]  # fmt: skip
    assert "изменилась рабочая нагрузка" in await card(life)


async def test_under_004_a_teacher_corrects_by_herself_and_her_tutor_learns(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, slug="ust_ilimsk")
    await moves(life)
    await life.teacher.sees("План изменён")
    await told(sqlite_play, by["mentor"])
    await by["mentor"].sees("План изменён")
    assert (await life.facts()).value("period", life.lines[0]) == {"from": "2027-03-01", "to": "2027-03-31"}
    assert "изменён срок мероприятия" in await card(life)


async def test_a_step_nobody_holds_is_passed_and_the_card_says_so(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "methodist")  # no curator
    await moves(life)
    await told(sqlite_play, by["mentor"])
    await by["mentor"].presses("Согласовать")
    await by["mentor"].settled()
    correction = (await life.journey()).corrections[0]
    assert (correction.state, correction.step) == ("waiting", 2)
    await puts(sqlite_play, life.teacher, Place("correction", row=life.route_id, parent=correction.id))
    await life.teacher.sees("не назначен")


async def test_with_nobody_around_she_only_acknowledges(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    await closes(life)
    await moves(life)
    await life.teacher.sees("Осталось ознакомиться")
    assert (await life.journey()).corrections[0].state == "acknowledging"
    await puts(sqlite_play, life.teacher, Place("corrections", row=life.route_id))
    await life.teacher.presses("Перенести")
    await life.teacher.presses("Ознакомлен(а)")
    await life.teacher.sees("План изменён")
    assert "не назначен" in await card(life)


async def test_a_line_is_replaced_by_an_own_event(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("correcting", row=life.lines[0], back=Place("plan")))
    await anna.presses("Заменить")
    await anna.says("Вебинар про сказки")
    await anna.presses("Записать как название")
    await anna.says("март 2027")
    await anna.says("так решил совет")
    await anna.sees("Вебинар про сказки, март 2027")
    await anna.presses("Отправить")
    await anna.sees("План изменён")
    facts = await life.facts()
    assert await life.state(0) == "replaced"
    new = facts.rows("plan")[-1]
    assert facts.text("title", new.id) == "Вебинар про сказки"
    assert new.links == facts.entry(life.lines[0]).links  # type: ignore[union-attr]
    assert "так решил совет" in await card(life)


async def test_a_line_is_replaced_by_an_event_of_the_catalogue(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("correcting", row=life.lines[0], back=Place("plan")))
    await anna.presses("Заменить")
    await anna.settled()
    await anna.presses(next(one for one in texts(anna) if one != "Назад"))
    await anna.settled()
    if "Без даты" in texts(anna):
        await anna.presses("Без даты")
    await anna.presses("Изменился мой запрос")
    await anna.presses("Отправить")
    await anna.sees("План изменён")
    assert (await life.facts()).rows("plan")[-1].event > 0


async def test_a_line_is_cancelled_and_another_added(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play, slug="ust_ilimsk")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("correcting", row=life.lines[1], back=Place("plan")))
    await anna.presses("Отменить мероприятие")
    await anna.presses("Изменилась нагрузка")
    await anna.sees("мероприятия в плане не будет")
    await anna.presses("Отправить")
    await anna.settled()
    assert await life.state(1) == "cancelled"
    await puts(sqlite_play, anna, Place("correcting", back=Place("plan")))
    await anna.says("Семинар у соседей")
    await anna.presses("Записать как название")
    await anna.presses("Без даты")
    await anna.presses("Изменился мой запрос")
    await anna.presses("Отправить")
    await anna.sees("План изменён")
    assert (await life.facts()).text("title", (await life.facts()).rows("plan")[-1].id) == "Семинар у соседей"


async def test_back_undoes_one_answer_at_a_time(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("correcting", row=life.lines[0], back=Place("plan")))
    await anna.presses("Перенести")
    await anna.says("март 2027")
    await anna.sees("По какой причине")
    await anna.presses("Назад")
    await anna.sees("Когда?")
    await anna.presses("Назад")
    await anna.sees("Что с ним сделать")
    await anna.presses("Назад")
    await anna.sees("План")
    assert (await life.journey()).corrections == ()


@pytest.mark.parametrize("words", ["2035 год", "вчера", "зимой какой-нибудь", "март 2030"])
async def test_a_date_that_can_not_be_is_refused_with_words(sqlite_play: Play, words: str) -> None:
    life, _ = await school_of(sqlite_play)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("correcting", row=life.lines[0], view={"kind": "move"}))
    await anna.says(words)
    await anna.sees("Когда?")
    assert (await life.journey()).corrections == ()


async def test_one_line_waits_for_one_correction(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    await moves(life)
    await puts(sqlite_play, life.teacher, Place("correcting", row=life.lines[0]))
    await life.teacher.sees("Маршрут идёт")  # nothing can be done to that line now


async def test_a_command_in_the_middle_leaves_no_trace(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    await puts(sqlite_play, life.teacher, Place("correcting", row=life.lines[0]))
    await life.teacher.presses("Перенести")
    await life.teacher.says("/plan")
    await life.teacher.sees("План")
    assert (await life.journey()).corrections == ()
