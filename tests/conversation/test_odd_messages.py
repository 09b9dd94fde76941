"""What is no answer and no button: stickers, files, edits, emptiness, right-to-left, HTML, blocking."""

import pytest

from bot.phone.person import Person
from tests.conversation.given import ONE_LOOP, bring, facts_of
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

NOT_TEXT = "Спасибо, но здесь я понимаю только текст и кнопки."


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "audio", "document", "animation"])
async def test_a_file_is_no_answer_even_with_a_caption(sqlite_play: Play, kind: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    before = await facts_of(sqlite_play, anna)
    await anna.sends_file("mine.bin", b"data", kind=kind, caption="учитель")
    shown = await anna.sees(NOT_TEXT)
    assert "Кем вы работаете?" in shown.text
    assert await facts_of(sqlite_play, anna) == before


async def test_a_sticker_and_a_contact_are_no_answers(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "ust_ilimsk", "phone")
    before = await facts_of(sqlite_play, anna)
    await anna.sends_sticker()
    await anna.sees(NOT_TEXT)
    await anna.sends_contact()
    await anna.settled()
    assert await facts_of(sqlite_play, anna) == before


async def test_an_edited_message_is_noticed_and_the_first_answer_stays(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("учитель")
    await anna.sees("✓ Должность: учитель")
    await anna.edits_own("завуч")
    shown = await anna.sees("Вижу, что вы поправили сообщение, но записан прежний ответ")
    assert "Какой предмет" in shown.text
    assert (await facts_of(sqlite_play, anna)).text("position") == "учитель"


async def test_an_edited_command_does_nothing_either(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("учитель")
    await anna.sees("✓ Должность")
    await anna.edits_own("/cancel")
    await anna.sees("Вижу, что вы поправили сообщение")


async def test_four_thousand_characters_are_too_long_and_said_so(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("у" * 4096)
    await anna.sees("Получилось 4096 знаков, а помещается 120")


EMPTY = [
    "\u200b\u200b\u200b",
    "\u2800\u2800\u2800",
    "...",
    "   .   ",
    "\u202e\u202d\u200f",
    "\ufeff" * 5,
]


@pytest.mark.parametrize("text", EMPTY)
async def test_what_looks_empty_is_no_answer(sqlite_play: Play, text: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    before = await facts_of(sqlite_play, anna)
    await anna.says(text)
    await anna.settled()
    await anna.sees("Кем вы работаете?")
    assert await facts_of(sqlite_play, anna) == before


HOSTILE = [
    "<b>учитель</b> & Co",
    "</i>{{7*7}}<script>",
    "учитель 🙂👩‍🏫",
    "\u202eручитель",
    "معلّم",
    "a&lt;b",
    "%s %(x)s {x}",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_text_is_stored_and_shown_as_it_was_typed(sqlite_play: Play, text: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says(text)
    await anna.sees(f"✓ Должность: {text}")
    assert (await facts_of(sqlite_play, anna)).text("position") == text
    await _looks_everywhere(anna, text)


async def _looks_everywhere(anna: Person, text: str) -> None:
    """Back at the question and in the summary it is still the same text."""
    await anna.presses("Назад")
    await anna.sees(f"Сейчас записано: {text}")
    await anna.says("/menu")
    await anna.presses("Сводка")
    await anna.presses("Работа")
    await anna.sees(f"Должность: {text}")


async def test_hostile_text_may_name_a_row_and_a_button(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "courses")
    await anna.presses("Добавить")
    await anna.says("<b>Курс</b> & {{7*7}} 🙂")
    for ask in ("Где вы учились?", "Сколько часов", "В каком году"):
        await anna.sees(ask)
        await anna.presses("Пропустить")
    await anna.presses("<b>Курс</b> & {{7*7}} 🙂")
    await anna.sees("Программа курса: <b>Курс</b> & {{7*7}} 🙂")


async def test_who_blocked_the_bot_comes_back_to_the_same_place(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    before = await facts_of(sqlite_play, anna)
    await anna.blocks_bot()
    await anna.settled()
    await anna.start()
    await anna.presses("Продолжить карту")
    await anna.sees("Что чаще всего мешает здесь?")
    assert await facts_of(sqlite_play, anna) == before


async def test_a_line_with_line_breaks_becomes_one_line(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("учитель\nматематики\n\n и физики")
    await anna.sees("✓ Должность: учитель математики и физики")


async def test_a_text_keeps_its_lines(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "education")
    await anna.says("Высшее, 2008\nМагистратура, 2015")
    await anna.sees("✓ Образование: Высшее, 2008\nМагистратура, 2015")


async def test_two_answers_sent_in_a_row_answer_two_questions(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("учитель")
    await anna.says("математика")
    await anna.sees("✓ Предмет: математика")
    assert (await facts_of(sqlite_play, anna)).text("position") == "учитель"
