"""Paths, tokens, encodings of parameters, letters of methods."""

import pytest

from bot.phone.errors import bad
from bot.phone.person import Person
from tests.phone.api import Api


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:AAAAAAAA/getMe", 401, "Unauthorized"),
        ("/bot1:AAAAAAAA", 404, "Not Found"),
        ("/file/bot1:AAAAAAAA/x", 401, "Unauthorized"),
    ],
)
async def test_a_wrong_door(api: Api, path: str, status: int, words: str) -> None:
    async with api.session.get(api.telegram.url + path) as response:
        envelope = await response.json()
    assert (response.status, envelope["error_code"], envelope["description"]) == (status, status, words)


async def test_an_unknown_method_is_404_and_a_violation(api: Api) -> None:
    assert await api.refusal("sendDice", chat_id=1) == "Not Found: method not found"
    assert api.telegram.violations == ["sendDice: the method is unknown or not modelled"]


async def test_a_method_in_any_case_and_parameters_in_any_place(api: Api, anna: Person) -> None:
    params: dict[str, str | int] = {"chat_id": anna.id, "text": "x"}
    async with api.session.get(api.url("SENDMESSAGE"), params=params) as response:
        assert response.status == 200
    async with api.session.post(api.url("sendmessage"), data=params) as response:
        assert response.status == 200
    async with api.session.post(api.url("sendMessage"), json=params) as response:
        assert response.status == 200
    async with api.session.post(
        api.url("sendMessage"), data="[", headers={"Content-Type": "application/json"}
    ) as r:
        assert r.status == 400
    assert [call.method for call in api.telegram.calls[:3]] == ["sendMessage"] * 3


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("Can't parse entities", "can't parse entities"),
        ("BUTTON_DATA_INVALID", "BUTTON_DATA_INVALID"),
        ("Message is too long", "message is too long"),
        ("X_Y", "X_Y"),
    ],
)
def test_the_first_letter_is_lowered_unless_the_second_is_large(words: str, sent: str) -> None:
    assert bad(words).description == f"Bad Request: {sent}"


@pytest.mark.parametrize(
    ("word", "alert"), [("True", "alert"), ("yes", "alert"), ("1", "alert"), ("да", "toast")]
)
async def test_three_words_mean_true(api: Api, anna: Person, word: str, alert: str) -> None:
    await anna.presses(data="x", stale=True, message_id=3)
    press = await api.press()
    await api("answerCallbackQuery", callback_query_id=press["id"], text="!", show_alert=word)
    assert anna.screen.transcript[-1].kind == alert
