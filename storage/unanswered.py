"""Questions to a companion that nobody has answered for long: for who coordinates, without their words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.iom.facts import State
from storage import reach
from storage.statements import fits
from storage.tables import inquiry, route

_ALIVE = route.c.state.not_in((State.WITHDRAWN, State.COMPLETED, State.ARCHIVED))
_OLDEST = func.min(inquiry.c.at).label("since")
_OPEN = (
    select(route.c.id, _OLDEST)
    .join_from(inquiry, route, route.c.id == inquiry.c.route_id)
    .where(inquiry.c.answered_at.is_(None), _ALIVE)
    .group_by(route.c.id)
)
_COORDINATED = reach.by_role(_OPEN).where(reach.HELD.c.role == "coordinator")


@dataclass(frozen=True, slots=True)
class Silence:
    """A route whose oldest open question is of `since`."""

    route_id: int
    since: datetime


def of_coordinator(conn: Connection, person_id: int, before: datetime) -> tuple[Silence, ...]:
    """Routes of her organisations and all below them with a question older than `before`, oldest first."""
    if not fits(person_id):
        return ()
    asked = _COORDINATED.having(_OLDEST.element <= before).order_by(_OLDEST.element, route.c.id)
    return tuple(Silence(*row) for row in conn.execute(asked, {"person": person_id}))
