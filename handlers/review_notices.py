"""What is said to an approver, to the teacher and to her companion about a card on review."""

from collections.abc import Callable

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.speech.screen import FactButton, Remark, Screen
from handlers import review
from handlers.card import card_of_case
from handlers.cases import case_of
from handlers.desk import Desk
from storage.notices import Notice


def notice(desk: Desk, told: Notice) -> Screen | None:
    """«Карта ждёт вас»: with the card, and everything one needs under it."""
    case = case_of(desk, Fact.APPROVE, told.route_id)
    if case is None:
        return None
    ids = (case.facts.route_id, case.facts.version)
    first = (FactButton("agree", *ids, word="agree_card"), FactButton("return", *ids))
    values = {"name": case.name, "step": case.whose(case.ball)}
    return Screen(
        "notice_review",
        values,
        (first, (FactButton("open_review", *ids, word="open_case"),)),
        card_of_case(case, "pdf"),
    )


def about_decision(text: str, fact: Fact = Fact.OWN) -> Callable[[Desk, Notice], Screen | None]:
    """A notice to the teacher or her companion about the newest decision."""

    def say(desk: Desk, told: Notice) -> Screen | None:
        case = case_of(desk, fact, told.route_id)
        if case is None or case.facts.state not in _STATES[text]:
            return None
        chain = {step.key for step in case.regulation.life.approval}
        back = [one for one in case.journey.decisions if one.kind == "returned" and one.step in chain]
        remarks = [one.remark for one in back[-1:]]
        mine = case.standing.viewer_id == case.standing.teacher_id
        ids = (case.facts.route_id, case.facts.version)
        button = FactButton("open_own" if mine else "open_case", *ids, word="open_case")
        return Screen(text, {"name": case.name, "remark": "".join(remarks)}, ((button,),))

    return say


_STATES = {
    "notice_returned": {State.RETURNED},
    "notice_returned_mentor": {State.RETURNED},
    "notice_approved": {State.APPROVED, State.ACTIVE},
    "notice_approved_mentor": {State.APPROVED, State.ACTIVE},
}


def press_agree(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Согласовать» under the notice: one tap, if the card is as it was then; of two who press at the same
    time the second is told who was first (`handlers.turn` judges what came too late once more)."""
    case = case_of(desk, Fact.APPROVE, route_id)
    if case is None:
        return _too_late(desk, route_id, version)
    review.enter(desk, route_id)
    if case.facts.version != version:
        return review.meanwhile(case, version)
    return review.agree(desk, "")


def _too_late(desk: Desk, route_id: int, version: int) -> Remark:
    """It does not wait for her: who has decided, if she may know the card at all."""
    case = case_of(desk, Fact.CARD, route_id)
    known = case is not None and case.standing.steps and case.facts.version != version
    told = review.meanwhile(case, version) if case is not None and known else None
    return told if told and told.text == "decided_meanwhile" else Remark("out_of_date")


def press_return(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Вернуть с замечанием» under the notice."""
    if case_of(desk, Fact.APPROVE, route_id) is None:
        return Remark("out_of_date")
    review.enter(desk, route_id)
    return review.begin_return(desk, "")


def press_open(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Открыть» under the notice."""
    if case_of(desk, Fact.APPROVE, route_id) is None:
        return Remark("out_of_date")
    review.enter(desk, route_id)
    return None


NOTICES = {
    "review": notice,
    "returned": about_decision("notice_returned"),
    "returned_mentor": about_decision("notice_returned_mentor", Fact.CARD),
    "approved": about_decision("notice_approved"),
    "approved_mentor": about_decision("notice_approved_mentor", Fact.CARD),
}
PRESSES = {"agree": press_agree, "return": press_return, "open_review": press_open}
