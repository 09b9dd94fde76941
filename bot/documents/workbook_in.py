"""Rows of a workbook somebody sent, read so that no file can hurt the process.

    bytes ── archive.parts ──► the XML parts, within limits ── workbook_xml ──► sheets, texts, dates
          ── _Reader ──► texts of the cells, refused as soon as one lies too far

Read by expat and not by calamine: a 2 KB file makes calamine allocate 500 GB and abort the whole bot
(tafia/calamine#693; `uniqueCount` of the texts does it too), and the message would come again after the
start. Formulas, links and macros are never run or followed: a cell says its last value.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.documents.archive import parts
from bot.documents.cells import text_of
from bot.documents.limits import MOST_COLUMNS, MOST_ROWS
from bot.documents.workbook_xml import Attributes, Book, book, dates, texts, unescaped, walk
from bot.iom.workbook import TableError, TableProblem

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_NOTHING: Final = b"<none/>"
_LAST_DAY: Final = 2_958_466  # after 31.12.9999


def rows_of(data: bytes) -> list[list[str]]:
    """The texts of the first visible sheet that is not blank, from its first row. Raises TableError."""
    found = parts(data)
    whole = book(found)
    if not whole.sheets:
        raise TableError(TableProblem.DAMAGED)
    table = texts(found.get("xl/sharedstrings.xml", _NOTHING))
    styles = dates(found.get("xl/styles.xml", _NOTHING))
    for name in whole.sheets:
        reader = _Reader(whole, table, styles)
        walk(found[name], reader.start, reader.end, reader.text)
        if reader.rows:
            return [_line(reader.rows.get(number, {})) for number in range(1, max(reader.rows) + 1)]
    return []


def _line(cells: Mapping[int, str]) -> list[str]:
    return [cells.get(column, "") for column in range(1, max(cells, default=0) + 1)]


class _Reader:
    """Takes the elements of one sheet; `rows` are texts by row and column, from 1, blank ones left out.

    References may be missing: then a cell follows the one before it.
    """

    def __init__(self, whole: Book, table: list[str], styles: list[bool]) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self._epoch = datetime(1904, 1, 1) if whole.is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._table, self._styles = table, styles
        self._row = self._column = 0
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, found: Attributes) -> None:
        self._open.append(name)
        if name == "row":
            self._row = _whole(found["r"]) if "r" in found else self._row + 1
            self._column = 0
        elif name == "c":
            self._column += 1
            if "r" in found:
                self._column, self._row = _place(found["r"])
            self._cell = found
            self._pieces = []

    def text(self, piece: str) -> None:
        """Of a value, or of a text in its place; a formula and readings over letters are passed over."""
        if self._open[-1] == "v" or (self._open[-1] == "t" and self._open[-2] != "rPh"):
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        self._open.pop()
        if name != "c" or not self._pieces:
            return
        text = self._value("".join(self._pieces))
        if not text:
            return
        if self._row > MOST_ROWS:
            raise TableError(TableProblem.TOO_MANY_ROWS, {"most": MOST_ROWS})
        if self._column > MOST_COLUMNS:
            raise TableError(TableProblem.TOO_MANY_COLUMNS, {"most": MOST_COLUMNS})
        self.rows.setdefault(self._row, {})[self._column] = text

    def _value(self, raw: str) -> str:
        match self._cell.get("t", "n"):
            case "s":
                return self._table[_whole(raw.strip())]
            case "inlineStr" | "str":
                return unescaped(raw)
            case "b":
                return text_of(raw.strip() == "1")
            case "e":
                return ""
            case "n":
                return text_of(self._number(float(raw)))
            case _:
                return text_of(raw)

    def _number(self, value: float) -> float | datetime | date | time:
        style = _whole(self._cell.get("s", "0"))
        if not (0 <= value < _LAST_DAY and style < len(self._styles) and self._styles[style]):
            return value
        moment = self._epoch + timedelta(seconds=round(value * 86_400))
        return moment.time() if value < 1 else moment


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise TableError(TableProblem.DAMAGED)
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    """«AB12» as column 28, row 12."""
    found = _REFERENCE.fullmatch(reference.upper())
    if not found:
        raise TableError(TableProblem.DAMAGED)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
