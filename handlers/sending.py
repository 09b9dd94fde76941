"""The teacher sends her card to be agreed, and takes it back while nobody has opened it."""

from collections.abc import Mapping
from datetime import date

from bot.iom import filling, life, period, snapshot
from bot.iom.facts import Facts, State
from bot.iom.hints import Hint, hints
from bot.iom.life import Event, Moved, Refused
from bot.iom.period import Period, month_end
from bot.iom.regulation import Regulation
from bot.speech.screen import Button, Remark, Screen
from handlers import cases, changes, proposals
from handlers.cases import Case
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number
from storage import decisions, events, snapshots, versions, viewings

SHOWN = 4


def show(desk: Desk) -> Screen:
    """What to look at before sending, who agrees and approves; one tap sends."""
    case = cases.own(desk)
    found = _hints(desk)
    blocking = [hint for hint in found if hint.blocking]
    values = {
        "hints": [(hint.kind, _told(hint)) for hint in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
        "must": len(blocking),
        "chain": chain_words(case),
        "again": desk.facts.state is State.RETURNED,
        "alone": _alone(case),
    }
    mend = [(Button("mend", "0", word="mend_first"),)] if found and found[0].step else []
    send = () if blocking else ((Button("send", word="send_anyway" if found else "send"),),)
    changed = ((Button("changes"),),) if snapshots.newest(desk.conn, desk.facts.route_id) else ()
    asks = ((Button("ask_owners"),),) if not _alone(case) and filling.waiting(*_seen(desk)) else ()
    return Screen("sending", values, (*send, *asks, *mend, *changed, (Button("home", word="back"),)))


def _seen(desk: Desk) -> tuple[Regulation, Facts]:
    return desk.regulation, desk.facts


def ask_owners(desk: Desk, _: str) -> Remark | None:
    """Ask those whose columns they are to take what the teacher proposes."""
    return Remark("asked_owners", {"count": proposals.ask(cases.own(desk))})


def chain_words(case: Case) -> list[tuple[str, str, str]]:
    """Every step: its title, who holds it, and "joined", "invited" or "" for nobody yet."""
    signs = case.journey.signatories
    found = []
    for step in case.regulation.life.approval:
        mine = [one for one in signs if one.step == step.key]
        who = ", ".join(filter(None, (mine[0].post, mine[0].name))) if mine else step.post
        joined = "joined" if any(one.person_id for one in mine) else ("invited" if mine else "")
        found.append((step.title, who, joined))
    return found


def _alone(case: Case) -> bool:
    """A card of no organisation is agreed with a pen: there is nobody to send it to."""
    return case.facts.organisation_id is None


def _hints(desk: Desk) -> tuple[Hint, ...]:
    chosen = {entry.event for entry in desk.facts.rows("plan") if entry.event}
    found = {event_id: events.by_id(desk.conn, event_id) for event_id in chosen}
    known = {event_id: event for event_id, event in found.items() if event is not None}
    return hints(desk.regulation, desk.facts, known)


def _told(hint: Hint) -> dict[str, object]:
    month = hint.values.get("month")
    named = {"month": period.words(Period(month, month_end(month)))} if isinstance(month, date) else {}
    return {**hint.values, **named}


def mend(desk: Desk, arg: str) -> Remark | None:
    """Go to the question that a hint is about."""
    found = _hints(desk)
    at = number(arg)
    step = found[at].step if at < len(found) else None
    if step is not None:
        desk.go(ask(step, "fix", Place("sending")))
    return None


def send(desk: Desk, _: str) -> Remark | None:
    """To the first approver; where the regulation or the organisation has none, the plan begins at once."""
    case = cases.own(desk)
    done = not any(hint.blocking for hint in _hints(desk))
    by = _without_chain(case.regulation) if _alone(case) or desk.facts.trial else case.regulation
    moved = life.move(by, desk.facts, Event.SEND, "teacher", done=done)
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    after, made = decisions.decide(
        desk.conn, desk.facts, "sent", cases.hand(case, "teacher"), desk.now, to=(moved.state, moved.step)
    )
    desk.forget()
    if moved.state is State.APPROVED:
        approved(case, after)
    else:
        ask_approver(case, moved, made.id)
    desk.forget()
    desk.go(Place("home"))
    return Remark("sent", {"whose": chain_words(case)[0][1] if not _alone(case) else ""})


def _without_chain(regulation: Regulation) -> Regulation:
    return regulation.model_copy(update={"life": regulation.life.model_copy(update={"approval": ()})})


def ask_approver(case: Case, moved: Moved, decision_id: int) -> None:
    """Tell whoever holds the step that the card waits for her."""
    step = case.regulation.life.approval[moved.step].key
    cases.tell(case, cases.holders(case, "approver", step), "review", f"{step}/{decision_id}")


def approved(case: Case, after: Facts) -> None:
    """The last one agreed: freeze what was approved, tell the teacher and her companions.

    The plan begins with her next step (`start_if_due`), so that a slip can still be undone.
    """
    desk = case.desk
    snapshots.keep(desk.conn, after, snapshot.frozen(after), desk.now)
    cases.tell(case, [after.person_id], "approved", str(after.version))
    cases.tell(case, cases.holders(case, "mentor"), "approved_mentor", str(after.version))


def start_if_due(desk: Desk) -> None:
    """The first day of the term has come: the teacher's plan is being carried out."""
    if desk.route is None or desk.facts.state is not State.APPROVED:
        return
    moved = life.move(desk.regulation, desk.facts, Event.START, "system", done=_has_begun(desk, desk.facts))
    if isinstance(moved, Moved):
        desk.route = versions.move(desk.conn, desk.facts, moved.state, moved.step, desk.now)


def _has_begun(desk: Desk, facts: Facts) -> bool:
    term = facts.value("term")
    starts = term.get("from") if isinstance(term, Mapping) else None
    return not isinstance(starts, str) or starts <= desk.today.isoformat()


def recall(desk: Desk, _: str) -> Remark | None:
    """Take the card back before the review began."""
    case = cases.own(desk)
    since = desk.facts.state_since or desk.facts.started_at
    begun = any(
        one.at >= since and one.role == "approver"
        for one in viewings.of_route(desk.conn, desk.facts.route_id)
    )
    moved = life.move(case.regulation, desk.facts, Event.RECALL, "teacher", begun=begun)
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    decisions.decide(
        desk.conn, desk.facts, "recalled", cases.hand(case, "teacher"), desk.now, to=(moved.state, moved.step)
    )
    desk.forget()
    desk.go(Place("home"))
    return Remark("recalled")


def back_home(desk: Desk, _: str) -> Remark | None:
    """Home."""
    desk.go(Place("home"))
    return None


ROOMS = {
    "sending": Room(
        show,
        None,
        {
            "send": send,
            "ask_owners": ask_owners,
            "mend": mend,
            "changes": changes.open_changes,
            "home": back_home,
        },
        needs_route=True,
        exists=lambda desk: desk.facts.state in {State.DRAFT, State.RETURNED},
    )
}
