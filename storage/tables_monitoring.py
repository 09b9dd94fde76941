"""Tables of what is asked on the way of a route: monitoring, reflections, what a course gave at lessons."""

from sqlalchemy import Column, Date, String, Text

from storage.columns import link_to, of, own_id, table, text, time

# One that was begun; `key` is that of `bot.iom.monitoring`. `entry_id`: the line it is about, of a monitoring
# the one its recommendation is about. `text`: null is not asked yet. role, name, post: of who judged.
checkpoint = table(
    "checkpoint",
    own_id(),
    of("route", nullable=False, index=True),
    text("key", unique=True),
    Column("kind", String(16), nullable=False),
    Column("due_on", Date, nullable=False),
    link_to("entry"),
    time("asked_at"),
    Column("text", Text),
    time("answered_at", nullable=True),
    time("judged_at", nullable=True),
    Column("verdict", String(16), nullable=False),
    Column("form", String(16), nullable=False),
    text("recommendation"),
    link_to("person"),
    Column("role", String(32), nullable=False),
    text("name"),
    text("post"),
)

# What she says of one open line, `bot.iom.checkpoint.Interim`; null is not asked yet.
interim = table(
    "interim",
    of("checkpoint", primary_key=True),
    of("entry", primary_key=True, index=True),
    of("route", nullable=False, index=True),
    Column("progress", String(16)),
    text("result"),
    Column("hinders", Text),
    Column("needs_help", String(16)),
    text("question"),
)
