"""What people are told of corrections, and the buttons under it."""

from bot.iom.access import Fact
from bot.iom.corrections import ON_ITS_WAY, CorrectionState
from bot.iom.journey import Correction
from bot.speech.screen import FactButton, Remark, Screen
from handlers import correction, correction_words
from handlers import correction_flow as flow
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.parties import is_own
from handlers.place import Place
from storage.notices import Notice


def _case(desk: Desk, route_id: int) -> Case | None:
    return case_of(desk, Fact.OWN, route_id) or case_of(desk, Fact.CORRECT, route_id)


def _told(desk: Desk, told: Notice) -> tuple[Case, Correction] | None:
    case = _case(desk, told.route_id)
    id_ = told.subject.get("correction")
    found = flow.found(case, id_) if case is not None and isinstance(id_, int) else None
    return (case, found) if case is not None and found is not None else None


def asked(desk: Desk, told: Notice) -> Screen | None:
    """«Корректировка ждёт вас»: one tap agrees or acknowledges."""
    known = _told(desk, told)
    if known is None or not correction.my_turn(*known):
        return None
    case, one = known
    ids = (case.facts.route_id, correction.mark_of(one))
    acknowledging = one.state == CorrectionState.ACKNOWLEDGING
    yes = FactButton("yes_correction", *ids, word="acknowledge" if acknowledging else "agree_card")
    no = FactButton("no_correction", *ids, word="refuse")
    refusable = one.state == CorrectionState.WAITING or flow.proposed(case, one)
    buttons = (yes, no) if refusable else (yes,)
    values = {**correction_words.values_of(case, one), "mine": is_own(case)}
    return Screen(
        "notice_correction", values, (buttons, (FactButton("see_correction", *ids, word="open_case"),))
    )


def news(desk: Desk, told: Notice) -> Screen | None:
    """How it ended."""
    known = _told(desk, told)
    if known is None or known[1].state in ON_ITS_WAY:
        return None
    case, one = known
    values = {**correction_words.values_of(case, one), "mine": is_own(case)}
    see = FactButton("see_correction", case.facts.route_id, correction.mark_of(one), word="open_case")
    return Screen("notice_correction_news", values, ((see,),))


def _enter(desk: Desk, route_id: int, mark: int) -> tuple[Case, Correction] | None:
    """Go to the correction a button names; None when it is not hers to see."""
    case = _case(desk, route_id)
    found = flow.found(case, mark // correction.STEPS) if case is not None else None
    if case is None or found is None:
        return None
    desk.go(Place("correction", row=route_id, parent=found.id))
    return case, found


def press_see(desk: Desk, route_id: int, mark: int) -> Remark | None:
    """«Открыть»."""
    return None if _enter(desk, route_id, mark) else Remark("out_of_date")


def press_yes(desk: Desk, route_id: int, mark: int) -> Remark | None:
    """Agree at the step that was shown; of any other step it is an old button."""
    known = _enter(desk, route_id, mark)
    if known is None:
        return Remark("out_of_date")
    if correction.mark_of(known[1]) != mark or not correction.my_turn(*known):
        return Remark("correction_refused", {"reason": "correction_moved_on", "values": {}})
    return correction.agree(desk, "")


def press_no(desk: Desk, route_id: int, mark: int) -> Remark | None:
    """Ask for the remark."""
    known = _enter(desk, route_id, mark)
    if known is None:
        return Remark("out_of_date")
    if correction.mark_of(known[1]) != mark or not correction.my_turn(*known):
        return Remark("correction_refused", {"reason": "correction_moved_on", "values": {}})
    return correction.refuse(desk, "")


NOTICES = {"correction": asked, "correction_news": news}
PRESSES = {"yes_correction": press_yes, "no_correction": press_no, "see_correction": press_see}
