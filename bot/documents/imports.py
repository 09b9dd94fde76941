"""Files of the lists that may be brought in: tables to fill in and rows that were not taken, as workbooks."""

from collections.abc import Sequence
from functools import cache

from bot.documents.places import templates
from bot.documents.xlsx import write
from bot.iom import import_sheets, import_words
from bot.iom.import_words import ImportKind, ImportWords
from bot.iom.imported import Rejected, rejected_sheet
from bot.iom.regulation import Regulation


@cache
def words() -> ImportWords:
    """The words of `templates/imports.toml`, read once. Raises ImportWordsError."""
    return import_words.read((templates() / "imports.toml").read_text(encoding="utf-8"))


def catalogue_template(regulation: Regulation | None) -> bytes:
    """The table of events to fill in."""
    return write(import_sheets.catalogue(words().catalogue, regulation))


def diagnostics_template(regulation: Regulation | None, people: Sequence[str]) -> bytes:
    """The table of results to fill in."""
    return write(import_sheets.diagnostics(words().diagnostics, regulation, people))


def staff_template(organisations: Sequence[tuple[str, int | None]]) -> bytes:
    """The table of staff numbers to fill in."""
    return write(import_sheets.staff(words().staff, organisations))


def rejected_file(kind: ImportKind, header: tuple[str, ...], rejected: Sequence[Rejected]) -> bytes:
    """The workbook of rows that were not taken, with the reasons."""
    return write([rejected_sheet(header, rejected, words().form(kind))])
