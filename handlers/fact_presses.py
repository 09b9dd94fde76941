"""Buttons under notices: verb → what it does. Stored contracts: a notice may be pressed months later."""

from collections.abc import Callable, Mapping

from bot.speech.screen import Remark
from handlers import (
    applying,
    asking_help,
    case,
    companion_rooms,
    concluding_notices,
    confirming,
    correction_notices,
    digest_notices,
    extension_notices,
    line,
    marking,
    menu,
    monitoring_notices,
    recommended_notices,
    reminders,
    review_notices,
    route_model,
    sharing,
    snoozing,
)
from handlers.desk import Desk

FactAct = Callable[[Desk, int, int], Remark | None]


def open_own(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Открыть» under a notice about one's own card."""
    menu.arrive(desk)
    return None


FACT_PRESSES: Mapping[str, FactAct] = {
    "open_own": open_own,
    **case.PRESSES,
    **review_notices.PRESSES,
    **route_model.PRESSES,
    **recommended_notices.PRESSES,
    **line.PRESSES,
    **confirming.PRESSES,
    **asking_help.PRESSES,
    **correction_notices.PRESSES,
    **extension_notices.PRESSES,
    **marking.PRESSES,
    **monitoring_notices.PRESSES,
    **concluding_notices.PRESSES,
    **companion_rooms.PRESSES,
    **applying.PRESSES,
    **reminders.PRESSES,
    **snoozing.PRESSES,
    **digest_notices.PRESSES,
    **sharing.PRESSES,
}
