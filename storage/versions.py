"""A route as a whole: its version, its state, its owner's settings.

Everybody who writes something of a route goes through `advance`: what was seen is named by `Facts.version`,
and on PostgreSQL the same UPDATE locks the route until the end of the transaction.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, update

from bot.iom.facts import Facts, State
from storage import audit
from storage.changes import Stale
from storage.tables import route

_NEXT = (
    update(route)
    .where(
        route.c.id == bindparam("route"),
        route.c.version == bindparam("seen"),
        route.c.state != State.WITHDRAWN,
    )
    .values(version=route.c.version + 1)
)
_MOVE = _NEXT.values(state=bindparam("to"), step=bindparam("at_step"), state_since=bindparam("now"))
_WITHDRAW = _NEXT.values(state=State.WITHDRAWN, withdrawn_at=bindparam("now"))
_SHARE = _NEXT.values(shares_reflections=bindparam("shares"))
_JOIN = _NEXT.where(route.c.organisation_id.is_(None)).values(organisation_id=bindparam("its_organisation"))
_CHOOSE = _NEXT.values(track=bindparam("its_track"), model=bindparam("its_model"))


def advance(conn: Connection, facts: Facts) -> Facts:
    """The same route, one version on: an older screen of anybody is stale from now on.

    Stale: the route is no longer at the version of `facts`, or is withdrawn; nothing is written then.
    """
    return _write(conn, facts, _NEXT)


def move(
    conn: Connection, facts: Facts, state: State, step: int, now: datetime, by: int | None = None
) -> Facts:
    """Put the route into a state, at a step of the chain, since `now`. Stale as in `advance`.

    `by` is who acted, for the journal; None is the program. What may follow what: `bot.iom.life`.
    """
    if state is State.WITHDRAWN:
        moved = withdraw(conn, facts, now)
    else:
        moved = _write(conn, facts, _MOVE, to=state, at_step=step, now=now)
        moved = replace(moved, state=state, step=step, state_since=now)
    audit.record(conn, by, "move", now, f"route {facts.route_id}: {state} {step}")
    return moved


def withdraw(conn: Connection, facts: Facts, now: datetime) -> Facts:
    """Close the route for good; what was answered stays for `routes.known`. Stale as in `advance`."""
    return replace(_write(conn, facts, _WITHDRAW, now=now), state=State.WITHDRAWN)


def share_reflections(conn: Connection, facts: Facts, shares: bool, now: datetime) -> Facts:
    """The owner opens her reflections to the companion, or closes them. Stale as in `advance`."""
    shared = replace(_write(conn, facts, _SHARE, shares=shares), shares_reflections=shares)
    word = "open" if shares else "closed"
    audit.record(conn, facts.person_id, "reflections", now, f"route {facts.route_id}: {word}")
    return shared


def join(conn: Connection, facts: Facts, organisation_id: int, now: datetime) -> Facts:
    """A route of no organisation comes with its owner into this one. Stale: it is of one already, or as in
    `advance`. IntegrityError: there is no such organisation."""
    joined = _write(conn, facts, _JOIN, its_organisation=organisation_id)
    audit.record(conn, facts.person_id, "route.join", now, f"route {facts.route_id}: {organisation_id}")
    return replace(joined, organisation_id=organisation_id)


def choose(conn: Connection, facts: Facts, *, track: str | None = None, model: str | None = None) -> Facts:
    """Set the track or the model (004 п. 1.3, 3.1.5); None leaves it. Stale as in `advance`."""
    track = facts.track if track is None else track
    model = facts.model if model is None else model
    chosen = _write(conn, facts, _CHOOSE, its_track=track, its_model=model)
    return replace(chosen, track=track, model=model)


def _write(conn: Connection, facts: Facts, statement: Any, **values: Any) -> Facts:
    seen = {"route": facts.route_id, "seen": facts.version, **values}
    if conn.execute(statement, seen).rowcount != 1:
        raise Stale(f"route {facts.route_id} is no longer at version {facts.version}")
    return replace(facts, version=facts.version + 1)
