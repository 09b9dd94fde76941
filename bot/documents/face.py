"""The bundled font as numbers: which characters it has and how wide they are.

Thirty lines over the TrueType tables `cmap` (format 4) and `hmtx` spare a dependency on fontTools.
Advances are shares of the font size, so a width in points is `advance(text) * size`.
"""

import struct
from array import array
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.documents.places import templates

FAMILY = "Liberation Serif"
# An average letter, for characters without a glyph.
FALLBACK = 0.5


@cache
def letters() -> frozenset[int]:
    """Code points that both faces used for text (regular and bold) can draw."""
    return frozenset(_widths("Regular")) & frozenset(_widths("Bold"))


def advance(text: str, *, bold: bool = False) -> float:
    """Width of one unbroken line of text in font sizes."""
    width_of = _widths("Bold" if bold else "Regular").get
    return sum([width_of(code, FALLBACK) for code in map(ord, text)])


@cache
def _widths(style: str) -> Mapping[int, float]:
    data = (templates() / "fonts" / f"LiberationSerif-{style}.ttf").read_bytes()
    tables = _tables(data)
    (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    advances = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * glyph)[0] for glyph in range(metrics)]
    glyphs = _glyphs(data, tables["cmap"])
    return {code: advances[min(glyph, metrics - 1)] / units for code, glyph in glyphs.items()}


def _tables(data: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Code point → glyph, from the Windows Unicode subtable (platform 3, encoding 1)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * index) for index in range(count))
    start = next(cmap + offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    kind, length, _, doubled = struct.unpack_from(">4H", data, start)
    if kind != 4:
        raise ValueError(f"cmap format {kind} in {FAMILY}, expected 4")
    words = array("H", data[start : start + length])
    words.byteswap()
    return dict(_segments(words, doubled // 2))


def _segments(words: "array[int]", count: int) -> list[tuple[int, int]]:
    """Pairs of a format 4 subtable: four parallel arrays of ends, starts, deltas and offsets."""
    ends, starts, deltas, offsets = 7, 8 + count, 8 + 2 * count, 8 + 3 * count
    pairs = []
    for segment in range(count):
        first, last = words[starts + segment], words[ends + segment]
        delta, offset = words[deltas + segment], words[offsets + segment]
        for code in range(first, last + 1):
            glyph = code if not offset else words[offsets + segment + offset // 2 + code - first]
            if code != 0xFFFF and glyph:
                pairs.append((code, (glyph + delta) & 0xFFFF))
    return pairs


def font_folder() -> Path:
    """The only folder of fonts a printer may look into."""
    return templates() / "fonts"
