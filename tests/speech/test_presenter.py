"""The presenter in front of the strict local Telegram: edits, sends, files, answers, old presses."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from structlog.testing import capture_logs

from bot.iom.blocks import Document, Title
from bot.phone.faults import Fault
from bot.phone.person import Person
from bot.phone.server import Telegram
from bot.speech import presses
from bot.speech.presenter import LABEL_LIMIT, Presenter, Told, short
from bot.speech.screen import Button, CardFile, DataFile, Remark, Screen
from bot.speech.words import Words

NEXT = ((Button("next"), Button("open", "menu", word="menu")),)
MENU = Screen("menu", {}, NEXT)
OTHER = Screen("skipped", {"title": "Предмет"}, NEXT)
TEXTS = {
    "menu.j2": "Что открыть?",
    "skipped.j2": "{{ title }}: оставил строку для ручки.",
    "print_failed.j2": "Файл напечатать не получилось.",
    "out_of_date.j2": "Та кнопка уже не действует.",
    "buttons.toml": 'next = "Продолжить"\nmenu = "Меню"\nhome = "Домой"\n',
}
CARD = Document("Карта", (Title("Карта индивидуального образовательного маршрута"),))


class Remembered:
    """Uploads in memory."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.owners: list[int] = []

    async def find(self, key: str) -> str | None:
        return self.ids.get(key)

    async def keep(self, key: str, file_id: str, person_id: int) -> None:
        self.ids[key] = file_id
        self.owners.append(person_id)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as running:
        yield running


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    yield Bot(telegram.token, session, DefaultBotProperties(parse_mode="HTML"))
    await (await session.create_session()).close()  # session.close() sleeps a quarter of a second


@pytest.fixture
def uploads() -> Remembered:
    return Remembered()


@pytest.fixture
def presenter(bot: Bot, uploads: Remembered, tmp_path: Path) -> Presenter:
    """Speaks a few words of its own: those of the bot may change."""
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, "utf-8")
    return Presenter(bot, Words(tmp_path), uploads)


@pytest.fixture
async def anna(telegram: Telegram) -> Person:
    person = telegram.person(1001, first_name="Анна")
    await person.start()
    return person


def told(anna: Person, screen: Screen | None = MENU) -> Told:
    return Told(anna.id, 7, 3, screen)


async def pressed(telegram: Telegram, anna: Person) -> str:
    """Anna presses the newest button; the id of her press, as the bot would get it."""
    await anna.presses("Продолжить", hurry=True)
    query = anna.chat.presses[-1]
    assert query.update is not None
    query.update.delivered_at = telegram.clock.now()
    return query.id


def methods(telegram: Telegram) -> list[str]:
    return [call.method for call in telegram.calls]


# --- Screens --------------------------------------------------------------------------------------------


async def test_a_screen_is_a_new_message_with_its_buttons(presenter: Presenter, anna: Person) -> None:
    shown = await presenter.speak(told(anna))
    assert shown == anna.screen.message_id
    assert anna.screen.text == "Что открыть?"
    assert [[button.text for button in row] for row in anna.screen.buttons] == [["Продолжить", "Меню"]]
    carried = [presses.unpack(button.data) for row in anna.screen.buttons for button in row]
    assert carried == [presses.Press(3, "next", ""), presses.Press(3, "open", "menu")]


async def test_told_to_edit_it_edits(presenter: Presenter, anna: Person) -> None:
    first = await presenter.speak(told(anna))
    second = await presenter.speak(replace(told(anna, OTHER), edit=first))
    assert second == first
    assert "Предмет" in anna.screen.text
    assert len([message for message in anna.messages if message.by_bot]) == 1


async def test_told_the_same_again_it_is_still_shown(presenter: Presenter, anna: Person) -> None:
    """«message is not modified» is no failure: a double tap shows what is there."""
    first = await presenter.speak(told(anna))
    assert await presenter.speak(replace(told(anna), edit=first)) == first


async def test_when_the_message_is_gone_a_new_one_is_sent(
    presenter: Presenter, anna: Person, bot: Bot
) -> None:
    first = await presenter.speak(told(anna))
    assert first is not None
    await bot.delete_message(anna.id, first)
    second = await presenter.speak(replace(told(anna, OTHER), edit=first))
    assert second is not None
    assert second > first
    assert "Предмет" in anna.screen.text


async def test_when_the_message_is_too_old_to_edit_a_new_one_is_sent(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    first = await presenter.speak(told(anna))
    telegram.faults.add(Fault("editMessageText", code=400, text="Bad Request: message can't be edited"))
    assert await presenter.speak(replace(told(anna, OTHER), edit=first)) == anna.screen.message_id != first


async def test_remarks_stand_above_the_screen(presenter: Presenter, anna: Person) -> None:
    remarks = (Remark("skipped", {"title": "Предмет"}), Remark("out_of_date"))
    await presenter.speak(replace(told(anna), remarks=remarks))
    parts = anna.screen.text.split("\n\n")
    assert parts[0].startswith("Предмет: оставил строку")
    assert parts[-1] == "Что открыть?"
    assert len(parts) == 3


async def test_hostile_words_arrive_as_words(presenter: Presenter, anna: Person) -> None:
    hostile = "<b>&\"' {{7*7}} \u202eабв 🎓"
    await presenter.speak(told(anna, Screen("skipped", {"title": hostile}, ((Button("x", label=hostile),),))))
    assert hostile in anna.screen.text
    assert anna.screen.buttons[0][0].text == hostile


async def test_a_screen_without_buttons_has_no_keyboard(presenter: Presenter, anna: Person) -> None:
    await presenter.speak(told(anna, Screen("menu")))
    assert anna.screen.buttons == []
    assert presenter.keyboard(Screen("menu", {}, ((), ())), 1) is None


async def test_empty_rows_are_left_out(presenter: Presenter) -> None:
    markup = presenter.keyboard(Screen("menu", {}, ((), (Button("home"),), ())), 1)
    assert markup is not None
    assert len(markup.inline_keyboard) == 1


async def test_a_button_without_words_is_a_defect(presenter: Presenter) -> None:
    with pytest.raises(KeyError, match="no_such_verb"):
        presenter.keyboard(Screen("menu", {}, ((Button("no_such_verb"),),)), 1)


async def test_who_blocked_the_bot_is_not_told_twice(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    await anna.blocks_bot()
    with pytest.raises(TelegramForbiddenError):
        await presenter.speak(told(anna))
    assert len(telegram.calls_of("sendMessage")) == 1


# --- Presses --------------------------------------------------------------------------------------------


async def test_a_press_is_answered(telegram: Telegram, presenter: Presenter, anna: Person) -> None:
    first = await presenter.speak(told(anna))
    query = await pressed(telegram, anna)
    await presenter.speak(replace(told(anna, OTHER), edit=first, query=query))
    assert telegram.calls_of("answerCallbackQuery")[-1].params["callback_query_id"] == query
    telegram.check()


async def test_a_press_is_answered_even_when_there_is_nothing_to_show(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    await presenter.speak(told(anna))
    query = await pressed(telegram, anna)
    assert await presenter.speak(replace(told(anna, None), query=query)) is None
    assert methods(telegram)[-1].lower() == "answercallbackquery"


async def test_a_press_too_old_to_be_answered_is_no_failure(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    await presenter.speak(told(anna))
    query = await pressed(telegram, anna)
    telegram.clock.advance(20)
    assert await presenter.speak(replace(told(anna, OTHER), query=query)) == anna.screen.message_id


async def test_a_press_is_answered_even_when_the_screen_fails(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    await presenter.speak(told(anna))
    query = await pressed(telegram, anna)
    telegram.faults.add(Fault("sendMessage", code=400, text="Bad Request: message is too long"))
    with pytest.raises(TelegramBadRequest, match="too long"):
        await presenter.speak(replace(told(anna, OTHER), query=query))
    assert len(telegram.calls_of("answerCallbackQuery")) == 1


async def test_another_refusal_of_an_answer_is_a_failure(
    telegram: Telegram, presenter: Presenter, anna: Person
) -> None:
    await presenter.speak(told(anna))
    query = await pressed(telegram, anna)
    telegram.faults.add(Fault("answerCallbackQuery", code=400, text="Bad Request: QUERY_ID_INVALID"))
    with pytest.raises(TelegramBadRequest, match="QUERY_ID_INVALID"):
        await presenter.speak(replace(told(anna, OTHER), query=query))


# --- Files ----------------------------------------------------------------------------------------------


async def test_a_file_comes_before_its_screen(telegram: Telegram, presenter: Presenter, anna: Person) -> None:
    screen = replace(MENU, file=DataFile(b"{}", "мои-данные.json"))
    shown = await presenter.speak(told(anna, screen))
    document = await anna.sees_document("мои-данные.json")
    assert document.data == b"{}"
    assert shown is not None
    assert document.message_id < shown
    assert shown == anna.screen.message_id, "the buttons stay at the bottom of the chat"
    assert [m.lower() for m in methods(telegram)] == ["sendchataction", "senddocument", "sendmessage"]


async def test_with_a_file_the_screen_is_a_new_message(presenter: Presenter, anna: Person) -> None:
    """An edited screen would stay above the file."""
    first = await presenter.speak(told(anna))
    screen = replace(MENU, file=DataFile(b"{}", "данные.json"))
    assert await presenter.speak(replace(told(anna, screen), edit=first)) != first


async def test_an_old_press_shows_the_screen_without_sending_its_file_again(
    presenter: Presenter, anna: Person
) -> None:
    screen = replace(MENU, file=DataFile(b"{}", "данные.json"))
    await presenter.speak(replace(told(anna, screen), fresh=False))
    assert anna.documents == []
    assert anna.screen.text == "Что открыть?"


@pytest.mark.parametrize(
    ("file", "begins"),
    [(CardFile(CARD, "docx", "карта.docx"), b"PK"), (CardFile(CARD, "pdf", "карта.pdf"), b"%PDF")],
    ids=["docx", "pdf"],
)
async def test_a_card_is_printed(presenter: Presenter, anna: Person, file: CardFile, begins: bytes) -> None:
    await presenter.speak(told(anna, replace(MENU, file=file)))
    assert anna.documents[0].name == file.name
    assert anna.documents[0].data.startswith(begins)


async def test_a_card_of_the_same_version_is_uploaded_once(
    telegram: Telegram, presenter: Presenter, anna: Person, uploads: Remembered
) -> None:
    screen = replace(MENU, file=CardFile(CARD, "docx", "карта.docx", "1.1.docx"))
    for _ in range(2):
        await presenter.speak(told(anna, screen))
    assert [document.name for document in anna.documents] == ["карта.docx"] * 2
    sent = telegram.calls_of("sendDocument")
    assert sent[1].params["document"] == uploads.ids["1.1.docx"]
    assert uploads.owners == [7], "it is deleted with the person"


async def test_a_file_telegram_has_forgotten_is_uploaded_again(
    presenter: Presenter, anna: Person, uploads: Remembered
) -> None:
    uploads.ids["1.1.docx"] = "BQACAgIAAxkBAAIB-from-another-bot"
    screen = replace(MENU, file=CardFile(CARD, "docx", "карта.docx", "1.1.docx"))
    await presenter.speak(told(anna, screen))
    assert [document.name for document in anna.documents] == ["карта.docx"]
    assert uploads.ids["1.1.docx"] != "BQACAgIAAxkBAAIB-from-another-bot"


async def test_another_refusal_of_a_file_is_a_failure(
    telegram: Telegram, presenter: Presenter, anna: Person, uploads: Remembered
) -> None:
    uploads.ids["1.1.docx"] = "BQACAgIAAxkBAAIB"
    telegram.faults.add(Fault("sendDocument", code=400, text="Bad Request: chat not found"))
    screen = replace(MENU, file=CardFile(CARD, "docx", "карта.docx", "1.1.docx"))
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await presenter.speak(told(anna, screen))


# --- Captions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Продолжить", "Продолжить"),
        ("я" * LABEL_LIMIT, "я" * LABEL_LIMIT),
        ("я" * 61, "я" * 59 + "…"),
        ("слово " * 20, ("слово " * 20)[:53] + "…"),
        ("Подготовка к олимпиадам, разбор заданий прошлых лет, – и зачёт", None),
        ("✓ " + "я" * 80, "✓ " + "я" * 57 + "…"),
    ],
)
def test_a_caption_is_cut_at_a_word(label: str, shown: str | None) -> None:
    cut = short(label)
    assert len(cut) <= LABEL_LIMIT
    assert shown is None or cut == shown
    assert len(label) <= LABEL_LIMIT or cut.endswith("…")
    assert not cut.removesuffix("…").endswith((" ", ",", "–"))


async def test_a_card_that_can_not_be_printed_is_not_promised(
    telegram: Telegram, presenter: Presenter
) -> None:
    anna = telegram.person(1001, first_name="Анна")
    anna.user.started = True
    broken = CardFile(Document("", (None,)), "docx", "card.docx")  # type: ignore[arg-type]
    with capture_logs():
        await presenter.speak(Told(1001, 1, 3, replace(MENU, file=broken)))
    await anna.sees("Файл напечатать не получилось")
    assert anna.documents == []
    assert [button.text for row in anna.screen.buttons for button in row] == ["Продолжить", "Меню"]
