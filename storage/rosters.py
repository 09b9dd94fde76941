"""Lists of routes and people for whoever looks after an organisation and all below it.

The scope is found here from the viewer's own roles, so no caller can ask for more than she may know of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select

from bot.iom.facts import State
from bot.iom.plain import plain as spelled
from storage.codes import plain
from storage.organisations import tree_below
from storage.statements import fits
from storage.tables import OF_ROUTE, answer, membership, organisation, person, route

PAGE = 8
OVERVIEW = ("coordinator", "curator", "expert", "head", "methodist")
_CARD_NAME = ("full_name", "last_name", "first_name", "patronymic")
_SCOPE = select(
    tree_below(
        select(membership.c.organisation_id.label("id")).where(
            membership.c.person_id == bindparam("viewer"), membership.c.role.in_(OVERVIEW)
        ),
        "scope",
    )
)
_WITHIN = select(
    tree_below(select(organisation.c.id).where(organisation.c.id == bindparam("within")), "within")
)
_NAMED = and_(
    membership.c.person_id == route.c.person_id,
    membership.c.organisation_id == route.c.organisation_id,
    membership.c.role == "teacher",
)
_SINCE = func.coalesce(route.c.state_since, route.c.started_at)


@dataclass(frozen=True, slots=True)
class Listed:
    """A route in a list: what a coordinator may know of it without opening it. `name` is "" where names
    are not kept or none was given; `code` is always there."""

    route_id: int
    person_id: int
    organisation_id: int
    organisation: str
    slug: str
    state: State
    since: datetime
    step: int
    version: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of an organisation, in one of her roles there."""

    person_id: int
    organisation_id: int
    organisation: str
    role: str
    code: str
    name: str


def routes_of(
    conn: Connection,
    viewer_id: int,
    *,
    states: Collection[str] = (),
    organisation_id: int = 0,
    words: str = "",
    limit: int = PAGE,
    offset: int = 0,
) -> tuple[Listed, ...]:
    """A page of the routes in the viewer's scope, those longest in their state first.

    Her own and trial ones are left out. `states` (): all but withdrawn and archived. `organisation_id`:
    only that one and below it. `words`: of the name or of the code, in any case.
    """
    if not fits(viewer_id) or not fits(organisation_id or 1):
        return ()
    columns = (
        route.c.id,
        route.c.person_id,
        route.c.organisation_id,
        organisation.c.title,
        route.c.slug,
        route.c.state,
        _SINCE.label("since"),
        route.c.step,
        route.c.version,
        person.c.code,
        membership.c.name,
        organisation.c.keeps_names,
    )
    page = _routes(conn, select(*columns), viewer_id, states, organisation_id, words)
    rows = conn.execute(
        page.order_by(_SINCE, route.c.id).limit(limit).offset(offset),
        {"viewer": viewer_id, "within": organisation_id},
    ).all()
    cards = card_names(conn, [row.id for row in rows if row.keeps_names and not row.name])
    return tuple(_listed(row, cards) for row in rows)


def count(
    conn: Connection,
    viewer_id: int,
    *,
    states: Collection[str] = (),
    organisation_id: int = 0,
    words: str = "",
) -> int:
    """How many `routes_of` has on all pages."""
    return sum(
        by_state(conn, viewer_id, states=states, organisation_id=organisation_id, words=words).values()
    )


def by_state(
    conn: Connection,
    viewer_id: int,
    *,
    states: Collection[str] = (),
    organisation_id: int = 0,
    words: str = "",
) -> dict[State, int]:
    """How many routes are in each state; states of none are left out."""
    if not fits(viewer_id) or not fits(organisation_id or 1):
        return {}
    counted = select(route.c.state, func.count(route.c.id))
    query = _routes(conn, counted, viewer_id, states, organisation_id, words).group_by(route.c.state)
    found = conn.execute(query, {"viewer": viewer_id, "within": organisation_id})
    return {State(state): number for state, number in found}


def find_people(
    conn: Connection, viewer_id: int, words: str, *, limit: int = PAGE, offset: int = 0
) -> tuple[Found, ...]:
    """People of the viewer's scope whose name or code has these words, by name; of none with no words."""
    if not fits(viewer_id) or not words.strip():
        return ()
    people = (
        select(
            membership.c.person_id,
            membership.c.organisation_id,
            organisation.c.title,
            membership.c.role,
            person.c.code,
            membership.c.name,
        )
        .join(person, person.c.id == membership.c.person_id)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(membership.c.organisation_id.in_(_SCOPE))
        .order_by(membership.c.name, membership.c.person_id, membership.c.organisation_id, membership.c.role)
    )
    found = [row for row in conn.execute(people, {"viewer": viewer_id}) if _fits(words, row.name, row.code)]
    return tuple(Found(*row) for row in found[offset : offset + limit])


def _routes(
    conn: Connection,
    what: Select[Any],
    viewer_id: int,
    states: Collection[str],
    organisation_id: int,
    words: str,
) -> Select[Any]:
    which = [_in_scope(), _in_state(states)]
    if organisation_id:
        which.append(route.c.organisation_id.in_(_WITHIN))
    if words.strip():
        which.append(route.c.id.in_(_sought(conn, viewer_id, words)))
    return (
        what.select_from(route)
        .join(person, person.c.id == route.c.person_id)
        .join(organisation, organisation.c.id == route.c.organisation_id)
        .outerjoin(membership, _NAMED)
        .where(*which)
    )


def _in_scope() -> ColumnElement[bool]:
    others = and_(route.c.trial.is_(False), route.c.person_id != bindparam("viewer"))
    return and_(others, route.c.organisation_id.in_(_SCOPE))


def _in_state(states: Collection[str]) -> ColumnElement[bool]:
    if states:
        return route.c.state.in_(sorted(states))
    return route.c.state.not_in((State.WITHDRAWN, State.ARCHIVED))


def _sought(conn: Connection, viewer_id: int, words: str) -> list[int]:
    """Ids of routes by words. Here and not in SQL: SQLite knows no capitals but Latin ones."""
    query = (
        select(route.c.id, person.c.code, membership.c.name, organisation.c.keeps_names)
        .join(person, person.c.id == route.c.person_id)
        .join(organisation, organisation.c.id == route.c.organisation_id)
        .outerjoin(membership, _NAMED)
        .where(_in_scope())
    )
    rows = conn.execute(query, {"viewer": viewer_id}).all()
    cards = card_names(conn, [row.id for row in rows if row.keeps_names and not row.name])
    return [row.id for row in rows if _fits(words, row.name or cards.get(row.id, ""), row.code)]


def _fits(words: str, name: str, code: str) -> bool:
    sought, here, short = spelled(words, 100), spelled(name, 1000) or "", plain(words)
    by_name = bool(sought) and all(word in here for word in (sought or "").split())
    return by_name or (len(short) > 2 and short in plain(code))


def card_names(conn: Connection, routes: list[int]) -> dict[int, str]:
    """Names as the cards have them, for those whom nobody invited by name."""
    told: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for some in _parts(routes):
        given = select(answer.c.route_id, answer.c.key, answer.c.value).where(
            answer.c.route_id.in_(some), answer.c.key.in_(_CARD_NAME), OF_ROUTE
        )
        for route_id, key, value in conn.execute(given):
            told[route_id][key] = value if isinstance(value, str) else ""
    return {
        id_: said.get("full_name") or " ".join(filter(None, map(said.get, _CARD_NAME[1:])))
        for id_, said in told.items()
    }


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), 1000):
        yield ids[start : start + 1000]


def _listed(row: Any, cards: dict[int, str]) -> Listed:
    about = (row.id, row.person_id, row.organisation_id, row.title, row.slug, State(row.state))
    return Listed(*about, row.since, row.step, row.version, row.code, row.name or cards.get(row.id, ""))
