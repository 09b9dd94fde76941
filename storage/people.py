"""Telegram accounts. A person is known by code where names are not kept."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from bot.iom.people import Person
from storage.statements import fits, insert
from storage.tables import person

# Neither 0, 1, 8 nor letters like them; each letter has a Cyrillic twin, so a code read aloud or typed on
# a Russian keyboard means the same. A stored contract: codes are on paper.
ALPHABET = "2345679ACEHKMPTX"

COLUMNS = (
    person.c.id,
    person.c.telegram_id,
    person.c.code,
    person.c.timezone,
    person.c.hat,
    person.c.settings,
)  # as in `Person`
_LOCK = select(func.pg_advisory_xact_lock(bindparam("telegram_id")))
_OF_ACCOUNT = select(*COLUMNS).where(person.c.telegram_id == bindparam("telegram_id"))


def lock(conn: Connection, telegram_id: int) -> None:
    """Let one transaction at a time work for this account, until its end.

    An advisory lock, because a first contact has no row to lock. SQLite's one writer needs none.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(_LOCK, {"telegram_id": telegram_id})


def new_code(attempt: int) -> str:
    """«П-7K2M»; longer once the short ones are getting scarce (16⁴ = 65 536)."""
    length = 4 + attempt // 4
    return "П-" + "".join(secrets.choice(ALPHABET) for _ in range(min(length, 12)))


def arrive(
    conn: Connection, telegram_id: int, now: datetime, code: Callable[[int], str] = new_code
) -> Person:
    """The person of this account, made at the first contact with a new code. Safe against a race."""
    for attempt in range(100):
        found = conn.execute(_OF_ACCOUNT, {"telegram_id": telegram_id}).one_or_none()
        if found:
            return Person(*found)
        row = {
            "telegram_id": telegram_id,
            "code": code(attempt),
            "timezone": "",
            "created_at": now,
            "hat": "",
            "settings": {},
        }
        # A conflict is a code that is taken, or another process that was first: look again.
        conn.execute(insert(conn.dialect.name, person).values(row).on_conflict_do_nothing())
    raise RuntimeError("no free code for a person")


def known(conn: Connection, telegram_id: int) -> Person | None:
    """The person of this account, None for a stranger or one who erased everything."""
    found = conn.execute(_OF_ACCOUNT, {"telegram_id": telegram_id}).one_or_none()
    return Person(*found) if found else None


def by_id(conn: Connection, person_id: int) -> Person | None:
    """The person with this id, None when erased or never there."""
    if not fits(person_id):
        return None
    row = conn.execute(select(*COLUMNS).where(person.c.id == person_id)).one_or_none()
    return Person(*row) if row else None


def set_timezone(conn: Connection, person_id: int, timezone: str) -> None:
    """Store an IANA zone name; "" is "not asked yet"."""
    conn.execute(update(person).where(person.c.id == person_id).values(timezone=timezone))


def wear(conn: Connection, person_id: int, hat: str) -> None:
    """Remember the role in which the person looks at the bot; "" is a teacher."""
    conn.execute(update(person).where(person.c.id == person_id).values(hat=hat))


def set_habits(conn: Connection, person_id: int, settings: Mapping[str, Any]) -> None:
    """Store how and when she wants to be reminded, the whole of it (`bot.iom.habits` reads it)."""
    conn.execute(update(person).where(person.c.id == person_id).values(settings=dict(settings)))


def unreachable(conn: Connection, person_id: int, now: datetime) -> None:
    """The person blocked the bot or is gone. Keeps the first time it was noticed."""
    reached = (person.c.id == person_id) & person.c.unreachable_at.is_(None)
    conn.execute(update(person).where(reached).values(unreachable_at=now))


def reachable(conn: Connection, person_id: int) -> None:
    """The person writes again."""
    lost = (person.c.id == person_id) & person.c.unreachable_at.is_not(None)
    conn.execute(update(person).where(lost).values(unreachable_at=None))
