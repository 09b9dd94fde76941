"""Files that were sent to be read: asked for, read after the commit, shown, confirmed once.

    begin → arrived → read → judged → close → done | cancelled;  arrived → refused (no table at all)

The file itself stays at Telegram: the row holds its id, so that reading begins again after a crash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from storage import audit
from storage.statements import fits
from storage.tables_import import import_batch

State = Literal["arrived", "judged", "refused", "done", "cancelled"]
_COLUMNS = (  # as in `Batch`
    import_batch.c.id,
    import_batch.c.organisation_id,
    import_batch.c.person_id,
    import_batch.c.kind,
    import_batch.c.file_id,
    import_batch.c.file_name,
    import_batch.c.state,
    import_batch.c.taken,
    import_batch.c.content,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """One file. `kind` says what it holds; `content` is the reader's own JSON; `taken` how many rows of it
    were taken in the end."""

    id: int
    organisation_id: int
    person_id: int
    kind: str
    file_id: str
    file_name: str
    state: State
    taken: int
    content: Mapping[str, Any] = field(repr=False)


def begin(
    conn: Connection,
    organisation_id: int,
    person_id: int,
    kind: str,
    file_id: str,
    file_name: str,
    now: datetime,
) -> int:
    """A file to read; whatever she sent there before and left is forgotten."""
    left = (import_batch.c.organisation_id == organisation_id) & (import_batch.c.person_id == person_id)
    conn.execute(delete(import_batch).where(left, import_batch.c.kind == kind))
    row = {
        "organisation_id": organisation_id,
        "person_id": person_id,
        "kind": kind,
        "file_id": file_id,
        "file_name": file_name[:200],
        "state": "arrived",
        "content": {},
        "taken": 0,
        "created_at": now,
    }
    made: int = conn.execute(insert(import_batch).values(row).returning(import_batch.c.id)).scalar_one()
    return made


def of(conn: Connection, batch_id: int, person_id: int) -> Batch | None:
    """Her own; somebody else's is None, exactly like an absent one."""
    if not fits(batch_id, person_id):
        return None
    hers = (import_batch.c.id == batch_id) & (import_batch.c.person_id == person_id)
    row = conn.execute(select(*_COLUMNS).where(hers)).one_or_none()
    return Batch(*row) if row else None


def read(conn: Connection, batch_id: int, state: State, content: Mapping[str, Any]) -> bool:
    """What was found in the file ("judged") or why nothing ("refused"); False: it is over already."""
    which = (import_batch.c.id == batch_id) & import_batch.c.state.in_(("arrived", "judged", "refused"))
    return conn.execute(update(import_batch).where(which).values(state=state, content=content)).rowcount == 1


def close(
    conn: Connection,
    batch: Batch,
    state: State,
    now: datetime,
    *,
    taken: int = 0,
    content: Mapping[str, Any] | None = None,
) -> bool:
    """End it, once: True for the first who does. `content` is what is still worth keeping of it."""
    open_ = (import_batch.c.id == batch.id) & import_batch.c.state.in_(("arrived", "judged", "refused"))
    values = {"state": state, "content": content or {}, "taken": taken, "closed_at": now}
    if conn.execute(update(import_batch).where(open_).values(values)).rowcount != 1:
        return False
    audit.record(conn, batch.person_id, f"import.{state}", now, f"{batch.organisation_id} {taken}")
    return True


def forget(conn: Connection, batch: Batch) -> None:
    """Nothing of the file is needed any more."""
    conn.execute(delete(import_batch).where(import_batch.c.id == batch.id))
