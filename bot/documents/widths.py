"""Widths of columns and the size of letters that keep the words of a table whole.

A regulation gives shares; a share too narrow for «институциональный» would break the word. The
largest size of letters wins at which every column holds its longest word, borrowing width from
columns that have it to spare. Lengths are in points.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.face import advance

SIZES = (11.0, 10.0, 9.0, 8.0)
# Left and right margins inside a cell, and a hair for rounding in Word.
PADDING = 9.0
LEADING = 1.25
# A Russian letter of this face with its share of ragged line ends.
LETTER = 0.57
# A word longer than this will be broken anyway: an address, a slip of the keyboard.
LONGEST_WORD = 30
# Both printers may break after a hyphen; Word breaks nowhere else inside a word.
_PIECES = re.compile(r"[^\s\-–—]+[\-–—]?")


@dataclass(frozen=True, slots=True)
class Fit:
    """The size of letters, the widths of columns, and whether every word stays whole in them."""

    size: float
    widths: list[float]
    is_whole: bool


def fitted(words: Sequence[float], shares: Sequence[float], width: float) -> Fit:
    """How to draw a table `width` wide; `words` are the widest words of its columns at size 1."""
    total = sum(shares)
    wished = [share / total * width for share in shares]
    for size in SIZES:
        needed = [word * size + PADDING for word in words]
        if sum(needed) <= width:
            return Fit(size, _widened(wished, needed, width), True)
    needed = [word * SIZES[-1] + PADDING for word in words]
    return Fit(SIZES[-1], _compromise(wished, needed, width), False)


def longest_word(texts: Sequence[str], *, bold: bool = False) -> float:
    """Width at size 1 of the widest piece that a printer may not break."""
    pieces = {piece for text in texts for piece in _PIECES.findall(text) if len(piece) <= LONGEST_WORD}
    most = max(map(len, pieces), default=0)
    # The widest piece is among the longer ones: only they are measured letter by letter.
    return max((advance(piece, bold=bold) for piece in pieces if 2 * len(piece) >= most), default=0.0)


def lines(text: str, width: float, size: float) -> int:
    """About how many lines `text` takes in a column of this width, by letters of middling width."""
    room = max((width - PADDING) / (size * LETTER), 1.0)
    return sum(math.ceil(len(line) / room) or 1 for line in text.split("\n"))


def _widened(wished: list[float], needed: list[float], width: float) -> list[float]:
    """Columns narrower than their words take what they need, the others share the rest as wished."""
    tight: set[int] = set()
    while True:
        rest = width - sum(needed[index] for index in tight)
        loose = sum(wish for index, wish in enumerate(wished) if index not in tight) or 1.0
        widths = [
            needed[index] if index in tight else wish * rest / loose for index, wish in enumerate(wished)
        ]
        more = {index for index in range(len(wished)) if index not in tight and widths[index] < needed[index]}
        if not more:
            return widths
        tight |= more


def _compromise(wished: list[float], needed: list[float], width: float) -> list[float]:
    """Nothing fits: every column gets a part of the paper by the mean of its wish and its need."""
    scale = width / sum(needed)
    return [(wish + need * scale) / 2 for wish, need in zip(wished, needed, strict=True)]
