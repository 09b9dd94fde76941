"""What a person types of her hours: «9», «с 9 часов», «тихо с 20 до 8»."""

import re
from typing import NamedTuple

from bot.iom.asked import Refused

_HOUR = re.compile(r"(?:с\s*)?(\d{1,2})(?::00)?(?:\s*час\w*)?", re.IGNORECASE)
_QUIET = re.compile(r"тихо\s+с\s+(\d{1,2})(?::00)?\s+до\s+(\d{1,2})(?::00)?", re.IGNORECASE)
EARLIEST, LATEST = 6, 20


class Quiet(NamedTuple):
    """Nothing may sound from this hour to that."""

    starts: int
    ends: int


def hours(text: str, *, alone: bool) -> int | Quiet | Refused | None:
    """The hour from which reminders come, or the quiet hours; None: it is neither. `alone`: a bare number is
    an hour too. Refused: "not_hour", "not_quiet"."""
    said = text.strip()
    if found := _QUIET.fullmatch(said):
        quiet = Quiet(int(found[1]), int(found[2]))
        return quiet if 18 <= quiet.starts <= 23 and 5 <= quiet.ends <= 10 else Refused("not_quiet")
    if alone and (found := _HOUR.fullmatch(said)):
        hour = int(found[1])
        return hour if EARLIEST <= hour <= LATEST else Refused("not_hour")
    return None
