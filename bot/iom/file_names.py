"""Names of files in an archive: «Светлова_АИ_ИОМ_2026-27.docx», whatever a person is called."""

import re
from collections.abc import Container
from datetime import date
from itertools import chain, count

from bot.iom.card_people import CODE
from bot.iom.period import Period, school_year

WHAT = "ИОМ"
LONGEST = 60  # letters of a surname; the whole name stays far below 255 bytes of UTF-8
# Windows keeps these names for devices, with any ending.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")
_LETTERS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def card_name(name: str, code: str, year: str, taken: Container[str], ending: str = "docx") -> str:
    """A name no other file of the archive has, in any case of letters; `taken` are such names in lower case.

    Only letters, digits and hyphens of the name are left; a code, or nothing left, is the code.
    """
    first = "_".join(filter(None, (_person(name) or code, WHAT, year)))
    tries = chain([""], (f"_{number}" for number in count(2)))
    names = (f"{first}{more}.{ending}" for more in tries)
    return next(one for one in names if one.casefold() not in taken)


def _person(name: str) -> str:
    """«Светлова_АИ»; "" for a code and for what has no letters."""
    if CODE.fullmatch(name.strip()):
        return ""
    words = [word for word in _LETTERS.findall(name) if any(map(str.isalpha, word))]
    if not words or _DEVICES.fullmatch(words[0]):
        return ""
    letters = "".join(word[0] for word in words[1:3]).upper()
    return "_".join(filter(None, (words[0][:LONGEST], letters)))


def year_of(term: Period | None, today: date) -> str:
    """«2026-27»: of the route's term, else of today."""
    first, _, last = school_year(term or Period(today, today)).partition("/")
    return f"{first}-{last[-2:]}"
