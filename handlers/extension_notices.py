"""What people are told of a longer term, and the buttons under an offer."""

from bot.iom import extensions
from bot.iom.access import Fact
from bot.iom.journey import Extension
from bot.speech.screen import FactButton, Remark, Screen
from handlers import offered
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.place import Place
from storage.notices import Notice


def _told(case: Case | None, told: Notice) -> Extension | None:
    id_ = told.subject.get("extension")
    return next((one for one in case.journey.extensions if one.id == id_), None) if case else None


def offer(desk: Desk, told: Notice) -> Screen | None:
    """«Вам предлагают продлить»."""
    case = case_of(desk, Fact.OWN, told.route_id)
    one = _told(case, told)
    if case is None or one is None or extensions.waiting(case.journey) != one:
        return None
    ids = (case.facts.route_id, one.id)
    buttons = (
        FactButton("take_offer", *ids, word="take_offer"),
        FactButton("leave_offer", *ids, word="decline_offer"),
    )
    return Screen("notice_offer", offered.offer_values(case, one), (buttons,))


def news(desk: Desk, told: Notice) -> Screen | None:
    """The term is longer, or the offer was declined."""
    case = case_of(desk, Fact.STATE, told.route_id)
    one = _told(case, told)
    if case is None or one is None or not (one.accepted_at or one.declined_at):
        return None
    see = FactButton("open_case", case.facts.route_id, case.facts.version, word="open_case")
    return Screen("notice_extension", offered.offer_values(case, one), ((see,),))


def _press(desk: Desk, route_id: int, extension_id: int, *, take: bool) -> Remark | None:
    """Judged by the offer that waits now; another one is an old button."""
    case = case_of(desk, Fact.OWN, route_id)
    one = extensions.waiting(case.journey) if case else None
    mine = desk.route is not None and desk.route.route_id == route_id
    if not mine or one is None or one.id != extension_id:
        return Remark("out_of_date")
    desk.go(Place("offered"))
    return offered.accept(desk, "") if take else offered.decline(desk, "")


def press_take(desk: Desk, route_id: int, extension_id: int) -> Remark | None:
    """«Согласна продлить»."""
    return _press(desk, route_id, extension_id, take=True)


def press_leave(desk: Desk, route_id: int, extension_id: int) -> Remark | None:
    """«Не нужно»."""
    return _press(desk, route_id, extension_id, take=False)


NOTICES = {"extension_offer": offer, "extension_news": news}
PRESSES = {"take_offer": press_take, "leave_offer": press_leave}
