"""Tables of what a person brings in a file: it waits here until she has seen it and said yes."""

from sqlalchemy import JSON, Column, Integer, String

from storage.columns import of, own_id, table, text, time

# `content` is the judged list as JSON, {} before it was read and after it is over: names of people who have
# agreed to nothing yet stay no longer than the question about them.
import_batch = table(
    "import_batch",
    own_id(),
    of("organisation", nullable=False, index=True),
    of("person", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    text("file_id"),
    text("file_name"),
    Column("state", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    Column("taken", Integer, nullable=False),
    time("created_at"),
    time("closed_at", nullable=True),
)
