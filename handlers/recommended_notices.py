"""What the teacher is told of a recommendation, and the buttons under it: judged by the facts of now."""

from bot.iom.access import Fact
from bot.speech.screen import FactButton, Remark, Screen
from handlers import recommended
from handlers.cases import case_of
from handlers.desk import Desk
from handlers.place import Place
from storage import exchanges
from storage.notices import Notice


def notice(desk: Desk, told: Notice) -> Screen | None:
    """A new recommendation, while she has not answered it."""
    case = case_of(desk, Fact.OWN, told.route_id)
    one = recommended.found(case, int(told.subject["recommendation"])) if case is not None else None
    if case is None or one is None or not one.open:
        return None
    first = (FactButton("take_advice", one.id), FactButton("decline_advice", one.id))
    see = FactButton("see_advice", one.id, word="open_case")
    return Screen("notice_recommended", recommended.values_of(case, one), (first, (see,)))


def _enter(desk: Desk, id_: int) -> bool:
    """Go to the recommendation a button names, if it is of her own route."""
    route_id = exchanges.route_advised(desk.conn, id_)
    if not route_id or case_of(desk, Fact.OWN, route_id) is None:
        return False
    desk.go(Place("recommendation", row=route_id, parent=id_))
    return True


def press_take(desk: Desk, id_: int, version: int) -> Remark | None:
    """«Принять» under the notice."""
    return recommended.accept(desk) if _enter(desk, id_) else Remark("out_of_date")


def press_decline(desk: Desk, id_: int, version: int) -> Remark | None:
    """«Отклонить» under the notice."""
    return recommended.decline(desk, "") if _enter(desk, id_) else Remark("out_of_date")


def press_see(desk: Desk, id_: int, version: int) -> Remark | None:
    """«Открыть» under the notice."""
    return None if _enter(desk, id_) else Remark("out_of_date")


NOTICES = {"recommended": notice}
PRESSES = {"take_advice": press_take, "decline_advice": press_decline, "see_advice": press_see}
