"""Methods that change or remove messages, and answers to presses."""

from typing import Any

from bot.phone.chats import Chat, Message
from bot.phone.core import ANSWER_AGE, Core
from bot.phone.errors import bad
from bot.phone.markup import Markup, check_by_servers
from bot.phone.methods_send import input_media, read_markup, writable
from bot.phone.params import Params
from bot.phone.text import MAX_CAPTION, MAX_TEXT, Formatted, formatted, message_text

DELETE_AGE = 48 * 3600
MAX_TOAST = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def edit_message_text(core: Core, params: Params) -> Any:
    """A text that is too long fails here with another string than in sendMessage."""
    text = message_text(params)
    markup = _inline_markup(core, params)
    message = _editable(core, params)
    if message.has_media:
        raise bad("there is no text in the message to edit")
    if len(text.text) > MAX_TEXT:
        raise bad("MESSAGE_TOO_LONG")
    return _apply(core, message, text, message.content, markup)


async def edit_message_caption(core: Core, params: Params) -> Any:
    """An empty caption removes it."""
    caption = formatted(params, "caption", "caption_entities")
    markup = _inline_markup(core, params)
    message = _editable(core, params)
    if not message.has_media:
        raise bad("there is no caption in the message to edit")
    if len(caption.text) > MAX_CAPTION:
        raise bad("MEDIA_CAPTION_TOO_LONG")
    return _apply(core, message, caption, message.content, markup)


async def edit_message_reply_markup(core: Core, params: Params) -> Any:
    """Without reply_markup the keyboard goes away."""
    markup = _inline_markup(core, params)
    message = _editable(core, params)
    return _apply(core, message, Formatted(message.body, message.entities), message.content, markup)


async def edit_message_media(core: Core, params: Params) -> Any:
    """Another file in the same message."""
    media = params.parsed("media", "can't parse media JSON object")
    file, caption = input_media(core, params, media)
    markup = _inline_markup(core, params)
    return _apply(core, _editable(core, params), caption, file.media(), markup)


async def delete_message(core: Core, params: Params) -> Any:
    """Own messages and, in private chats, the person's; not older than 48 hours."""
    chat = core.world.chat(params.text("chat_id"))
    message = chat.messages.get(_message_id(params))
    if message is None or message.deleted:
        raise bad("message to delete not found")
    if core.clock.now() - message.date > DELETE_AGE:
        raise bad("message can't be deleted for everyone")
    _delete(chat, message)
    return True


async def delete_messages(core: Core, params: Params) -> Any:
    """1–100 ids; the missing ones are skipped."""
    ids = params.parsed("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(ids, list) or not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > 100:
        raise bad("too many message identifiers specified")
    chat = core.world.chat(params.text("chat_id"))
    for number in ids:
        message = chat.messages.get(int(number))
        if message is not None and not message.deleted and core.clock.now() - message.date <= DELETE_AGE:
            _delete(chat, message)
    return True


async def pin_chat_message(core: Core, params: Params) -> Any:
    """Only the check: pins are not drawn."""
    message = writable(core, params).messages.get(_message_id(params))
    if message is None or message.deleted:
        raise bad("message to pin not found")
    return True


async def answer_callback_query(core: Core, params: Params) -> Any:
    """Answers live 15 s; a press the bot tried to answer, even late, does not count as forgotten."""
    query = core.world.queries.get(params.text("callback_query_id") or "")
    text = params.text("text") or ""
    if query is None:
        raise bad(TOO_OLD)
    second = query.answered and core.options.refuse_second_answer
    query.tried = True
    query.chat.changed.ring()
    if second or core.clock.now() - query.at > ANSWER_AGE:
        raise bad(TOO_OLD)
    if len(text) > MAX_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    if text:
        query.chat.toasts.append(text)
        kind = "alert" if params.flag("show_alert") else "toast"
        query.chat.note("bot", kind, text, query.message_id)
    return True


def _message_id(params: Params) -> int:
    if params.text("message_id") is None:
        raise bad("message identifier is not specified")
    return params.integer("message_id")


def _editable(core: Core, params: Params) -> Message:
    if params.text("inline_message_id") is not None:
        raise bad("MESSAGE_ID_INVALID")
    number = _message_id(params) if params.text("chat_id") is not None else 0
    chat = writable(core, params)
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad("message to edit not found")
    if not message.by_bot or message.frozen:
        raise bad("message can't be edited")
    return message


def _inline_markup(core: Core, params: Params) -> Markup | None:
    markup = read_markup(core, params)
    if markup is not None and markup.kind != "inline":
        raise bad("inline keyboard expected")
    return markup


def _apply(
    core: Core, message: Message, text: Formatted, content: dict[str, Any], markup: Markup | None
) -> Any:
    """Refuse an edit that changes nothing, then change; the old state stays in the transcript."""
    check_by_servers(markup)
    inline = markup.inline if markup else None
    now = (message.body, message.entities, message.content, message.inline)
    if now == (text.text, text.entities, content, inline):
        raise bad(NOT_MODIFIED)
    message.body, message.entities, message.content, message.inline = (
        text.text,
        text.entities,
        content,
        inline,
    )
    message.edit_date = core.clock.now()
    if text.markdown:
        core.ledger.violate("Markdown is not emulated: the text was taken as it is")
    chat = message.chat
    core.count_edit(chat, message.message_id)
    chat.acts += 1
    message.touched = chat.acts
    chat.note("bot", "edit", message.body, message.message_id)
    return message.json()


def _delete(chat: Chat, message: Message) -> None:
    message.deleted = True
    chat.note("bot", "delete", message.body, message.message_id)
