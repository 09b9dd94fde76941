"""The one sanitiser before every printer.

A lone surrogate makes one library stop in the middle of a card without a word, NUL makes another
raise, typst drops emoji silently: whatever cannot stand on an official paper is settled here, once.
"""

import re
import unicodedata
from functools import cache

from bot.documents.face import letters

GAP = "□"
# Zero-width space, soft hyphen, bidi and language tags are of category Cf: all go without a trace.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Mn", "Me"})
_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# A tick typed on a phone is an answer, not a decoration: the font draws it as the root sign.
_TICKS = str.maketrans({"✓": "√", "✔": "√", "✅": "√", "☑": "√"})


def clean(text: str) -> str:
    """Text that every printer draws the same way: NFC, newlines as `\\n`, tabs as one space.

    Controls, NUL, surrogates, noncharacters, bidi and zero-width marks and emoji are taken out;
    a character the bundled font lacks becomes «□», so that the reader sees that something was there.
    """
    if not _strange().search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ").translate(_TICKS)
    text = unicodedata.normalize("NFC", text)
    return _strange().sub(lambda found: _instead(found[0]), text)


def _instead(letter: str) -> str:
    """What stands for one character that the font cannot draw or the paper may not hold."""
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    if kind in _DROPPED or _is_emoji(ord(letter)):
        return ""
    return GAP


def _is_emoji(code: int) -> bool:
    """Pictographs of the blocks emoji live in; letters and mathematics are never among them."""
    return (
        0x1F000 <= code <= 0x1FAFF
        or 0x2600 <= code <= 0x27BF
        or 0x231A <= code <= 0x23FF
        or 0x2B00 <= code <= 0x2BFF
    )


@cache
def _strange() -> re.Pattern[str]:
    """Any character outside the font, newline excepted: one search settles a decent text."""
    kept = (code for code in sorted(letters()) if _is_fit(chr(code)))
    return re.compile(f"[^\n{''.join(re.escape(chr(code)) for code in kept)}]")


def _is_fit(letter: str) -> bool:
    """Fonts carry glyphs for zero-width and bidi controls too; a combining mark it has may stay."""
    return unicodedata.category(letter) not in _DROPPED - {"Mn"}
