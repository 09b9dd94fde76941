"""Writing events that somebody brought: what is new, what was changed, what is as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from bot.iom.catalogue import Event
from bot.iom.imported import Counts
from storage.events import COLUMNS, event_of, row_of, upsert
from storage.tables import event


def take(conn: Connection, given: Sequence[Event], now: datetime, *, dry: bool = False) -> Counts:
    """Add or change a part of a list by `code`; `dry` only counts.

    What is as it was keeps its state, whatever was decided about it; what is changed gets the state it is
    given with, so it is looked at again. A recommendation that the list doesn't name stays.
    """
    stored = _stored(conn, [one.code for one in given])
    new = [one for one in given if one.code not in stored]
    changed = [after for one in given if (after := _changed(one, stored.get(one.code))) is not None]
    rows = [row_of(one) | {"changed_at": now, "added_at": now} for one in (*new, *changed)]
    if rows and not dry:
        conn.execute(upsert(conn, rows[0]), rows)
    return Counts(len(new), len(changed), len(given) - len(new) - len(changed))


def _stored(conn: Connection, codes: Sequence[str]) -> dict[str, Event]:
    found = conn.execute(select(*COLUMNS).where(event.c.code.in_(codes))).mappings()
    return {row["code"]: event_of(row) for row in found}


def _changed(given: Event, stored: Event | None) -> Event | None:
    """The event as it will be, None when nothing of it is changed."""
    if stored is None:
        return None
    wanted = replace(given, recommended_by=given.recommended_by or stored.recommended_by)
    kept = replace(wanted, id=stored.id, state=stored.state, organisation=stored.organisation)
    return None if kept == stored else wanted
