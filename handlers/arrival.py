"""What came from a phone, in our own words: the only thing the transport hands to a unit of work."""

from dataclasses import dataclass

from bot.iom.journey import File
from bot.speech.presses import Press


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came from a phone, in our own words.

    Exactly one of `text`, `press`, `command`, `file`, `odd` is set (`text` may be the caption of `file`);
    `odd` names what can't be an answer (a sticker, an edited message). `message_id` is the message a
    pressed button hangs on; `payload` what a deep link says after /start.
    """

    bot_id: int
    update_id: int
    telegram_id: int
    chat_id: int
    text: str = ""
    press: Press | None = None
    command: str = ""
    odd: str = ""
    query: str = ""
    message_id: int | None = None
    payload: str = ""
    file: File | None = None
