"""«Напомнить позже»: until which day nothing is said of a plan line."""

from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection, select

from storage.statements import Insert, insert
from storage.tables import snooze


def put(conn: Connection, route_id: int, entry_id: int, until: date, now: datetime) -> None:
    """Be silent about the line before this day; another day takes the place of the one before."""
    row = {"entry_id": entry_id, "route_id": route_id, "until": until, "at": now}
    conn.execute(_putting(conn.dialect.name), row)


def of_route(conn: Connection, route_id: int) -> dict[int, date]:
    """The day by the id of the line."""
    found = select(snooze.c.entry_id, snooze.c.until).where(snooze.c.route_id == route_id)
    return {row.entry_id: row.until for row in conn.execute(found)}


@cache
def _putting(dialect: str) -> Insert:
    statement = insert(dialect, snooze)
    changes = {name: statement.excluded[name] for name in ("until", "at")}
    return statement.on_conflict_do_update(index_elements=["entry_id"], set_=changes)
