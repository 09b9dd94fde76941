"""What a digest counts is found by its own indexes: rows of a table, what was written since, lost notices.

Two of them take the place of indexes on the route alone, so that writing an answer costs what it did.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To 0005."""
    op.drop_index("ix_entry_route_id", "entry")
    op.create_index("ix_entry_route_id_table_key", "entry", ["route_id", "table_key"])
    op.drop_index("ix_answer_route_id", "answer")
    op.create_index("ix_answer_route_id_at", "answer", ["route_id", "at"])
    lost = sa.text("state IN ('failed', 'missed')")
    op.create_index("ix_notice_lost", "notice", ["claimed_until"], sqlite_where=lost, postgresql_where=lost)


def downgrade() -> None:
    """Back to 0003."""
    op.drop_index("ix_notice_lost", "notice")
    op.drop_index("ix_answer_route_id_at", "answer")
    op.create_index("ix_answer_route_id", "answer", ["route_id"])
    op.drop_index("ix_entry_route_id_table_key", "entry")
    op.create_index("ix_entry_route_id", "entry", ["route_id"])
