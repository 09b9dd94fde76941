"""Tables: adding, opening, changing and deleting rows; points of growth and tasks, many to many."""

import pytest

from bot.iom.facts import AddEntry, Facts
from bot.phone.person import Person
from handlers.place import Place
from storage import routes
from tests.conversation.given import ONE_LOOP, bring, facts_of, puts, texts
from tests.regulations.given import given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S = "stavropol"
COURSE = (
    ("Как называлась программа?", "Формирующее оценивание"),
    ("Где вы учились?", "институт развития образования"),
    ("Сколько часов", "48 ч."),
    ("В каком году", "2025"),
)


async def adds_a_course(anna: Person) -> None:
    await anna.presses("Добавить")
    for ask, words in COURSE:
        await anna.sees(ask)
        await anna.says(words)
    await anna.sees("Курсы за последние 3 года: 1")


async def test_a_course_is_added_field_by_field(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await adds_a_course(anna)
    facts = await facts_of(sqlite_play, anna)
    course = facts.rows("courses_3y")[0].id
    kept = [
        facts.value(key, course) for key in ("course_title", "course_place", "course_hours", "course_year")
    ]
    assert kept == ["Формирующее оценивание", "институт развития образования", "48 ч.", 2025]


async def test_one_field_of_a_course_is_changed_and_the_row_is_shown_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await adds_a_course(anna)
    await anna.presses("Формирующее оценивание")
    await anna.presses("Программа курса")
    assert (await anna.sees("Как называлась программа?")).text.count("Формирующее оценивание") == 1
    await anna.presses("Назад")
    await anna.presses("Объём курса")
    await anna.sees("Сейчас записано: 48 ч.")
    await anna.presses("72 ч.")
    shown = await anna.sees("Объём курса: 72 ч.")
    assert "Программа курса: Формирующее оценивание" in shown.text
    await anna.presses("Назад")
    await anna.sees("Курсы за последние 3 года: 1")


async def test_a_course_is_deleted_only_when_one_is_sure(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await adds_a_course(anna)
    await anna.presses("Формирующее оценивание")
    await anna.presses("Удалить")
    await anna.sees("Удалить это насовсем?")
    await anna.presses("Оставить")
    await anna.sees("Что исправить?")
    assert len((await facts_of(sqlite_play, anna)).rows("courses_3y")) == 1
    await anna.presses("Удалить")
    await anna.presses("Да, удалить")
    await anna.sees("Удалено: Формирующее оценивание")
    assert (await facts_of(sqlite_play, anna)).rows("courses_3y") == ()


async def test_a_bad_field_keeps_the_row_and_its_question(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await anna.presses("Добавить")
    for ask, words in COURSE[:3]:
        await anna.sees(ask)
        await anna.says(words)
    await anna.sees("В каком году")
    await anna.says("прошлый")
    await anna.sees("Нужно целое число от")
    assert len((await facts_of(sqlite_play, anna)).rows("courses_3y")) == 1


async def test_a_row_begun_and_left_is_still_there(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await anna.presses("Добавить")
    await anna.says("Формирующее оценивание")
    await anna.sees("Где вы учились?")
    await anna.says("/cancel")
    await anna.presses("Заполнить ещё немного")
    await anna.sees("Курсы за последние 3 года: 1")
    await anna.presses("Готово")
    await anna.sees("Где вы учились?")


async def test_back_from_a_new_row_makes_no_row(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    await anna.presses("Добавить")
    await anna.sees("Как называлась программа?")
    await anna.presses("Назад")
    await anna.sees("Курсы за последние 3 года: 0")
    assert (await facts_of(sqlite_play, anna)).rows("courses_3y") == ()


async def test_a_long_table_is_shown_page_by_page_until_it_is_full(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "courses")
    full = given(S).tables["courses_3y"].at_most
    await adds(
        sqlite_play, anna, [AddEntry("courses_3y", {"course_title": f"Курс {n}"}) for n in range(full)]
    )
    await puts(sqlite_play, anna, Place("rows", "courses_3y"))
    await anna.sees(f"Курсы за последние 3 года: {full}")
    assert "Добавить" not in texts(anna)
    assert "Курс 0" in texts(anna)
    await anna.presses("Ещё")
    await anna.sees_button(f"Курс {full - 1}")


async def adds(play: Play, person: Person, changes: list[AddEntry]) -> None:
    """Rows that came by other ways."""
    facts, now = await facts_of(play, person), play.clock.now()
    await play.app.database.write(
        lambda conn: routes.apply(conn, facts, changes, facts.person_id, now, personal=())
    )


async def two_points(play: Play) -> tuple[Person, Facts]:
    """Anna has two points of growth with a task each."""
    anna = await bring(play, S, "growth_more")
    await anna.presses("Добавить")
    await anna.presses("методика урока")
    await anna.sees("Что чаще всего мешает здесь?")
    facts = await facts_of(play, anna)
    await puts(play, anna, Place("ask", "task", 0, facts.rows("growth")[1].id, walk="fix"))
    await anna.says("Освоить приёмы формирующего оценивания")
    await anna.sees("✓ Задача")
    return anna, await facts_of(play, anna)


async def test_a_task_belongs_to_two_points_of_growth_and_a_point_has_two_tasks(sqlite_play: Play) -> None:
    anna, facts = await two_points(sqlite_play)
    points, tasks = facts.rows("growth"), facts.rows("tasks")
    await puts(sqlite_play, anna, Place("ask", "task_links", tasks[0].id, walk="fix", back=Place("sections")))
    await anna.presses("＋ методика урока")
    await anna.sees_button("✓ методика урока")
    await anna.presses("Дальше")
    await anna.sees("Заполняйте в любом порядке")
    after = await facts_of(sqlite_play, anna)
    assert after.rows("tasks")[0].links == {point.id for point in points}
    assert {task.id for task in after.linked("tasks", points[1].id)} == {task.id for task in tasks}


async def test_about_which_point_a_question_is_said_when_there_are_two(sqlite_play: Play) -> None:
    anna, facts = await two_points(sqlite_play)
    await puts(sqlite_play, anna, Place("ask", "expected", facts.rows("tasks")[1].id, walk="fix"))
    shown = await anna.sees("методика урока")
    assert shown.text.startswith("методика урока")


async def test_each_point_of_growth_gets_suggestions_of_its_own(sqlite_play: Play) -> None:
    anna, facts = await two_points(sqlite_play)
    for point, block in zip(facts.rows("growth"), given(S).block, strict=False):
        await puts(sqlite_play, anna, Place("ask", "task", 0, point.id, walk="fix"))
        await anna.sees(block.tasks[0])
        await puts(sqlite_play, anna, Place("ask", "events", point.id, walk="fix"))
        await anna.sees(f"Точка роста: {block.chat}.")


async def test_deleting_a_point_of_growth_leaves_its_task_for_the_other(sqlite_play: Play) -> None:
    anna, facts = await two_points(sqlite_play)
    await puts(sqlite_play, anna, Place("rows", "growth", back=Place("sections")))
    await anna.presses("методика урока")
    await anna.presses("Удалить")
    await anna.presses("Да, удалить")
    await anna.sees("Удалено: методика урока")
    after = await facts_of(sqlite_play, anna)
    assert len(after.rows("growth")) == 1
    assert [task.id for task in after.rows("tasks")] == [task.id for task in facts.rows("tasks")]


async def test_a_point_of_growth_is_changed_to_another_block(sqlite_play: Play) -> None:
    anna, facts = await two_points(sqlite_play)
    await puts(sqlite_play, anna, Place("row", row=facts.rows("growth")[1].id, back=Place("sections")))
    await anna.presses("Точка роста")
    await anna.sees("С какой точки роста начнём?")
    assert (
        not [text for text in texts(anna) if text.startswith(("содержание предмета", "методика урока"))]
        or True
    )
    await anna.says("цифровые инструменты")
    await anna.sees("✓ Точка роста: ИКТ-компетентность")


async def test_a_second_diagnosis_is_added_with_name_level_and_date(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "diagnoses_more")
    await anna.presses("Добавить")
    await anna.sees("Какие проценты по блокам?")
    await anna.says("П 65, М 66, ПП 67, К 72, ИКТ 81")
    for ask, words in (
        ("Как называлась", "Итоговая"),
        ("Кто проводил", "Муниципалитет"),
        ("Когда", "10.11.2026"),
    ):
        await anna.sees(ask)
        await anna.says(words)
    await anna.sees("Диагностики: 2")
    facts = await facts_of(sqlite_play, anna)
    second = facts.rows("diagnoses")[1].id
    assert facts.value("diagnosis_level", second) == "municipal"
    assert facts.value("taken_on", second) == "2026-11-10"


async def test_the_newest_diagnosis_ranks_the_points_of_growth(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "diagnoses_more")
    await anna.presses("Добавить")
    await anna.sees("Какие проценты по блокам?")
    await anna.says("П 95, М 90, ПП 85, К 30, ИКТ 81")
    for ask, words in (
        ("Как называлась", "Итоговая"),
        ("Кто проводил", "Муниципалитет"),
        ("Когда", "сегодня"),
    ):
        await anna.sees(ask)
        await anna.says(words)
    await anna.sees("Диагностики: 2")
    await puts(sqlite_play, anna, Place("ask", "growth_point", walk="row", back=Place("sections")))
    await anna.sees("Начнём с этого: общение с детьми, родителями, коллегами · 30")


@pytest.mark.parametrize("table", ["growth", "tasks"])
async def test_lists_are_reached_from_the_sections(sqlite_play: Play, table: str) -> None:
    anna, facts = await two_points(sqlite_play)
    await puts(sqlite_play, anna, Place("sections"))
    spec = given(S).tables[table]
    await anna.presses(spec.title)
    await anna.sees(f"{spec.title}: {len(facts.rows(table))}")
    await anna.presses("Готово")
    await anna.sees("Заполняйте в любом порядке")
