"""What a person sees: the newest message, its buttons, the whole transcript; printed when a test fails."""

from dataclasses import dataclass

from bot.phone.chats import Button, Chat, Entry, Message, as_button
from bot.phone.core import Core


@dataclass(frozen=True)
class Document:
    """A file that came from the bot."""

    name: str
    data: bytes
    caption: str
    message_id: int
    mime: str


class Screen:
    """A live view of one chat; nothing is copied, so look again after waiting."""

    def __init__(self, core: Core, chat: Chat) -> None:
        self._core = core
        self._chat = chat

    @property
    def messages(self) -> list[Message]:
        """All messages that are still there, both sides, in their present state."""
        return [message for message in self._chat.messages.values() if not message.deleted]

    @property
    def message(self) -> Message | None:
        """The newest message of the bot."""
        return next((message for message in reversed(self.messages) if message.by_bot), None)

    @property
    def text(self) -> str:
        """Its text or caption, empty when there is none."""
        return self.message.text if self.message else ""

    @property
    def buttons(self) -> list[list[Button]]:
        """Its inline buttons, row by row."""
        return self.message.buttons if self.message else []

    @property
    def message_id(self) -> int:
        """Its id, 0 when the bot has said nothing."""
        return self.message.message_id if self.message else 0

    @property
    def keyboard(self) -> list[list[Button]]:
        """The reply keyboard under the text field."""
        return [[as_button(button) for button in row] for row in self._chat.keyboard]

    @property
    def transcript(self) -> list[Entry]:
        """Everything both sides did, the states before edits included."""
        return self._chat.transcript

    @property
    def toasts(self) -> list[str]:
        """Answers to presses that carried a text, oldest first."""
        return self._chat.toasts

    @property
    def typing(self) -> bool:
        """Whether the bot shows that it is busy."""
        return self._chat.typing_until > self._core.clock.now()

    @property
    def documents(self) -> list[Document]:
        """Files of the bot that are still in the chat."""
        return [file for message in self.messages if (file := self._document(message)) is not None]

    @property
    def photos(self) -> list[Document]:
        """Pictures of the bot that are still in the chat, each in its largest size."""
        return [file for message in self.messages if (file := self._document(message, "photo")) is not None]

    def _document(self, message: Message, kind: str = "document") -> Document | None:
        part = message.content.get(kind)
        part = part[-1] if isinstance(part, list) else part
        held = self._core.world.shelf.files.get(part["file_id"]) if part else None
        if held is None or not message.by_bot:
            return None
        return Document(held.name, held.data, message.body, message.message_id, held.mime)

    def __str__(self) -> str:
        lines = [f"screen of {self._chat.id} (newest last):"]
        for message in self.messages[-6:]:
            lines += _drawn(message)
        if self._chat.keyboard:
            lines += ["keyboard:", *(_row(row) for row in self.keyboard)]
        if self.toasts:
            lines.append(f"toasts: {self.toasts[-3:]}")
        last = self._core.ledger.calls[-1] if self._core.ledger.calls else None
        if last is not None:
            lines.append(
                f"last call: {last.method} -> {last.status} {last.body.get('description', '')}".rstrip()
            )
        return "\n".join(lines)


def _drawn(message: Message) -> list[str]:
    who = "bot" if message.by_bot else "me "
    name = message.content.get("document", {}).get("file_name")
    shown = f"[{name}] {message.text}" if name else message.text
    lines = [f"  {who} #{message.message_id}: {shown}".replace("\n", "\n        ")]
    return lines + [f"        {_row(row)}" for row in message.buttons]


def _row(row: list[Button]) -> str:
    return " ".join(f"[{button.text}{' ↗' if button.url else ''}]" for button in row)
