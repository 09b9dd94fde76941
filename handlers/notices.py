"""What a notice says: kind → screen, computed from the facts of now; None when it is no longer true.

Kinds are stored contracts: a row planned by an older release is still said, or dropped when unknown.
"""

from collections.abc import Callable, Mapping

from bot.iom.facts import State
from bot.speech.screen import Screen
from handlers import (
    applying,
    asking_help,
    companion_rooms,
    concluding_notices,
    confirming_screen,
    correction_notices,
    extension_notices,
    marking,
    recommended_notices,
    review_notices,
    withdrawing,
)
from handlers.desk import Desk
from storage import standings
from storage.notices import Notice

Say = Callable[[Desk, Notice], Screen | None]

KINDS: Mapping[str, Say] = {
    **review_notices.NOTICES,
    **recommended_notices.NOTICES,
    **confirming_screen.NOTICES,
    **asking_help.NOTICES,
    **correction_notices.NOTICES,
    **extension_notices.NOTICES,
    **marking.NOTICES,
    **concluding_notices.NOTICES,
    **withdrawing.NOTICES,
    **companion_rooms.NOTICES,
    **applying.NOTICES,
}
ABOUT_THE_END = frozenset({"withdrawn"})  # all that is still said of a route that was ended


def screen_of(desk: Desk, notice: Notice) -> Screen | None:
    """What to say to the person of the desk now; nothing to one who has taken her consent back, and of a
    route that was ended nothing but that."""
    say = KINDS.get(notice.kind)
    if say is None or not desk.consented:
        return None
    if notice.route_id and notice.kind not in ABOUT_THE_END:
        standing = standings.of(desk.conn, desk.person.id, notice.route_id)
        if standing is None or standing.state is State.WITHDRAWN:
            return None
    return say(desk, notice)
