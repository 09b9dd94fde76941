"""Files that Telegram has already: the same version of a card is sent again by its file_id."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.statements import insert
from storage.tables import printed


def file_id(conn: Connection, key: str) -> str | None:
    """Telegram's id of the file kept under this key, None when it must be uploaded."""
    return conn.execute(select(printed.c.file_id).where(printed.c.key == key)).scalar_one_or_none()


def keep(conn: Connection, key: str, file_id: str, now: datetime, person_id: int | None = None) -> None:
    """Keep the id of an uploaded file. Give `person_id` for a file about a person: it is erased with her."""
    row = {"key": key, "file_id": file_id, "at": now, "person_id": person_id}
    statement = insert(conn.dialect.name, printed).values(row)
    changes = {name: statement.excluded[name] for name in ("file_id", "at", "person_id")}
    conn.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changes))
