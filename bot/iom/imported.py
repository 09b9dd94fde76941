"""A list that came in, judged row by row: the good are kept, the rest said why not.

    Row… ── columns.heading ──► the columns ── judge of its kind ──► item | No ──► Sifted

Never all or nothing. What is found does not depend on what is stored: that is compared when it is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, TypeVar

from bot.iom.columns import cells, heading, same_words, spelled
from bot.iom.import_words import ImportForm
from bot.iom.period_parse import Prefer, parse_day
from bot.iom.period_types import PeriodError
from bot.iom.workbook import Row, Sheet

T = TypeVar("T")
Cells = Mapping[str, str]
# A cell of the row by the key of its column → what tells two rows apart, and the item; raises No.
Judge = Callable[[Row, Cells], tuple[str, T]]

SHORT: Final = 60  # characters of a cell that a reason repeats
_NUMBER_WIDTH, _REASON_WIDTH, _CELL_WIDTH = 8.0, 48.0, 22.0


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its number and cells in the file, the key of the reason, what fills it."""

    number: int
    cells: tuple[str, ...]
    reason: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sifted(Generic[T]):
    """Every row under the header is taken, rejected, or repeats another word for word.

    `told`: what is worth knowing before it is written, by the key of its words (pairs of rows, counts).
    """

    header: tuple[str, ...]
    valid: tuple[T, ...]
    rejected: tuple[Rejected, ...] = ()
    repeated: int = 0
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """What writing rows did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


class No(Exception):
    """A row that can't be taken: the key of the reason and what fills its words."""

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


def sift(
    rows: Sequence[Row], form: ImportForm, judge: Judge[T], more: Mapping[str, str] | None = None
) -> Sifted[T]:
    """Judge every row under the header. `more`: keys of further columns by caption, beside the form's own.

    Raises TableError: no header, or nothing under it.
    """
    keys = {**(more or {}), **form.captions}
    expected = [one.caption for one in form.needed]
    found = heading(rows, keys, lambda at: all(one.key in at for one in form.needed), expected)
    taken: dict[str, tuple[Row, T]] = {}
    rejected: list[Rejected] = []
    repeated = 0
    for row in rows[found.place + 1 :]:
        try:
            key, item = judge(row, cells(row, found.columns))
        except No as no:
            rejected.append(Rejected(row.number, row.cells, no.reason, no.values))
            continue
        first = taken.setdefault(key, (row, item))
        if first[0] is row:
            continue
        if same_words(first[0], row):
            repeated += 1
        else:
            values: dict[str, str | int] = {"row": first[0].number}
            rejected.append(Rejected(row.number, row.cells, "same", values))
    return Sifted(found.row.cells, tuple(item for _, item in taken.values()), tuple(rejected), repeated)


def text(form: ImportForm, key: str, said: Cells) -> str:
    """A cell as it stands; No: longer than the column takes, or empty where it is needed."""
    column, found = form.columns[key], said.get(key, "")
    if len(found) > column.most:
        raise No("too_long", column=column.caption, most=column.most)
    if column.needed and not found:
        raise No("empty", column=column.caption)
    return found


def choice(form: ImportForm, key: str, said: Cells) -> str:
    """The stored key of a word of a list, "" for an empty cell; No: another word."""
    column, typed = form.columns[key], text(form, key, said)
    if not typed:
        return ""
    found = form.words[column.choices].get(spelled(typed))
    if found is None:
        known = ", ".join(form.titles(column.choices))
        raise No("unknown_word", column=column.caption, word=typed[:SHORT], known=known)
    return found


def day(form: ImportForm, key: str, said: Cells, today: date, prefer: Prefer = "future") -> date | None:
    """The day of a cell, None for an empty one; No: it is none."""
    typed = text(form, key, said)
    if not typed:
        return None
    try:
        iso = typed[:4].isdigit()  # what a spreadsheet has as a date
        return date.fromisoformat(typed[:10]) if iso else parse_day(typed, today, prefer=prefer)
    except (ValueError, PeriodError):
        raise No("not_a_day", column=form.columns[key].caption, word=typed[:SHORT]) from None


def rejected_sheet(header: tuple[str, ...], rejected: Sequence[Rejected], form: ImportForm) -> Sheet:
    """The rows that were not taken."""
    lines = [(one.number, form.reason(one.reason, one.values), one.cells) for one in rejected]
    return sheet_of(form.rejected_title, (form.number_caption, form.reason_caption), header, lines)


def sheet_of(
    title: str,
    captions: tuple[str, str],
    header: tuple[str, ...],
    lines: Sequence[tuple[int, str, tuple[str, ...]]],
) -> Sheet:
    """Rows with number and reason before their own cells: it can be mended and sent back as it is, the
    columns keep their captions."""
    length = max([len(header), *(len(found) for _, _, found in lines)])
    return Sheet(
        title=title,
        header=(*captions, *_padded(header, length)),
        rows=tuple((number, reason, *_padded(found, length)) for number, reason, found in lines),
        widths=(_NUMBER_WIDTH, _REASON_WIDTH, *[_CELL_WIDTH] * length),
    )


def _padded(found: tuple[str, ...], length: int) -> tuple[str, ...]:
    return found + ("",) * (length - len(found))
