"""Who is at the door: all that every update asks about a person, in one SELECT."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from bot.iom.people import Consent, Organisation, Person
from storage import consents, organisations, people
from storage.cursors import Cursor
from storage.tables import consent, cursor, organisation, person


class Met(NamedTuple):
    """A person, where she is in the conversation, what she agreed to and where she teaches."""

    person: Person
    cursor: Cursor
    consent: Consent | None
    organisation: Organisation | None


def meet(conn: Connection, telegram_id: int, kind: str, now: datetime) -> Met:
    """The person of this account as `people.arrive` finds or makes her, with what else is known of her.

    `kind` is the kind of consent; the organisation is that of a teacher.
    """
    found = conn.execute(_KNOWN, {"telegram_id": telegram_id, "kind": kind, "role": "teacher"}).one_or_none()
    if found is None:
        made = people.arrive(conn, telegram_id, now)
        return Met(made, Cursor(made.id), None, None)
    known = Person(*found[_PERSON])
    return Met(
        known,
        Cursor(*found[_CURSOR]) if found.person_id is not None else Cursor(known.id),
        Consent(*found[_CONSENT]) if found.kind is not None else None,
        Organisation(*found[_ORGANISATION]) if found.title is not None else None,
    )


_PARTS = (people.COLUMNS, tuple(cursor.c), consents.COLUMNS, organisations.COLUMNS)
_ENDS = [sum(map(len, _PARTS[: number + 1])) for number in range(len(_PARTS))]
_PERSON, _CURSOR, _CONSENT, _ORGANISATION = (
    slice(end - len(part), end) for end, part in zip(_ENDS, _PARTS, strict=True)
)
_KNOWN = (
    select(*(column for part in _PARTS for column in part))
    .outerjoin_from(person, cursor, cursor.c.person_id == person.c.id)
    .outerjoin(consent, consent.c.id == consents.newest(person.c.id, bindparam("kind")))
    .outerjoin(organisation, organisation.c.id == organisations.latest(person.c.id, bindparam("role")))
    .where(person.c.telegram_id == bindparam("telegram_id"))
)
