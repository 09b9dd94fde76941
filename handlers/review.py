"""An approver's twenty seconds: agree, return with a remark, open the card, «было / стало»."""

from bot.iom import life, period, summary
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.facts import State
from bot.iom.life import Event, Refused
from bot.speech.screen import Button, Remark, Screen
from handlers import changes, sending
from handlers.card import card_of_case
from handlers.cases import Case, case_of, hand, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import decisions, snapshots, viewings

LONGEST_REMARK = 1000
PAGE = 6


def show(desk: Desk) -> Screen:
    """Whose card, for how long, what it holds; the file goes with it when asked for."""
    case = _case(desk)
    facts = case.facts
    term = route_term(facts)
    values = {
        "name": case.name,
        "since": case.ball.since.astimezone(desk.zone).date(),
        "points": len(facts.rows("growth")),
        "lines": len(facts.rows("plan")),
        "term": period.words(term) if term else "",
        "gaps": len(summary.gaps(case.regulation, facts)),
        "before": _remarks(case),
    }
    first = (Button("agree", word="agree_card"), Button("return"))
    changed = (Button("changes"),) if snapshots.newest(desk.conn, facts.route_id) else ()
    file = card_of_case(case, "pdf") if desk.place.view.get("file") else None
    return Screen("review", values, (first, (Button("read_card"), *changed), (Button("queue"),)), file)


def _case(desk: Desk) -> Case:
    return still(case_of(desk, Fact.APPROVE))


def _remarks(case: Case) -> list[str]:
    """What was remarked the last time, so that it need not be looked for."""
    back = case.journey.decided("returned", step=case.standing.waiting_step)
    return [back.remark] if back is not None else []


def enter(desk: Desk, route_id: int) -> None:
    """Open a card that waits for this approver, and let the teacher see that it was opened."""
    case = case_of(desk, Fact.APPROVE, route_id)
    if case is None:
        desk.go(Place("queue"))
        return
    signed = hand(case, "approver")
    viewings.saw(desk.conn, route_id, desk.person.id, "approver", signed.name or signed.post, desk.now)
    desk.go(Place("review", row=route_id, view={"seen": str(case.facts.version)}))


def read_card(desk: Desk, _: str) -> Remark | None:
    """Send the card as a file."""
    desk.go(desk.place.seen(file=str(int(desk.place.view.get("file", "0")) + 1)))
    return None


def agree(desk: Desk, _: str) -> Remark | None:
    """Agree to what was seen; a card that changed meanwhile is shown again."""
    case = _case(desk)
    if str(case.facts.version) != desk.place.view.get("seen"):
        seen = number(desk.place.view.get("seen", ""))
        enter(desk, case.facts.route_id)
        return meanwhile(case, seen)
    made = agree_to(desk, case)
    if isinstance(made, Refused):
        return Remark("life_refused", {"reason": made.reason})
    desk.go(Place("queue", view={"undo": f"{case.facts.route_id}.{made}"}))
    return Remark("agreed", {"name": case.name})


def meanwhile(case: Case, seen: int) -> Remark:
    """What happened to a card since it was seen at this version: who has decided, or that it changed."""
    since = [
        one
        for one in case.journey.decisions
        if one.kind in {"agreed", "returned"}
        and one.version >= seen
        and one.person_id != case.desk.person.id
        and not (one.entry_id or one.correction_id)
    ]
    if not since:
        return Remark("changed_meanwhile", {"name": case.name})
    made = since[0]
    who = made.name or made.post or case.regulation.role_title(made.role)
    on = made.at.astimezone(case.desk.zone).date()
    return Remark("decided_meanwhile", {"name": case.name, "who": who, "kind": made.kind, "on": on})


def agree_to(desk: Desk, case: Case) -> int | Refused:
    """Store one agreement and tell whoever is next; the id of the decision."""
    moved = life.move(case.regulation, case.facts, Event.AGREE, "approver", journey=case.journey)
    if isinstance(moved, Refused):
        return moved
    step = case.standing.waiting_step
    after, made = decisions.decide(
        desk.conn,
        case.facts,
        "agreed",
        hand(case, "approver"),
        desk.now,
        step=step,
        to=(moved.state, moved.step),
    )
    if moved.state is State.APPROVED:
        sending.approved(case, after)
    else:
        sending.ask_approver(case, moved, made.id)
    return made.id


def begin_return(desk: Desk, _: str) -> Remark | None:
    """Ask what to change: in the whole card, or in a section of it."""
    desk.go(
        Place(
            "returning", row=desk.place.row, back=desk.place, view={"seen": desk.place.view.get("seen", "")}
        )
    )
    return None


def queue(desk: Desk, _: str) -> Remark | None:
    """To what else waits."""
    desk.go(Place("queue"))
    return None


ROOMS = {
    "review": Room(
        show,
        None,
        {
            "agree": agree,
            "return": begin_return,
            "read_card": read_card,
            "changes": changes.open_changes,
            "queue": queue,
        },
        exists=lambda desk: case_of(desk, Fact.APPROVE) is not None,
    ),
}
