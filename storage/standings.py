"""How a person stands to somebody's route: the facts that `bot.iom.access.may` decides by."""

from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, bindparam, case, func, select

from bot.iom.access import Standing
from bot.iom.facts import State
from storage import lives, organisations, signatories
from storage.statements import fits
from storage.tables import membership, pairing, route
from storage.tables_life import ACTIVE

_OPEN = and_(pairing.c.opened_at.is_not(None), pairing.c.closed_at.is_(None))
_PAIRED = (
    select(func.max(case((_OPEN, 2), else_=1)))
    .where(
        ACTIVE,
        pairing.c.teacher_id == route.c.person_id,
        pairing.c.companion_id == bindparam("viewer"),
        pairing.c.organisation_id == route.c.organisation_id,
    )
    .scalar_subquery()
)
_ROUTE = select(
    route.c.person_id,
    route.c.organisation_id,
    route.c.state,
    route.c.step,
    route.c.regulation_hash,
    route.c.shares_reflections,
    route.c.trial,
    func.coalesce(_PAIRED, 0).label("paired"),
).where(route.c.id == bindparam("route"))
_ROLES = select(membership.c.role).where(
    membership.c.person_id == bindparam("viewer"),
    membership.c.organisation_id.in_(bindparam("places", expanding=True)),
)
_COMPANION: tuple[Literal["", "closed", "open"], ...] = ("", "closed", "open")


def of(conn: Connection, viewer_id: int, route_id: int) -> Standing | None:
    """How the viewer stands to the route now; None when there is no such route.

    A pair counts for routes of its own organisation only. A step of approval is held by whom the nearest
    organisation up the tree names for it (`signatories.over`). `storage.reach` says the same of all routes.
    """
    if not fits(viewer_id, route_id):
        return None
    found = conn.execute(_ROUTE, {"viewer": viewer_id, "route": route_id}).one_or_none()
    if found is None:
        return None
    places = organisations.above(conn, found.organisation_id or 0)
    held = conn.execute(_ROLES, {"viewer": viewer_id, "places": places}).scalars() if places else ()
    capabilities = frozenset(held)
    signs = signatories.over(conn, found.organisation_id)
    steps = frozenset(one.step for one in signs if one.person_id == viewer_id)
    helps = bool(steps or capabilities or found.paired)
    life = lives.of(conn, found.regulation_hash) if helps else lives.NOBODY
    chain = tuple(step.key for step in life.approval)
    return Standing(
        viewer_id=viewer_id,
        teacher_id=found.person_id,
        state=State(found.state),
        capabilities=capabilities,
        companion=_COMPANION[found.paired],
        steps=steps & set(chain),
        waiting_step=_waiting(found, chain),
        shares_reflections=found.shares_reflections,
        trial=found.trial,
        chain=chain,
        confirm=frozenset(life.confirm),
        judges=frozenset(life.monitoring.judges),
    )


def _waiting(found: Row[*tuple[Any, ...]], chain: tuple[str, ...]) -> str:
    waits = found.state == State.ON_REVIEW and 0 <= found.step < len(chain)
    return chain[found.step] if waits else ""
