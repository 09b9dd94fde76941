"""Routes: read as `Facts`, written as changes. A teacher reads hers by `load`, others by `seen`."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from bot.iom.access import Fact, may
from bot.iom.facts import ROUTE, AddEntry, Answer, Change, Entry, Facts, State, Value
from bot.iom.regulation import Key
from storage import standings
from storage.changes import Stale, after, keys
from storage.difference import write
from storage.statements import fits
from storage.tables import answer, entry, event, link, organisation, route
from storage.versions import advance, choose, move, share_reflections, withdraw

__all__ = [
    "Stale",
    "advance",
    "apply",
    "choose",
    "current",
    "known",
    "load",
    "move",
    "seen",
    "share_reflections",
    "start",
    "whole",
    "withdraw",
]

_ANYBODYS = select(
    route.c.id,
    route.c.person_id,
    route.c.organisation_id,
    route.c.slug,
    route.c.regulation_hash,
    route.c.state,
    route.c.version,
    route.c.started_at,
    route.c.state_since,
    route.c.step,
    route.c.track,
    route.c.model,
    route.c.shares_reflections,
    route.c.trial,
    organisation.c.keeps_names,
).outerjoin_from(route, organisation, organisation.c.id == route.c.organisation_id)
_ROUTE = _ANYBODYS.where(route.c.person_id == bindparam("person"))
_CURRENT = (
    _ROUTE.where(route.c.state != State.WITHDRAWN)
    .order_by(
        func.coalesce(route.c.chosen_at, route.c.started_at).desc(),
        route.c.chosen_at.is_not(None).desc(),
        route.c.id.desc(),
    )
    .limit(1)
)
_LOAD = _ROUTE.where(route.c.id == bindparam("route"))
_LOOK = _ANYBODYS.where(route.c.id == bindparam("route"))
_ANSWERS = select(
    answer.c.entry_id, answer.c.key, answer.c.value, answer.c.skipped, answer.c.author_id
).where(answer.c.route_id == bindparam("route"))
_ENTRIES = (
    select(entry.c.id, entry.c.table_key, entry.c.event_id, link.c.target_id)
    .outerjoin_from(entry, link, link.c.source_id == entry.c.id)
    .where(entry.c.route_id == bindparam("route"))
    .order_by(entry.c.id)
)
_START = insert(route).returning(route.c.id)
_ADD = insert(entry).returning(entry.c.id, sort_by_parameter_order=True)


def start(
    conn: Connection,
    person_id: int,
    slug: str,
    regulation_hash: str,
    organisation_id: int | None,
    now: datetime,
    *,
    track: str = "",
    trial: bool = False,
) -> Facts:
    """A new empty route, pinned to this version of the regulation (see `regulations.remember`).

    `trial` is a coordinator's sandbox; `own_routes.discard_trial` deletes it.
    """
    row = {
        "person_id": person_id,
        "organisation_id": organisation_id,
        "slug": slug,
        "regulation_hash": regulation_hash,
        "state": State.DRAFT,
        "version": 1,
        "started_at": now,
        "state_since": now,
        "track": track,
        "trial": trial,
    }
    started = load(conn, person_id, conn.execute(_START, row).scalar_one())
    assert started is not None
    return started


def current(conn: Connection, person_id: int) -> Facts | None:
    """The route that the person began or chose last (`own_routes.choose`), of those not withdrawn."""
    return _facts(conn, _CURRENT, person=person_id) if fits(person_id) else None


def load(conn: Connection, person_id: int, route_id: int) -> Facts | None:
    """The route if this person may see it. Somebody else's route is None, exactly like an absent one."""
    return _facts(conn, _LOAD, person=person_id, route=route_id) if fits(person_id, route_id) else None


def seen(conn: Connection, viewer_id: int, route_id: int, fact: Fact) -> Facts | None:
    """The route if `access.may` lets the viewer see or do this now; forbidden is None, exactly like absent.

    Whoever shows only a part of what a card holds (a coordinator the plan, a companion no reflections)
    leaves the rest out: facts are always whole, for the rules to judge by.
    """
    standing = standings.of(conn, viewer_id, route_id)
    if standing is None or not may(standing, fact):
        return None
    return _facts(conn, _LOOK, route=route_id)


def whole(conn: Connection, route_id: int) -> Facts | None:
    """Any route, for the program itself: what it plans by the clock is asked by nobody."""
    return _facts(conn, _LOOK, route=route_id) if fits(route_id) else None


def apply(
    conn: Connection,
    facts: Facts,
    changes: Sequence[Change],
    author_id: int,
    now: datetime,
    *,
    personal: Container[str],
) -> Facts:
    """Store `changes`, in order and all or none; the route as it is then. No changes: `facts` itself.

    `facts` come from `load` or `current`, in this transaction or before; `personal` are the keys of
    questions marked personal. Stale: the route is no longer as in `facts`, is withdrawn, or a change
    names a row of another route or an event that is gone. ValueError: a personal answer where the
    organisation keeps no names (the question should not have been asked).
    """
    if not changes:
        return facts
    result = after(facts, changes, count(-1, -1), author_id)  # finds forged rows before anything is written
    _refuse_personal(conn, facts, [key for key in keys(changes) if key in personal])
    added = [change for change in changes if isinstance(change, AddEntry)]
    _must_exist(conn, {change.event for change in added if change.event})
    advance(conn, facts)
    if added:
        result = after(facts, changes, iter(_add(conn, facts.route_id, added, now)), author_id)
    write(conn, facts, result, author_id, now)
    return result


def known(conn: Connection, person_id: int, wanted: Iterable[Key]) -> dict[Key, Value]:
    """What the person answered last, in any of her routes, to these questions of the route itself."""
    given = (route.c.person_id == person_id) & answer.c.entry_id.is_(None) & answer.c.skipped.is_(False)
    found = (
        select(answer.c.key, answer.c.value)
        .join(route, route.c.id == answer.c.route_id)
        .where(given, answer.c.key.in_(tuple(wanted)))
        .order_by(answer.c.at, answer.c.id)
    )
    return {key: value for key, value in conn.execute(found) if value is not None}


def _facts(conn: Connection, which: Select[Any], **ids: int) -> Facts | None:
    row = conn.execute(which, ids).one_or_none()
    if row is None:
        return None
    return Facts(
        route_id=row.id,
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        slug=row.slug,
        regulation_hash=row.regulation_hash,
        state=State(row.state),
        version=row.version,
        started_at=row.started_at,
        keeps_names=row.keeps_names is not False,  # None: a route of no organisation
        answers=_answers(conn, row.id),
        entries=_entries(conn, row.id),
        state_since=row.state_since or row.started_at,
        step=row.step,
        track=row.track,
        model=row.model,
        shares_reflections=row.shares_reflections,
        trial=row.trial,
    )


def _answers(conn: Connection, route_id: int) -> dict[tuple[int, Key], Answer]:
    found = conn.execute(_ANSWERS, {"route": route_id})
    return {
        (entry_id or ROUTE, key): Answer(value, skipped, author or 0)
        for entry_id, key, value, skipped, author in found
    }


def _entries(conn: Connection, route_id: int) -> tuple[Entry, ...]:
    """A row of the answer is an entry with one of its links."""
    entries: dict[int, tuple[Key, int | None]] = {}
    links: defaultdict[int, set[int]] = defaultdict(set)
    for id_, table, of, target in conn.execute(_ENTRIES, {"route": route_id}):
        entries[id_] = (table, of)
        links[id_] |= {target} - {None}
    return tuple(Entry(id_, table, frozenset(links[id_]), of or 0) for id_, (table, of) in entries.items())


def _refuse_personal(conn: Connection, facts: Facts, found: Sequence[Key]) -> None:
    if not found or facts.organisation_id is None:
        return
    keeps = select(organisation.c.keeps_names).where(organisation.c.id == facts.organisation_id)
    if not conn.execute(keeps).scalar_one():
        raise ValueError(f"the organisation keeps no names, yet {', '.join(found)} was to be stored")


def _must_exist(conn: Connection, events: set[int]) -> None:
    if not events:
        return
    found = select(func.count()).select_from(event).where(event.c.id.in_(events))
    if not fits(*events) or conn.execute(found).scalar_one() != len(events):
        raise Stale("an event is gone from the catalogue")


def _add(conn: Connection, route_id: int, added: Sequence[AddEntry], now: datetime) -> Sequence[int]:
    if not added:
        return ()
    rows = [
        {
            "route_id": route_id,
            "table_key": change.table,
            "event_id": change.event or None,
            "created_at": now,
        }
        for change in added
    ]
    return conn.execute(_ADD, rows).scalars().all()
