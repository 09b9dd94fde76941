"""Commands work in any state: before consent, in the middle of a question, on any screen."""

import pytest

from tests.conversation.given import ONE_LOOP, bring, facts_of, here, newcomer, texts
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

SHOWN = {
    "start": "Черновик карты: шаг 6 из 12",
    "cancel": "Хорошо, остановились. Всё, что вы уже ответили, сохранено.",
    "menu": "Что открыть?",
    "card": "Черновик помечен на каждой странице",
    "plan": "В плане пока пусто",
    "help": "Отвечайте кнопкой или словами",
    "settings": "Часовой пояс",
    "privacy": "Ваши данные",
    "фокус": "Команды /фокус у меня нет. Есть /menu",
}
BEFORE = {
    "start": "Вы согласны",
    "cancel": "Вы согласны",
    "menu": "Что открыть?",
    "card": "Вы согласны",
    "plan": "Вы согласны",
    "help": "Отвечайте кнопкой или словами",
    "settings": "Вы согласны",
    "privacy": "Согласия пока нет",
    "фокус": "Команды /фокус у меня нет",
}


@pytest.mark.parametrize(("command", "words"), SHOWN.items())
async def test_in_the_middle_of_a_question_nothing_is_lost(
    sqlite_play: Play, command: str, words: str
) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    before = await facts_of(sqlite_play, anna)
    await anna.says(f"/{command}")
    await anna.sees(words)
    assert await facts_of(sqlite_play, anna) == before


@pytest.mark.parametrize(("command", "words"), BEFORE.items())
async def test_before_consent(sqlite_play: Play, command: str, words: str) -> None:
    anna = newcomer(sqlite_play)
    await anna.says(f"/{command}")
    await anna.sees(words)


@pytest.mark.parametrize(
    "command", ["menu", "help", "cancel", "card", "plan", "settings", "privacy", "start"]
)
async def test_before_a_regulation_is_chosen(sqlite_play: Play, command: str) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("По какому положению")
    await anna.says(f"/{command}")
    await anna.settled()
    wanted = {
        "menu": "Что открыть?",
        "help": "Бот пишет бумагу",
        "settings": "Часовой",
        "privacy": "Ваши данные",
    }
    assert wanted.get(command, "По какому положению") in here(anna).text


async def test_the_menu_offers_only_what_can_be_opened(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.says("/menu")
    await anna.sees("Что открыть?")
    assert not {"Сводка", "Моя карта", "План", "Разделы"} & set(texts(anna))
    boris = await bring(sqlite_play, "stavropol", "subject")
    await boris.says("/menu")
    await boris.sees("Что открыть?")
    assert {"Сводка", "Моя карта", "План", "Разделы", "Настройки", "Мои данные", "Помощь"} < set(texts(boris))


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Сводка", "Ваша карта по разделам"),
        ("Моя карта", "Черновик помечен"),
        ("План", "В плане пока пусто"),
        ("Разделы", "Заполняйте в любом порядке"),
        ("Настройки", "Часовой пояс"),
        ("Мои данные", "Ваши данные"),
        ("Помощь", "Бот пишет бумагу"),
        ("На главную", "Черновик карты: шаг 6 из 12"),
    ],
)
async def test_every_button_of_the_menu_opens_its_room(sqlite_play: Play, button: str, words: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    await anna.says("/menu")
    await anna.presses(button)
    await anna.sees(words)


async def test_home_leads_back_to_the_very_question(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    await anna.says("/cancel")
    await anna.presses("Продолжить карту")
    await anna.sees("Что чаще всего мешает здесь?")


async def test_a_command_is_known_with_the_name_of_the_bot_and_in_capitals(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    await anna.says("/HELP@iom_test_bot")
    await anna.sees("Бот пишет бумагу")
    await anna.says("/start abc_123")
    await anna.sees("Черновик карты")


async def test_a_slash_alone_is_a_word_like_any_other(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("/")
    await anna.sees("Слишком коротко")


async def test_an_unknown_command_quotes_little_of_what_was_typed(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await anna.says("/" + "<b>&" * 200)
    shown = await anna.sees("у меня нет")
    assert len(shown.text) < 600


async def test_at_home_words_are_answered_by_the_one_next_step(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    await anna.start()
    await anna.says("и что дальше?")
    await anna.sees("Здесь проще нажать одну из кнопок ниже")
    assert texts(anna) == ["Продолжить карту", "Меню"]
