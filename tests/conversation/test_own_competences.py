"""A teacher under 004 names competences of her own: the phone says, the screen shows, the table holds."""

import pytest

from bot.iom.card import card_of
from bot.iom.facts import Value
from bot.iom.own_competences import own_id
from bot.phone.person import Person
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, texts
from tests.regulations.given import given
from tests.rules.tree import column, table
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

U = "ust_ilimsk"
TALK = "Умение вести диалог"
LONG = "Умение выстраивать партнёрское взаимодействие с родителями детей раннего возраста в период адаптации"
NAMING, REFUSED = "Как называется компетенция?", "Это не похоже на название компетенции"


async def stored(play: Play, person: Person) -> Value:
    """Her results, None when there are none."""
    facts = await facts_of(play, person)
    rows = facts.rows("diagnoses")
    return facts.value("scores", rows[0].id) if rows else None


async def test_she_names_one_and_taps_its_level(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.presses("Своя компетенция")
    await vera.sees(NAMING)
    await vera.says(TALK)
    await vera.sees(f"{TALK}: выберите или напишите значение")
    assert await stored(sqlite_play, vera) is None, "nothing before the level is known"
    assert {"низкий", "средний", "высокий"} <= set(texts(vera))
    await vera.presses("низкий")
    await vera.sees_button(f"{TALK}: низкий")
    assert await stored(sqlite_play, vera) == {TALK: {"level": "low"}}


async def test_she_types_several_at_once(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says(f"С средний 64 %, {TALK} 45 % средний\nРечь – высокий")
    await vera.sees_button(f"{TALK}: средний 45\u00a0%")
    await vera.sees_button("Содержание дошкольного образования: средний 64\u00a0%")
    await vera.sees_button("Речь: высокий")
    assert await stored(sqlite_play, vera) == {
        "subject": {"level": "medium", "percent": 64},
        TALK: {"level": "medium", "percent": 45},
        "Речь": {"level": "high"},
    }


async def test_its_level_is_changed_and_it_is_taken_out_again(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says(f"{TALK} низкий 30 %, С высокий")
    await vera.presses(f"{TALK}: низкий")
    await vera.presses("средний")
    await vera.sees_button(f"{TALK}: средний 30\u00a0%")
    await vera.presses(f"{TALK}: средний")
    await vera.says("высокий 90")
    await vera.sees_button(f"{TALK}: высокий 90\u00a0%")
    await vera.presses(f"{TALK}: высокий")
    await vera.presses("Убрать")
    await vera.sees(f"Удалено: {TALK}")
    await vera.sees_button("Содержание дошкольного образования: высокий")
    assert not [label for label in texts(vera) if label.startswith(TALK)]
    assert await stored(sqlite_play, vera) == {"subject": {"level": "high"}}


async def test_the_last_one_taken_out_leaves_the_question_open(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says(f"{TALK} низкий")
    await vera.presses(f"{TALK}: низкий")
    await vera.says("убрать")
    await vera.sees(f"Удалено: {TALK}")
    assert "Дальше" not in texts(vera)
    assert await stored(sqlite_play, vera) is None
    await vera.presses("Пропустить")
    await vera.sees("С какой точки роста начнём?")


async def test_a_block_has_nothing_to_take_out_and_back_closes_what_is_open(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says("С высокий")
    await vera.presses("Содержание дошкольного образования: высокий")
    assert "Убрать" not in texts(vera)
    await vera.presses("Назад")
    await vera.presses("Своя компетенция")
    await vera.presses("Назад")
    await vera.sees_button("Своя компетенция")


async def test_the_name_of_a_block_opens_the_block(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.presses("Своя компетенция")
    await vera.says("икт-компетентность")
    await vera.sees("ИКТ-компетентность: выберите или напишите значение")
    await vera.presses("высокий")
    await vera.sees_button("ИКТ-компетентность: высокий")
    assert await stored(sqlite_play, vera) == {"ict": {"level": "high"}}


async def test_a_percent_alone_is_refused_kindly(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    for words in ("64 %", "С 64 %", f"{TALK} 64 %"):
        await vera.says(words)
        refused = await vera.sees("процент в уровень не переводится, добавьте к нему слово уровня")
        assert f"Пример: {given(U).questions['scores'].example}" in refused.text
    await vera.presses("Содержание дошкольного образования")
    await vera.says("64")
    await vera.sees("процент в уровень не переводится")
    assert await stored(sqlite_play, vera) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("ум", REFUSED),
        ("2026", REFUSED),
        ("{{7*7}}", REFUSED),
        ("🙂🙂🙂", REFUSED),
        ("средний", REFUSED),
        ("я" * 121, REFUSED),
        ("я" * 4000, REFUSED),
    ],
)
async def test_what_is_no_name_is_refused_and_asked_again(sqlite_play: Play, words: str, reason: str) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.presses("Своя компетенция")
    await vera.says(words)
    refused = await vera.sees(reason)
    assert NAMING in refused.text
    assert await stored(sqlite_play, vera) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("<b>игра</b>", "<b>игра</b>"),
        ("игра {{7*7}}", "игра {{7*7}}"),
        ("игра 🙂 дома", "игра 🙂 дома"),
        ("\u202eигра\u200b", "игра"),
        ("שיחה עם ילדים", "שיחה עם ילדים"),
        ("'; DROP TABLE answer; --", "'; DROP TABLE answer"),
        (LONG, LONG),
        ("Я" * 120, "Я" * 120),
    ],
)
async def test_a_strange_name_goes_all_the_way(sqlite_play: Play, typed: str, name: str) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.presses("Своя компетенция")
    await vera.says(typed)
    await vera.sees(f"{name}: выберите")
    await vera.presses("низкий")
    await vera.sees_button("Дальше")
    assert any(label.endswith(": низкий") for label in texts(vera)), "the level is seen behind a long name"
    assert await stored(sqlite_play, vera) == {name: {"level": "low"}}
    await vera.presses("Дальше")
    await vera.sees("С какой точки роста начнём?")
    await vera.presses(texts(vera)[0])
    await vera.sees("Что чаще всего мешает здесь?")
    facts = await facts_of(sqlite_play, vera)
    assert facts.text("growth_point", facts.rows("growth")[0].id) == name


async def test_the_weakest_is_her_own_and_leads_to_the_draft(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says(f"С высокий, М средний, {TALK} – низкий 30 %")
    await vera.presses("Дальше")
    await vera.sees(f"Начнём с этого: {TALK}.")
    await vera.presses(TALK)
    await vera.presses("Пропустить")
    await vera.sees("Какую задачу поставим?")
    assert not set(texts(vera)) - {"Назад", "Пример"}, "no block, no suggestions"
    await vera.says("Освоить приёмы открытых вопросов")
    await vera.says("5 занятий с листом наблюдения")
    await vera.says("год")
    await vera.sees("Что поможет вырасти?")
    offered = [label for label in texts(vera) if label.startswith("＋")]
    assert len(offered) == 3
    await vera.presses(offered[0])
    await vera.sees_button("Готово")
    await vera.presses("Готово")
    facts = await facts_of(sqlite_play, vera)
    made = card_of(given(U), facts)
    assert column(table(made, "низкий"), "Компетенции")[-1] == TALK
    assert column(table(made, "низкий"), "низкий") == ["", "", "30 %"]
    wording = f"Недостаточный уровень компетенции: {TALK}"
    assert table(made, "Выявленные дефициты").rows == ((wording, "Освоить приёмы открытых вопросов"),)
    roadmap = table(made, "Дефициты, на устранение которых направлено мероприятие")
    assert column(roadmap, "Дефициты, на устранение которых направлено мероприятие") == [wording]


async def test_rows_and_summary_show_it(sqlite_play: Play) -> None:
    vera = await bring(
        sqlite_play, U, "growth_more", scores=f"{TALK} низкий, С средний 64 %", growth_point=TALK
    )
    await vera.sees_button(TALK)
    await vera.presses(TALK)
    await vera.sees(TALK)
    await vera.says("/menu")
    await vera.presses("Сводка")
    await vera.presses("Диагностика")
    await vera.sees(f"С средний 64\u00a0%, {TALK} – низкий")
    await vera.presses("Диагностики")
    await vera.presses(f"С средний 64\u00a0%, {TALK}")
    await vera.presses("Результаты по компетенциям")
    await vera.presses(f"{TALK}: низкий")
    await vera.presses("высокий")
    await vera.sees_button(f"{TALK}: высокий")
    await vera.presses("Дальше")
    await vera.sees(f"Результаты по компетенциям: С средний 64\u00a0%, {TALK} – высокий")


async def test_the_official_wording_is_ready_to_be_corrected(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "wording", scores=f"{TALK} низкий", growth_point=TALK)
    await vera.sees("Как записать эту точку роста в карту официально?")
    await vera.sees(f"Сейчас записано: Недостаточный уровень компетенции: {TALK} (")


async def test_forged_presses_do_nothing(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    await vera.says(f"{TALK} низкий")
    await vera.sees_button(f"{TALK}: низкий")
    before = await facts_of(sqlite_play, vera)
    for verb, arg in (
        ("part", own_id("Другое")),
        ("part", "own-"),
        ("pick", f"{own_id('Другое')}.low"),
        ("remove_competence", ""),
    ):
        await vera.presses(data=forged(vera, verb, arg), stale=True)
        await vera.settled()
    assert await facts_of(sqlite_play, vera) == before


async def test_percent_scales_have_no_such_button(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "scores")
    assert "Своя компетенция" not in texts(anna)
    await anna.presses(data=forged(anna, "own_competence"), stale=True)
    await anna.settled()
    assert NAMING not in here(anna).text
    await anna.says(f"{TALK} – средний")
    await anna.sees("Не записал")
    await anna.says("П 49")
    await anna.sees_button("Предметные: 49")
