"""«Согласовать все»: exactly the cards whose names were shown, as they were then; with undo."""

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.speech.screen import Button, Remark, Screen
from handlers import review
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import decisions, queues
from storage.changes import Stale

MOST = 8


def ask(desk: Desk, _: str) -> Remark | None:
    """Ask once more: what is on the page now, each card in the version of now."""
    start = number(desk.place.view.get("page", "0"))
    page = queues.waiting(desk.conn, desk.person.id, limit=MOST, offset=start)
    cases = (case_of(desk, Fact.APPROVE, one.route_id) for one in page if one.kind == "review")
    shown = [f"{case.facts.route_id}.{case.facts.version}" for case in cases if case is not None]
    if shown:
        desk.go(Place("agree_all", view={"of": ",".join(shown)}))
    return None


def _cases(desk: Desk) -> list[Case]:
    """The cards that were shown and are as they were."""
    found = []
    for pair in filter(None, desk.place.view.get("of", "").split(",")):
        route_id, _, version = pair.partition(".")
        case = case_of(desk, Fact.APPROVE, number(route_id))
        if case is not None and str(case.facts.version) == version:
            found.append(case)
    return found


def show(desk: Desk) -> Screen:
    """Whose cards, by name."""
    names = [case.name for case in _cases(desk)]
    return Screen("agree_all", {"names": names}, ((Button("really_agree"), Button("queue", word="back")),))


def really_agree(desk: Desk, _: str) -> Remark | None:
    """Agree to each; a card that changed meanwhile is left in the queue."""
    made = []
    for case in _cases(desk):
        try:
            result = review.agree_to(desk, case)
        except Stale:  # of this card nothing was written
            continue
        if isinstance(result, int):
            made.append(f"{case.facts.route_id}.{result}")
    desk.go(Place("queue", view={"undo": ",".join(made)}))
    return Remark("agreed_all", {"count": len(made)})


def undo(desk: Desk, _: str) -> Remark | None:
    """Take the agreements just given back, those that nobody has acted upon."""
    back = 0
    for pair in filter(None, desk.place.view.get("undo", "").split(",")):
        route_id, _, decision_id = pair.partition(".")
        back += _undone(desk, number(route_id), number(decision_id))
    desk.go(Place("queue"))
    return Remark("undone", {"count": back})


def _undone(desk: Desk, route_id: int, decision_id: int) -> bool:
    case = case_of(desk, Fact.CARD, route_id)
    if case is None:
        return False
    taken = next((one for one in case.journey.decisions if one.id == decision_id), None)
    chain = [step.key for step in case.regulation.life.approval]
    if taken is None or taken.step not in chain:
        return False
    try:
        decisions.undo(
            desk.conn,
            case.facts,
            decision_id,
            desk.person.id,
            desk.now,
            to=(State.ON_REVIEW, chain.index(taken.step)),
        )
    except Stale:
        return False
    return True


def queue(desk: Desk, _: str) -> Remark | None:
    """Back to what waits."""
    desk.go(Place("queue"))
    return None


ROOMS = {"agree_all": Room(show, None, {"really_agree": really_agree, "queue": queue})}
