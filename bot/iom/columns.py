"""Where the columns of a list that came in are: found by their captions, in any order, others passed over."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.iom.plain import plain
from bot.iom.workbook import Row, TableError, TableProblem

SOUGHT: Final = 20  # rows above the header: a title, an order, a date
_LONGEST: Final = 300  # characters of a cell that may be a caption or a word looked up
_SIGNS: Final = re.compile(r"[\W_]+")

Places = Mapping[str, tuple[int, ...]]  # by the key of a column; a caption may stand twice


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of captions, its place among the rows, and where the known columns are."""

    row: Row
    place: int
    columns: Places


def spelled(text: str) -> str:
    """Lower case, ё as е, single spaces; what is longer than anything looked up stays unlike it."""
    short = plain(text, _LONGEST)
    return text.casefold() if short is None else short


def lettered(text: str) -> str:
    """`spelled` without signs and spaces: «Ф.И.О.» is «фио»."""
    return _SIGNS.sub("", spelled(text))


def heading(
    rows: Sequence[Row],
    keys: Mapping[str, str],
    enough: Callable[[Places], bool],
    expected: Sequence[str],
) -> Heading:
    """The first row that names enough columns; `keys` are keys of columns by `lettered` caption.

    Raises TableError: NO_HEADER with the captions that are `expected`, EMPTY when nothing follows it.
    """
    for place, row in enumerate(rows[:SOUGHT]):
        found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        for column, caption in enumerate(row.cells):
            key = keys.get(lettered(caption))
            if key:
                found[key] += (column,)
        if enough(found):
            if place + 1 == len(rows):
                raise TableError(TableProblem.EMPTY)
            return Heading(row, place, dict(found))
    told = ", ".join(f"«{caption}»" for caption in expected)
    raise TableError(TableProblem.NO_HEADER, {"expected": told})


def cells(row: Row, columns: Places) -> dict[str, str]:
    """What the row says in each column that is there; of twin columns, the first that is filled."""
    return {
        key: next((row.cells[place] for place in places if place < len(row.cells) and row.cells[place]), "")
        for key, places in columns.items()
    }


def same_words(first: Row, second: Row) -> bool:
    """Whether two rows say the same, whatever the case and spaces."""
    return [*map(spelled, first.cells)] == [*map(spelled, second.cells)]
