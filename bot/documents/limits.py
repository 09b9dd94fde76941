"""How much of a table a stranger may send: what a person's list never reaches."""

from typing import Final

MEGABYTE: Final = 1 << 20
MOST_BYTES: Final = 20 * MEGABYTE
MOST_ROWS: Final = 21_000  # 20 000 and what stands above them
MOST_COLUMNS: Final = 60
MOST_LETTERS: Final = 20_000_000  # of all cells: one text may stand in every one
# A workbook is a zip: all it unpacks to, and how many files it holds.
MOST_UNPACKED: Final = 60 * MEGABYTE
MOST_PARTS: Final = 2_000
# XML of a real sheet shrinks thirtyfold; small files shrink as they like.
MOST_SHRUNK: Final = 100
MOST_ELEMENTS: Final = 3_000_000  # of a part; every cell of the largest table takes two
DEEPEST: Final = 50
SMALL: Final = 8 * MEGABYTE
