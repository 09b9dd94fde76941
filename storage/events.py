"""The catalogue of events. `code` is the natural key of imports, `id` is what buttons carry."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from bot.iom.catalogue import Event
from storage.statements import fits, insert
from storage.tables import event

_COLUMNS = tuple(column for column in event.c if column.name != "added_at")  # as in `Event`
_KEPT = frozenset({"code", "added_at"})


def put(conn: Connection, events: Iterable[Event], now: datetime | None = None) -> int:
    """Add or change events by `code` (their `id` is ignored); says how many are new or changed.

    The same import again changes nothing and says 0; of one code given twice the last counts. Events
    not given stay. `now` is when new ones were added; a digest tells of them for a week.
    """
    stored = {known.code: replace(known, id=0) for known in every(conn)}
    given = {new.code: replace(new, id=0) for new in events}
    rows = [_row(new) | {"added_at": now} for code, new in given.items() if new != stored.get(code)]
    if rows:
        statement = insert(conn.dialect.name, event)
        changes = {name: statement.excluded[name] for name in rows[0] if name not in _KEPT}
        conn.execute(statement.on_conflict_do_update(index_elements=["code"], set_=changes), rows)
    return len(rows)


def added_since(conn: Connection, moment: datetime) -> tuple[Event, ...]:
    """What came into the catalogue after a moment, newest first."""
    new = select(*_COLUMNS).where(event.c.added_at > moment).order_by(event.c.id.desc())
    return tuple(_event(row) for row in conn.execute(new).mappings())


def every(conn: Connection) -> tuple[Event, ...]:
    """The whole catalogue, oldest entry first."""
    return tuple(_event(row) for row in conn.execute(select(*_COLUMNS).order_by(event.c.id)).mappings())


def by_id(conn: Connection, event_id: int) -> Event | None:
    """The event with this id, or None."""
    if not fits(event_id):
        return None
    row = conn.execute(select(*_COLUMNS).where(event.c.id == event_id)).mappings().one_or_none()
    return _event(row) if row else None


def _event(row: RowMapping) -> Event:
    return Event(**{**row, "blocks": tuple(row["blocks"])})


def _row(new: Event) -> dict[str, Any]:
    row = asdict(new) | {"blocks": list(new.blocks)}
    del row["id"]
    return row
