"""One question of the way: what an activity gave, what of a course was at a lesson."""

import pytest

from bot.iom.journey import LineState
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, puts
from tests.conversation.given_finish import card, close_lines
from tests.conversation.given_life import fact_press
from tests.conversation.given_monitoring import answers, asks, checkpoints, confirmed, watched
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


@pytest.mark.parametrize("slug", REAL)
async def test_three_weeks_after_a_course_she_is_asked_what_of_it_was_at_a_lesson(
    sqlite_play: Play, slug: str
) -> None:
    life, _ = await watched(sqlite_play, slug=slug)
    await close_lines(life, LineState.PLANNED, LineState.CLAIMED, LineState.CLAIMED)
    await confirmed(sqlite_play, life, 0, days=21, hours=36)
    await asks(sqlite_play, life)
    anna = life.teacher
    await anna.sees("Что из этого уже было на уроке или занятии?")
    press = fact_press(anna, "Ответить")
    await anna.presses(data=press, stale=True)
    await anna.sees("Хватит одной фразы")
    await anna.presses("Пример")
    await anna.sees("Пример: попробовала")
    await anna.says("Разбор ошибок в парах")
    await anna.sees("✓ Записано")
    (one,) = await checkpoints(life)
    assert (one.kind, one.text, one.entry_id) == ("transfer", "Разбор ошибок в парах", life.lines[0])
    assert one.answered_at is not None
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.sees("Уже было на уроке: Разбор ошибок")
    await anna.presses(data=press, stale=True)
    await anna.sees("вы уже ответили")
    assert len(await checkpoints(life)) == 1


async def test_to_have_nothing_to_say_is_fine(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    await close_lines(life, LineState.PLANNED, LineState.CLAIMED, LineState.CLAIMED)
    await confirmed(sqlite_play, life, 0, days=25, hours=2)
    await asks(sqlite_play, life)
    await answers(life, "Пропустить")
    await life.teacher.sees("Хорошо, пропустили")
    (one,) = await checkpoints(life)
    assert (one.text, one.answered_at is None) == ("", False)


async def test_after_an_activity_the_question_of_the_card_is_asked(sqlite_play: Play) -> None:
    """004 п. 2.5: the answer is the plan line's, as at the end of the route, and printed beside it."""
    life, _ = await watched(sqlite_play, slug="ust_ilimsk")
    await close_lines(life, LineState.CLAIMED, LineState.PLANNED, LineState.CLAIMED)
    await confirmed(sqlite_play, life, 1, days=1)
    await asks(sqlite_play, life)
    anna = life.teacher
    await anna.sees("Что дало вам это мероприятие?")
    press = fact_press(anna, "Ответить")
    await anna.presses(data=press, stale=True)
    await anna.says("Пробую утренний круг")
    await anna.sees("✓ Что дало мероприятие: Пробую утренний круг")
    await anna.sees("Маршрут идёт")
    assert (await life.facts()).value("reflection", life.lines[1]) == "Пробую утренний круг"
    assert await checkpoints(life) == ()
    assert "Пробую утренний круг" in await card(life)
    await anna.presses(data=press, stale=True)
    await anna.sees("вы уже ответили")


async def test_what_is_no_longer_confirmed_is_not_asked_about(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    await close_lines(life, LineState.PLANNED, LineState.CLAIMED, LineState.CLAIMED)
    await confirmed(sqlite_play, life, 0, days=21, hours=36)
    await asks(sqlite_play, life)
    press = fact_press(life.teacher, "Ответить")
    await close_lines(life, LineState.RETURNED, LineState.CLAIMED, LineState.CLAIMED)
    await life.teacher.presses(data=press, stale=True)
    await life.teacher.sees("Та кнопка уже не действует")
    assert await checkpoints(life) == ()


async def test_a_stranger_answers_for_nobody(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play)
    await close_lines(life, LineState.PLANNED, LineState.CLAIMED, LineState.CLAIMED)
    await confirmed(sqlite_play, life, 0, days=21, hours=36)
    await asks(sqlite_play, life)
    press, boris = fact_press(life.teacher, "Ответить"), by["mentor"]
    await boris.presses(data=press, stale=True)
    await boris.sees("Та кнопка уже не действует")
    assert await checkpoints(life) == ()
