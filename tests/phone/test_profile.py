"""What the bot says of itself: commands, menu button, names."""

from typing import Any

import pytest

from tests.phone.api import Api


def command(name: str = "start", description: str = "Начать") -> dict[str, str]:
    return {"command": name, "description": description}


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([command()] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([command("Старт")], "BOT_COMMAND_INVALID"),
        ([command("a" * 33)], "command length must not exceed 32"),
        ([command(description=" ")], "command description must be non-empty"),
        ([command(description="я" * 257)], "command description length must not exceed 256"),
    ],
)
async def test_commands_are_refused(api: Api, commands: list[dict[str, str]], words: str) -> None:
    assert await api.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"


async def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    private = {"scope": {"type": "all_private_chats"}, "language_code": "ru"}
    await api("setMyCommands", commands=[command("help")], **private)
    assert await api("getMyCommands") == []
    assert await api("getMyCommands", **private) == [command("help")]
    await api("deleteMyCommands", **private)
    assert await api("getMyCommands", **private) == []


@pytest.mark.parametrize(
    ("menu", "words"),
    [
        ({"type": "x"}, "can't parse menu button: MenuButton has unsupported type"),
        ({"type": "web_app", "text": ""}, "menu button text must be non-empty"),
        (
            {"type": "web_app", "text": "x", "web_app": {"url": "http://x.ru"}},
            "menu button Web App URL 'http://x.ru' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_a_menu_button_is_refused(api: Api, menu: dict[str, Any], words: str) -> None:
    assert await api.refusal("setChatMenuButton", menu_button=menu) == f"Bad Request: {words}"


async def test_a_menu_button_of_a_chat_wins(api: Api) -> None:
    await api("setChatMenuButton", menu_button={"type": "commands"})
    assert await api("getChatMenuButton", chat_id=5) == {"type": "commands"}
    await api("setChatMenuButton", chat_id=5, menu_button={"type": "default"})
    assert await api("getChatMenuButton", chat_id=5) == {"type": "default"}


@pytest.mark.parametrize(("name", "limit"), [("Name", 64), ("Description", 512), ("ShortDescription", 120)])
async def test_texts_have_limits_and_languages(api: Api, name: str, limit: int) -> None:
    field = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[name]
    await api(f"setMy{name}", **{field: "я" * limit})
    assert (await api(f"getMy{name}", language_code="tt"))[field] == "я" * limit
    assert "too long" in await api.refusal(f"setMy{name}", **{field: "я" * (limit + 1)})


async def test_inline_queries_are_not_asked_here(api: Api) -> None:
    words = await api.refusal("answerInlineQuery", inline_query_id="1", results=[{}] * 51)
    assert words == "Bad Request: too many inline query results specified"
    assert "query is too old" in await api.refusal("answerInlineQuery", inline_query_id="1", results=[])


async def test_the_bot_knows_itself(api: Api) -> None:
    me = await api("getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (100_001, "iom_test_bot", True)
    assert await api("logOut")
