"""Methods that put messages into chats."""

import json
from typing import Any

from bot.phone.chats import Chat, Message
from bot.phone.core import Core
from bot.phone.errors import bad
from bot.phone.files import StoredFile
from bot.phone.markup import Markup, check_by_servers, parse_markup
from bot.phone.params import Params
from bot.phone.text import MAX_CAPTION, MAX_TEXT, Formatted, formatted, message_text, parse

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
TYPING_LASTS = 5.0


async def send_message(core: Core, params: Params) -> Any:
    """Checks in the server's order: text, reply, keyboard, chat, reply target, data centre."""
    text = message_text(params)
    if len(text.text) > MAX_TEXT:
        raise bad("message is too long")
    return send(core, params, text, {}).json()


async def send_document(core: Core, params: Params) -> Any:
    """Upload under any name, `attach://`, or a file_id."""
    return _send_file(core, params, "document")


async def send_photo(core: Core, params: Params) -> Any:
    """As a document, with the photo's own limits."""
    return _send_file(core, params, "photo")


async def send_media_group(core: Core, params: Params) -> Any:
    """2–10 items; a message each."""
    media = params.parsed("media", "can't parse media JSON object")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("expected an Array of InputMedia")
    chat = writable(core, params)
    result, group = [], str(core.world.random.randrange(10**13, 10**14))
    for item in media:
        file, caption = input_media(core, params, item)
        message = post(core, chat, caption, file.media() | {"media_group_id": group}, None)
        result.append(message.json())
    return result


async def send_chat_action(core: Core, params: Params) -> Any:
    """Typing for five seconds, or until the next message."""
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = writable(core, params)
    chat.typing_until = core.clock.now() + TYPING_LASTS
    chat.changed.ring()
    return True


async def copy_message(core: Core, params: Params) -> Any:
    """A copy without the author; only the id comes back."""
    markup = read_markup(core, params)
    chat = writable(core, params)
    source = _source(core, params, "copy")
    text = Formatted(source.body, source.entities)
    if params.text("caption") is not None and source.has_media:
        text = caption_of(params)
    check_by_servers(markup)
    content = {key: value for key, value in source.content.items() if not key.startswith("forward_")}
    return {"message_id": post(core, chat, text, content, markup).message_id}


async def forward_message(core: Core, params: Params) -> Any:
    """A copy with its origin."""
    chat = writable(core, params)
    source = _source(core, params, "forward")
    origin = {"type": "user", "date": int(source.date), "sender_user": source.sender}
    content = source.content | {"forward_origin": origin}
    return post(core, chat, Formatted(source.body, source.entities), content, None).json()


def send(core: Core, params: Params, text: Formatted, content: dict[str, Any]) -> Message:
    """The common tail of every send method, from reply_parameters on."""
    reply = params.parsed("reply_parameters", "can't parse reply parameters JSON object") or {}
    markup = read_markup(core, params)
    chat = writable(core, params)
    target = _reply_target(chat, params, reply)
    check_by_servers(markup)
    if text.markdown:
        core.ledger.violate("Markdown is not emulated: the text was taken as it is")
    return post(core, chat, text, content, markup, target)


def post(
    core: Core,
    chat: Chat,
    text: Formatted,
    content: dict[str, Any],
    markup: Markup | None,
    reply_to: Message | None = None,
) -> Message:
    """Put a message of the bot into a chat; a reply keyboard replaces the one in the chat."""
    message = Message(
        message_id=core.world.next_message_id(),
        chat=chat,
        sender=core.world.me,
        date=core.clock.now(),
        body=text.text,
        entities=text.entities,
        content=content,
        inline=markup.inline if markup else None,
        frozen=markup is not None and markup.kind != "inline",
        reply_to=reply_to,
    )
    if markup is not None and markup.kind in ("reply", "remove"):
        chat.keyboard = markup.rows
    chat.messages[message.message_id] = message
    chat.typing_until = 0.0
    chat.acts += 1
    message.touched = chat.acts
    name = content.get("document", {}).get("file_name", "")
    kind = "file" if message.has_media else "text"
    chat.note("bot", kind, f"{name} {message.body}".strip(), message.message_id)
    return message


def writable(core: Core, params: Params) -> Chat:
    """The chat of the call, if the bot may write to it; counts attempts at people who blocked it."""
    chat = core.known_chat(params) if params.text("chat_id") else None
    if chat is not None:
        core.count_refusal(chat)
    return core.world.writable(params.text("chat_id"))


def read_markup(core: Core, params: Params) -> Markup | None:
    """The keyboard of the call; what it silently loses goes to the violations."""
    markup = parse_markup(params, private=not (params.text("chat_id") or "").startswith("-"))
    for note in markup.notes if markup else []:
        core.ledger.violate(note)
    return markup


def caption_of(params: Params) -> Formatted:
    """The caption, at most 1,024 characters after parsing."""
    caption = formatted(params, "caption", "caption_entities")
    if len(caption.text) > MAX_CAPTION:
        raise bad("message caption is too long")
    return caption


def input_media(core: Core, params: Params, item: Any) -> tuple[StoredFile, Formatted]:
    """One InputMedia: its file and its caption."""
    if not isinstance(item, dict) or not item.get("media"):
        raise bad("media not found")
    entities = item.get("caption_entities")
    raw = json.dumps(entities) if entities else None
    caption = parse(item.get("caption") or "", item.get("parse_mode"), raw)
    if len(caption.text) > MAX_CAPTION:
        raise bad("message caption is too long")
    kind = str(item.get("type", "document"))
    return core.world.shelf.resolve(item["media"], "media", kind, params), caption


def _send_file(core: Core, params: Params, kind: str) -> Any:
    caption = caption_of(params)
    file = core.world.shelf.resolve(params.text(kind), kind, kind, params)
    return send(core, params, caption, file.media()).json()


def _reply_target(chat: Chat, params: Params, reply: dict[str, Any]) -> Message | None:
    number = int(reply.get("message_id") or params.integer("reply_to_message_id"))
    if not number:
        return None
    target = chat.messages.get(number)
    if target is not None and not target.deleted:
        return target
    lenient = reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if lenient:
        return None
    raise bad("message to be replied not found")


def _source(core: Core, params: Params, verb: str) -> Message:
    chat = core.world.chat(params.text("from_chat_id"))
    found = chat.messages.get(params.integer("message_id"))
    if found is None or found.deleted:
        raise bad(f"message to {verb} not found")
    return found
