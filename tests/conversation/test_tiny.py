"""A third regulation, other blocks and levels and tables: the same bot walks it to its draft and card."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.iom.facts import Facts
from tests.conversation.given import ONE_LOOP, bring, facts_of, here, newcomer
from tests.conversation.stages import stage_of
from tests.databases import Databases
from tests.documents.reading import docx_text
from tests.regulations.given import given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

TINY = given("tiny")
FOLDER = Path(__file__).parents[1] / "regulations"


@pytest_asyncio.fixture(loop_scope="module")
async def play(databases: Databases, tmp_path: Path) -> AsyncIterator[Play]:
    """A bot whose only regulation is the tiny one."""
    async with databases.url("sqlite", tmp_path, empty=True) as url, stage_of(url, FOLDER) as running:
        yield running


async def test_only_the_regulations_of_the_folder_are_offered(play: Play) -> None:
    anna = newcomer(play)
    await anna.start()
    await anna.presses("Согласен")
    screen = await anna.sees("По какому положению")
    assert [[b.text for b in row] for row in screen.buttons] == [["Карта наставляемого", "Образец"]]


async def test_it_is_walked_to_the_draft_and_the_card(play: Play) -> None:
    anna = newcomer(play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.presses("Карта наставляемого")
    await anna.sees("9 коротких вопросов – и черновик готов")
    await anna.sees("Каким педагогом вы хотите стать?")
    await anna.says("Спокойно веду любой класс, дети приходят с вопросами")
    for number in range(1, 10):
        await anna.sees(f"({number} из 9)")
        await anna.presses("Пробую" if number == 4 else "Умею")
    for ask, says in DRAFT:
        await anna.sees(ask)
        await anna.says(says)
    await anna.sees("Что поможет вырасти?")
    await anna.presses("Пропустить")
    for ask, says in (
        ("Что вы создадите?", "сценарий классного часа"),
        ("Где покажете", "Совет наставников"),
    ):
        await anna.sees(ask)
        await anna.says(says)
    file = await anna.sees_document("IOM-tiny-draft.docx")
    await anna.sees("Черновик готов")
    holds(await facts_of(play, anna))
    for words in ("РАССМОТРЕНО", "Спокойно веду любой класс", "Недостаточный уровень психолого", "Пробы"):
        assert words in docx_text(file.data)


DRAFT = (
    ("Начнём с этого: поддержка детей и родителей", "поддержка детей и родителей"),
    ("Какую задачу поставим?", "Освоить педагогическое наблюдение"),
    ("По чему поймём", "2 открытых занятия"),
    ("На сколько лет строим маршрут?", "4 года"),
)


def holds(facts: Facts) -> None:
    """What the table holds of this walk."""
    assert facts.text("growth_point", facts.rows("growth")[0].id) == "psych_ped"
    levels = facts.value("self_scores", facts.rows("diagnoses")[0].id)
    assert isinstance(levels, dict)
    assert set(levels) == set(TINY.blocks)
    assert facts.value("term") == {"from": "2026-12-01", "to": "2030-11-30"}


async def test_a_longer_term_than_advised_is_taken_and_told_with_its_clause(play: Play) -> None:
    anna = await bring(play, "tiny", "term")
    await anna.says("10 лет")
    shown = await anna.sees("Записал: ")
    assert "это дольше, чем советует положение. 003 п. 4.2.1" in shown.text
    facts = await facts_of(play, anna)
    assert facts.value("term")


async def test_its_own_table_is_filled_row_by_row(play: Play) -> None:
    anna = await bring(play, "tiny", "try_more")
    await anna.presses("Добавить")
    for ask, says in (("Что попробуете?", "Урок в лесу"), ("Когда?", "12.10.2026"), ("Сколько часов", "4")):
        await anna.sees(ask)
        await anna.says(says)
    await anna.sees("Пробы: 1")
    facts = await facts_of(play, anna)
    row = facts.rows("trials")[0].id
    assert [facts.value(key, row) for key in ("trial", "trial_on", "trial_hours")] == [
        "Урок в лесу",
        "2026-10-12",
        4,
    ]


async def test_a_question_depends_on_the_answer_of_another(play: Play) -> None:
    needs, has = [await bring(play, "tiny", "wants_mentor") for _ in range(2)]
    await needs.presses("Нужен")
    await needs.sees("В чём наставник поможет в первую очередь?")
    await has.presses("Уже есть")
    await has.sees("✓ Наставник: закреплён")
    has.never_sees("В чём наставник поможет")


async def test_nine_points_of_growth_come_three_at_a_time(play: Play) -> None:
    anna = await bring(play, "tiny", "growth_point")
    seen: list[str] = []
    for _ in range(3):
        await anna.sees_button("Ещё")
        seen += [b.text for row in here(anna).buttons for b in row if b.text not in {"Ещё", "Назад"}]
        await anna.presses("Ещё")
        await anna.settled()
    assert sorted(seen) == sorted(block.chat for block in TINY.block)
