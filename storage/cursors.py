"""Where each person is in the conversation, and whether the screen of that place was shown.

`rev` counts places, `shown_rev` the newest one the person has seen; shown_rev < rev is an owed screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update

from storage.statements import Insert, fits, insert
from storage.tables import cursor, person

_HERS = select(cursor).where(cursor.c.person_id == bindparam("person"))
_SEEN = bindparam("seen", type_=cursor.c.shown_rev.type)
_MESSAGE = bindparam("message", type_=cursor.c.message_id.type)
_SHOWN = (
    update(cursor)
    .where(cursor.c.person_id == bindparam("person"), cursor.c.shown_rev <= _SEEN)
    .values(shown_rev=_SEEN, message_id=func.coalesce(_MESSAGE, cursor.c.message_id))
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """`place` is JSON of the handlers; `message_id` the message that carries the screen, None for none."""

    person_id: int
    place: Mapping[str, Any] = field(default_factory=dict)
    rev: int = 0
    shown_rev: int = 0
    message_id: int | None = None


def load(conn: Connection, person_id: int) -> Cursor:
    """The stored cursor, or an empty one at rev 0."""
    if not fits(person_id):
        return Cursor(person_id)
    row = conn.execute(_HERS, {"person": person_id}).one_or_none()
    return Cursor(*row) if row else Cursor(person_id)


def save(conn: Connection, place: Cursor) -> None:
    """Store the cursor. A screen shown since it was loaded stays shown (speech doesn't wait for us)."""
    row = {
        "person_id": place.person_id,
        "place": dict(place.place),
        "rev": place.rev,
        "shown_rev": place.shown_rev,
        "message_id": place.message_id,
    }
    conn.execute(_saving(conn.dialect.name), row)


def shown(conn: Connection, person_id: int, rev: int, message_id: int | None) -> None:
    """The screen of `rev` reached the person, in this message (None: in the same one as before).

    Older news changes nothing: `shown_rev` never falls, the message stays that of the newest screen.
    """
    conn.execute(_SHOWN, {"person": person_id, "seen": rev, "message": message_id})


def owed(conn: Connection) -> tuple[int, ...]:
    """Telegram ids of people whose screen was stored and not shown, oldest person first.

    Those who can't be reached are left out: their next update brings the screen.
    """
    behind = (cursor.c.shown_rev < cursor.c.rev) & person.c.unreachable_at.is_(None)
    found = select(person.c.telegram_id).join(cursor).where(behind).order_by(person.c.id)
    return tuple(conn.execute(found).scalars())


@cache
def _saving(dialect: str) -> Insert:
    statement = insert(dialect, cursor)
    new = statement.excluded
    overtaken = cursor.c.shown_rev > new.shown_rev
    changes = {
        "place": new.place,
        "rev": new.rev,
        "shown_rev": case((overtaken, cursor.c.shown_rev), else_=new.shown_rev),
        "message_id": case((overtaken, cursor.c.message_id), else_=new.message_id),
    }
    return statement.on_conflict_do_update(index_elements=["person_id"], set_=changes)
