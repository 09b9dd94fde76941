"""Keyboards: refused, silently dropped, or only ugly."""

from typing import Any

import pytest

from bot.phone.person import Person
from tests.phone.api import Api, button, inline

BUTTON = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "Bad Request: can't parse reply keyboard markup JSON object"),
        ("[]", "Bad Request: object expected as reply markup"),
        ({"inline_keyboard": None}, 'Bad Request: field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [{}]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["x"]}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        (inline([{"text": "x"}]), BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (inline([button("x", "")]), BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (inline([{"callback_data": "x"}]), BUTTON + 'Can\'t find field "text"'),
        (inline([button("x", "я" * 33)]), "Bad Request: BUTTON_DATA_INVALID"),
        (
            inline([{"text": "x", "url": "x y"}]),
            "Bad Request: inline keyboard button URL 'x y' is invalid: Wrong HTTP URL",
        ),
        (inline(*[[button("x")] * 8] * 13), "Bad Request: reply markup is too long"),
        (inline(*[[button("я" * 80)]] * 60), "Bad Request: reply markup is too long"),
    ],
)
async def test_a_keyboard_is_refused(api: Api, anna: Person, markup: Any, words: str) -> None:
    assert await api.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup) == words


async def test_64_bytes_of_data_and_100_buttons_pass(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=inline([button("x", "я" * 32)]))
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=inline(*[[button("x")] * 5] * 20))
    assert api.telegram.violations == []


async def test_buttons_without_text_are_dropped_and_noted(api: Api, anna: Person) -> None:
    markup = inline([button(""), button("Да")], [button("")])
    sent = await api("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    assert sent["reply_markup"] == inline([button("Да")])
    assert api.telegram.violations == ["keyboard: 1 button(s) with empty text dropped"] * 2


async def test_a_keyboard_that_lost_all_its_buttons_is_none(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="x", reply_markup=inline([button("")]))
    assert "reply_markup" not in sent


async def test_a_wide_row_is_noted_and_cut_after_twelve(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=inline([button("x")] * 13))
    assert len(anna.screen.buttons[0]) == 12
    assert api.telegram.violations == [
        "keyboard: 13 buttons in a row, phones show 8",
        "keyboard: 1 button(s) cut off silently",
    ]


async def test_the_first_of_several_actions_wins(api: Api, anna: Person) -> None:
    both = button("x") | {"url": "https://x.ru"}
    sent = await api("sendMessage", chat_id=anna.id, text="x", reply_markup=inline([both]))
    assert sent["reply_markup"] == inline([{"text": "x", "url": "https://x.ru/"}])


async def test_a_contact_is_asked_for_in_private_only(api: Api) -> None:
    api.telegram.group(-5, "Отдел")
    markup = {"keyboard": [[{"text": "Телефон", "request_contact": True}]]}
    words = await api.refusal("sendMessage", chat_id=-5, text="x", reply_markup=markup)
    assert words == "Bad Request: phone number can be requested in private chats only"


async def test_a_reply_keyboard_stays_until_removed_and_freezes_its_message(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="x", reply_markup={"keyboard": [["Да"]]})
    assert "reply_markup" not in sent
    assert anna.screen.keyboard[0][0].text == "Да"
    words = await api.refusal("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="y")
    assert words == "Bad Request: message can't be edited"
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup={"remove_keyboard": True})
    assert anna.screen.keyboard == []
