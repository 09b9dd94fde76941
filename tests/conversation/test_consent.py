"""Consent is a text of its own: before it nothing personal is asked or stored; no is a friendly answer."""

from hashlib import sha256

import pytest

from bot.iom.people import Consent
from bot.phone.person import Person
from storage import consents
from tests.conversation.given import ONE_LOOP, OWN_LOOP, counted, id_of, in_words, newcomer, of_hers, stored
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

# An account without a name, and the place in the conversation: a bot can't do without.
BEFORE_CONSENT = {"person", "cursor"}
ALL_COMMANDS = ("menu", "help", "cancel", "card", "plan", "settings", "privacy", "start", "фокус")


async def in_use(play: Play, person: Person) -> set[str]:
    """The tables that hold anything of hers."""
    return await stored(play, lambda conn: set(of_hers(conn, person)))


async def test_the_first_screen_names_the_operator_and_asks(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    screen = await anna.sees("Вы согласны на хранение ответов?")
    assert "Школа «Проба»" in screen.text
    assert "/privacy" in screen.text
    assert [[b.text for b in row] for row in screen.buttons] == [["Согласен", "Не согласен"], ["Прочитать"]]


async def test_nothing_she_says_before_consent_is_stored(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    for words in ("Меня зовут Светлова Анна", "anna@example.org", "8 914 000-00-00"):
        await anna.says(words)
        await anna.sees("Здесь проще нажать одну из кнопок")
    await anna.sends_contact()
    await anna.sees("понимаю только текст")
    await anna.settled()
    assert await in_use(sqlite_play, anna) == BEFORE_CONSENT
    assert "Светлова" not in await stored(sqlite_play, in_words)


@OWN_LOOP
async def test_before_consent_no_table_of_the_database_is_in_use(play: Play) -> None:
    anna = newcomer(play)
    await anna.start()
    for words in ("Светлова", "нет", "/card", "/settings", "Всё-таки"):
        await anna.says(words)
    await anna.settled()
    beside = {"alembic_version", "event", "seen_update"}
    assert set(await stored(play, counted)) - beside == BEFORE_CONSENT


async def test_no_command_leads_past_consent_or_stores_anything(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    for command in ALL_COMMANDS:
        await anna.says(f"/{command}")
        await anna.settled()
    anna.never_sees("Кем вы работаете")
    anna.never_sees("По какому положению")
    assert await in_use(sqlite_play, anna) == BEFORE_CONSENT


async def test_forged_presses_do_not_lead_past_consent(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.sees("Вы согласны")
    for data in (
        "c:1:choose:stavropol",
        "c:1:next:",
        "c:1:print:final_docx",
        "c:1:zone:Asia/Omsk",
        "c:1:open:card",
    ):
        await anna.presses(data=data, stale=True)
        await anna.settled()
    assert await in_use(sqlite_play, anna) == BEFORE_CONSENT


@pytest.mark.parametrize("decline", ["Не согласен", "нет"])
async def test_declining_is_friendly_and_reversible(sqlite_play: Play, decline: str) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await (anna.says(decline) if decline == "нет" else anna.presses(decline))
    await anna.sees("Хорошо, ничего не храню")
    assert await in_use(sqlite_play, anna) == BEFORE_CONSENT
    await anna.presses("Всё-таки начать")
    await anna.presses("Согласен")
    await anna.sees("По какому положению")


async def test_after_declining_start_asks_again(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Не согласен")
    await anna.sees("ничего не храню")
    await anna.start()
    await anna.sees("Вы согласны")


@pytest.mark.parametrize("word", ["да", "Да!", "согласна", "СОГЛАСЕН.", "ок"])
async def test_a_typed_yes_counts_as_the_button(sqlite_play: Play, word: str) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.says(word)
    await anna.sees("По какому положению")
    assert await stored(sqlite_play, lambda conn: consents.current(conn, id_of(conn, anna), "storage"))


async def test_after_declining_a_typed_yes_is_enough(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.says("нет")
    await anna.sees("ничего не храню")
    await anna.says("да")
    await anna.sees("По какому положению")


async def test_other_words_are_no_consent(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.says("может быть")
    await anna.sees("Вы согласны")
    await anna.settled()
    assert await in_use(sqlite_play, anna) == BEFORE_CONSENT


async def test_the_whole_text_is_read_in_place_and_folded_again(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    first = await anna.sees("Вы согласны")
    await anna.presses("Прочитать")
    whole = await anna.sees("Согласие на хранение и обработку данных")
    assert whole.message_id == first.message_id
    for promise in ("Что хранится", "Зачем", "Кто видит", "Сколько", "Отказаться можно"):
        assert promise in whole.text
    await anna.presses("Назад")
    await anna.sees("Вы согласны")


async def test_version_hash_and_time_are_stored(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("По какому положению")
    given = await stored(sqlite_play, lambda conn: consents.current(conn, id_of(conn, anna), "storage"))
    whole = sqlite_play.app.words.text("consent_whole", {"operator": "Школа «Проба»"})
    version = sqlite_play.app.words.caption("consent_version")
    digest = sha256(whole.encode()).hexdigest()
    assert given == Consent("storage", version, digest, sqlite_play.clock.now())


async def test_agreeing_twice_in_a_hurry_stores_one_consent(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.presses("Согласен", hurry=True)
    await anna.sees("По какому положению")
    await anna.settled()
    assert (await stored(sqlite_play, lambda conn: of_hers(conn, anna)))["consent"] == 1


async def test_help_privacy_and_menu_are_open_before_consent(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.says("/help")
    await anna.sees("Бот пишет бумагу")
    await anna.says("/privacy")
    await anna.sees("Согласия пока нет, ответов я не храню")
    await anna.says("/menu")
    await anna.sees("Что открыть?")


async def test_whoever_never_pressed_start_is_asked_for_consent_too(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.says("Здравствуйте")
    await anna.sees("Вы согласны")
