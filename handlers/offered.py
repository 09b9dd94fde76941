"""A longer term that is offered to the teacher (004 п. 1.13): she takes it or not."""

from datetime import date

from bot.iom import extensions
from bot.iom.journey import Extension
from bot.iom.life import Refused
from bot.speech.screen import Button, Remark, Screen
from handlers import extending
from handlers.cases import Case, own, tell
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import audit, journeys


def offer(desk: Desk) -> Button | None:
    """«Предложение продлить» on the teacher's home while it waits for her."""
    return Button("offered") if waiting(own(desk)) is not None else None


def waiting(case: Case) -> Extension | None:
    """The offer that she has not answered."""
    return extensions.waiting(case.journey)


def show_offered(desk: Desk) -> Screen:
    """What is offered, by which clause; she takes it or not."""
    case = own(desk)
    offer = waiting(case)
    assert offer is not None
    values = {**offer_values(case, offer)}
    return Screen(
        "offered", values, ((Button("accept", word="take_offer"), Button("decline_offer")), (Button("back"),))
    )


def offer_values(case: Case, offer: Extension) -> dict[str, str | int | date]:
    """What a text about an extension says."""
    rule = case.regulation.life.extension
    clause = (rule.offered_clause if offer.kind == "offered" else rule.clause) if rule else ""
    return {
        "name": case.name,
        "months": offer.months,
        "until": offer.new_end,
        "reason": offer.reason,
        "clause": clause,
        "own": offer.kind == "own",
        "accepted": bool(offer.accepted_at),
    }


def accept(desk: Desk, _: str) -> Remark | None:
    """She takes it: the term is longer from now on."""
    case = own(desk)
    offer = waiting(case)
    if offer is None:
        return Remark("out_of_date")
    allowed = extensions.may_accept(case.regulation, case.facts, case.journey, desk.today, offer)
    if isinstance(allowed, Refused):
        return extending.refused(allowed)
    after = journeys.accept_extension(desk.conn, case.facts, offer.id, desk.now)
    extending.resumed(case, after)
    return _answered(desk, case, offer, accepted=True)


def decline(desk: Desk, _: str) -> Remark | None:
    """She does not; nothing changes."""
    case = own(desk)
    offer = waiting(case)
    if offer is None:
        return Remark("out_of_date")
    journeys.decline_extension(desk.conn, case.facts, offer.id, desk.now)
    return _answered(desk, case, offer, accepted=False)


def _answered(desk: Desk, case: Case, offer: Extension, *, accepted: bool) -> Remark:
    desk.forget()
    word = "accepted" if accepted else "declined"
    audit.record(desk.conn, desk.person.id, f"extension.{word}", desk.now, f"extension {offer.id}")
    tell(case, extending.concerned(case), "extension_news", f"{offer.id}/{word}", extension=offer.id)
    desk.go(Place("home"))
    return Remark("offer_answered", {"accepted": accepted, "until": offer.new_end})


def back(desk: Desk, _: str) -> Remark | None:
    """Home; the offer waits."""
    desk.go(Place("home"))
    return None


ROOMS = {
    "offered": Room(
        show_offered,
        None,
        {"accept": accept, "decline_offer": decline, "back": back},
        needs_route=True,
        exists=lambda desk: desk.route is not None and waiting(own(desk)) is not None,
    )
}
