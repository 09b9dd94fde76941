"""Of whose routes a person may print many at once: candidates only, `routes.seen` judges each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from bot.iom.facts import State
from storage import organisations, reach
from storage.rosters import OVERVIEW
from storage.tables import entry, membership, organisation, person, route, signatory

PLAN: Final = "plan"
_PART: Final = 1000  # ids in a statement


@dataclass(frozen=True, slots=True)
class Applicant:
    """A teacher of an organisation: `name` is "" where none is kept; `route_id` 0 before she began."""

    person_id: int
    name: str
    code: str
    post: str
    organisation: str
    route_id: int


def places(conn: Connection, person_id: int) -> tuple[int, ...]:
    """Organisations she looks after or signs for, those of her roles first."""
    roles = select(membership.c.organisation_id).where(
        membership.c.person_id == person_id, membership.c.role.in_(OVERVIEW)
    )
    signs = select(signatory.c.organisation_id).where(signatory.c.person_id == person_id)
    found = [
        *conn.execute(roles.order_by(membership.c.created_at, membership.c.organisation_id)).scalars(),
        *conn.execute(signs.order_by(signatory.c.organisation_id)).scalars(),
    ]
    return tuple(dict.fromkeys(found))


def overviews(conn: Connection, person_id: int, organisation_id: int) -> bool:
    """Whether she has a role there, or above, that may see lists of its routes."""
    above = organisations.above(conn, organisation_id)
    held = select(membership.c.role).where(
        membership.c.person_id == person_id,
        membership.c.organisation_id.in_(above),
        membership.c.role.in_(OVERVIEW),
    )
    return conn.execute(held.limit(1)).scalar_one_or_none() is not None


def routes_within(conn: Connection, person_id: int, organisation_id: int) -> tuple[int, ...]:
    """Ids of routes there and below that she reaches in any role, whatever she may see of them."""
    within = organisations.below(conn, organisation_id)
    rows = select(route.c.id).where(
        route.c.organisation_id.in_(within), route.c.state != State.WITHDRAWN, route.c.trial.is_(False)
    )
    narrowed = (reach.by_role(rows), reach.as_approver(rows), reach.as_companion(rows))
    found = (conn.execute(one, {"person": person_id}).scalars() for one in narrowed)
    return tuple(sorted({id_ for ids in found for id_ in ids}))


def plan_sizes(conn: Connection, ids: Sequence[int]) -> dict[int, int]:
    """How many lines the plan of each route has; routes without any are left out."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), _PART):
        counted = (
            select(entry.c.route_id, func.count().label("lines"))
            .where(entry.c.route_id.in_(ids[start : start + _PART]), entry.c.table_key == PLAN)
            .group_by(entry.c.route_id)
        )
        found |= {row.route_id: row.lines for row in conn.execute(counted)}
    return found


def applicants(conn: Connection, organisation_id: int) -> tuple[Applicant, ...]:
    """Teachers there and below, by organisation and name; each with the route she began last."""
    within = organisations.below(conn, organisation_id)
    last = (
        select(func.max(route.c.id))
        .where(
            route.c.person_id == membership.c.person_id,
            route.c.organisation_id == membership.c.organisation_id,
            route.c.state != State.WITHDRAWN,
            route.c.trial.is_(False),
        )
        .scalar_subquery()
    )
    rows = (
        select(
            membership.c.person_id,
            membership.c.name,
            person.c.code,
            membership.c.post,
            organisation.c.title,
            func.coalesce(last, 0),
        )
        .join(person, person.c.id == membership.c.person_id)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(membership.c.organisation_id.in_(within), membership.c.role == reach.TEACHER)
        .order_by(organisation.c.title, membership.c.name, membership.c.person_id)
    )
    return tuple(Applicant(*row) for row in conn.execute(rows))
