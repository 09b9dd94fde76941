"""Somebody's route, opened by whoever may know something of it: state, whose turn, and what can be done."""

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.speech.screen import Button, Remark, Screen
from handlers import advising, changes, ends, nudging, pairing, returning, review
from handlers.card import card_of_case
from handlers.cases import Case, case_of, hand, role_for, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Act, Room
from storage import viewings

# What a case offers: the fact it needs, the verb of its button, the room it leads to.
OFFERS: tuple[tuple[Fact, str, str], ...] = (
    (Fact.CONFIRM, "claims", "claims"),
    (Fact.LOG_HOURS, "hours", "hours"),
    (Fact.RECOMMEND, "recommend", "recommending"),
    (Fact.RECOMMEND, "fill", "marking"),
    (Fact.CORRECT, "corrections", "corrections"),
    (Fact.OFFER_EXTENSION, "offer_extension", "offering"),
    (Fact.STATE, "conclude", "conclusion"),
    (Fact.CARD, "marking", "marking"),
    (Fact.STATE, "model", "model"),
    (Fact.STATE, "withdrawing", "withdrawing"),
)


def show(desk: Desk) -> Screen:
    """Who, in what state, whose turn and since when; a button for each thing one may do."""
    case = still(case_of(desk, Fact.STATE))
    turn = case.ball
    values = {
        "name": case.name,
        "state": desk.world.caption(f"state_{case.facts.state}"),
        "whose": case.whose(turn),
        "since": turn.since.astimezone(desk.zone).date(),
        "closed": case.standing.companion == "closed" and not case.may(Fact.PLAN),
        "lines": len(case.facts.rows("plan")) if case.may(Fact.PLAN) else None,
    }
    file = card_of_case(case, "pdf") if desk.place.view.get("file") and case.may(Fact.CARD) else None
    return Screen("case", values, (*_offers(case), (Button("back"),)), file)


def _offers(case: Case) -> list[tuple[Button, ...]]:
    buttons = [Button("read_card")] if case.may(Fact.CARD) else []
    if case.may(Fact.APPROVE):
        buttons.append(Button("to_review", word="open_case"))
    elif returning.may_return(case):
        buttons.append(Button("return"))
    buttons += [
        Button(verb)
        for fact, verb, _ in OFFERS
        if case.may(fact) and case.facts.state in _ALIVE and ends.fits(case, verb) and _advises(case, verb)
    ]
    if nudging.offered(case):
        buttons.append(Button("nudge"))
    if pairing.covers(case.desk, case.facts.organisation_id or 0):
        buttons.append(Button("pairing"))
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _advises(case: Case, verb: str) -> bool:
    return verb != "recommend" or advising.offered(case)


_ALIVE = frozenset(State) - {State.WITHDRAWN, State.ARCHIVED}


def read_card(desk: Desk, _: str) -> Remark | None:
    """Send the card; the teacher can see who looked."""
    case = case_of(desk, Fact.CARD)
    if case is not None:
        signed = hand(case, role_for(case, Fact.CARD))
        viewings.saw(
            desk.conn,
            case.facts.route_id,
            desk.person.id,
            signed.role,
            signed.name or signed.post,
            desk.now.astimezone(desk.zone),
        )
        desk.go(desk.place.seen(file=str(int(desk.place.view.get("file", "0")) + 1)))
    return None


def to_review(desk: Desk, _: str) -> Remark | None:
    """To the approver's room."""
    review.enter(desk, desk.place.row)
    return None


def begin_return(desk: Desk, _: str) -> Remark | None:
    """Return with a remark."""
    case = case_of(desk, Fact.STATE)
    if case is not None and returning.may_return(case):
        view = {"seen": str(case.facts.version)}
        desk.go(Place("returning", row=desk.place.row, back=desk.place, view=view))
    return None


def go_on(room: str, fact: Fact) -> Act:
    """The act of a button of `OFFERS`: to its room, while the fact may be known."""

    def act(desk: Desk, _: str) -> Remark | None:
        if case_of(desk, fact) is not None:
            desk.go(Place(room, row=desk.place.row, back=desk.place.seen(file="")))
        return None

    return act


def press_open(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Открыть» under a notice about somebody's route."""
    if case_of(desk, Fact.STATE, route_id) is None:
        return Remark("out_of_date")
    desk.go(Place("case", row=route_id, back=Place("queue")))
    return None


ROOMS = {
    "case": Room(
        show,
        None,
        {
            **{verb: go_on(room, fact) for fact, verb, room in OFFERS},
            "read_card": read_card,
            "to_review": to_review,
            "return": begin_return,
            "nudge": go_on("nudge", Fact.STATE),
            "pairing": pairing.from_case,
            "back": changes.back,
        },
        exists=lambda desk: case_of(desk, Fact.STATE) is not None,
    )
}
PRESSES = {"open_case": press_open}
