"""Sheets about people: the list to fill in, and the rows that were not taken."""

from typing import Final

from bot.iom.imported import sheet_of
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
    """The rows that were not taken, with number and reason before their own cells."""
    lines = [(row.number, words.reason(row), row.cells) for row in judged.rejected]
    captions = (words.number_caption, words.reason_caption)
    return sheet_of(words.rejected_title, captions, judged.header, lines)
