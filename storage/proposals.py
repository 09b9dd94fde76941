"""Events that wait for somebody above: proposed by a school or a town, judged by the level over it.

Whoever coordinates or is a methodist of an organisation judges what those below it propose; the operator
judges everything. Rights are looked at in the statement itself: what is not hers to judge is as if absent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Integer, Select, func, literal_column, select, true, update

from bot.iom.catalogue import Event
from storage import audit, reach
from storage.events import COLUMNS, event_of
from storage.statements import fits
from storage.tables import event, organisation

JUDGES: Final = ("coordinator", "methodist")
OPERATOR: Final = 0  # instead of the id of a judge: everything
_A_STATEMENT: Final = 500


@dataclass(frozen=True, slots=True)
class Proposed:
    """An organisation whose proposals wait: how many, and since when the oldest does."""

    organisation_id: int
    title: str
    count: int
    since: datetime


def waiting(conn: Connection, judge_id: int) -> tuple[Proposed, ...]:
    """Organisations whose events wait for this judge, those waiting longest first."""
    since = func.min(event.c.changed_at).label("since")
    columns: tuple[Any, ...] = (event.c.proposer_id, organisation.c.title, func.count(event.c.id), since)
    found = (
        _waiting(select(*columns), judge_id)
        .group_by(event.c.proposer_id, organisation.c.title)
        .order_by(since, event.c.proposer_id)
    )
    return tuple(Proposed(*row) for row in conn.execute(found, {"person": judge_id}))


def of_organisation(
    conn: Connection, judge_id: int, organisation_id: int, *, limit: int, offset: int = 0
) -> tuple[Event, ...]:
    """A page of what an organisation proposed to this judge, the oldest first."""
    if not fits(organisation_id):
        return ()
    page = _waiting(select(*COLUMNS), judge_id).where(event.c.proposer_id == organisation_id)
    page = page.order_by(event.c.changed_at, event.c.id).limit(limit).offset(offset)
    return tuple(event_of(row) for row in conn.execute(page, {"person": judge_id}).mappings())


def one(conn: Connection, judge_id: int, event_id: int) -> Event | None:
    """A proposal, while it waits for this judge."""
    if not fits(event_id):
        return None
    found = _waiting(select(*COLUMNS), judge_id).where(event.c.id == event_id)
    row = conn.execute(found, {"person": judge_id}).mappings().one_or_none()
    return event_of(row) if row else None


def judge(
    conn: Connection,
    judge_id: int,
    person_id: int,
    ids: Sequence[int],
    state: str,
    now: datetime,
    *,
    recommended_by: str = "",
    organisation_id: int = 0,
) -> int:
    """Publish or decline those of `ids` that wait for this judge; says how many were.

    `organisation_id`: where they are offered from now on, 0 leaves it as it was proposed.
    """
    values: dict[str, Any] = {"state": state, "changed_at": now}
    values |= {"added_at": now} if state == "published" else {}  # weeks tell of it from now on
    values |= {"recommended_by": recommended_by} if recommended_by else {}
    values |= {"organisation_id": organisation_id} if organisation_id else {}
    total = 0
    for start in range(0, len(ids), _A_STATEMENT):
        part = [id_ for id_ in ids[start : start + _A_STATEMENT] if fits(id_)]
        hers = _waiting(select(event.c.id), judge_id).where(event.c.id.in_(part))
        found = conn.execute(hers, {"person": judge_id}).scalars().all()
        if found:
            total += conn.execute(update(event).where(event.c.id.in_(found)).values(values)).rowcount
    if total:
        audit.record(conn, person_id, f"event.{state}", now, str(total))
    return total


def ids_of(conn: Connection, judge_id: int, organisation_id: int) -> tuple[int, ...]:
    """Everything an organisation proposed to this judge."""
    if not fits(organisation_id):
        return ()
    found = _waiting(select(event.c.id), judge_id).where(event.c.proposer_id == organisation_id)
    return tuple(conn.execute(found, {"person": judge_id}).scalars())


def own(conn: Connection, organisation_id: int, *, limit: int, offset: int = 0) -> tuple[Event, ...]:
    """What an organisation itself brought, the newest first. Says nothing of rights."""
    page = select(*COLUMNS).where(_of(organisation_id)).order_by(event.c.changed_at.desc(), event.c.id.desc())
    return tuple(event_of(row) for row in conn.execute(page.limit(limit).offset(offset)).mappings())


def own_by_state(conn: Connection, organisation_id: int) -> dict[str, int]:
    """How many of them are in each state. Says nothing of rights."""
    counted = select(event.c.state, func.count()).where(_of(organisation_id)).group_by(event.c.state)
    return {row[0]: row[1] for row in conn.execute(counted)}


def own_one(conn: Connection, organisation_id: int, event_id: int) -> Event | None:
    """One of them, None for somebody else's. Says nothing of rights."""
    if not fits(event_id):
        return None
    found = select(*COLUMNS).where(_of(organisation_id), event.c.id == event_id)
    row = conn.execute(found).mappings().one_or_none()
    return event_of(row) if row else None


def withdraw(conn: Connection, person_id: int, organisation_id: int, event_id: int, now: datetime) -> bool:
    """Take an own event out of the catalogue; plans that hold it keep their line. False: there was none."""
    which = _of(organisation_id) & (event.c.id == event_id)
    which &= event.c.state.in_(("proposed", "published"))
    values = {"state": "withdrawn", "changed_at": now}
    if conn.execute(update(event).where(which).values(values)).rowcount != 1:
        return False
    audit.record(conn, person_id, "event.withdrawn", now, str(event_id))
    return True


def _of(organisation_id: int) -> ColumnElement[bool]:
    return event.c.proposer_id == organisation_id


def arm() -> Select[Any]:
    """Organisations whose proposals wait for the person, as an arm of `storage.queues`."""
    nothing = literal_column("0", Integer)
    columns: tuple[Any, ...] = (
        literal_column("'event'").label("kind"),
        nothing.label("route_id"),
        nothing.label("entry_id"),
        nothing.label("correction_id"),
        nothing.label("inquiry_id"),
        nothing.label("checkpoint_id"),
        event.c.proposer_id.label("organisation_id"),
        func.min(event.c.changed_at).label("since"),
    )
    return _waiting(select(*columns), judge_id=1).group_by(event.c.proposer_id)


def _waiting(rows: Select[Any], judge_id: int) -> Select[Any]:
    """Proposals that this judge may judge; the statement has the parameter `person` (`storage.reach`)."""
    found = rows.join_from(event, organisation, organisation.c.id == event.c.proposer_id)
    found = found.where(event.c.state == "proposed")
    if judge_id == OPERATOR:
        return found.where(true())
    over = select(reach.HELD.c.organisation_id).where(reach.HELD.c.role.in_(JUDGES))
    return found.where(organisation.c.parent_id.in_(over))
