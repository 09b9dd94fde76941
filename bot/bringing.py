"""What may be brought in as a file, whoever brings it: in the chat or by the command line.

    template ──► (a person fills it) ──► rows ── sifter ──► Sifted ── take, part by part ──► Counts

`sifter` reads what it needs to know at once and returns a pure function: that one runs in a thread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.documents import imports as files
from bot.iom import advice, catalogue_rows, diagnosis_rows, staff_rows
from bot.iom.catalogue_rows import Publisher
from bot.iom.import_words import ImportKind
from bot.iom.imported import Counts, Sifted
from bot.iom.numbers_names import block_names
from bot.iom.people import Organisation
from bot.iom.regulation import CompetenceBlock, Regulation
from bot.iom.school import settings_of
from bot.iom.workbook import Row
from bot.shelf import Shelf
from storage import diagnosis_imports, event_imports, organisations, staff_imports
from storage.decisions import Hand

KINDS: tuple[ImportKind, ...] = ("catalogue", "diagnostics", "staff")
Sifter = Callable[[tuple[Row, ...]], Sifted[Any]]


@dataclass(frozen=True, slots=True)
class Bringer:
    """On whose behalf: the organisation (None is the operator's, events only) and who signs."""

    shelf: Shelf
    organisation: Organisation | None
    hand: Hand

    @property
    def place(self) -> int:
        """The id of the organisation, 0 for none."""
        return self.organisation.id if self.organisation else 0


def regulation_of(conn: Connection, by: Bringer) -> Regulation | None:
    """The regulation the organisation works by, its own or inherited."""
    return _regulation(conn, by.shelf, by.place)


def _regulation(conn: Connection, books: Shelf, organisation_id: int) -> Regulation | None:
    volume = books.volumes.get(organisations.regulation_slug(conn, organisation_id))
    return volume.regulation if volume else None


def _blocks(conn: Connection, books: Shelf, organisation_id: int) -> Mapping[str, CompetenceBlock]:
    """Blocks as they are called there; where no regulation is known, those of all of them."""
    regulation = _regulation(conn, books, organisation_id)
    found: dict[str, CompetenceBlock] = {}
    for one in (regulation,) if regulation else books.titles().values():
        found |= {block.key: block for block in one.block if block.key not in found}
    return found


def block_titles(conn: Connection, books: Shelf, organisation_id: int) -> Mapping[str, str]:
    """Titles of blocks by key, as the organisation calls them (0: the operator)."""
    return {key: block.title for key, block in _blocks(conn, books, organisation_id).items()}


def publisher_of(conn: Connection, by: Bringer) -> Publisher:
    """How events of this organisation come into the catalogue: looked at first when anybody is above it."""
    organisation, blocks = by.organisation, _blocks(conn, by.shelf, by.place)
    waits = organisation is not None and organisation.parent_id is not None
    return Publisher(by.place, organisation.kind if organisation else "", waits, block_names(blocks.values()))


def template(conn: Connection, kind: ImportKind, by: Bringer) -> bytes:
    """The table to fill in, with what is known already."""
    return _TEMPLATES[kind](conn, by)


def sifter(conn: Connection, kind: ImportKind, by: Bringer, today: date) -> Sifter:
    """What judges the rows of such a list; it raises TableError."""
    return _SIFTERS[kind](conn, by, today)


def take(
    conn: Connection, kind: ImportKind, rows: Sequence[Any], by: Bringer, now: datetime, *, dry: bool
) -> Counts:
    """Write a part of the valid rows, or only count what writing would do."""
    if kind == "catalogue":
        return event_imports.take(conn, [event for _, event in rows], now, dry=dry)
    if kind == "staff":
        return staff_imports.take(conn, rows, by.place, dry=dry)
    level = advice.LEVELS.get(by.organisation.kind if by.organisation else "", "school")
    return diagnosis_imports.take(conn, rows, by.place, by.hand, level, now, dry=dry)


def _catalogue_template(conn: Connection, by: Bringer) -> bytes:
    return files.catalogue_template(regulation_of(conn, by))


def _diagnostics_template(conn: Connection, by: Bringer) -> bytes:
    people = [one.name or one.code for one in diagnosis_imports.examined(conn, by.place)]
    return files.diagnostics_template(regulation_of(conn, by), people)


def _staff_template(conn: Connection, by: Bringer) -> bytes:
    known = staff_imports.known(conn, by.place)
    return files.staff_template([(one.title, settings_of(one.settings).staff) for one in known])


def _catalogue_sifter(conn: Connection, by: Bringer, today: date) -> Sifter:
    form, publisher = files.words().catalogue, publisher_of(conn, by)
    return lambda rows: catalogue_rows.events_of(rows, form, publisher, today)


def _diagnostics_sifter(conn: Connection, by: Bringer, today: date) -> Sifter:
    form, people = files.words().diagnostics, diagnosis_imports.examined(conn, by.place)
    regulations = by.shelf.titles()
    return lambda rows: diagnosis_rows.diagnoses_of(rows, form, people, regulations, today)


def _staff_sifter(conn: Connection, by: Bringer, _: date) -> Sifter:
    form, known = files.words().staff, staff_imports.known(conn, by.place)
    return lambda rows: staff_rows.staff_of(rows, form, known)


_TEMPLATES: Mapping[ImportKind, Callable[[Connection, Bringer], bytes]] = {
    "catalogue": _catalogue_template,
    "diagnostics": _diagnostics_template,
    "staff": _staff_template,
}
_SIFTERS: Mapping[ImportKind, Callable[[Connection, Bringer, date], Sifter]] = {
    "catalogue": _catalogue_sifter,
    "diagnostics": _diagnostics_sifter,
    "staff": _staff_sifter,
}
