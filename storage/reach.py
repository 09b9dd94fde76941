"""What one person can reach in her roles, as SQL over `route`; the same as `storage.standings` says of one
route. Every statement has the parameter `person`."""

from typing import Any

from sqlalchemy import CTE, BindParameter, Connection, Select, and_, bindparam, literal_column, select, union

from storage.tables import membership, organisation, pairing, route, signatory
from storage.tables_life import ACTIVE

TEACHER, MENTOR, APPROVER = "teacher", "mentor", "approver"
_ELSEWHERE = (TEACHER, MENTOR, APPROVER)  # reached otherwise than through a membership
_ME: BindParameter[int] = bindparam("person")
_OPEN = and_(
    ACTIVE, pairing.c.companion_id == _ME, pairing.c.opened_at.is_not(None), pairing.c.closed_at.is_(None)
)
_NOT_HERS = and_(route.c.person_id != _ME, route.c.trial.is_(False))


def _steps() -> CTE:
    """(organisation_id, step) that wait for her: the nearest organisation that names anybody decides."""
    hers = select(signatory.c.organisation_id, signatory.c.step).where(signatory.c.person_id == _ME)
    steps = hers.cte("steps", recursive=True)
    own = signatory.alias()
    named = select(own.c.id).where(own.c.organisation_id == organisation.c.id, own.c.step == steps.c.step)
    below = (
        select(organisation.c.id, steps.c.step)
        .join(steps, organisation.c.parent_id == steps.c.organisation_id)
        .where(~named.correlate(organisation, steps).exists())
    )
    return steps.union(below)  # UNION, not UNION ALL: a row met again ends the recursion


def _held() -> CTE:
    """(organisation_id, role): where she holds a capability, and everything below."""
    hers = select(membership.c.organisation_id, membership.c.role).where(
        membership.c.person_id == _ME, membership.c.role.not_in(_ELSEWHERE)
    )
    held = hers.cte("held", recursive=True)
    below = select(organisation.c.id, held.c.role)
    return held.union(below.join(held, organisation.c.parent_id == held.c.organisation_id))


STEPS = _steps()
HELD = _held()
_ROLES = union(
    select(membership.c.role).where(membership.c.person_id == _ME, membership.c.role.not_in(_ELSEWHERE)),
    select(literal_column(f"'{MENTOR}'")).where(select(pairing.c.id).where(_OPEN).exists()),
    select(literal_column(f"'{APPROVER}'")).where(
        select(signatory.c.id).where(signatory.c.person_id == _ME).exists()
    ),
)


def roles(conn: Connection, person_id: int) -> frozenset[str]:
    """Capabilities by which anything can be hers to do; teacher always."""
    return frozenset({TEACHER, *conn.execute(_ROLES, {"person": person_id}).scalars()})


def own(rows: Select[Any]) -> Select[Any]:
    """Rows of her own routes."""
    return rows.where(route.c.person_id == _ME)


def as_companion(rows: Select[Any]) -> Select[Any]:
    """Rows of routes of teachers who opened their cards to her; twice when she has two directions."""
    pair = (pairing.c.teacher_id == route.c.person_id) & (
        pairing.c.organisation_id == route.c.organisation_id
    )
    return rows.join(pairing, pair).where(_OPEN, _NOT_HERS)


def as_approver(rows: Select[Any]) -> Select[Any]:
    """Rows of routes under her steps, once for each `STEPS.c.step`."""
    return rows.join(STEPS, STEPS.c.organisation_id == route.c.organisation_id).where(_NOT_HERS)


def by_role(rows: Select[Any]) -> Select[Any]:
    """Rows of routes of the organisations in her scope, once for each `HELD.c.role`."""
    return rows.join(HELD, HELD.c.organisation_id == route.c.organisation_id).where(_NOT_HERS)
