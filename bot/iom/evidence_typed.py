"""What a teacher types and sends as evidence: numbers, days and hours as people write them, and files."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

from bot.iom import period
from bot.iom.asked import Refused
from bot.iom.journey import File
from bot.iom.plain import plain

MEGABYTE = 1024 * 1024
MOST = 20  # megabytes: what a bot may download of a file (Bot API, getFile)
NUMBER = 60  # characters
WORDS = 1000
NAME = 80
HOURS = 1000.0

EXTENSIONS = frozenset(
    {
        *("pdf", "jpg", "jpeg", "png", "heic"),
        *("doc", "docx", "xls", "xlsx", "ppt", "pptx"),
        *("odt", "ods", "odp", "txt"),
    }
)
# A file without an extension is judged by what Telegram calls it.
_BY_MIME = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/heic": "heic",
    "text/plain": "txt",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
# Whatever the name says, these are programs.
_PROGRAMS = ("application/x-ms", "application/x-dos", "application/x-sh", "application/java", "text/html")
_EXTENSION = re.compile(r"\.([^.\s]{1,10})$")
_NUMBER_SIGN = re.compile(r"^(?:№|n[o°]?\.?(?=\s|\d)|номер)\s*", re.IGNORECASE)
_HOURS = re.compile(
    r"(?:около |примерно )?([0-9]{1,4}(?:[.,][0-9]{1,2})?) ?(?:(?:ак[а-я]*\.? ?)?ч[а-я]*)?\.?"
)
_MINUTES = re.compile(r"(?:([0-9]{1,3}) ?ч[а-я]*\.? ?)?([0-9]{1,3}) ?мин[а-я]*\.?")
_WORDS = {"полчаса": 0.5, "час": 1.0, "один час": 1.0, "полтора": 1.5, "полтора часа": 1.5, "два часа": 2.0}


def file(sent: File) -> File | Refused:
    """The file with a name that can be shown; refused: "file_big", "file_kind"."""
    name = file_name(sent.name)
    found = _EXTENSION.search(name)
    extension = found[1].lower() if found else _BY_MIME.get(sent.mime, "")
    if extension not in EXTENSIONS or sent.mime.startswith(_PROGRAMS):
        return Refused("file_kind", {"extension": extension})
    if sent.size > MOST * MEGABYTE:
        return Refused("file_big", {"limit": MOST, "size": -(-sent.size // MEGABYTE)})
    return replace(sent, name=name)


def file_name(name: str) -> str:
    """A name without folders, control and invisible characters, that keeps its extension when cut."""
    plain_name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in plain_name if unicodedata.category(sign)[0] != "C")
    shown = " ".join(shown.split()).strip(" .")
    if len(shown) <= NAME:
        return shown
    found = _EXTENSION.search(shown)
    tail = found[0] if found else ""
    return shown[: NAME - 1 - len(tail)] + "…" + tail


def number(text: str) -> str | Refused:
    """«№ 17-У» as «17-У»; refused: "no_words", "too_long"."""
    said = _NUMBER_SIGN.sub("", " ".join(text.split())).strip(" .,;")
    if not any(sign.isalnum() for sign in said):
        return Refused("no_words")
    if len(said) > NUMBER:
        return Refused("too_long", {"limit": NUMBER, "length": len(said)})
    return said


def day(text: str, today: date) -> date | Refused:
    """A day that is not in the future; refused: "not_date", "future_date"."""
    try:
        found = period.parse_day(text, today, prefer="past")
    except period.PeriodError:
        return Refused("not_date")
    return Refused("future_date") if found > today else found


def hours(text: str, most: float = HOURS) -> float | Refused:
    """«36 часов», «1,5», «полтора часа», «1 ч 30 мин»: halves of an hour; refused: "not_hours"."""
    spelled = plain(text, 60) or ""
    refused = Refused("not_hours", {"most": int(most)})
    found = _hours(spelled)
    if found is None or not 0 < found <= most or found * 2 != int(found * 2):
        return refused
    return found


def _hours(spelled: str) -> float | None:
    if spelled.rstrip(".") in _WORDS:
        return _WORDS[spelled.rstrip(".")]
    if timed := _MINUTES.fullmatch(spelled):
        return int(timed[1] or 0) + int(timed[2]) / 60
    said = _HOURS.fullmatch(spelled)
    return float(said[1].replace(",", ".")) if said else None


def words(text: str, limit: int = WORDS) -> str | Refused:
    """Own words of a remark, a question, an account; refused: "no_words", "too_long"."""
    said = text.strip()
    if not any(sign.isalnum() for sign in said):
        return Refused("no_words")
    return Refused("too_long", {"limit": limit, "length": len(said)}) if len(said) > limit else said
