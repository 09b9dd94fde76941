"""«Напомнить»: who may ask a teacher by a tap to go on with her card, and how often.

One kind word of a person, not of the clock: its text is shown to her before it is sent, and from whomever it
comes, a teacher gets no more than one in three days.
"""

from datetime import datetime, timedelta

from bot.iom.access import Standing
from bot.iom.digest import OVERSEERS
from bot.iom.facts import State

EVERY = timedelta(days=3)
# While the card is in the teacher's hands; what waits for others is theirs to do.
HERS = frozenset({State.DRAFT, State.RETURNED, State.APPROVED, State.ACTIVE, State.FINALIZING})


def may_nudge(standing: Standing) -> bool:
    """Whoever looks after the organisation, and a companion whom the teacher let in; nobody herself."""
    if standing.viewer_id == standing.teacher_id or standing.trial or standing.state not in HERS:
        return False
    return standing.companion == "open" or bool(standing.capabilities & set(OVERSEERS))


def free_from(last: datetime | None, now: datetime) -> datetime | None:
    """When the next may be sent, None: now."""
    return last + EVERY if last is not None and last + EVERY > now else None
