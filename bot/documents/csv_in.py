"""Rows of a CSV file: in UTF-8, in what Russian Excel saves, or in Excel's «Unicode text»."""

import csv
import io
import re
from collections import Counter
from typing import Final

from bot.documents.cells import tidy
from bot.documents.limits import MOST_ROWS
from bot.iom.workbook import TableError, TableProblem

_ENCODINGS: Final = ("utf-8-sig", "cp1251")
_DELIMITERS: Final = ";\t,"
_HEAD: Final = 20  # lines that tell the delimiter
_DECLARED: Final = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)


def rows_of(data: bytes) -> list[list[str]]:
    """Every record, blank ones too, so that a place in the list is a row of the sheet. Raises TableError."""
    text = _decoded(data)
    if "\0" in text:
        raise TableError(TableProblem.NOT_A_TABLE, {"kind": "csv"})
    declared = _DECLARED.match(text)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=declared[1] if declared else _delimiter(text), strict=True
    )
    rows: list[list[str]] = []
    try:
        for row in reader:
            if len(rows) >= MOST_ROWS:
                raise TableError(TableProblem.TOO_MANY_ROWS, {"most": MOST_ROWS})
            rows.append([tidy(cell) for cell in row])
    except csv.Error:
        raise TableError(TableProblem.QUOTES, {"line": reader.line_num}) from None
    return [[], *rows[1:]] if declared else rows


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(TableProblem.NOT_A_TABLE, {"kind": "csv"})


def _delimiter(text: str) -> str:
    """The one that stands equally often in most of the first lines; of equals, the first of `_DELIMITERS`."""
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:_HEAD]

    def agreeing(sign: str) -> int:
        times = Counter(line.count(sign) for line in lines if sign in line)
        return max(times.values(), default=0)

    return max(_DELIMITERS, key=agreeing)
