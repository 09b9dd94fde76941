"""Who holds the steps of an approval chain. The person is known once her invitation was accepted."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from bot.iom.journey import Signatory
from storage import audit, planning
from storage.organisations import above
from storage.statements import fits, insert
from storage.tables import organisation, signatory

_COLUMNS = (  # as in `Signatory`
    signatory.c.id,
    signatory.c.step,
    signatory.c.post,
    signatory.c.place,
    signatory.c.name,
    func.coalesce(signatory.c.person_id, 0),
    signatory.c.substitute,
)
_ORDER = (signatory.c.step, signatory.c.substitute, signatory.c.id)
_OF = select(*_COLUMNS).where(signatory.c.organisation_id == bindparam("organisation")).order_by(*_ORDER)
_OVER = (
    select(signatory.c.organisation_id, *_COLUMNS)
    .where(signatory.c.organisation_id.in_(bindparam("places", expanding=True)))
    .order_by(*_ORDER)
)


def put(
    conn: Connection,
    organisation_id: int,
    step: str,
    now: datetime,
    *,
    post: str = "",
    place: str = "",
    name: str = "",
    substitute: bool = False,
    by: int | None = None,
) -> None:
    """Say who holds a step (or stands in for its holder), as documents print it; a new name unbinds.

    Where the organisation keeps no names, none is stored.
    """
    keeps = select(organisation.c.keeps_names).where(organisation.c.id == organisation_id)
    row = {
        "organisation_id": organisation_id,
        "step": step,
        "substitute": substitute,
        "post": post,
        "place": place,
        "name": name if conn.execute(keeps).scalar_one_or_none() else "",
        "person_id": None,
    }
    statement = insert(conn.dialect.name, signatory).values(row)
    changes = {key: statement.excluded[key] for key in ("post", "place", "name", "person_id")}
    where = ["organisation_id", "step", "substitute"]
    conn.execute(statement.on_conflict_do_update(index_elements=where, set_=changes))
    audit.record(conn, by, "signatory.put", now, f"{organisation_id} {step}")


def bind(
    conn: Connection,
    organisation_id: int,
    step: str,
    person_id: int,
    now: datetime,
    called: tuple[str, str] = ("", ""),
) -> bool:
    """Give a free place at the step to the person: the one of her name and post (`called`: a substitute may
    come before the holder), else the holder's, else the substitute's.

    True also when she has one already; False when there is no free one: somebody else holds the step.
    """
    held = [one for one in of(conn, organisation_id) if one.step == step]
    if any(one.person_id == person_id for one in held):
        return True
    held.sort(key=lambda one: (one.name, one.post) != called)
    for one in held:
        free = (signatory.c.id == one.id) & signatory.c.person_id.is_(None)
        if conn.execute(update(signatory).where(free).values(person_id=person_id)).rowcount:
            planning.again(conn, organisation_id=organisation_id)
            audit.record(conn, person_id, "signatory.bind", now, f"{person_id} {organisation_id} {step}")
            return True
    return False


def unbind(
    conn: Connection,
    person_id: int,
    organisation_id: int,
    now: datetime,
    *,
    step: str = "",
    by: int | None = None,
) -> bool:
    """Take her steps there ("": every one) from the person; who they are printed for stays."""
    hers = (signatory.c.person_id == person_id) & (signatory.c.organisation_id == organisation_id)
    if step:
        hers &= signatory.c.step == step
    if not conn.execute(update(signatory).where(hers).values(person_id=None)).rowcount:
        return False
    audit.record(
        conn, by or person_id, "signatory.unbind", now, f"{person_id} {organisation_id} {step}".strip()
    )
    return True


def rename(
    conn: Connection, person_id: int, organisation_id: int, now: datetime, *, name: str = "", post: str = ""
) -> None:
    """Print the holder as she corrected it; "" leaves that part. Where no names are kept, none is stored."""
    keeps = select(organisation.c.keeps_names).where(organisation.c.id == organisation_id)
    if not conn.execute(keeps).scalar_one_or_none():
        name = ""
    given = {key: value for key, value in (("name", name), ("post", post)) if value}
    hers = (signatory.c.person_id == person_id) & (signatory.c.organisation_id == organisation_id)
    if given and conn.execute(update(signatory).where(hers).values(given)).rowcount:
        audit.record(conn, person_id, "signatory.rename", now, str(organisation_id))


def of(conn: Connection, organisation_id: int) -> tuple[Signatory, ...]:
    """The organisation's own ones, by step, the holder before her substitute."""
    if not fits(organisation_id):
        return ()
    return tuple(Signatory(*row) for row in conn.execute(_OF, {"organisation": organisation_id}))


def over(conn: Connection, organisation_id: int | None) -> tuple[Signatory, ...]:
    """Who signs for this organisation: of each step those of the nearest one up the tree that names any.

    So a school without a step of its own inherits that of its municipality or region.
    """
    places = above(conn, organisation_id or 0)
    if not places:
        return ()
    nearest: dict[str, int] = {}
    rows = conn.execute(_OVER, {"places": places}).all()
    for place, *values in rows:
        step, depth = values[1], places.index(place)
        nearest[step] = min(depth, nearest.get(step, depth))
    return tuple(Signatory(*values) for place, *values in rows if places.index(place) == nearest[values[1]])


def holders(conn: Connection, organisation_id: int, step: str) -> tuple[int, ...]:
    """The people who may decide at a step there, the holder before her substitute; () if none has joined."""
    return tuple(one.person_id for one in over(conn, organisation_id) if one.step == step and one.person_id)
