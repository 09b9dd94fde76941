"""«Ждут вас»: what waits for one person in all her roles, oldest first.

Whose turn it is follows from the regulation: the rules of every version in use become rows of (version,
step, capability), and the rest is one statement over what the person can reach (`storage.reach`):

    teacher                her own routes
    mentor                 the routes of teachers who opened their cards to her
    approver               the steps of approval that she holds
    any other capability   the organisations where she holds it, and all below them

The same as `bot.iom.access`: nothing of her own route but what waits for the teacher, nothing of a trial.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, case, func, select, tuple_, union

from bot.iom.regulation_life import Life
from storage import proposals, reach
from storage.lives import every
from storage.statements import fits
from storage.tables import OF_ROUTE, answer, organisation, person, route
from storage.turns import REVIEW, THINGS, Thing

PAGE = 8
NAME = ("full_name", "last_name", "first_name")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `kind`: review, line, inquiry, monitoring, correction, conclusion, acknowledge,
    audit, event; ids are 0 where it is about none. `name` is the teacher's, or her code where names are not
    kept; of proposed events it is the title of the organisation that proposes them."""

    kind: str
    route_id: int
    entry_id: int
    correction_id: int
    inquiry_id: int
    since: datetime
    teacher_id: int
    name: str
    checkpoint_id: int = 0
    organisation_id: int = 0


def waiting(conn: Connection, person_id: int, *, limit: int = PAGE, offset: int = 0) -> tuple[Waiting, ...]:
    """A page of what waits for the person, oldest first."""
    queue = _queue(conn, person_id)
    if queue is None:
        return ()
    page = (
        select(queue, route.c.person_id, person.c.code, organisation.c.keeps_names, organisation.c.title)
        .outerjoin(route, route.c.id == queue.c.route_id)
        .outerjoin(person, person.c.id == route.c.person_id)
        .outerjoin(organisation, organisation.c.id == _place(queue))
        .order_by(*(queue.c[name] for name in ("since", "kind", "route_id", "entry_id", "inquiry_id")))
        .limit(limit)
        .offset(offset)
    )
    rows = conn.execute(page, {"person": person_id}).all()
    names = _names(conn, {row.route_id for row in rows if row.keeps_names is not False})
    return tuple(_waiting(row, names.get(row.route_id) or row.code or row.title) for row in rows)


def _place(queue: Subquery) -> Any:
    return case((queue.c.organisation_id > 0, queue.c.organisation_id), else_=route.c.organisation_id)


def count(conn: Connection, person_id: int) -> int:
    """How much waits for the person: the n of «Ждут вас (n)»."""
    queue = _queue(conn, person_id)
    if queue is None:
        return 0
    return conn.execute(select(func.count()).select_from(queue), {"person": person_id}).scalar_one()


def found(conn: Connection, person_id: int, words: str, *, limit: int = 500) -> tuple[Waiting, ...]:
    """Among the oldest `limit` those of teachers whose name or code has `words` in it, in any case."""
    sought = words.casefold().strip()
    queue = waiting(conn, person_id, limit=limit)
    return tuple(one for one in queue if sought in one.name.casefold())


def _waiting(row: Row[Any], name: str) -> Waiting:
    return Waiting(
        kind=row.kind,
        route_id=row.route_id,
        entry_id=row.entry_id,
        correction_id=row.correction_id,
        inquiry_id=row.inquiry_id,
        since=row.since,
        teacher_id=row.person_id or 0,
        name=name,
        checkpoint_id=row.checkpoint_id,
        organisation_id=row.organisation_id,
    )


def _queue(conn: Connection, person_id: int) -> Subquery | None:
    """One statement of all that waits for her; None when nothing can."""
    if not fits(person_id):
        return None
    roles = reach.roles(conn, person_id)
    lives = every(conn)
    arms = [arm for thing in THINGS for arm in _arms(thing, lives, roles)]
    steps = [
        (digest, number, step.key)
        for digest, life in lives.items()
        for number, step in enumerate(life.approval)
    ]
    if steps and reach.APPROVER in roles:
        at_hers = tuple_(route.c.regulation_hash, route.c.step, reach.STEPS.c.step).in_(steps)
        arms.append(reach.as_approver(REVIEW).where(at_hers))
    if roles & set(proposals.JUDGES):
        arms.append(proposals.arm())
    return union(*arms).subquery("queue") if arms else None  # UNION: twice reached waits once


def _arms(thing: Thing, lives: Mapping[str, Life], roles: frozenset[str]) -> Iterator[Select[Any]]:
    turns = [
        (digest, number, who)
        for digest, life in lives.items()
        for number, who in thing.turns(life)
        if who in roles
    ]
    for who, reached in _REACHED.items():
        pairs = [(digest, number) for digest, number, whose in turns if whose == who]
        if pairs:
            yield reached(thing.rows).where(tuple_(route.c.regulation_hash, thing.number).in_(pairs))
    held = [turn for turn in turns if turn[2] not in _REACHED]
    if held:
        whose = tuple_(route.c.regulation_hash, thing.number, reach.HELD.c.role).in_(held)
        yield reach.by_role(thing.rows).where(whose)


_REACHED = {reach.TEACHER: reach.own, reach.MENTOR: reach.as_companion, reach.APPROVER: reach.as_approver}


def _names(conn: Connection, routes: set[int]) -> dict[int, str]:
    """Teachers' names by route, as their cards have them."""
    if not routes:
        return {}
    given = select(answer.c.route_id, answer.c.key, answer.c.value).where(
        answer.c.route_id.in_(routes), answer.c.key.in_(NAME), OF_ROUTE
    )
    told: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for route_id, key, value in conn.execute(given):
        told[route_id][key] = value if isinstance(value, str) else ""
    return {
        route_id: words.get("full_name") or " ".join(filter(None, map(words.get, NAME[1:])))
        for route_id, words in told.items()
    }
