"""The linter notices what Telegram would ignore or refuse, and never changes a reply."""

from typing import Any

import pytest

from bot.phone.linter import lint
from bot.phone.params import Params, Upload


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 1, "text": "[не JSON]", "parse_mode": "HTML"}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": []}}),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": {"is_disabled": True}}),
        ("getUpdates", {"offset": "5", "timeout": "10", "allowed_updates": ["message"]}),
        ("setChatMenuButton", {"menu_button": {"type": "commands"}}),
        ("sendDocument", {"chat_id": 1, "document": "attach://abc"}),
        ("sendDice2", {"anything": 1}),
    ],
)
def test_a_good_call_is_silent(method: str, params: dict[str, Any]) -> None:
    assert lint(method, Params.of(params)) == []


def test_an_upload_under_its_own_name_is_a_parameter() -> None:
    params = Params({"chat_id": "1"}, {"document": Upload("a.pdf", b"x")})
    assert lint("sendDocument", params) == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"chat_id": 1, "text": "x", "colour": "red"}, "unknown parameter colour"),
        ({"chat_id": 1}, "parameter text: Field required"),
        ({"chat_id": 1, "text": "x", "reply_markup": [1]}, "parameter reply_markup"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "colour": 1}]]}},
            "unknown parameter reply_markup.inline_keyboard[0][0].colour",
        ),
    ],
)
def test_a_bad_call_is_told(params: dict[str, Any], words: str) -> None:
    assert lint("sendMessage", Params.of(params))[0].startswith(words)
