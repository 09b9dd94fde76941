"""Tables of papers that outlive their printing: certificates that were given, archives being made."""

from sqlalchemy import BigInteger, Column, Integer, String

from storage.columns import of, own_id, table, text, time

# The code is nowhere in the table: derived from the id and `nonce` with the bot's secret, as an invitation's.
certificate = table(
    "certificate",
    own_id(),
    of("route", nullable=False, unique=True),
    Column("nonce", String(32), nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    time("issued_at"),
)

# What takes longer than a person waits for: made by the print shop, one at a time. `message_id` is the
# message that shows how far it is.
print_job = table(
    "print_job",
    own_id(),
    of("person", nullable=False, index=True),
    of("organisation", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    time("created_at"),
    Column("state", String(16), nullable=False, index=True),
    time("claimed_until", nullable=True),
    Column("token", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("message_id", BigInteger),
    text("error"),
)
