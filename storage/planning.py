"""Which routes are to be planned anew: `planned_version` is behind `version`, or 0 for "whoever has time".

A change of a route marks it by itself: every write gives it a new version. What is not of the route – a zone,
holidays, habits, who holds a role – marks routes by `again`. So no cause can forget to plan, and what a
process did not come to is found by the next one.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select, update

from bot.iom.facts import State
from storage.organisations import below
from storage.tables import UNPLANNED, answer, organisation, pairing, person, route

_OVER = (State.WITHDRAWN, State.ARCHIVED)
_TOUCHED = (
    select(route.c.id)
    .where(UNPLANNED, route.c.planned_version != literal_column("0"))
    .order_by(route.c.id)
    .limit(bindparam("limit"))
)
_BEHIND = (
    select(route.c.id)
    .where(UNPLANNED)
    .order_by(route.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_DONE = update(route).where(route.c.id == bindparam("of")).values(planned_version=route.c.version)


def touched(conn: Connection, limit: int = 50) -> tuple[int, ...]:
    """Routes that this transaction changed (others leave none behind), not those that wait for the clock."""
    return tuple(conn.execute(_TOUCHED, {"limit": limit}).scalars())


def behind(conn: Connection, limit: int) -> tuple[int, ...]:
    """Routes that nobody has planned as they are now, some of them; on PostgreSQL two processes share
    them."""
    return tuple(conn.execute(_BEHIND, {"limit": limit}).scalars())


def done(conn: Connection, route_id: int) -> None:
    """The route is planned as it is now."""
    conn.execute(_DONE, {"of": route_id})


def again(conn: Connection, *, person_id: int = 0, organisation_id: int = 0) -> None:
    """Plan anew, by the clock: all routes of a person and of whom she accompanies, or of an organisation and
    all below it. ValueError: neither."""
    if not (person_id or organisation_id):
        raise ValueError("routes of whom are to be planned?")
    alive = update(route).where(route.c.state.not_in(_OVER)).values(planned_version=0)
    if organisation_id:
        conn.execute(alive.where(route.c.organisation_id.in_(below(conn, organisation_id))))
        return
    accompanied = select(pairing.c.teacher_id).where(
        pairing.c.companion_id == person_id, pairing.c.ended_at.is_(None)
    )
    conn.execute(alive.where((route.c.person_id == person_id) | route.c.person_id.in_(accompanied)))


def written_at(conn: Connection, route_id: int) -> datetime | None:
    """When the teacher last answered anything of this route; None: nothing yet."""
    return conn.execute(
        select(func.max(answer.c.at)).where(answer.c.route_id == route_id)
    ).scalar_one_or_none()


def habits(conn: Connection, people: Iterable[int]) -> dict[int, tuple[str, dict[str, object]]]:
    """Time zone and settings of people, by id."""
    ids = tuple(people)
    found = select(person.c.id, person.c.timezone, person.c.settings).where(person.c.id.in_(ids))
    return {id_: (zone, dict(settings)) for id_, zone, settings in conn.execute(found)} if ids else {}


def place(conn: Connection, organisation_id: int | None) -> tuple[str, dict[str, object]]:
    """Time zone and settings of the organisation of a route; of none there are none."""
    found = select(organisation.c.timezone, organisation.c.settings).where(
        organisation.c.id == organisation_id
    )
    row = conn.execute(found).one_or_none() if organisation_id else None
    return (row.timezone, dict(row.settings)) if row else ("", {})
