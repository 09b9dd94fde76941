"""Reading what a coordinator types about her organisation: «1 сентября – 31 мая», «понедельник 9:00»."""

import re
from datetime import date

from bot.iom import period
from bot.iom.period import Period, PeriodError
from bot.iom.plain import plain
from bot.iom.school import MAX_STAFF

_HOLIDAYS = 20  # ranges in one message
_LIMIT = 1000  # characters of one message
_YEAR = range(3, 13)  # months of a school year
_DAYS = (
    re.compile(r"пн|пон[а-я]*"),
    re.compile(r"вт|втор[а-я]*"),
    re.compile(r"ср|сред[а-я]*"),
    re.compile(r"чт|чет[а-я]*"),
    re.compile(r"пт|пят[а-я]*"),
    re.compile(r"сб|суб[а-я]*"),
    re.compile(r"вс|воск[а-я]*"),
)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.-](?P<minute>\d\d))?(?: ?ч(?:ас(?:а|ов)?)?\b\.?)?"
    r"(?: (?P<part>утра|дня|вечера|ночи))?"
)
_AFTERNOON = {"дня", "вечера"}


class SettingError(ValueError):
    """What was typed is no such setting. `reason`: not_school_year, not_holidays, not_digest, not_staff;
    `piece` is what could not be read."""

    def __init__(self, reason: str, piece: str = "") -> None:
        super().__init__(reason)
        self.reason, self.piece = reason, piece[:40]


def parse_school_year(text: str, today: date) -> tuple[str, str]:
    """«1 сентября – 31 мая», «сентябрь – май» → ("09-01", "05-31"); raises `SettingError`."""
    try:
        found = period.parse(text, today)
    except PeriodError:
        raise SettingError("not_school_year", text) from None
    starts, ends = found.starts, found.ends
    if (ends.year - starts.year) * 12 + ends.month - starts.month + 1 not in _YEAR:
        raise SettingError("not_school_year", text)
    return f"{starts:%m-%d}", f"{ends:%m-%d}"


def parse_holidays(text: str, today: date) -> tuple[Period, ...]:
    """«26.10 – 03.11, 29.12 – 11.01»: ranges after commas, semicolons or on lines of their own, by the
    calendar; raises `SettingError` with the piece that is none."""
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if len(text) > _LIMIT or not 0 < len(pieces) <= _HOLIDAYS:
        raise SettingError("not_holidays", text)
    return tuple(sorted({_holidays(piece, today) for piece in pieces}, key=lambda one: one.starts))


def _holidays(piece: str, today: date) -> Period:
    try:
        return period.parse(piece, today)
    except PeriodError:
        raise SettingError("not_holidays", piece) from None


def parse_digest(text: str) -> tuple[int, int]:
    """«понедельник 9:00», «по пятницам в 6 вечера» → (day, 0 is Monday; hour); raises `SettingError`.

    A digest goes out on the hour, so minutes other than 00 are refused.
    """
    said = plain(text, _LIMIT) or ""
    days = {number for word in re.findall("[а-я]+", said) if (number := _day(word)) is not None}
    hours = [hour for found in _HOUR.finditer(said) if (hour := _hour(found)) is not None]
    if len(days) != 1 or len(hours) != 1:
        raise SettingError("not_digest", text)
    return days.pop(), hours[0]


def _day(word: str) -> int | None:
    return next((number for number, name in enumerate(_DAYS) if name.fullmatch(word)), None)


def _hour(found: re.Match[str]) -> int | None:
    """The hour of the day, None when it is none («25», «9:30»)."""
    hour, part = int(found["hour"]), found["part"]
    if (part and not 1 <= hour <= 12) or int(found["minute"] or 0):
        return None
    if part:
        hour = hour % 12 + (12 if part in _AFTERNOON else 0)
    return hour if hour < 24 else None


def parse_staff(text: str) -> int:
    """«45», «45 педагогов»: how many teachers there are; raises `SettingError`."""
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d) (?=\d{3}\b)", "", plain(text, _LIMIT) or ""))
    if len(numbers) != 1 or len(numbers[0]) > len(str(MAX_STAFF)) or not 0 < int(numbers[0]) <= MAX_STAFF:
        raise SettingError("not_staff", text)
    return int(numbers[0])
