"""Returning a card with a remark: to the whole of it, to a section, to one line of it."""

from bot.iom import life, remarks
from bot.iom.access import Fact
from bot.iom.card import without_reflections
from bot.iom.facts import Facts, State
from bot.iom.life import Event, Moved, Refused
from bot.iom.regulation import Capability
from bot.speech.screen import Button, Remark, Screen
from handlers import changes, review
from handlers.cases import Case, case_of, hand, holders, still, tell
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import decisions

LONGEST_REMARK = 1000
PAGE = 6


def show(desk: Desk) -> Screen:
    """A remark in one message; taps say which section it is about, then which line of it."""
    case = still(_returnable(desk))
    chosen = desk.place.key
    rows = _lines(desk, case) if chosen in case.regulation.sections else _sections(case)
    about = remarks.about(case.regulation, _seen(case), chosen, desk.place.view.get("line", ""))
    values = {"name": case.name, "about": about, "lines": bool(rows) and bool(chosen)}
    return Screen("returning", values, (*rows, (Button("back"),)))


def _sections(case: Case) -> list[tuple[Button, ...]]:
    buttons = [
        Button("section", one.key, label=one.title)
        for one in case.regulation.section
        if remarks.spots(case.regulation, _seen(case), one.key)
    ]
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _lines(desk: Desk, case: Case) -> list[tuple[Button, ...]]:
    """What was answered in the section, a page of it; the chosen one is marked."""
    found = remarks.spots(case.regulation, _seen(case), desk.place.key)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    chosen = desk.place.view.get("line", "")
    rows: list[tuple[Button, ...]] = [
        (Button("line", one.key, label=f"{'✓ ' if one.key == chosen else ''}{one.title}"),)
        for one in found[start : start + PAGE]
    ]
    following = start + PAGE if start + PAGE < len(found) else 0
    return [*rows, (Button("more", str(following)),)] if len(found) > PAGE else rows


def _seen(case: Case) -> Facts:
    """Her card as who returns it may know it."""
    return case.facts if case.may(Fact.REFLECTIONS) else without_reflections(case.facts)


def choose_section(desk: Desk, key: str) -> Remark | None:
    """The remark is about this section."""
    case = _returnable(desk)
    if case is not None and key in case.regulation.sections:
        view = {"seen": desk.place.view.get("seen", "")}
        desk.go(Place("returning", key, desk.place.row, back=desk.place.back, view=view))
    return None


def choose_line(desk: Desk, key: str) -> Remark | None:
    """The remark is about this line; the same tap again takes it back."""
    case = _returnable(desk)
    known = case is not None and remarks.spots(case.regulation, _seen(case), desk.place.key)
    if known and any(one.key == key for one in known):
        desk.go(desk.place.seen(line="" if desk.place.view.get("line") == key else key))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of lines."""
    desk.go(desk.place.seen(page=page))
    return None


def back(desk: Desk, arg: str) -> Remark | None:
    """From the lines to the sections, from there to where it was opened from."""
    if not desk.place.key:
        return changes.back(desk, arg)
    view = {"seen": desk.place.view.get("seen", "")}
    desk.go(Place("returning", row=desk.place.row, back=desk.place.back, view=view))
    return None


def give_back(desk: Desk, text: str) -> Remark | None:
    """Return the card with the remark that was typed."""
    case = still(_returnable(desk))
    remark = text.strip()
    if not remark:
        return Remark("refusal", {"reason": "no_words", "example": ""})
    if len(remark) > LONGEST_REMARK:
        values = {"length": len(remark), "limit": LONGEST_REMARK, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    if str(case.facts.version) != desk.place.view.get("seen"):
        review.enter(desk, case.facts.route_id)
        return Remark("changed_meanwhile", {"name": case.name})
    place = remarks.about(case.regulation, _seen(case), desk.place.key, desk.place.view.get("line", ""))
    role = _returning_role(case)
    moved = life.move(case.regulation, case.facts, Event.RETURN, role, journey=case.journey)
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    _return(desk, case, moved, role, f"{place}: {remark}" if place else remark)
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


ROOMS = {
    "returning": Room(
        show,
        give_back,
        {"section": choose_section, "line": choose_line, "more": more, "back": back},
        exists=lambda desk: _returnable(desk) is not None,
    )
}
