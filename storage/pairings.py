"""Pairs of a teacher and her companion. A row is never changed into another pair: history stays."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, update

from storage import audit, planning
from storage.statements import fits, insert
from storage.tables import membership, pairing, person
from storage.tables_life import ACTIVE

_TEACHER, _COMPANION = person.alias("teacher"), person.alias("companion")
_OF_TEACHER, _OF_COMPANION = membership.alias("of_teacher"), membership.alias("of_companion")
_PAIR = (
    select(
        pairing.c.id,
        pairing.c.organisation_id,
        pairing.c.teacher_id,
        pairing.c.companion_id,
        pairing.c.direction,
        pairing.c.since,
        pairing.c.opened_at,
        pairing.c.closed_at,
        pairing.c.ended_at,
        _OF_TEACHER.c.name,
        _TEACHER.c.code,
        _OF_COMPANION.c.name,
        _COMPANION.c.code,
        _OF_COMPANION.c.post,
    )
    .join_from(pairing, _TEACHER, _TEACHER.c.id == pairing.c.teacher_id)
    .join(_COMPANION, _COMPANION.c.id == pairing.c.companion_id)
    .outerjoin(
        _OF_TEACHER,
        and_(
            _OF_TEACHER.c.person_id == pairing.c.teacher_id,
            _OF_TEACHER.c.organisation_id == pairing.c.organisation_id,
            _OF_TEACHER.c.role == "teacher",
        ),
    )
    .outerjoin(
        _OF_COMPANION,
        and_(
            _OF_COMPANION.c.person_id == pairing.c.companion_id,
            _OF_COMPANION.c.organisation_id == pairing.c.organisation_id,
            _OF_COMPANION.c.role == "mentor",
        ),
    )
    .order_by(pairing.c.since, pairing.c.id)
)
_BY_ID = _PAIR.where(pairing.c.id == bindparam("pairing"))
_HERS = _PAIR.where(pairing.c.teacher_id == bindparam("person"))
_HIS = _PAIR.where(pairing.c.companion_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Pairing:
    """A teacher and who accompanies her; names as documents print them, "" where they are not kept.
    `direction`: what the companion is for (002: subject, method, metasubject), "" for everything."""

    id: int
    organisation_id: int
    teacher_id: int
    companion_id: int
    direction: str
    since: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    ended_at: datetime | None
    teacher: str = ""
    teacher_code: str = ""
    companion: str = ""
    companion_code: str = ""
    companion_post: str = ""

    @property
    def open(self) -> bool:
        """Whether the teacher agrees to the companion's access to her card now (004 п. 3.1.2)."""
        return self.opened_at is not None and self.closed_at is None and self.ended_at is None


def pair(
    conn: Connection,
    organisation_id: int,
    teacher_id: int,
    companion_id: int,
    now: datetime,
    *,
    direction: str = "",
    by: int | None = None,
) -> Pairing | None:
    """Make a pair, closed until the teacher agrees; the one there is if they are a pair already.

    None: nobody accompanies herself. IntegrityError: no such person or organisation.
    """
    if teacher_id == companion_id:
        return None
    row = {
        "organisation_id": organisation_id,
        "teacher_id": teacher_id,
        "companion_id": companion_id,
        "direction": direction,
        "since": now,
    }
    made = conn.execute(insert(conn.dialect.name, pairing).values(row).on_conflict_do_nothing()).rowcount
    known = [
        one
        for one in of_teacher(conn, teacher_id)
        if (one.organisation_id, one.companion_id, one.direction)
        == (organisation_id, companion_id, direction)
    ]
    if made:
        audit.record(conn, by, "pairing.pair", now, f"{known[0].id} {teacher_id} {companion_id}")
    return known[0]


def end(conn: Connection, pairing_id: int, now: datetime, *, by: int | None = None) -> bool:
    """End a pair; False when it has ended or never was."""
    return _change(conn, pairing_id, ACTIVE, {"ended_at": now}, "pairing.end", now, by)


def end_all(
    conn: Connection,
    person_id: int,
    places: Collection[int],
    now: datetime,
    *,
    role: str,
    by: int | None = None,
) -> None:
    """End the pairs of a person in these organisations, those in which she is "teacher" or "mentor"."""
    side = pairing.c.teacher_id if role == "teacher" else pairing.c.companion_id
    hers = select(pairing.c.id).where(ACTIVE, pairing.c.organisation_id.in_(places), side == person_id)
    for pairing_id in conn.execute(hers.order_by(pairing.c.id)).scalars().all():
        end(conn, pairing_id, now, by=by or person_id)


def hand_over(
    conn: Connection, pairing_id: int, companion_id: int, now: datetime, *, by: int | None = None
) -> Pairing | None:
    """Give the teacher another companion in the same direction: the old pair ends and stays in history.

    The new pair is closed: the teacher agreed to a person, not to a post. None: the pair is over already,
    or the new companion is the old one or the teacher.
    """
    old = by_id(conn, pairing_id)
    if (
        old is None
        or companion_id in (old.companion_id, old.teacher_id)
        or not end(conn, pairing_id, now, by=by)
    ):
        return None
    return pair(conn, old.organisation_id, old.teacher_id, companion_id, now, direction=old.direction, by=by)


def open(conn: Connection, pairing_id: int, teacher_id: int, now: datetime) -> bool:
    """The teacher agrees to the companion's access; False when the pair is not hers or has ended."""
    hers = ACTIVE & (pairing.c.teacher_id == teacher_id)
    planning.again(conn, person_id=teacher_id)  # what waits is told to the new companion too
    return _change(
        conn, pairing_id, hers, {"opened_at": now, "closed_at": None}, "pairing.open", now, teacher_id
    )


def close(conn: Connection, pairing_id: int, teacher_id: int, now: datetime) -> bool:
    """The teacher takes her consent back; the pair goes on, its companion sees the state only."""
    hers = ACTIVE & (pairing.c.teacher_id == teacher_id)
    return _change(conn, pairing_id, hers, {"closed_at": now}, "pairing.close", now, teacher_id)


def by_id(conn: Connection, pairing_id: int) -> Pairing | None:
    """A pair, an ended one too."""
    row = conn.execute(_BY_ID, {"pairing": pairing_id}).one_or_none() if fits(pairing_id) else None
    return Pairing(*row) if row else None


def of_teacher(conn: Connection, person_id: int, *, ended: bool = False) -> tuple[Pairing, ...]:
    """Her companions, oldest first; with `ended` the former ones too."""
    return _found(conn, _HERS, person_id, ended)


def of_companion(conn: Connection, person_id: int, *, ended: bool = False) -> tuple[Pairing, ...]:
    """Those whom the person accompanies, oldest first."""
    return _found(conn, _HIS, person_id, ended)


def of_organisation(conn: Connection, organisation_id: int) -> tuple[Pairing, ...]:
    """Every pair of an organisation that goes on, oldest first."""
    if not fits(organisation_id):
        return ()
    query = _PAIR.where(ACTIVE, pairing.c.organisation_id == organisation_id)
    return tuple(Pairing(*row) for row in conn.execute(query))


def _found(conn: Connection, which: Any, person_id: int, ended: bool) -> tuple[Pairing, ...]:
    if not fits(person_id):
        return ()
    query = which if ended else which.where(ACTIVE)
    return tuple(Pairing(*row) for row in conn.execute(query, {"person": person_id}))


def _change(
    conn: Connection,
    pairing_id: int,
    which: ColumnElement[bool],
    values: dict[str, datetime | None],
    action: str,
    now: datetime,
    by: int | None,
) -> bool:
    if not fits(pairing_id):
        return False
    changed = conn.execute(update(pairing).where(pairing.c.id == pairing_id, which).values(values)).rowcount
    if changed:
        audit.record(conn, by, action, now, str(pairing_id))
    return changed == 1
