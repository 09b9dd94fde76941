"""Keyboards: what is refused, what is silently dropped, what only looks bad (a note for the violations)."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.phone.errors import bad
from bot.phone.links import checked_link
from bot.phone.params import Params

Row = list[dict[str, Any]]

ROW_CUT = 12
TOTAL_CUT = 300
ROW_SEEN = 8
MAX_INLINE_BUTTONS = 100
MAX_INLINE_BYTES = 10_240
MAX_DATA_BYTES = 64
INLINE_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "web_app",
)
PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "web_app": "web App buttons can be used in private chats only",
}


@dataclass
class Markup:
    """A parsed reply_markup: `kind` is inline, reply, remove or force; `notes` are violations to record."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def inline(self) -> list[Row] | None:
        """Rows of an inline keyboard, None for anything else or for one that lost all its buttons."""
        return self.rows if self.kind == "inline" and self.rows else None


def parse_markup(params: Params, private: bool = True) -> Markup | None:
    """The parameter `reply_markup`, or None when absent; raises 400 with the server's words."""
    value = params.parsed("reply_markup", "can't parse reply keyboard markup JSON object")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return _reply(value["keyboard"], private)
    if value.get("remove_keyboard") is True:
        return Markup("remove")
    return Markup("force") if value.get("force_reply") is True else None


def check_by_servers(markup: Markup | None) -> None:
    """What only the data centre refuses, after the chat is known: button data and the size of the whole."""
    if markup is None or markup.kind != "inline":
        return
    buttons = [button for row in markup.rows for button in row]
    for button in buttons:
        if len(button.get("callback_data", "").encode()) > MAX_DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    size = len(json.dumps(markup.rows, ensure_ascii=False, separators=(",", ":")).encode())
    if len(buttons) > MAX_INLINE_BUTTONS or size > MAX_INLINE_BYTES:
        raise bad("reply markup is too long")


def _inline(rows: Any) -> Markup:
    _expect_rows(rows, "inline_keyboard", 'inline_keyboard" of the InlineKeyboardMarkup')
    return _collect("inline", [[_inline_button(button) for button in row] for row in rows])


def _reply(rows: Any, private: bool) -> Markup:
    _expect_rows(rows, "keyboard", 'keyboard"')
    return _collect("reply", [[_reply_button(button, private) for button in row] for row in rows])


def _expect_rows(rows: Any, name: str, spelled: str) -> None:
    if not isinstance(rows, list):
        raise bad(f'field "{name}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad(f'field "{spelled} must be an Array of Arrays')


def _inline_button(button: Any) -> dict[str, Any]:
    prefix = "can't parse inline keyboard button: "
    text = _button_text(button, prefix)
    action = next((name for name in INLINE_ACTIONS if button.get(name) is not None), None)
    if action is None or (action == "callback_data" and not button[action]):
        raise bad(f"{prefix}Text buttons are unallowed in the inline keyboard")
    value = button[action]
    if action == "url":
        checked = checked_link(str(value))
        if checked is None:
            raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        value = checked
    return {"text": text, action: value}


def _reply_button(button: Any, private: bool) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    _button_text(button, "can't parse keyboard button: ")
    for name, words in PRIVATE_ONLY.items():
        if button.get(name) and not private:
            raise bad(words)
    return dict(button)


def _button_text(button: Any, prefix: str) -> str:
    if not isinstance(button, dict):
        raise bad(f"{prefix}expected an Object")
    if "text" not in button:
        raise bad(f'{prefix}Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad(f'{prefix}Field "text" must be of type String')
    return button["text"]


def _collect(kind: str, rows: list[Row]) -> Markup:
    """Drop what TDLib drops without a word — empty texts, the 13th of a row, the 301st of all — and note."""
    markup, total = Markup(kind), 0
    for row in rows:
        kept = [button for button in row if button["text"].strip()]
        if len(kept) < len(row):
            markup.notes.append(f"keyboard: {len(row) - len(kept)} button(s) with empty text dropped")
        if len(kept) > ROW_SEEN:
            markup.notes.append(f"keyboard: {len(kept)} buttons in a row, phones show {ROW_SEEN}")
        cut = kept[: min(ROW_CUT, TOTAL_CUT - total)]
        if len(cut) < len(kept):
            markup.notes.append(f"keyboard: {len(kept) - len(cut)} button(s) cut off silently")
        total += len(cut)
        if cut:
            markup.rows.append(cut)
    return markup
