"""An approver's twenty seconds: agree, return with a remark, open the card, «было / стало»."""

from bot.iom import life, period, summary
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.facts import State
from bot.iom.life import Event, Moved, Refused
from bot.iom.regulation import Capability
from bot.speech.screen import Button, Remark, Screen
from handlers import changes, sending
from handlers.card import card_of_case
from handlers.cases import Case, case_of, hand, holders, tell
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
    case = case_of(desk, Fact.APPROVE)
    assert case is not None
    return case


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


def show_returning(desk: Desk) -> Screen:
    """A remark in one message; a tap says which section it is about."""
    case = _returnable(desk)
    assert case is not None
    chosen = desk.place.key
    buttons = [
        Button("section", one.key, label=f"{'✓ ' if one.key == chosen else ''}{one.title}")
        for one in case.regulation.section
        if any(question.section == one.key for question in case.regulation.question)
    ]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    title = case.regulation.sections[chosen].title if chosen in case.regulation.sections else ""
    return Screen("returning", {"name": case.name, "section": title}, (*rows, (Button("back"),)))


def choose_section(desk: Desk, key: str) -> Remark | None:
    """The remark is about this section; the same tap again takes it back."""
    case = _returnable(desk)
    if case is not None and key in case.regulation.sections:
        chosen = "" if desk.place.key == key else key
        desk.go(Place("returning", chosen, desk.place.row, back=desk.place.back, view=desk.place.view))
    return None


def give_back(desk: Desk, text: str) -> Remark | None:
    """Return the card with the remark that was typed."""
    case = _returnable(desk)
    assert case is not None
    remark = text.strip()
    if not remark:
        return Remark("refusal", {"reason": "no_words", "example": ""})
    if len(remark) > LONGEST_REMARK:
        values = {"length": len(remark), "limit": LONGEST_REMARK, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    if str(case.facts.version) != desk.place.view.get("seen"):
        enter(desk, case.facts.route_id)
        return Remark("changed_meanwhile", {"name": case.name})
    title = case.regulation.sections[desk.place.key].title if desk.place.key else ""
    role = _returning_role(case)
    moved = life.move(case.regulation, case.facts, Event.RETURN, role, journey=case.journey)
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    _return(desk, case, moved, role, f"{title}: {remark}" if title else remark)
    desk.go(Place("queue"))
    return Remark("gave_back", {"name": case.name})


def may_return(case: Case) -> bool:
    """Her step, or the control of quality of the card (001 Прил. 3, ЦНППМ)."""
    on_review = case.facts.state is State.ON_REVIEW
    return on_review and (case.may(Fact.APPROVE) or bool(_quality(case)))


def _quality(case: Case) -> frozenset[str]:
    return case.standing.capabilities & set(case.regulation.life.quality)


def _returning_role(case: Case) -> Capability:
    if case.may(Fact.APPROVE):
        return "approver"
    return next(role for role in case.regulation.life.quality if role in case.standing.capabilities)


def _returnable(desk: Desk) -> Case | None:
    case = case_of(desk, Fact.STATE)
    return case if case is not None and may_return(case) else None


def _return(desk: Desk, case: Case, moved: Moved, role: Capability, remark: str) -> None:
    _, made = decisions.decide(
        desk.conn,
        case.facts,
        "returned",
        hand(case, role),
        desk.now,
        step=case.standing.waiting_step,
        remark=remark,
        to=(moved.state, moved.step),
    )
    tell(case, [case.facts.person_id], "returned", str(made.id))
    tell(case, holders(case, "mentor"), "returned_mentor", str(made.id))


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
    "returning": Room(
        show_returning,
        give_back,
        {"section": choose_section, "back": changes.back},
        exists=lambda desk: _returnable(desk) is not None,
    ),
}
