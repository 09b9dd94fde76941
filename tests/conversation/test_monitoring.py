"""Interim monitoring: Anna answers about each open line, Mila the methodist concludes, the plan changes."""

import pytest

from bot.iom.checkpoint import Interim
from bot.iom.facts import State
from bot.iom.journey import LineState
from handlers import planning
from handlers.place import Place
from storage import memberships, notices, routes
from tests.conversation.given import ONE_LOOP, bring, forged, id_of, newcomer, puts, texts
from tests.conversation.given_finish import card, close_lines
from tests.conversation.given_life import Life, closes, fact_press, planned_notices, told
from tests.conversation.given_monitoring import answers, asks, checkpoints, handed_in, watched
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

COURSE, LESSON, ARTICLE = range(3)  # lines by number; asked about by their terms: the article is first


async def test_answers_conclusion_correction(sqlite_play: Play) -> None:
    """The whole of it under 001: three lines, a question to Boris, Mila's recommendation, a correction."""
    life, by = await watched(sqlite_play, "methodist")
    anna, mila, boris = life.teacher, by["methodist"], by["mentor"]
    await asks(sqlite_play, life)
    await anna.sees("3 мероприятия ещё в работе")
    await answers(life, "Пока нет", "Не хватило времени", "С чего начать?", "почти дочитала")
    await anna.sees("Что мешает?")
    await anna.presses("Ничего не мешает")
    await anna.sees("шаг 2 из 3")
    await anna.presses("Справлюсь")
    await anna.sees("шаг 3 из 3")
    await anna.presses("Уже есть")
    await anna.sees("Промежуточные итоги готовы")
    (one,) = await checkpoints(life)
    assert sorted(one.answers, key=lambda said: said.entry_id) == [
        Interim(life.lines[COURSE], "told", "почти дочитала", "nothing", "no"),
        Interim(life.lines[LESSON], "have"),
        Interim(life.lines[ARTICLE], "not_yet", "", "workload", "yes", "С чего начать?"),
    ]
    assert (await life.journey()).inquiries == ()
    await anna.presses("Отправить")
    await anna.sees("региональный методист посмотрит")
    await told(sqlite_play, mila, boris)
    await boris.sees("С чего начать?")
    await mila.sees("Мешает: Не хватило времени. Просит помощи: С чего начать?")
    await mila.presses("Недостаточен")
    await mila.sees("форма, в которой он представлен")
    await mila.presses("Не соответствует")
    await mila.sees("Что посоветуете?")
    await mila.says("Начните с готовой структуры")
    await mila.sees("К чему это относится?")
    await mila.presses("Статья о диагностике")
    await mila.sees("✓ Светлова Анна Ильинична: результат недостаточен")
    await told(sqlite_play, anna)
    await anna.sees("Начните с готовой структуры")
    await anna.presses("Внести изменение")
    await anna.sees("Что с ним сделать?")
    await anna.presses("Перенести")
    await anna.presses("февраль 2027")
    await anna.sees("Так показал промежуточный результат")  # the reason is known: only «Отправить» is left
    await anna.presses("Отправить")
    await anna.settled()
    assert [(one.entry_id, one.reason) for one in (await life.journey()).corrections] == [
        (life.lines[ARTICLE], "result")
    ]
    words = await card(life)
    for printed in ("результата пока нет (недостаток времени", "недостаточен", "готовой структуры", "Милова"):
        assert printed in words, printed


async def test_under_004_the_tutor_concludes_in_three_taps(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, slug="ust_ilimsk")
    boris = by["mentor"]
    await handed_in(sqlite_play, life, boris)
    for caption in ("Достаточен", "Соответствует", "Без рекомендации"):
        await boris.presses(caption)
        await boris.settled()
    await boris.sees("результат достаточен")
    (one,) = await checkpoints(life)
    assert (one.verdict, one.form, one.recommendation, one.role) == ("enough", "fits", "", "mentor")
    await told(sqlite_play, life.teacher)
    await life.teacher.sees("Результат достаточен, форма соответствует плану")
    assert not any(text == "Внести изменение" for text in texts(life.teacher))
    assert "Промежуточные итоги (дополнение по п. 2.8.4 Положения):" in await card(life)


async def test_it_is_left_and_taken_up_from_home(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("home"))
    await anna.presses("Промежуточные итоги")
    await anna.sees("шаг 1 из 3")
    await anna.presses("В процессе")
    await anna.sees("Что мешает?")
    await anna.says("/menu")
    await anna.sees("Что открыть?")
    await anna.says("/start")
    await anna.presses("Промежуточные итоги")
    await anna.sees("Что мешает?")
    await anna.presses("Назад")
    await anna.sees("Результат уже есть?")
    await anna.presses("Пока нет")
    await anna.sees("Что мешает?")
    (one,) = await checkpoints(life)
    assert [said.progress for said in one.answers] == ["not_yet"]
    await anna.presses("Назад")
    await anna.presses("Назад")
    await anna.sees("Маршрут идёт")


async def test_before_sending_any_line_is_mended(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    anna = life.teacher
    await asks(sqlite_play, life)
    await answers(life, "Уже есть", "Пропустить", "Пропустить")
    await anna.sees("Результат есть: 1.")
    await anna.presses("Открытый урок по дробям")
    await anna.sees("шаг 3 из 3")
    await anna.presses("В процессе")
    await anna.sees("Что мешает?")
    await anna.presses("Пропустить")
    await anna.presses("Да, нужна")
    await anna.sees("Результат есть: 1, в процессе: 1, нужна помощь: 1.")
    await anna.presses("Отправить")
    await anna.sees("1 вопрос передан")
    (asked,) = (await life.journey()).inquiries
    assert (asked.text, asked.entry_id) == ("Нужна помощь. Результат: В процессе.", life.lines[LESSON])


async def test_words_that_say_nothing_are_asked_for_again(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    await asks(sqlite_play, life)
    await answers(life, "...")
    await life.teacher.sees("Не вижу слов")
    await life.teacher.sees("Результат уже есть?")
    await life.teacher.says("я" * 301)
    await life.teacher.sees("помещается 300")
    assert (await checkpoints(life))[0].answers == ()


async def test_a_double_tap_and_an_old_button_answer_nothing(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    anna = life.teacher
    await asks(sqlite_play, life)
    await answers(life)
    old = forged(anna, "pick", "have")
    await anna.presses("Пока нет")
    await anna.sees("Что мешает?")
    await anna.presses(data=old, stale=True)
    await anna.settled()
    await anna.presses(data=forged(anna, "pick", "have"), stale=True)  # of another question
    await anna.settled()
    await anna.presses(data=forged(anna, "send"), stale=True)  # nothing is ready
    await anna.settled()
    (one,) = await checkpoints(life)
    assert [(said.progress, said.hinders) for said in one.answers] == [("not_yet", None)]
    assert one.answered_at is None


async def test_a_line_that_closes_meanwhile_is_no_longer_spoken_of(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    await asks(sqlite_play, life)
    await answers(life, "Уже есть")
    await life.teacher.sees("шаг 2 из 3")
    await close_lines(life)
    await life.teacher.says("/start")
    (one,) = await checkpoints(life)
    await puts(sqlite_play, life.teacher, Place("monitoring", row=life.route_id, parent=one.id))
    await life.teacher.sees("Промежуточные итоги готовы")
    await life.teacher.presses("Отправить")
    await life.teacher.sees("Итоги отправлены")


# --- Notices --------------------------------------------------------------------------------------------


async def test_the_planner_plans_it(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    world, now = sqlite_play.app.voice._world, sqlite_play.clock.now()
    await sqlite_play.app.database.write(lambda conn: planning.plan(conn, world, life.route_id, now))
    assert ("monitoring", "waiting") in await planned_notices(sqlite_play, life.teacher)


@pytest.mark.parametrize("slug", REAL)
async def test_it_is_not_asked_when_there_is_nothing_to_ask(sqlite_play: Play, slug: str) -> None:
    life, _ = await watched(sqlite_play, slug=slug)
    await close_lines(life, LineState.CLAIMED, LineState.NOT_DONE, LineState.CONFIRMED)
    await plan_one(sqlite_play, life)
    assert (await planned_notices(sqlite_play, life.teacher))[-1] == ("monitoring", "dropped")
    await puts(sqlite_play, life.teacher, Place("home"))
    assert "Промежуточные итоги" not in texts(life.teacher)


async def plan_one(play: Play, life: Life) -> None:
    """As it was planned half a year ago."""
    now, day = play.clock.now(), play.clock.now().date().isoformat()
    await play.app.database.write(
        lambda conn: notices.plan(
            conn,
            id_of(conn, life.teacher),
            f"monitoring/{life.route_id}/{day}",
            "monitoring",
            now,
            now,
            route_id=life.route_id,
            on=day,
        )
    )
    await told(play, life.teacher)


async def test_what_was_answered_is_asked_no_more_and_its_button_shows_what_came(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play, "methodist")
    await handed_in(sqlite_play, life)
    old = fact_press(life.teacher, "Ответить")
    await life.teacher.presses(data=old, stale=True)
    await life.teacher.sees("Ждём: региональный методист")
    assert len(await checkpoints(life)) == 1


async def test_when_the_finish_begins_nobody_concludes_about_the_way(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist")
    mila = by["methodist"]
    await handed_in(sqlite_play, life, mila)
    press = fact_press(mila, "Достаточен")

    await sqlite_play.app.database.write(
        lambda conn: routes.move(conn, life._load(conn), State.FINALIZING, 0, sqlite_play.clock.now())
    )
    await mila.presses(data=press, stale=True)
    await mila.sees("Маршрут уже подводит итоги")
    assert (await checkpoints(life))[0].verdict == ""


async def test_with_nobody_to_judge_it_waits_and_she_is_told_so(sqlite_play: Play) -> None:
    life, _ = await watched(sqlite_play)
    await handed_in(sqlite_play, life)
    await life.teacher.sees("Посмотреть их пока некому (региональный методист)")
    assert (await checkpoints(life))[0].waits


async def test_without_an_open_pair_a_wish_for_help_is_told_to_the_judge_only(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist")
    await closes(life)
    await asks(sqlite_play, life)
    await answers(life, "В процессе", "Пропустить", "Да, нужна", "Пропустить", "Пропустить", "Отправить")
    assert (await life.journey()).inquiries == ()
    await told(sqlite_play, by["methodist"])
    await by["methodist"].sees("Просит помощи")


# --- The judge ------------------------------------------------------------------------------------------


async def test_it_waits_in_the_queue_with_the_plan(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist")
    mila = by["methodist"]
    await asks(sqlite_play, life)
    await answers(life, "Уже есть", "Пока нет", "Мало времени", "Справлюсь", "Пропустить", "Отправить")
    await puts(sqlite_play, mila, Place("queue"))
    await mila.presses("Светлова")
    await mila.sees("Мешает: Мало времени")
    await mila.presses("Достаточен")
    await mila.presses("Назад")
    await mila.sees("Достаточен ли результат")
    await mila.presses("Открыть")
    await mila.sees("Мероприятий в плане: 3")
    await mila.presses("Назад")
    await mila.sees("Достаточен ли результат")
    await mila.says("Хорошо")
    await mila.sees("из кнопок ниже")
    await mila.presses("Недостаточен")
    await mila.presses("Соответствует")
    await mila.says("Уменьшите план")
    await mila.presses("Весь план")
    await told(sqlite_play, life.teacher)
    await life.teacher.sees("Рекомендация: Уменьшите план")
    await life.teacher.presses("Открыть")
    await life.teacher.sees("Уменьшите план")
    await life.teacher.presses("Внести изменение")
    await life.teacher.sees("Какое мероприятие изменить?")


async def test_of_two_judges_the_second_sees_who_was_first(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist", "curator")
    mila, galina = by["methodist"], by["curator"]
    await handed_in(sqlite_play, life, mila, galina)
    await galina.presses("Недостаточен")
    await galina.presses("Соответствует")
    for caption in ("Достаточен", "Соответствует", "Без рекомендации"):
        await mila.presses(caption)
        await mila.settled()
    await galina.presses("Без рекомендации")
    await galina.sees("Вывод уже есть: Милова Мила Андреевна")
    assert (await checkpoints(life))[0].verdict == "enough"
    kinds = [kind for kind, _ in await planned_notices(sqlite_play, life.teacher)]
    assert kinds.count("monitoring_judged") == 1


async def test_who_loses_the_role_loses_the_room(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist")
    mila = by["methodist"]
    await handed_in(sqlite_play, life, mila)
    await mila.presses("Достаточен")
    await mila.sees("форма")
    await sqlite_play.app.database.write(
        lambda conn: memberships.leave(conn, id_of(conn, mila), life.organisation.id, sqlite_play.clock.now())
    )
    await mila.presses("Соответствует")
    await mila.settled()
    await mila.presses(data=fact_press(mila, "Достаточен"), stale=True)
    await mila.settled()
    assert (await checkpoints(life))[0].verdict == ""


async def test_vera_gets_nothing_by_annas_and_milas_buttons(sqlite_play: Play) -> None:
    life, by = await watched(sqlite_play, "methodist")
    vera = await bring(sqlite_play, "stavropol", person=newcomer(sqlite_play, "Вера"))
    await asks(sqlite_play, life)
    press = fact_press(life.teacher, "Ответить")
    await answers(life, "тайный итог", "Пропустить", "Пропустить", "Пропустить", "Пропустить", "Отправить")
    await told(sqlite_play, by["methodist"])
    before = await checkpoints(life)
    judging = [fact_press(by["methodist"], word) for word in ("Достаточен", "Недостаточен", "Открыть")]
    for data in (press, *judging):
        await vera.presses(data=data, stale=True)
        await vera.settled()
    for room in ("monitoring", "monitoring_case", "reflecting"):
        await puts(sqlite_play, vera, Place(room, row=life.route_id, parent=before[0].id))
    vera.never_sees("тайный итог")
    assert await checkpoints(life) == before
