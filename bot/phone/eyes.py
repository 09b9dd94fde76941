"""How a person waits: what changed since the last act counts at once, what stayed only when all is quiet."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.phone.chats import Button, Chat, Message
from bot.phone.core import Core

LOOK_AGAIN = 0.5

Found = TypeVar("Found")
Choice = tuple[Message | None, Button]


class Eyes:
    """The attention of one person."""

    def __init__(self, core: Core, chat: Chat) -> None:
        self.core = core
        self.chat = chat
        self._acted = 0
        self._pressed: Message | None = None

    def acted(self, message: Message | None = None) -> None:
        """The person did something, perhaps to `message`: what was on the screen is now old."""
        self.chat.acts += 1
        self._acted = self.chat.acts
        self._pressed = message

    def touched(self) -> list[Message]:
        """Messages of the bot sent or edited since the last act, oldest first."""
        return [
            message
            for message in self.chat.messages.values()
            if message.touched > self._acted and not message.deleted
        ]

    def focus(self) -> list[Message]:
        """Where a person looks: what changed, the message pressed, the newest one."""
        by_bot = [
            message for message in self.chat.messages.values() if message.by_bot and not message.deleted
        ]
        pressed = [self._pressed] if self._pressed is not None and not self._pressed.deleted else []
        return [*reversed(self.touched()), *by_bot[-1:], *pressed]

    async def wait(
        self,
        fresh: Callable[[], Found | None],
        settled: Callable[[], Found | None],
        seconds: float,
        last_look: bool = True,
        quiet_for: float | None = None,
    ) -> Found | None:
        """What `fresh` finds, or `settled` once nothing is on its way; None after `seconds`.

        With `last_look`, when the time is over `settled` is asked even though something still is.
        """
        loop = asyncio.get_running_loop()
        needed = self.core.options.quiet if quiet_for is None else quiet_for
        deadline, quiet_since = loop.time() + seconds, None
        while True:
            now = loop.time()
            found = fresh()
            quiet = self.core.is_quiet(self.chat)
            quiet_since = (quiet_since or now) if quiet else None
            rested = quiet_since is not None and now - quiet_since >= needed
            if found is None and (rested or (last_look and now >= deadline)):
                found = settled()
            if found is not None or now >= deadline:
                return found
            pause = needed if quiet and not rested else LOOK_AGAIN
            if await self.chat.changed.wait(min(pause, deadline - now)):
                quiet_since = None


def choose(
    messages: list[Message],
    keyboard: list[list[Button]],
    text: str | None,
    data: str | None = None,
    message_id: int | None = None,
) -> Choice | None:
    """The newest button that fits; the message is None for a reply keyboard.

    Equal text wins over a beginning; a beginning counts only when all that begin so have one text.
    """
    choices: list[Choice] = [
        (message, button)
        for message in reversed(messages)
        if message.by_bot and message_id in (None, message.message_id)
        for row in message.buttons
        for button in row
    ]
    if message_id is None:
        choices += [(None, button) for row in keyboard for button in row]
    if text is None:
        return next((choice for choice in choices if choice[1].data == data), None)
    equal = next((choice for choice in choices if choice[1].text == text), None)
    if equal is not None:
        return equal
    begin = [choice for choice in choices if choice[1].text.startswith(text)]
    return begin[0] if len({choice[1].text for choice in begin}) == 1 else None
