"""Tables of the program itself: handled updates, files that Telegram has already, the journal."""

from sqlalchemy import BigInteger, Boolean, Column

from storage.columns import link_to, of, own_id, table, text, time

seen_update = table(
    "seen_update",
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    time("at", index=True),
    Column("failed", Boolean, nullable=False),
)

# file_id opens a person's card at Telegram, so it goes with the person; NULL is a file of nobody.
printed = table(
    "printed",
    text("key", primary_key=True),
    text("file_id"),
    of("person", nullable=True, index=True),
    time("at"),
)

audit = table(
    "audit",
    own_id(),
    link_to("person"),
    text("action"),
    time("at"),
    text("detail"),
)
