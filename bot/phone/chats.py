"""What a chat is made of: people, messages, buttons, presses. Facts only; rules are in the methods."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.phone.markup import Row
from bot.phone.signal import Signal
from bot.phone.updates import Update


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; `data` and `url` are None where the button has none."""

    text: str
    data: str | None = None
    url: str | None = None
    contact: bool = False


@dataclass
class User:
    """An account. `started` is whether it ever opened the bot; `blocked` is about our bot only."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    refusals: int = 0
    phone_number: str = "+79000000000"

    def json(self) -> dict[str, Any]:
        """The User object of the Bot API."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        known = {key: value for key, value in optional.items() if value}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | known


@dataclass
class Message:
    """A message in its present state; `content` holds media and other parts that are sent out as they are."""

    message_id: int
    chat: "Chat"
    sender: dict[str, Any]
    date: float
    body: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)
    inline: list[Row] | None = None
    frozen: bool = False
    """Sent with a reply keyboard: such a message cannot be edited."""
    edit_date: float | None = None
    deleted: bool = False
    reply_to: "Message | None" = None
    touched: int = 0
    """When it was last sent or edited, in acts of the chat's log."""

    @property
    def text(self) -> str:
        """What can be read: the text, or the caption under a file."""
        return self.body

    @property
    def by_bot(self) -> bool:
        """Whether our bot sent it."""
        return bool(self.sender["is_bot"])

    @property
    def buttons(self) -> list[list[Button]]:
        """Inline buttons, row by row."""
        return [[as_button(button) for button in row] for row in self.inline or []]

    @property
    def has_media(self) -> bool:
        """Whether the text is a caption."""
        return bool(
            self.content.keys() & {"document", "photo", "voice", "video", "audio", "animation", "sticker"}
        )

    def json(self, with_reply: bool = True) -> dict[str, Any]:
        """The Message object of the Bot API; only inline keyboards come back."""
        result: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.json(),
            "date": int(self.date),
        }
        if self.edit_date is not None:
            result["edit_date"] = int(self.edit_date)
        if with_reply and self.reply_to is not None and not self.reply_to.deleted:
            result["reply_to_message"] = self.reply_to.json(with_reply=False)
        names = ("caption", "caption_entities") if self.has_media else ("text", "entities")
        if self.body:
            result[names[0]] = self.body
        if self.entities:
            result[names[1]] = self.entities
        if self.inline:
            result["reply_markup"] = {"inline_keyboard": self.inline}
        return result | self.content


@dataclass(frozen=True)
class Entry:
    """A line of the transcript. Kinds: text, file, edit, delete, press, toast, alert, keyboard, service."""

    who: str
    kind: str
    text: str
    message_id: int = 0


@dataclass
class Chat:
    """A chat and all that is seen in it. `kicked`, `left` and `migrated_to` matter for groups only."""

    id: int
    type: str = "private"
    title: str | None = None
    user: User | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: list[Row] = field(default_factory=list)
    typing_until: float = 0.0
    transcript: list[Entry] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)
    presses: deque["Query"] = field(default_factory=lambda: deque(maxlen=100))
    kicked: bool = False
    left: bool = False
    migrated_to: int | None = None
    in_flight: int = 0
    acts: int = 0
    """Counts messages, edits and acts of the person, to tell what came after what."""

    def json(self) -> dict[str, Any]:
        """The Chat object of the Bot API."""
        if self.user is None:
            return {"id": self.id, "type": self.type, "title": self.title or ""}
        person = self.user.json()
        names = {key: person[key] for key in ("first_name", "last_name", "username") if key in person}
        return {"id": self.id, "type": self.type} | names

    def note(self, who: str, kind: str, text: str, message_id: int = 0) -> None:
        """Add a line to the transcript and wake whoever looks at this chat."""
        self.transcript.append(Entry(who, kind, text, message_id))
        self.changed.ring()


@dataclass
class Query:
    """A press waiting for its answer."""

    id: str
    user: User
    chat: Chat
    message_id: int
    data: str
    at: float
    update: Update | None
    tried: bool = False
    """The bot has called answerCallbackQuery, in time or not."""
    answered: bool = False
    edits: dict[int, int] = field(default_factory=dict)
    reported: bool = False

    @property
    def open(self) -> bool:
        """Whether an answer may still come: the bot has it or will get it."""
        lost = self.update is None or (self.update.done and self.update.delivered_at is None)
        return not self.tried and not lost


def as_button(button: dict[str, Any]) -> Button:
    """A keyboard's JSON button as a person sees it."""
    contact = bool(button.get("request_contact"))
    return Button(button["text"], button.get("callback_data"), button.get("url"), contact)
