"""Sheets about people: the list to fill in, and the rows that were not taken."""

from typing import Final

from bot.iom.people_rows import Judged
from bot.iom.people_words import ColumnKey, PeopleWords
from bot.iom.workbook import Sheet

_WITH_NAMES: Final[tuple[ColumnKey, ...]] = (
    "last_name",
    "first_name",
    "patronymic",
    "position",
    "subject",
    "role",
    "mentor",
    "email",
)
_WITH_CODES: Final[tuple[ColumnKey, ...]] = ("code", "position", "subject", "role", "mentor")
_NUMBER_WIDTH: Final = 8.0
_REASON_WIDTH: Final = 48.0
_CELL_WIDTH: Final = 22.0


def people_template(words: PeopleWords, *, keeps_names: bool) -> tuple[Sheet, Sheet]:
    """An empty list with a drop-down list of roles, and behind it the same filled in as an example.

    The example is on a sheet of its own, so that nobody invites fictional people.
    """
    keys = _WITH_NAMES if keeps_names else _WITH_CODES
    columns = {one.key: one for one in words.column}
    blank = Sheet(
        title=words.title,
        header=tuple(columns[key].caption for key in keys),
        widths=tuple(columns[key].width for key in keys),
        choices={keys.index("role"): tuple(one.title for one in words.role)},
        notes={place: columns[key].note for place, key in enumerate(keys) if columns[key].note},
    )
    rows = tuple(
        tuple(row.get(key, "") for key in keys) for row in words.example if ("code" in row) is not keeps_names
    )
    return blank, Sheet(words.example_title, blank.header, rows, blank.widths)


def rejected_sheet(judged: Judged, words: PeopleWords) -> Sheet:
    """The rows that were not taken, with number and reason before their own cells.

    It can be mended and sent back as it is: the columns keep their captions.
    """
    length = max([len(judged.header), *(len(row.cells) for row in judged.rejected)])
    return Sheet(
        title=words.rejected_title,
        header=(words.number_caption, words.reason_caption, *_padded(judged.header, length)),
        rows=tuple((row.number, words.reason(row), *_padded(row.cells, length)) for row in judged.rejected),
        widths=(_NUMBER_WIDTH, _REASON_WIDTH, *[_CELL_WIDTH] * length),
    )


def _padded(cells: tuple[str, ...], length: int) -> tuple[str, ...]:
    return cells + ("",) * (length - len(cells))
