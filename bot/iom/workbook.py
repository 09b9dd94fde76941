"""A table as people exchange it: sheets that go out as a workbook, rows that came in from one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Cell = str | int | float | date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write; columns are numbered from 0.

    `widths` in letters (none: by the texts); `choices`: the drop-down list of a column, other words may
    still be typed; `notes`: what is said beside a caption.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    widths: tuple[float, ...] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that came in: `number` as the spreadsheet shows it, from 1; cells without their empty tail."""

    number: int
    cells: tuple[str, ...]


class TableProblem(StrEnum):
    """Why a file is no table; each has its words in templates/texts/_table_reasons.j2."""

    TOO_BIG = "too_big"  # values: most, in megabytes
    NOT_A_TABLE = "not_a_table"  # values: kind, the ending of the name
    OLD_XLS = "old_xls"
    PASSWORD = "password"
    MACROS = "macros"
    BOMB = "bomb"  # unpacks to far more than it is
    DAMAGED = "damaged"
    QUOTES = "quotes"  # values: line; a quotation mark of a CSV file is not closed
    TOO_MANY_ROWS = "too_many_rows"  # values: most
    TOO_MANY_COLUMNS = "too_many_columns"  # values: most
    EMPTY = "empty"
    NO_HEADER = "no_header"  # values: expected, captions with commas


class TableError(ValueError):
    """A file that is no table; `reason` and `values` make the sentence."""

    def __init__(self, reason: TableProblem, values: Mapping[str, object] | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.values = dict(values or {})
