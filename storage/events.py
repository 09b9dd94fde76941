"""The catalogue of events. `code` is the natural key of imports, `id` is what buttons carry."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, or_, select

from bot.iom.catalogue import Event
from storage.statements import Insert, fits, insert
from storage.tables import event

_NOT_TOLD = frozenset({"organisation_id", "proposer_id", "changed_at", "added_at"})
# As in `Event`, ids of organisations under their short names.
COLUMNS = (
    *(column for column in event.c if column.name not in _NOT_TOLD),
    event.c.organisation_id.label("organisation"),
    event.c.proposer_id.label("proposer"),
)
KEPT = frozenset({"code", "added_at"})


def put(conn: Connection, events: Iterable[Event], now: datetime | None = None) -> int:
    """Add or change events by `code` (their `id` is ignored); says how many are new or changed.

    The same import again changes nothing and says 0; of one code given twice the last counts. Events
    not given stay. `now` is when new ones were added; a digest tells of them for a week.
    """
    stored = {known.code: replace(known, id=0) for known in every(conn)}
    given = {new.code: replace(new, id=0) for new in events}
    rows = [row_of(new) | {"added_at": now} for code, new in given.items() if new != stored.get(code)]
    if rows:
        conn.execute(upsert(conn, rows[0]), rows)
    return len(rows)


def added_since(conn: Connection, moment: datetime, places: Collection[int] = ()) -> tuple[Event, ...]:
    """What was published after a moment, newest first: for everybody, and for these organisations."""
    where = or_(event.c.organisation_id.is_(None), event.c.organisation_id.in_(places))
    new = select(*COLUMNS).where(event.c.added_at > moment, event.c.state == "published", where)
    return tuple(event_of(row) for row in conn.execute(new.order_by(event.c.id.desc())).mappings())


def every(conn: Connection) -> tuple[Event, ...]:
    """The whole catalogue, oldest entry first."""
    return tuple(event_of(row) for row in conn.execute(select(*COLUMNS).order_by(event.c.id)).mappings())


def by_id(conn: Connection, event_id: int) -> Event | None:
    """The event with this id, or None: for what was chosen before. Says nothing of whom it is offered to."""
    if not fits(event_id):
        return None
    row = conn.execute(select(*COLUMNS).where(event.c.id == event_id)).mappings().one_or_none()
    return event_of(row) if row else None


def upsert(conn: Connection, row: Mapping[str, Any]) -> Insert:
    """The statement that adds or changes rows like this one by `code`; when one was added stays."""
    statement = insert(conn.dialect.name, event)
    changes = {name: statement.excluded[name] for name in row if name not in KEPT}
    return statement.on_conflict_do_update(index_elements=["code"], set_=changes)


def event_of(row: RowMapping) -> Event:
    """A row of `COLUMNS`."""
    owners = {"organisation": row["organisation"] or 0, "proposer": row["proposer"] or 0}
    return Event(**{**row, "blocks": tuple(row["blocks"]), **owners})


def row_of(new: Event) -> dict[str, Any]:
    """An event as the table has it, without id."""
    row = asdict(new) | {"blocks": list(new.blocks)}
    del row["id"]
    row["organisation_id"], row["proposer_id"] = row.pop("organisation") or None, row.pop("proposer") or None
    return row
