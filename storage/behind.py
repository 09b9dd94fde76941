"""The list behind a number, page by page, and the organisations it is spread over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.counted import LISTS
from storage.counting import Terms
from storage.rosters import card_names
from storage.statements import fits
from storage.tables import membership, organisation, person, route

PAGE = 8


@dataclass(frozen=True, slots=True)
class Behind:
    """One row of a list. `name` is the code where names are not kept; `route_id` 0: it is about a person,
    not about a route. What the other columns hold is said by the list (`storage.counted`)."""

    person_id: int
    route_id: int
    name: str
    number: float
    total: float
    since: datetime | None
    day: date | None
    text: str


def page(
    conn: Connection, terms: Terms, name: str, *, limit: int | None = PAGE, offset: int = 0
) -> tuple[Behind, ...]:
    """Those that wait longest first; `limit` None: all of them. Empty for an unknown list."""
    if name not in LISTS or not fits(terms.scope.viewer_id, terms.scope.organisation_id or 1):
        return ()
    rows = LISTS[name](terms).subquery("rows")
    named = (
        select(func.max(membership.c.name))
        .where(
            membership.c.person_id == rows.c.person_id,
            membership.c.organisation_id == rows.c.organisation_id,
        )
        .correlate(rows)
        .scalar_subquery()
    )
    every = (
        select(rows, person.c.code, organisation.c.keeps_names, named.label("name"))
        .join(person, person.c.id == rows.c.person_id)
        .join(organisation, organisation.c.id == rows.c.organisation_id)
        .order_by(rows.c.since, rows.c.day, rows.c.number.desc(), rows.c.person_id, rows.c.route_id)
    )
    found = conn.execute(every.limit(limit).offset(offset)).all()
    cards = card_names(conn, [row.route_id for row in found if row.keeps_names and not row.name])
    return tuple(_behind(row, cards) for row in found)


def _behind(row: Any, cards: Mapping[int, str]) -> Behind:
    name = (row.name or cards.get(row.route_id, "")) if row.keeps_names else ""
    return Behind(
        person_id=row.person_id,
        route_id=row.route_id,
        name=name or row.code,
        number=row.number,
        total=row.total,
        since=row.since,
        day=date.fromisoformat(row.day) if row.day else None,
        text=row.text,
    )


def organisations_of(conn: Connection, terms: Terms) -> Mapping[int, str]:
    """Titles of the organisations of the scope that have routes at all, by id, in the order of titles."""
    has_routes = select(route.c.id).where(route.c.organisation_id == organisation.c.id).exists()
    known = select(organisation.c.id, organisation.c.title).where(
        organisation.c.id.in_(terms.scope.organisations()), has_routes
    )
    rows = conn.execute(known.order_by(organisation.c.title, organisation.c.id))
    return {row.id: row.title for row in rows}
