"""«Кто смотрел мою карту»: a line for each person and day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, literal, select

from storage.columns import UtcTime
from storage.statements import fits
from storage.tables import route, viewing


@dataclass(frozen=True, slots=True)
class Viewing:
    """Somebody looked at the card, as what, and when first that day; person_id 0: she erased herself."""

    person_id: int
    role: str
    name: str
    at: datetime


def saw(conn: Connection, route_id: int, person_id: int, role: str, name: str, now: datetime) -> bool:
    """Note that the person looked at the route; at most once a day, the day being that of `now`'s zone.

    False: noted already, her own route, or no such route.
    """
    if not fits(route_id, person_id):
        return False
    morning = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = (viewing.c.at >= morning) & (viewing.c.at < morning + timedelta(days=1))
    noted = select(viewing.c.id).where(
        viewing.c.route_id == route_id, viewing.c.person_id == person_id, today
    )
    row = select(route.c.id, literal(person_id), literal(role), literal(name), literal(now, UtcTime)).where(
        route.c.id == route_id, route.c.person_id != person_id, ~noted.exists()
    )
    columns = ["route_id", "person_id", "role", "name", "at"]
    return conn.execute(insert(viewing).from_select(columns, row)).rowcount == 1


def of_route(conn: Connection, route_id: int, limit: int = 30) -> tuple[Viewing, ...]:
    """Who looked, the newest first."""
    if not fits(route_id):
        return ()
    columns = (func.coalesce(viewing.c.person_id, 0), viewing.c.role, viewing.c.name, viewing.c.at)
    found = (
        select(*columns)
        .where(viewing.c.route_id == route_id)
        .order_by(viewing.c.at.desc(), viewing.c.id.desc())
    )
    return tuple(Viewing(*row) for row in conn.execute(found.limit(limit)))
