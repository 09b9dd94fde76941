"""Staff numbers of organisations, as a list brings them: kept in the settings of each."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.iom.imported import Counts
from bot.iom.people import Organisation
from bot.iom.school import settings_of
from bot.iom.staff_rows import StaffRow
from storage import organisations


def known(conn: Connection, organisation_id: int) -> tuple[Organisation, ...]:
    """The organisation and all below it, by title. Says nothing of rights: who asks must coordinate it."""
    found = (organisations.by_id(conn, id_) for id_ in organisations.below(conn, organisation_id))
    return tuple(sorted(filter(None, found), key=lambda one: (one.title, one.id)))


def take(conn: Connection, rows: Sequence[StaffRow], organisation_id: int, *, dry: bool = False) -> Counts:
    """Write the numbers that differ; `dry` only counts. What is not below the organisation is passed over."""
    here = organisations.below(conn, organisation_id)
    new = changed = same = 0
    for row in (row for row in rows if row.organisation_id in here):
        one = organisations.by_id(conn, row.organisation_id)
        settings = settings_of(one.settings if one else {})
        if settings.staff == row.staff:
            same += 1
            continue
        new, changed = new + (settings.staff is None), changed + (settings.staff is not None)
        if not dry:
            organisations.save_settings(
                conn, row.organisation_id, replace(settings, staff=row.staff).stored()
            )
    return Counts(new, changed, same)
