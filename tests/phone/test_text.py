"""Texts and captions: what is refused, with which words, and what comes back changed."""

from typing import Any

import pytest

from bot.phone.person import Person
from tests.phone.api import Api


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "Bad Request: message text is empty"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n\u200b"}, "Bad Request: text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "я" * 4097}, "Bad Request: message is too long"),
        ({"text": "я" * 16_385}, "Bad Request: text is too long"),
        ({"text": "x", "parse_mode": "bbcode"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "a<br>", "parse_mode": "html"},
            'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 1',
        ),
    ],
)
async def test_a_text_is_refused(api: Api, anna: Person, params: dict[str, Any], words: str) -> None:
    assert await api.refusal("sendMessage", chat_id=anna.id, **params) == words


async def test_a_bad_text_to_an_unknown_chat_reports_the_text(api: Api) -> None:
    assert await api.refusal("sendMessage", chat_id=5, text="") == "Bad Request: message text is empty"
    assert await api.refusal("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"


async def test_the_limit_counts_characters_after_parsing(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="<b>" + "🏟" * 4096 + "</b>", parse_mode="HTML")
    assert len(anna.screen.text) == 4096


async def test_a_text_comes_back_trimmed_with_shifted_entities(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text=" \n <b>я</b> \n ", parse_mode="HTML")
    assert sent["text"] == "я"
    assert sent["entities"] == [{"offset": 0, "length": 1, "type": "bold"}]


async def test_spaces_under_an_entity_stay_on_the_left(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text=" <b> я</b>", parse_mode="HTML")
    assert sent["text"] == " я"


async def test_parse_mode_wins_over_entities(api: Api, anna: Person) -> None:
    given = [{"type": "italic", "offset": 0, "length": 1}]
    plain = await api("sendMessage", chat_id=anna.id, text="я", entities=given)
    assert plain["entities"] == given
    parsed = await api("sendMessage", chat_id=anna.id, text="я", entities=given, parse_mode="HTML")
    assert "entities" not in parsed


async def test_the_two_strings_of_a_long_text_differ(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="x")
    words = await api.refusal(
        "editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="я" * 4097
    )
    assert words == "Bad Request: MESSAGE_TOO_LONG"


async def test_the_two_strings_of_a_long_caption_differ(api: Api, anna: Person) -> None:
    file = {"document": ("a.pdf", b"x")}
    long = "я" * 1025
    words = await api.refusal("sendDocument", file, chat_id=anna.id, caption=long)
    assert words == "Bad Request: message caption is too long"
    sent = await api("sendDocument", file, chat_id=anna.id)
    words = await api.refusal(
        "editMessageCaption", chat_id=anna.id, message_id=sent["message_id"], caption=long
    )
    assert words == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def test_markdown_is_a_violation_not_an_imitation(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="*я*", parse_mode="MarkdownV2")
    assert anna.screen.text == "*я*"
    assert api.telegram.violations == ["Markdown is not emulated: the text was taken as it is"]
