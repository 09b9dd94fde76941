"""What a person can do: say, press, send, block. Every act is one update for the bot."""

# ruff: noqa: ASYNC109 - people wait `timeout` seconds, as tests say it
import re
from typing import Any

from bot.phone.chats import Button, Message, User
from bot.phone.core import Core
from bot.phone.eyes import Choice, Eyes, choose
from bot.phone.params import Upload
from bot.phone.screen import Screen
from bot.phone.text import utf16
from bot.phone.updates import Update

START_PARAM = re.compile(r"[A-Za-z0-9_-]{1,64}")
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")


class Acts:
    """One account in its private chat with the bot."""

    def __init__(self, core: Core, user: User) -> None:
        self.core = core
        self.user = user
        self.chat = core.world.chats[user.id]
        self.screen = Screen(core, self.chat)
        self._eyes = Eyes(core, self.chat)

    @property
    def messages(self) -> list[Message]:
        """All messages in the chat, present state."""
        return self.screen.messages

    async def start(self, param: str = "") -> Update | None:
        """Open the bot, perhaps by a deep link; unblocks it first. Raises ValueError for a bad param."""
        if param and not START_PARAM.fullmatch(param):
            raise ValueError(f"a phone does not open a deep link with {param!r}: 1-64 of A-Za-z0-9_-")
        if self.user.blocked:
            await self.unblocks_bot()
        return await self.says(f"/start {param}".strip())

    async def says(self, text: str) -> Update | None:
        """Send a text; None when the bot did not ask for messages."""
        entities = [
            {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": len(found.group())}
            for found in COMMAND.finditer(text)
        ]
        return self._sends(text, entities, {})

    async def sends_file(
        self, name: str, data: bytes, kind: str = "document", size: int | None = None, caption: str = ""
    ) -> Update | None:
        """Send a file; a declared `size` spares the bytes of a big one. Kinds: document, photo, voice…"""
        file = self.core.world.shelf.put(Upload(name, data), kind, size, checked=False)
        return self._sends(caption, [], file.media())

    async def sends_sticker(self) -> Update | None:
        """Send a sticker, which no question ever expects."""
        return await self.sends_file("sticker.webp", b"RIFF", kind="sticker")

    async def sends_contact(self) -> Update | None:
        """Send one's own contact, as a contact button does."""
        contact = {
            "phone_number": self.user.phone_number,
            "first_name": self.user.first_name,
            "user_id": self.user.id,
        }
        return self._sends("", [], {"contact": contact})

    async def edits_own(self, text: str) -> Update | None:
        """Rewrite one's last text."""
        own = [message for message in self.messages if not message.by_bot and not message.content]
        assert own, f"{self.user.first_name} has said nothing to edit\n{self.screen}"
        message = own[-1]
        message.body, message.entities, message.edit_date = text, [], self.core.clock.now()
        self._eyes.acted()
        self.chat.note("person", "edit", text, message.message_id)
        return self.core.deliver("edited_message", message.json(), self.user)

    async def blocks_bot(self) -> Update | None:
        """Stop the bot: it learns by my_chat_member."""
        return self._member(blocked=True)

    async def unblocks_bot(self) -> Update | None:
        """Restart the bot, without /start."""
        return self._member(blocked=False)

    async def presses(
        self,
        text: str | None = None,
        *,
        data: str | None = None,
        message_id: int | None = None,
        stale: bool = False,
        hurry: bool = False,
        timeout: float = 10.0,
    ) -> Button:
        """Press the newest button with this text (equal, else the only one that starts so) or this `data`.

        Waits for the button like a person. Inline first, then the reply keyboard, where the text is said or
        the contact sent. A button with a URL is returned and not pressed. `stale=True` sends `data` whether
        or not it is on the screen. `hurry=True` does not wait for the answer to the press before.
        """
        if stale:
            return self._presses_stale(data or "", message_id)

        def fresh() -> Choice | None:
            return choose(self._eyes.touched(), self.screen.keyboard, text, data, message_id)

        def all_of_it() -> Choice | None:
            return choose(self.messages, self.screen.keyboard, text, data, message_id)

        found = await self._eyes.wait(all_of_it if hurry else fresh, all_of_it, timeout)
        assert found is not None, f"no button {text or data!r} for {self.user.first_name}\n{self.screen}"
        message, button = found
        if message is None:
            await (self.sends_contact() if button.contact else self.says(button.text))
        elif button.data is not None:
            self._press(message, button.data, button.text)
        return button

    def _sends(self, text: str, entities: list[dict[str, Any]], content: dict[str, Any]) -> Update | None:
        assert not self.user.blocked, f"{self.user.first_name} has blocked the bot"
        self.user.started = True
        message = Message(
            self.core.world.next_message_id(),
            self.chat,
            self.user.json(),
            self.core.clock.now(),
            text,
            entities,
            content,
        )
        self.chat.messages[message.message_id] = message
        self._eyes.acted()
        self.chat.note("person", "file" if content else "text", text, message.message_id)
        return self.core.deliver("message", message.json(), self.user)

    def _press(self, message: Message, data: str, text: str) -> None:
        assert not self.user.blocked, f"{self.user.first_name} has blocked the bot"
        self._eyes.acted(message)
        self.chat.note("person", "press", text, message.message_id)
        self.core.press(self.user, self.chat, message, data)

    def _presses_stale(self, data: str, message_id: int | None) -> Button:
        message = self.screen.message if message_id is None else self.chat.messages.get(message_id)
        if message is None:
            message = Message(message_id or 1, self.chat, self.core.world.me, 0, deleted=True)
        self._press(message, data, data)
        return Button(data, data)

    def _member(self, blocked: bool) -> Update | None:
        old: dict[str, Any] = {"user": self.core.world.me, "status": "member"}
        new = old | {"status": "kicked", "until_date": 0}
        self.user.blocked, self.user.refusals = blocked, 0
        self._eyes.acted()
        self.chat.note("person", "service", "blocked the bot" if blocked else "unblocked the bot")
        payload = {
            "chat": self.chat.json(),
            "from": self.user.json(),
            "date": int(self.core.clock.now()),
            "old_chat_member": old if blocked else new,
            "new_chat_member": new if blocked else old,
        }
        return self.core.deliver("my_chat_member", payload, self.user)
