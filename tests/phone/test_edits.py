"""Edits, deletions and answers to presses."""

import pytest

from bot.phone.person import Person
from tests.phone.api import Api, button, inline

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
FROM_ANNA = {"from_chat_id": 1001, "message_id": 7}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def sent(api: Api, anna: Person, text: str = "x") -> int:
    message = await api("sendMessage", chat_id=anna.id, text=text, reply_markup=inline([button("Да", "yes")]))
    return int(message["message_id"])


async def test_an_edit_changes_the_screen_and_drops_the_keyboard(api: Api, anna: Person) -> None:
    number = await sent(api, anna)
    edited = await api("editMessageText", chat_id=anna.id, message_id=number, text="y")
    assert edited["edit_date"]
    assert (anna.screen.text, anna.screen.buttons) == ("y", [])
    assert [entry.text for entry in anna.screen.transcript if entry.who == "bot"] == ["x", "y"]


async def test_the_same_again_is_not_modified_even_if_spelled_otherwise(api: Api, anna: Person) -> None:
    number = await sent(api, anna)
    keyboard = inline([button("Да", "yes")])
    words = await api.refusal(
        "editMessageText", chat_id=anna.id, message_id=number, text="x  \n", reply_markup=keyboard
    )
    assert words == NOT_MODIFIED
    words = await api.refusal(
        "editMessageReplyMarkup", chat_id=anna.id, message_id=number, reply_markup=keyboard
    )
    assert words == NOT_MODIFIED


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("editMessageText", {"text": "y", "message_id": 7}, "Bad Request: message to edit not found"),
        ("editMessageText", {"text": "y"}, "Bad Request: message identifier is not specified"),
        ("editMessageText", {"text": "y", "inline_message_id": "q"}, "Bad Request: MESSAGE_ID_INVALID"),
        ("deleteMessage", {"message_id": 7}, "Bad Request: message to delete not found"),
        ("copyMessage", FROM_ANNA, "Bad Request: message to copy not found"),
        (
            "forwardMessage",
            {"from_chat_id": 1001, "message_id": 7},
            "Bad Request: message to forward not found",
        ),
        ("pinChatMessage", {"message_id": 7}, "Bad Request: message to pin not found"),
        (
            "sendMessage",
            {"text": "y", "reply_parameters": {"message_id": 7}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_a_message_is_not_found(
    api: Api, anna: Person, method: str, params: dict[str, object], words: str
) -> None:
    assert await api.refusal(method, chat_id=anna.id, **params) == words


async def test_others_messages_and_other_kinds_are_not_edited(api: Api, anna: Person) -> None:
    mine = anna.messages[0].message_id
    words = await api.refusal("editMessageText", chat_id=anna.id, message_id=mine, text="y")
    assert words == "Bad Request: message can't be edited"
    words = await api.refusal(
        "editMessageCaption", chat_id=anna.id, message_id=await sent(api, anna), caption="y"
    )
    assert words == "Bad Request: there is no caption in the message to edit"
    file = await api("sendDocument", {"document": ("a.pdf", b"x")}, chat_id=anna.id)
    words = await api.refusal("editMessageText", chat_id=anna.id, message_id=file["message_id"], text="y")
    assert words == "Bad Request: there is no text in the message to edit"


async def test_only_an_inline_keyboard_fits_an_edit(api: Api, anna: Person) -> None:
    number, markup = await sent(api, anna), {"keyboard": [["x"]]}
    words = await api.refusal(
        "editMessageText", chat_id=anna.id, message_id=number, text="y", reply_markup=markup
    )
    assert words == "Bad Request: inline keyboard expected"


async def test_a_message_older_than_two_days_is_edited_but_not_deleted(api: Api, anna: Person) -> None:
    number = await sent(api, anna)
    api.telegram.clock.advance(49 * 3600)
    await api("editMessageText", chat_id=anna.id, message_id=number, text="y")
    words = await api.refusal("deleteMessage", chat_id=anna.id, message_id=number)
    assert words == "Bad Request: message can't be deleted for everyone"


async def test_many_are_deleted_at_once_and_the_missing_skipped(api: Api, anna: Person) -> None:
    numbers = [await sent(api, anna), await sent(api, anna)]
    await api("deleteMessages", chat_id=anna.id, message_ids=[*numbers, 7])
    assert anna.screen.message is None


async def test_a_copy_and_a_forward_carry_the_file(api: Api, anna: Person) -> None:
    first = await api("sendDocument", {"document": ("a.pdf", b"x")}, chat_id=anna.id)
    origin = {"chat_id": anna.id, "from_chat_id": anna.id, "message_id": first["message_id"]}
    assert (await api("copyMessage", **origin))["message_id"] > first["message_id"]
    assert "forward_origin" in await api("forwardMessage", **origin)
    assert [file.name for file in anna.documents] == ["a.pdf"] * 3


async def test_a_press_is_answered_in_time_once(api: Api, anna: Person) -> None:
    await sent(api, anna)
    await anna.presses("Да")
    press = await api.press()
    assert (press["data"], press["from"]["id"], press["message"]["text"]) == ("yes", anna.id, "x")
    answer = {"callback_query_id": press["id"]}
    assert (
        await api.refusal("answerCallbackQuery", text="я" * 201, **answer) == "Bad Request: MESSAGE_TOO_LONG"
    )
    await api("answerCallbackQuery", text="Принято", **answer)
    assert await anna.sees_toast("Принято")
    assert await api.refusal("answerCallbackQuery", **answer) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="5") == TOO_OLD
    assert api.telegram.violations == []


async def test_an_answer_after_15_seconds_is_too_late(api: Api, anna: Person) -> None:
    await sent(api, anna)
    await anna.presses("Да")
    press = await api.press()
    api.telegram.clock.advance(16)
    assert await api.refusal("answerCallbackQuery", callback_query_id=press["id"]) == TOO_OLD


async def test_a_press_left_alone_for_15_seconds_is_a_violation(api: Api, anna: Person) -> None:
    await sent(api, anna)
    await anna.presses("Да")
    await api.press()
    assert api.telegram.violations == []
    api.telegram.clock.advance(16)
    assert api.telegram.violations == ["press 'yes' of 1001 was not within 15 s answered"]


async def test_an_old_press_is_gone_after_150_seconds_without_blame(api: Api, anna: Person) -> None:
    await sent(api, anna)
    await anna.presses("Да")
    api.telegram.clock.advance(151)
    assert await api("getUpdates") == []
    await anna.settled()
    assert api.telegram.violations == []


async def test_a_press_on_a_deleted_message_is_inaccessible(api: Api, anna: Person) -> None:
    number = await sent(api, anna)
    await api("deleteMessage", chat_id=anna.id, message_id=number)
    await anna.presses(data="yes", stale=True, message_id=number)
    press = await api.press()
    assert press["message"] == {"chat": anna.chat.json(), "message_id": number, "date": 0}


async def test_too_many_edits_for_one_press_are_a_violation(api: Api, anna: Person) -> None:
    number = await sent(api, anna)
    await anna.presses("Да")
    press = await api.press()
    await api("answerCallbackQuery", callback_query_id=press["id"])
    for text in "abcd":
        await api("editMessageText", chat_id=anna.id, message_id=number, text=text)
    assert api.telegram.violations == [f"message {number} edited more than 3 times per press"]
