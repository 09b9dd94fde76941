"""A virtual person: says, presses, sends, looks. Tests read as what people do."""

# ruff: noqa: ASYNC109 - people wait `timeout` seconds, as tests say it
from collections.abc import Callable

from bot.phone.acts import Acts
from bot.phone.chats import Button, Message
from bot.phone.eyes import choose
from bot.phone.screen import Document, Screen


class Person(Acts):
    """Acts and looks. Waiting is on real time, `timeout` in seconds."""

    @property
    def id(self) -> int:
        """The user's id, which is the chat's id too."""
        return self.user.id

    @property
    def documents(self) -> list[Document]:
        """Files received from the bot."""
        return self.screen.documents

    async def sees(self, part: str, timeout: float = 10.0) -> Message:
        """The bot's message with this text: sent or edited since the last act, or on the screen in quiet."""
        found = await self._eyes.wait(
            lambda: next((message for message in self._eyes.touched() if part in message.text), None),
            lambda: next((message for message in self._eyes.focus() if part in message.text), None),
            timeout,
        )
        assert found is not None, f"{self.user.first_name} does not see {part!r}\n{self.screen}"
        return found

    async def sees_button(self, text: str, timeout: float = 10.0) -> Button:
        """The inline or keyboard button with this text, by the rule of `presses`."""
        found = await self._eyes.wait(
            lambda: choose(self._eyes.touched(), [], text),
            lambda: choose(self.messages, self.screen.keyboard, text),
            timeout,
        )
        assert found is not None, f"{self.user.first_name} does not see a button {text!r}\n{self.screen}"
        return found[1]

    async def sees_document(self, name: str = "", timeout: float = 10.0) -> Document:
        """The newest file whose name contains this."""

        def newest() -> Document | None:
            return next((file for file in reversed(self.documents) if name in file.name), None)

        found = await self._eyes.wait(newest, newest, timeout)
        assert found is not None, f"{self.user.first_name} has no file {name!r}\n{self.screen}"
        return found

    async def sees_toast(self, part: str, timeout: float = 10.0) -> str:
        """An answer to a press that contains this."""

        def newest() -> str | None:
            return next((toast for toast in reversed(self.chat.toasts) if part in toast), None)

        found = await self._eyes.wait(newest, newest, timeout)
        assert found is not None, f"{self.user.first_name} sees no toast {part!r}\n{self.screen}"
        return found

    def never_sees(self, part: str) -> None:
        """Nothing the bot has ever shown here contains this: texts, also before edits, toasts, file names."""
        shown = [entry.text for entry in self.chat.transcript if entry.who == "bot" and part in entry.text]
        assert not shown, f"{self.user.first_name} has seen {part!r} in {shown[0]!r}"

    async def wait(self, condition: Callable[[Screen], bool], timeout: float = 10.0) -> None:
        """Wait until the condition holds for the screen."""
        held = await self.chat.changed.until(lambda: condition(self.screen), timeout)
        assert held, f"{self.user.first_name} waited in vain\n{self.screen}"

    async def settled(self, timeout: float = 10.0, quiet: float | None = None) -> None:
        """Wait until all updates of this person are taken, presses answered, no call in flight.

        A polling bot confirms an update before its handler ends, so silence must last for `quiet` seconds.
        """
        done = await self._eyes.wait(lambda: None, lambda: True, timeout, last_look=False, quiet_for=quiet)
        assert done, f"{self.user.first_name} is still waited for or waiting\n{self.screen}"
