"""A plan that is being carried out: its lines with their states, «Не получается», own routes, commands."""

import pytest

from bot.iom.facts import State
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, forged, here, newcomer, puts
from tests.conversation.given_life import LINES, carried_out, own_route, planned_notices, told
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
COURSE, LESSON, ARTICLE = (title for title, _ in LINES)


@pytest.mark.parametrize("slug", REAL)
async def test_the_plan_says_what_became_of_each_line(sqlite_play: Play, slug: str) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"), slug=slug)
    anna = life.teacher
    await anna.says("/plan")
    await anna.sees("План: сделано 0 из 3")
    await anna.sees("просрочено на 3 дня")
    await anna.sees("Часы: курсы 0")
    await anna.presses(LESSON)
    await anna.sees("Срок: 10.02.2027")
    for caption in ("Сделано", "Не получается", "Перенести", "Спросить", "Назад"):
        await anna.sees_button(caption)
    await anna.presses("Назад")
    await anna.sees("План: сделано 0 из 3")


async def test_home_names_the_line_that_is_next_and_opens_it(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    anna = life.teacher
    await anna.sees(f"Ближайшее: {ARTICLE} – просрочено на 3 дня")
    await anna.presses(ARTICLE)
    await anna.sees_button("Сделано")
    await anna.presses("Не получается")
    await anna.presses("Не хватило времени")
    await anna.sees("Записано")
    await puts(sqlite_play, anna, Place("home"))
    await anna.sees(f"Ближайшее: {COURSE} – 15.12.2026")
    await anna.presses(data=forged(anna, "next_line", "999999"), stale=True)
    await anna.sees("Ближайшее")


async def test_not_done_takes_a_reason_and_can_be_taken_up_again(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await anna.says("/plan")
    await anna.presses(COURSE)
    await anna.presses("Не получается")
    await anna.sees("Что помешало?")
    await anna.says("???")
    await anna.sees("Не вижу слов")
    assert await life.state() == "planned"
    await anna.presses("Мероприятие отменили")
    await anna.sees("не получилось: Мероприятие отменили")
    assert (await life.journey()).lines[life.lines[0]].reason == "cancelled"
    assert await planned_notices(sqlite_play, boris) == []
    await anna.presses("Всё-таки сделаю")
    await anna.sees("снова в плане")
    assert await life.state() == "planned"


async def test_a_reason_in_own_words_is_seen_by_the_mentor_in_her_list(
    sqlite_play: Play,
) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("not_done", row=life.lines[1]))
    await anna.says("класс был на карантине")
    await anna.sees("класс был на карантине")
    await puts(sqlite_play, boris, Place("claims", row=life.route_id))
    await boris.sees("не получилось: класс был на карантине")


async def test_a_double_tap_and_an_old_button_do_it_once(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    anna = life.teacher
    await puts(sqlite_play, anna, Place("not_done", row=life.lines[0]))
    data = forged(anna, "pick", "workload")
    for _ in range(2):
        await anna.presses(data=data, message_id=here(anna).message_id, stale=True)
    await anna.sees_button("Всё-таки сделаю")
    await anna.presses("Всё-таки сделаю")
    await anna.sees("снова в плане")
    await anna.presses(data=data, stale=True)
    await anna.sees("Та кнопка уже не действует")
    assert await life.state() == "planned"


async def test_a_forged_reason_writes_nothing(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    anna = life.teacher
    await puts(sqlite_play, anna, Place("not_done", row=life.lines[0]))
    await anna.presses(data=forged(anna, "pick", "no_such_reason"), stale=True)
    await anna.sees("Что помешало?")
    assert await life.state() == "planned"


async def test_a_line_of_another_teacher_is_no_place(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    vera = await own_route(sqlite_play, newcomer(sqlite_play, "Вера"))
    for name in ("line", "evidence", "not_done", "inquire"):
        await puts(sqlite_play, vera.teacher, Place(name, row=life.lines[0]))
        vera.teacher.never_sees(COURSE + "\nСрок")
    assert await life.state() == "planned"


@pytest.mark.parametrize("slug", REAL)
async def test_where_nobody_checks_done_is_done(sqlite_play: Play, slug: str) -> None:
    life = await own_route(sqlite_play, slug=slug)
    anna = life.teacher
    await anna.says("/plan")
    await anna.presses(ARTICLE)
    await anna.presses("Сделано")
    await anna.presses("Публикация")
    await anna.sees("Какого числа?")
    await anna.says("вчера")
    await anna.sees("пришлите файл")
    await anna.says("https://example.org/article")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("✓ Сделано: " + ARTICLE)
    await anna.sees("Сейчас: сделано")
    journey = await life.journey()
    assert await life.state(2) == "confirmed"
    assert [one.kind for one in journey.decisions if one.entry_id] == []
    await anna.says("/plan")
    await anna.sees("План: сделано 1 из 3")
    await anna.presses(ARTICLE)
    await anna.presses("Забрать")
    await anna.sees("Всё собранное на месте")
    assert await life.state(2) == "planned"


async def test_before_the_first_day_a_line_can_only_be_looked_at(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"), state=State.APPROVED)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.sees("Маршрут ещё не начался")
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[0]))
    anna.never_sees("Чем подтвердим?")
    anna.never_sees("Отправить")


async def test_commands_in_the_middle_lose_nothing(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[0]))
    await anna.presses("Удостоверение о повышении")
    await anna.sees("Номер документа?")
    await anna.says("№ 17-У")
    await anna.sees("Какого числа?")
    await anna.says("/help")
    await anna.sees("Бот пишет бумагу")
    await anna.says("/plan")
    await anna.presses(COURSE)
    await anna.sees("Собрано, ещё не отправлено")
    await anna.sees("Удостоверение о повышении квалификации № 17-У")
    await anna.presses("Сделано")
    await anna.sees("На проверку уйдёт")
    await anna.presses("Отправить на проверку")
    await anna.sees("на проверке с 23 ноября 2026")
    await told(sqlite_play, boris)
    await boris.sees("сделано: " + COURSE)
