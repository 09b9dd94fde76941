"""Acts of people as data: the name in the URL, the JSON object it takes, what comes back."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from bot.phone.chats import Button, Message
from bot.phone.person import Person

Body = dict[str, Any]


async def _start(person: Person, body: Body) -> Any:
    await person.start(body.get("param", ""))


async def _say(person: Person, body: Body) -> Any:
    await person.says(body["text"])


async def _press(person: Person, body: Body) -> Any:
    names = ("data", "message_id", "stale", "hurry", "timeout")
    return button_json(
        await person.presses(body.get("text"), **{name: body[name] for name in names if name in body})
    )


async def _send_file(person: Person, body: Body) -> Any:
    data = base64.b64decode(body.get("base64", ""))
    kind, size = body.get("kind", "document"), body.get("size")
    await person.sends_file(body["name"], data, kind=kind, size=size, caption=body.get("caption", ""))


async def _contact(person: Person, body: Body) -> Any:
    await person.sends_contact()


async def _sticker(person: Person, body: Body) -> Any:
    await person.sends_sticker()


async def _edit_own(person: Person, body: Body) -> Any:
    await person.edits_own(body["text"])


async def _block(person: Person, body: Body) -> Any:
    await person.blocks_bot()


async def _unblock(person: Person, body: Body) -> Any:
    await person.unblocks_bot()


async def _wait(person: Person, body: Body) -> Any:
    """Wait for a text, a button or a toast; with none of them, until all is settled."""
    timeout = float(body.get("timeout", 10))
    if "text" in body:
        return message_json(await person.sees(body["text"], timeout))
    if "button" in body:
        return button_json(await person.sees_button(body["button"], timeout))
    if "toast" in body:
        return await person.sees_toast(body["toast"], timeout)
    return await person.settled(timeout)


ACTS: dict[str, Callable[[Person, Body], Awaitable[Any]]] = {
    "start": _start,
    "say": _say,
    "text": _say,
    "press": _press,
    "send_file": _send_file,
    "upload": _send_file,
    "contact": _contact,
    "sticker": _sticker,
    "edit_own": _edit_own,
    "block": _block,
    "unblock": _unblock,
    "wait": _wait,
}


def button_json(button: Button) -> Body:
    """A button for the people's side."""
    return asdict(button)


def message_json(message: Message) -> Body:
    """A message for the people's side: what a screen shows."""
    document = message.content.get("document")
    return {
        "message_id": message.message_id,
        "by_bot": message.by_bot,
        "text": message.text,
        "entities": message.entities,
        "date": message.date,
        "edited": message.edit_date is not None,
        "buttons": [[button_json(button) for button in row] for row in message.buttons],
        "file": document and {"id": document["file_id"], "name": document["file_name"]},
        "kinds": list(message.content),
    }
