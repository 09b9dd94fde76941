"""The text of a cell that came in: whatever its type was, one clean line."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

_SPACES: Final = re.compile(r"\s+")
_MOST_EXACT: Final = 1e15  # beyond it a float is no number anybody typed whole


def text_of(value: object) -> str:
    """12.0 as «12», a date as ISO, a midnight without its hours; texts tidied."""
    match value:
        case str():
            return tidy(value)
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime():
            return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return tidy(str(value))


def tidy(text: str) -> str:
    """NFC, on one line, single spaces; controls, surrogates, zero-width and bidi marks taken out."""
    if not text.isprintable():
        text = "".join(filter(None, map(_instead, text)))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _instead(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else ""


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _MOST_EXACT else f"{value:.15g}"
