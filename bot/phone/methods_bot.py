"""Methods about the bot itself, its chats and its files."""

import json
import re
from typing import Any

from bot.phone.core import Core
from bot.phone.errors import bad
from bot.phone.params import Params

COMMAND = re.compile(r"[a-z0-9_]+")
MAX_COMMANDS = 100
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


async def get_me(core: Core, params: Params) -> Any:
    """The bot's own account."""
    return core.world.me | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def log_out(core: Core, params: Params) -> Any:
    """logOut and close are agreed with; nothing follows."""
    return True


async def get_file(core: Core, params: Params) -> Any:
    """Where to download; refuses over 20 MB of declared size."""
    file = core.world.shelf.download(params.text("file_id"))
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


async def get_chat(core: Core, params: Params) -> Any:
    """A chat in full, as far as it is modelled."""
    chat = core.world.chat(params.text("chat_id"))
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


async def get_chat_member(core: Core, params: Params) -> Any:
    """Everyone known is a plain member."""
    core.world.chat(params.text("chat_id"))
    user_id = params.integer("user_id")
    if user_id == core.world.me["id"]:
        return {"status": "member", "user": core.world.me}
    user = core.world.users.get(user_id)
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return {"status": "member", "user": user.json()}


async def set_my_commands(core: Core, params: Params) -> Any:
    """At most 100; names of a-z0-9_, 1–32; descriptions 1–256."""
    commands = params.parsed("commands", "can't parse commands JSON object")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    core.profile.commands[_scope(params)] = [_command(command) for command in commands]
    return True


async def get_my_commands(core: Core, params: Params) -> Any:
    """Commands of exactly this scope and language."""
    return core.profile.commands.get(_scope(params), [])


async def delete_my_commands(core: Core, params: Params) -> Any:
    """Forget the commands of this scope and language."""
    core.profile.commands.pop(_scope(params), None)
    return True


async def set_chat_menu_button(core: Core, params: Params) -> Any:
    """The button left of the text field; chat 0 is everybody's."""
    button = params.parsed("menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app":
        if not button.get("text"):
            raise bad("menu button text must be non-empty")
        url = (button.get("web_app") or {}).get("url", "")
        if not url.startswith("https://"):
            raise bad(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    core.profile.menus[params.integer("chat_id")] = button
    return True


async def get_chat_menu_button(core: Core, params: Params) -> Any:
    """The button of the chat, else everybody's, else the default."""
    menus = core.profile.menus
    return menus.get(params.integer("chat_id"), menus.get(0, {"type": "default"}))


async def set_my_text(core: Core, params: Params, field: str) -> Any:
    """Name, description or short description; the real words of the refusal are not known."""
    value = params.text(field) or ""
    if len(value) > TEXT_LIMITS[field]:
        raise bad(f"bot {field.replace('_', ' ')} is too long")
    core.profile.texts[field, params.text("language_code") or ""] = value
    return True


async def get_my_text(core: Core, params: Params, field: str) -> Any:
    """The text in this language, else in none."""
    texts = core.profile.texts
    default = core.world.me["first_name"] if field == "name" else ""
    value = texts.get((field, params.text("language_code") or ""), texts.get((field, ""), default))
    return {field: value}


async def answer_inline_query(core: Core, params: Params) -> Any:
    """Nobody here asks inline queries, so every id is too old; only the count is checked first."""
    results = params.parsed("results", "can't parse inline query results JSON object")
    if not isinstance(results, list):
        raise bad("expected an Array of InlineQueryResult")
    if len(results) > 50:
        raise bad("too many inline query results specified")
    raise bad("query is too old and response timeout expired or query ID is invalid")


def _scope(params: Params) -> tuple[str, str]:
    scope = params.parsed("scope", "can't parse BotCommandScope JSON object") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code") or ""


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if len(name) > 32:
        raise bad("command length must not exceed 32")
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > 256:
        raise bad("command description length must not exceed 256")
    return {"command": name, "description": description}
