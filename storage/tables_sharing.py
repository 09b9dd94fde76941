"""What is shared: the life of an event of the catalogue, and what a teacher herself can share with colleagues
(001 Прил. 3, алгоритм 3)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Index, String

from storage.columns import EMPTY, ID, of, own_id, table, text, time


def life_of_event() -> Iterator[Any]:
    """Columns of `event`. `organisation_id`: where it is offered, with all below, NULL is everywhere;
    `proposer_id`: who brought it, NULL is the operator; `changed_at`: proposed, changed or judged last.

    No foreign keys: SQLite can't add a named one in place, and no organisation is ever deleted."""
    yield Column("state", String(16), nullable=False, server_default="published")
    yield Column("organisation_id", ID, index=True)
    yield Column("proposer_id", ID, index=True)
    yield from (text(name, server_default=EMPTY) for name in _SAID)
    yield time("changed_at", nullable=True)
    yield Index(None, "state", "ends_on")


_SAID = ("resource", "recommended_by", "registration", "link")

# `shown_at`: since when colleagues of her organisation are offered it; NULL is hers alone.
own_resource = table(
    "own_resource",
    own_id(),
    of("person", nullable=False, index=True),
    text("title"),
    Column("kind", String(16), nullable=False),
    Column("block", String(120), nullable=False, index=True),
    time("created_at"),
    time("shown_at", nullable=True),
)
