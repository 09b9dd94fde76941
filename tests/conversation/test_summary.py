"""The card in chat: every section opens, «исправить» returns, gaps lead to their question."""

import pytest

from bot.iom import summary
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, puts, texts
from tests.regulations.given import REAL, given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S = "stavropol"


@pytest.mark.parametrize("slug", REAL)
async def test_every_section_opens_and_leads_back(sqlite_play: Play, slug: str) -> None:
    anna = await bring(sqlite_play, slug)
    await puts(sqlite_play, anna, Place("summary"))
    facts = await facts_of(sqlite_play, anna)
    for section in given(slug).section:
        lines = summary.lines(given(slug), facts, section.key)
        if lines:
            await anna.presses(section.title)
            shown = await anna.sees("Нажмите, что исправить.")
            assert shown.text.startswith(section.title)
            assert f"{lines[0].title}: " in shown.text
            await anna.presses("Назад")
            await anna.sees("Ваша карта по разделам")


async def test_fixing_a_line_changes_it_and_returns_to_the_section(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, position="учитель")
    await puts(sqlite_play, anna, Place("summary", "work"))
    await anna.sees("Должность: учитель")
    await anna.presses("Должность")
    await anna.sees("Сейчас записано: учитель")
    await anna.says("педагог-психолог")
    shown = await anna.sees("Должность: педагог-психолог")
    assert "Нажмите, что исправить." in shown.text
    assert (await facts_of(sqlite_play, anna)).text("position") == "педагог-психолог"


async def test_fixing_without_an_answer_leads_back_unchanged(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S)
    before = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, anna, Place("summary", "work"))
    await anna.presses("Должность")
    await anna.sees("Сейчас записано")
    await anna.presses("Назад")
    await anna.sees("Нажмите, что исправить.")
    assert await facts_of(sqlite_play, anna) == before


async def test_a_line_left_to_the_pen_says_so(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "subject")
    await anna.presses("Пропустить")
    await anna.sees("Предмет: пропустили")
    await puts(sqlite_play, anna, Place("summary", "work"))
    await anna.sees("Предмет: строка для ручки")


async def test_the_numbers_of_a_section_grow_with_the_answers(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "subject")
    await puts(sqlite_play, anna, Place("summary"))
    await anna.sees_button("Работа 1/2")
    await anna.presses("Работа")
    await anna.presses("Предмет")
    await anna.says("химия")
    await anna.sees("Предмет: химия")
    await anna.presses("Назад")
    await anna.sees_button("Работа 2/2")


async def test_long_sections_come_page_by_page(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S)
    await puts(sqlite_play, anna, Place("summary", "info"))
    first = texts(anna)
    await anna.presses("Ещё")
    await anna.sees_button("Ещё")
    assert not set(texts(anna)[:6]) & set(first[:6])


async def test_changing_the_answer_of_a_condition_changes_what_is_listed(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S)
    await puts(sqlite_play, anna, Place("summary", "diagnostics"))
    await anna.sees("Диагностики: П 49")
    await anna.presses("Есть результат диагностики")
    await anna.presses("Пока нет")
    shown = await anna.sees("Есть результат диагностики: Пока нет")
    assert "П 49" not in shown.text


async def test_a_self_assessment_is_in_the_summary(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, has_diagnosis="Пока нет")
    await puts(sqlite_play, anna, Place("summary", "diagnostics"))
    shown = await anna.sees("Нажмите, что исправить")
    assert "Самооценка по блокам: П – Пока осваиваю" in shown.text


async def test_with_nothing_answered_every_gap_is_listed_and_counted(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "position")
    found = summary.gaps(given(S), await facts_of(sqlite_play, anna))
    await puts(sqlite_play, anna, Place("summary"))
    must = sum(gap.must for gap in found)
    await anna.sees(f"До чистовика не хватает {len(found)} ")
    await anna.sees(f"из них обязательных по положению: {must}.")
    await anna.presses("Чего не хватает")
    await anna.sees(f"Чего не хватает ({len(found)})")


@pytest.mark.parametrize("slug", REAL)
async def test_each_gap_leads_to_its_question_and_back(sqlite_play: Play, slug: str) -> None:
    anna = await bring(sqlite_play, slug, "product")
    found = summary.gaps(given(slug), await facts_of(sqlite_play, anna))
    for number, gap in enumerate(found):
        page = number - number % 6
        await puts(sqlite_play, anna, Place("summary", "gaps").seen(page=str(page)))
        await anna.presses(f"{gap.title}: {gap.about}"[:50] if gap.about else gap.title)
        await anna.sees(given(slug).questions[gap.step.key].ask)
        await anna.presses("Назад")
        await anna.sees("Чего не хватает")


async def test_filling_a_gap_takes_it_off_the_list(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "final_title")
    await puts(sqlite_play, anna, Place("summary", "gaps"))
    before = len(summary.gaps(given(S), await facts_of(sqlite_play, anna)))
    await anna.presses("Где покажу результат")
    await anna.says("Педагогический совет")
    await anna.sees(f"Чего не хватает ({before - 1})")


async def test_a_point_of_growth_without_task_or_event_is_a_gap(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "growth_more")
    await anna.presses("Добавить")
    await anna.presses("методика урока")
    await anna.sees("Что чаще всего мешает здесь?")
    found = summary.gaps(given(S), await facts_of(sqlite_play, anna))
    assert {("Задача", "методика урока"), ("Мероприятия к точке роста", "методика урока")} <= {
        (gap.title, gap.about) for gap in found
    }
    await puts(sqlite_play, anna, Place("summary", "gaps"))
    await anna.sees_button("Задача: методика урока")


async def test_a_complete_card_has_no_gaps_and_says_so(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "ust_ilimsk")
    facts = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, anna, Place("summary"))
    missing = summary.gaps(given("ust_ilimsk"), facts)
    assert [gap.title for gap in missing] == []
    await anna.sees("Всё нужное заполнено.")
    assert "Чего не хватает" not in texts(anna)


async def test_sections_are_filled_in_any_order(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "full_name")
    await anna.says("/menu")
    await anna.presses("Разделы")
    await anna.sees("Заполняйте в любом порядке. Осталось")
    await anna.presses("Самоанализ")
    for ask in ("На что в своей работе", "Что в работе пока", "Как это видно", "Чему вам хотелось"):
        await anna.sees(ask)
        await anna.says("ответ о себе")
    await anna.sees("Заполняйте в любом порядке")
    assert not [text for text in texts(anna) if text.startswith("Самоанализ")]


async def test_a_sitting_has_three_questions(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "education")
    await puts(sqlite_play, anna, Place("home"))
    await anna.presses("Заполнить ещё немного")
    for ask in ("Какое у вас образование?", "Сколько полных лет", "квалификационная категория"):
        await anna.sees(ask)
        await anna.presses("Пропустить")
    await anna.sees("На сегодня хватит. Осталось")
