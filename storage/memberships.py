"""Roles of people in organisations. Leaving ends every right at once: rights are read anew at each look."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, select

from storage import audit, organisations, pairings, planning, signatories
from storage.statements import Insert, fits, insert
from storage.tables import membership, organisation, person

_OF_PERSON = (
    select(
        membership.c.organisation_id,
        membership.c.role,
        membership.c.name,
        membership.c.post,
        organisation.c.title,
        organisation.c.kind,
        membership.c.created_at,
    )
    .join(organisation, organisation.c.id == membership.c.organisation_id)
    .where(membership.c.person_id == bindparam("person"))
    .order_by(membership.c.created_at, membership.c.organisation_id, membership.c.role)
)
_PEOPLE = (
    select(
        membership.c.person_id,
        person.c.code,
        membership.c.role,
        membership.c.name,
        membership.c.post,
        person.c.unreachable_at.is_not(None).label("unreachable"),
    )
    .join(person, person.c.id == membership.c.person_id)
    .where(membership.c.organisation_id == bindparam("organisation"))
    .order_by(membership.c.name, membership.c.person_id)
)
_PEOPLE_AS = _PEOPLE.where(membership.c.role == bindparam("role"))


@dataclass(frozen=True, slots=True)
class Membership:
    """A role of a person somewhere. `name`, `post`: as documents print them; `kind`: see `Organisation`."""

    organisation_id: int
    role: str
    name: str = ""
    post: str = ""
    title: str = ""
    kind: str = "school"
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an organisation; `code` stands for the name where `name` is "". `unreachable`: she
    blocked the bot."""

    person_id: int
    code: str
    role: str
    name: str
    post: str
    unreachable: bool = False


def join(
    conn: Connection,
    person_id: int,
    organisation_id: int,
    role: str,
    now: datetime,
    *,
    name: str = "",
    post: str = "",
    by: int | None = None,
) -> None:
    """Give the person a role; had she it already, only a name and a post that are given are changed.

    A name is not kept where the organisation keeps none. `by`: who gives it, None is she herself.
    IntegrityError: no such person or organisation.
    """
    kept = select(organisation.c.keeps_names).where(organisation.c.id == organisation_id)
    row = {
        "person_id": person_id,
        "organisation_id": organisation_id,
        "role": role,
        "created_at": now,
        "name": name if conn.execute(kept).scalar_one_or_none() else "",
        "post": post,
    }
    conn.execute(_joining(conn), row)
    if role not in ("teacher", "mentor"):
        planning.again(conn, organisation_id=organisation_id)  # what waits there is told to her too
    audit.record(conn, by or person_id, "membership.join", now, f"{person_id} {organisation_id} {role}")


def leave(
    conn: Connection,
    person_id: int,
    organisation_id: int,
    now: datetime,
    *,
    role: str = "",
    by: int | None = None,
) -> bool:
    """End a role there, every one when `role` is ""; False when there was none.

    With it end, at once, the pairs she was in there and below (as a teacher or as a mentor) and the steps
    of approval she held. Her routes stay hers and with the organisation they were begun in.
    """
    if not fits(person_id, organisation_id):
        return False
    hers = (membership.c.person_id == person_id) & (membership.c.organisation_id == organisation_id)
    if role:
        hers &= membership.c.role == role
    left = conn.execute(delete(membership).where(hers).returning(membership.c.role)).scalars().all()
    for side in {"teacher", "mentor"} & {role or "teacher", role or "mentor"}:
        still = {one.organisation_id for one in of_person(conn, person_id) if one.role == side}
        places = organisations.below(conn, organisation_id) - still
        pairings.end_all(conn, person_id, places, now, role=side, by=by)
    if role in ("", "approver", "head"):
        signatories.unbind(conn, person_id, organisation_id, now, by=by)
    if left:
        told = " ".join(sorted(left))
        audit.record(conn, by or person_id, "membership.leave", now, f"{person_id} {organisation_id} {told}")
    return bool(left)


def of_person(conn: Connection, person_id: int) -> tuple[Membership, ...]:
    """Every role of the person, oldest first."""
    if not fits(person_id):
        return ()
    return tuple(Membership(*row) for row in conn.execute(_OF_PERSON, {"person": person_id}))


def people_of(conn: Connection, organisation_id: int, role: str = "") -> tuple[Member, ...]:
    """Who has this role there ("": any role), by name."""
    if not fits(organisation_id):
        return ()
    ids = {"organisation": organisation_id}
    found = conn.execute(_PEOPLE_AS, {**ids, "role": role}) if role else conn.execute(_PEOPLE, ids)
    return tuple(Member(*row) for row in found)


def has(conn: Connection, person_id: int, organisation_id: int, role: str) -> bool:
    """Whether she has this very role there, not above."""
    given = (membership.c.person_id == person_id) & (membership.c.organisation_id == organisation_id)
    return conn.execute(select(membership.c.role).where(given, membership.c.role == role)).first() is not None


def _joining(conn: Connection) -> Insert:
    statement = insert(conn.dialect.name, membership)
    new = statement.excluded
    changes = {key: case((new[key] == "", membership.c[key]), else_=new[key]) for key in ("name", "post")}
    return statement.on_conflict_do_update(
        index_elements=["person_id", "organisation_id", "role"], set_=changes
    )
