"""The routes of one person, where a regulation lets her have several (004 п. 3.1.5), and her sandbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.iom.facts import State
from storage.statements import fits
from storage.tables import route


@dataclass(frozen=True, slots=True)
class Brief:
    """A route in a list: enough to name it; `routes.load` reads the rest."""

    route_id: int
    slug: str
    regulation_hash: str
    state: State
    track: str
    model: str
    started_at: datetime
    trial: bool


_COLUMNS = (
    route.c.id,
    route.c.slug,
    route.c.regulation_hash,
    route.c.state,
    route.c.track,
    route.c.model,
    route.c.started_at,
    route.c.trial,
)


def of_person(conn: Connection, person_id: int) -> tuple[Brief, ...]:
    """All her routes, newest first, withdrawn ones too."""
    if not fits(person_id):
        return ()
    hers = select(*_COLUMNS).where(route.c.person_id == person_id).order_by(route.c.id.desc())
    return tuple(
        Brief(id_, slug, digest, State(state), *rest)
        for id_, slug, digest, state, *rest in conn.execute(hers)
    )


def choose(conn: Connection, person_id: int, route_id: int, now: datetime) -> bool:
    """Make one of her routes the current one; False when it is not hers, withdrawn or a sandbox."""
    if not fits(person_id, route_id):
        return False
    hers = (route.c.id == route_id) & (route.c.person_id == person_id) & ~route.c.trial
    alive = hers & (route.c.state != State.WITHDRAWN)
    return conn.execute(update(route).where(alive).values(chosen_at=now)).rowcount == 1


def discard_trial(conn: Connection, person_id: int, route_id: int) -> bool:
    """Delete a sandbox with all that is in it; False when it is not hers or a real route."""
    if not fits(person_id, route_id):
        return False
    hers = (route.c.id == route_id) & (route.c.person_id == person_id) & route.c.trial
    return conn.execute(delete(route).where(hers)).rowcount == 1
