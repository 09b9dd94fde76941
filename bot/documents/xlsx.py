"""Tables out and in: `write` makes a workbook, `read` takes .xlsx and .csv from strangers.

    Sheet ── write ──► bytes ──(a person fills it)──► bytes ── read ──► Row, or TableError

Reading is in `workbook_in` and `csv_in`, what is too much in `limits`.
"""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from bot.documents import csv_in, workbook_in
from bot.documents.limits import MEGABYTE, MOST_BYTES, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS
from bot.iom.workbook import Cell, Row, Sheet, TableError, TableProblem

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CSV: Final = {"csv", "tsv", "txt"}

_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_MOMENT: Final = datetime(1980, 1, 1)  # noqa: DTZ001  the same sheets give the same bytes
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
_UNWRITTEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNTITLED: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST: Final = 32_767  # characters of a cell
_LONGEST_TITLE: Final = 31
_LONGEST_LIST: Final = 255  # characters of a drop-down list, commas included
_LISTS: Final = "lists"
_LISTED_ROWS: Final = 1_000  # rows that have the drop-down list, filled or not
_NARROW, _WIDE = 8.0, 50.0
_CELL: Final = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
_HEADER: Final = {**_CELL, "bold": True, "bg_color": "#E7EEF7"}


def write(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of these sheets, headers bold and frozen. No text of a cell is ever a formula.

    A list of choices that Excel can't hold in a cell (255 characters, no commas) stands on a hidden sheet.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, _PLAIN) as book:
        book.set_properties({"created": _MOMENT})
        titles: set[str] = {_LISTS}
        lists: list[tuple[str, ...]] = []
        for sheet in sheets:
            _draw(book, sheet, _title(sheet.title, titles), lists)
        _hide(book, lists)
    return buffer.getvalue()


def read(data: bytes, name: str) -> tuple[Row, ...]:
    """The rows that hold anything, of the first sheet that does. `name` of the file tells CSV from other.

    Raises TableError.
    """
    if len(data) > MOST_BYTES:
        raise TableError(TableProblem.TOO_BIG, {"most": MOST_BYTES // MEGABYTE})
    rows = tuple(_rows(_records(data, name)))
    if not rows:
        raise TableError(TableProblem.EMPTY)
    return rows


def _records(data: bytes, name: str) -> list[list[str]]:
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith(_ZIP):
        if kind in {"xlsm", "xltm", "xlsb"}:
            raise TableError(TableProblem.MACROS)
        return workbook_in.rows_of(data)
    if data.startswith(_OLE):
        raise TableError(TableProblem.PASSWORD if _ENCRYPTED in data else TableProblem.OLD_XLS)
    if kind in _CSV:
        return csv_in.rows_of(data)
    raise TableError(TableProblem.NOT_A_TABLE, {"kind": kind[:10]})


def _rows(records: list[list[str]]) -> list[Row]:
    rows = []
    letters = 0
    for number, record in enumerate(records, start=1):
        cells = record.copy()
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise TableError(TableProblem.TOO_MANY_COLUMNS, {"most": MOST_COLUMNS})
        if cells and number > MOST_ROWS:
            raise TableError(TableProblem.TOO_MANY_ROWS, {"most": MOST_ROWS})
        if cells:
            rows.append(Row(number, tuple(cells)))
            letters += sum(map(len, cells))
        if letters > MOST_LETTERS:
            raise TableError(TableProblem.BOMB)
    return rows


def _title(wished: str, taken: set[str]) -> str:
    """A name Excel takes: short, without its seven signs, unlike the others."""
    plain = _UNTITLED.sub(" ", _UNWRITTEN.sub("", wished)).strip().strip("'") or "1"
    endings = chain([""], (f" ({number})" for number in count(2)))
    titles = (plain[: _LONGEST_TITLE - len(ending)] + ending for ending in endings)
    title = next(title for title in titles if title.casefold() not in taken)
    taken.add(title.casefold())
    return title


def _draw(book: Any, sheet: Sheet, title: str, lists: list[tuple[str, ...]]) -> None:
    page = book.add_worksheet(title)
    header, cell = book.add_format(_HEADER), book.add_format(_CELL)
    quoted = book.add_format({**_CELL, "quote_prefix": True})
    day = book.add_format({**_CELL, "num_format": "dd.mm.yyyy"})
    for column, width in enumerate(sheet.widths or _widths(sheet)):
        page.set_column(column, column, width)
    for column, caption in enumerate(sheet.header):
        page.write_string(0, column, _written(caption), header)
    for place, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                text = _written(value)
                page.write_string(place, column, text, quoted if text.startswith(_DANGEROUS) else cell)
            elif isinstance(value, date):
                page.write_datetime(place, column, value, day)
            else:
                page.write_number(place, column, value, cell)
    _help(page, sheet, lists)


def _help(page: Any, sheet: Sheet, lists: list[tuple[str, ...]]) -> None:
    """Lists, notes, the frozen header, and paper: as wide as a lying A4."""
    last = max(len(sheet.rows), _LISTED_ROWS)
    for column, words in sheet.choices.items():
        source = _source(words, lists)
        page.data_validation(
            1, column, last, column, {"validate": "list", "source": source, "error_type": "information"}
        )
    for column, note in sheet.notes.items():
        page.write_comment(0, column, _written(note), {"x_scale": 2, "y_scale": 1.5})
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _source(words: tuple[str, ...], lists: list[tuple[str, ...]]) -> list[str] | str:
    """The choices themselves, or where they stand on the hidden sheet: one column each."""
    if len(",".join(words)) <= _LONGEST_LIST and not any("," in word for word in words):
        return list(words)
    if words not in lists:
        lists.append(words)
    column = xl_col_to_name(lists.index(words), col_abs=True)
    return f"={_LISTS}!{column}$1:{column}${len(words)}"


def _hide(book: Any, lists: Sequence[tuple[str, ...]]) -> None:
    if not lists:
        return
    page = book.add_worksheet(_LISTS)
    page.hide()
    for column, words in enumerate(lists):
        for row, word in enumerate(words):
            page.write_string(row, column, _written(word))


def _written(text: str) -> str:
    return _UNWRITTEN.sub("", text)[:_LONGEST]


def _widths(sheet: Sheet) -> list[float]:
    columns = zip(sheet.header, *(_padded(row, len(sheet.header)) for row in sheet.rows[:200]), strict=True)
    return [min(max(_NARROW, 1.1 * max(len(str(cell)) for cell in column) + 2), _WIDE) for column in columns]


def _padded(row: tuple[Cell, ...], length: int) -> tuple[Cell, ...]:
    return (row + ("",) * length)[:length]
