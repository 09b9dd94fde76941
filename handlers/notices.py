"""What a notice says: kind → screen, computed from the facts of now; None when it is no longer true.

Kinds are stored contracts: a row planned by an older release is still said, or dropped when unknown.
"""

from collections.abc import Callable, Mapping

from bot.iom.facts import State
from bot.iom.notices import TOPIC
from bot.speech.screen import Screen
from handlers import (
    applying,
    asking_help,
    companion_rooms,
    concluding_notices,
    confirming_screen,
    correction_notices,
    digest_notices,
    extension_notices,
    manners,
    marking,
    monitoring_notices,
    nudging,
    proposals,
    recommended_notices,
    reminding,
    review_notices,
    route_model,
    sharing,
    withdrawing,
)
from handlers.desk import Desk
from handlers.manners import Later, Missed
from storage import standings
from storage.notices import Notice

Say = Callable[[Desk, Notice], Screen | None]

KINDS: Mapping[str, Say] = {
    **review_notices.NOTICES,
    **route_model.NOTICES,
    **recommended_notices.NOTICES,
    **confirming_screen.NOTICES,
    **asking_help.NOTICES,
    **correction_notices.NOTICES,
    **extension_notices.NOTICES,
    **marking.NOTICES,
    **proposals.NOTICES,
    **monitoring_notices.NOTICES,
    **concluding_notices.NOTICES,
    **withdrawing.NOTICES,
    **companion_rooms.NOTICES,
    **applying.NOTICES,
    **reminding.NOTICES,
    **digest_notices.NOTICES,
    **nudging.NOTICES,
    **sharing.NOTICES,
}
ABOUT_THE_END = frozenset({"withdrawn"})  # all that is still said of a route that was ended


def outcome_of(desk: Desk, notice: Notice) -> Screen | Later | Missed | None:
    """What becomes of a notice whose time has come. None: it is not true any more. A reminder may have to
    wait for the day, or come too late; whether it is true is asked first."""
    screen = screen_of(desk, notice)
    if screen is None or notice.kind not in TOPIC:
        return screen
    if manners.unwanted(desk, notice.kind):
        return None
    return manners.wait(desk, notice) or manners.footed(screen, notice)


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
