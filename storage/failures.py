"""What the drivers say, in one word: is the database down, or is it the program that is wrong?"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_SQLITE_DOWN = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
    )
)
# Connection lost, login refused, no such database, out of resources, shutting down.
_POSTGRESQL_DOWN = ("08", "28", "3D", "53", "57P")
# A disk gone read-only, a server become a standby. In `Database.read` the same codes say that a unit
# writes: a bug.
_READ_ONLY = (sqlite3.SQLITE_READONLY, "25006")
_LOST_RACE = ("40P01", "40001")


class DatabaseDown(Exception):
    """The database can't be reached or can't store. The update must not be acknowledged.

    Raised by a COMMIT whose reply was lost too: it may have been stored, which `updates.take` notices
    when the update comes again.
    """


@contextmanager
def named(*, writing: bool) -> Iterator[None]:
    """What means that the database can't be reached or can't store becomes DatabaseDown.

    StopIteration becomes a RuntimeError, as in a coroutine: a future refuses it and would never end.
    """
    try:
        yield
    except StopIteration:  # "from" it, contextlib would raise the StopIteration after all
        raise RuntimeError("the unit raised StopIteration") from None
    except (OSError, PoolTimeout) as error:  # TimeoutError is an OSError
        raise DatabaseDown(str(error)) from error
    except DBAPIError as error:
        if _is_down(error, writing):
            raise DatabaseDown(str(error.orig)) from error
        raise


def lost_race(error: DBAPIError) -> bool:
    """Did PostgreSQL end this transaction for the sake of another one, so that it may be run again?"""
    return getattr(error.orig, "sqlstate", "") in _LOST_RACE


def _is_down(error: DBAPIError, writing: bool) -> bool:
    if error.connection_invalidated:
        return True
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        code = number & 0xFF  # the rest is the extended part
        return code in _SQLITE_DOWN or (writing and code in _READ_ONLY)
    state = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(_POSTGRESQL_DOWN) or (writing and state in _READ_ONLY)
