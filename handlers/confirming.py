"""Those who confirm: one tap, partly with what is left, back with a remark, all of one teacher, undo.

A press carries the mark of what was seen (`bot.iom.handed.seen_mark`): a line that changed since is shown
again, never decided upon. Of two people at once the second sees who was first and when.
"""

from bot.iom.access import Fact
from bot.iom.asked import Refused
from bot.iom.evidence_typed import words
from bot.iom.lines import LineEvent
from bot.speech.screen import Remark
from handlers import line_words
from handlers.cases import case_of
from handlers.desk import Desk
from handlers.judging import changed, claimed, confirm_lines, judge, mark, undo_all
from handlers.place import Place
from handlers.rooms import number
from storage.lines import route_of

SAYS = {"partly": LineEvent.CONFIRM_PARTLY, "send_back": LineEvent.RETURN}
REMARKS = ("number", "photo", "name", "date", "other_event")


def decide(
    desk: Desk, route_id: int, entry_id: int, seen: int, event: LineEvent, said: str = ""
) -> Remark | None:
    """Decide if the line is as it was seen; else show it as it is and say what changed."""
    case = case_of(desk, Fact.CONFIRM, route_id)
    entry = line_words.plan_line(case, entry_id) if case else None
    if case is None or entry is None:
        return Remark("out_of_date")
    desk.go(Place("claim", row=route_id, parent=entry_id, back=_came_from(desk)))
    if mark(case, [entry_id]) != seen:
        return changed(case, entry_id)
    made = judge(case, entry_id, event, said)
    if isinstance(made, Refused):
        return changed(case, entry_id)
    told = {"what": made.kind, "title": line_words.title(case, entry), "name": case.name}
    return Remark("judged", told)


def _came_from(desk: Desk) -> Place | None:
    return desk.place.back if desk.place.name == "claim" else None


def confirm(desk: Desk, seen: str) -> Remark | None:
    """«Подтвердить» in the room of a line."""
    return decide(desk, desk.place.row, desk.place.parent, number(seen), LineEvent.CONFIRM)


def partly(desk: Desk, seen: str) -> Remark | None:
    """«Частично» asks what is left."""
    return _enter(desk, desk.place.parent, number(seen), "partly")


def send_back(desk: Desk, seen: str) -> Remark | None:
    """«Вернуть» asks for a remark."""
    return _enter(desk, desk.place.parent, number(seen), "send_back")


def said(desk: Desk, text: str) -> Remark | None:
    """What is left, or the remark, in own words."""
    event = SAYS.get(desk.place.view.get("say", ""))
    if event is None:
        return Remark("please_choose")
    told = words(text)
    if isinstance(told, Refused):
        return Remark("refusal", {"reason": told.reason, "example": "", **told.values})
    seen = number(desk.place.view.get("seen", ""))
    return decide(desk, desk.place.row, desk.place.parent, seen, event, told)


def pick_remark(desk: Desk, key: str) -> Remark | None:
    """A usual remark in one tap."""
    if key not in REMARKS or desk.place.view.get("say") != "send_back":
        return None
    return said(desk, desk.world.caption(f"remark_{key}"))


def confirm_all(desk: Desk, seen: str) -> Remark | None:
    """«Подтвердить все (n)» of one teacher, if nothing of them changed since."""
    case = case_of(desk, Fact.CONFIRM)
    waiting = claimed(case) if case else ()
    if case is None or not waiting or mark(case, waiting) != number(seen):
        return Remark("out_of_date")
    made = confirm_lines(desk, [(case.facts.route_id, entry_id) for entry_id in waiting])
    desk.go(desk.place.seen(undo=",".join(made)))
    return Remark("confirmed_all", {"count": len(made)})


def undo(desk: Desk, arg: str) -> Remark | None:
    """«Отменить решение» of the line on screen, or of all just confirmed."""
    pairs = desk.place.view.get("undo", "") if not arg else f"{desk.place.row}.{arg}"
    count = undo_all(desk, pairs)
    desk.go(desk.place.seen(undo=""))
    return Remark("line_undone", {"count": count})


def files(desk: Desk, _: str) -> Remark | None:
    """Send what was handed in."""
    desk.go(desk.place.seen(files=str(number(desk.place.view.get("files", "")) + 1)))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From the words to the line, from the line where it was opened."""
    if desk.place.view.get("say"):
        desk.go(desk.place.seen(say="", seen=""))
    else:
        desk.go(desk.place.back or Place("queue"))
    return None


def open_claim(desk: Desk, entry_id: str) -> Remark | None:
    """A line of the list."""
    case = case_of(desk, Fact.CONFIRM)
    if case is not None and line_words.plan_line(case, number(entry_id)) is not None:
        here = desk.place.seen(undo="")
        desk.go(Place("claim", row=desk.place.row, parent=number(entry_id), back=here))
    return None


def press_confirm(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """«Подтвердить» under the notice."""
    return decide(desk, route_of(desk.conn, entry_id), entry_id, version, LineEvent.CONFIRM)


def press_partly(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """«Частично» under the notice."""
    return _enter(desk, entry_id, version, "partly")


def press_send_back(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """«Вернуть» under the notice."""
    return _enter(desk, entry_id, version, "send_back")


def press_open(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """«Открыть» under the notice."""
    return _enter(desk, entry_id, version, "")


def _enter(desk: Desk, entry_id: int, seen: int, say: str) -> Remark | None:
    route_id = route_of(desk.conn, entry_id)
    case = case_of(desk, Fact.CONFIRM, route_id) if route_id else None
    if case is None or line_words.plan_line(case, entry_id) is None:
        return Remark("out_of_date")
    place = Place("claim", row=route_id, parent=entry_id, back=_came_from(desk))
    now = mark(case, [entry_id])
    desk.go(place.seen(say=say, seen=str(seen)) if say and now == seen else place)
    return changed(case, entry_id) if now != seen else None


PRESSES = {
    "confirm": press_confirm,
    "partly": press_partly,
    "send_back": press_send_back,
    "open_claim": press_open,
}
