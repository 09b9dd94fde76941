"""«Спросить»: a question to the companion from the menu or a line, the answer back to the teacher."""

from bot.iom import lines
from bot.iom.access import Fact
from bot.iom.asked import Refused
from bot.iom.evidence_typed import words
from bot.iom.journey import Inquiry
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import line_words
from handlers.cases import Case, case_of, holders, own, still, tell
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import exchanges
from storage.notices import Notice


def offer(desk: Desk) -> Button | None:
    """The button of the teacher's home; nobody can be asked about a route that is hers alone."""
    return Button("inquire") if may_ask(desk) else None


def may_ask(desk: Desk) -> bool:
    """Whether her route is one that somebody may accompany."""
    return desk.route is not None and not lines.alone(desk.facts)


def show(desk: Desk) -> Screen:
    """Who gets the question; a kind word when there is nobody yet."""
    case = own(desk)
    entry = line_words.plan_line(case, desk.place.row)
    waiting = [one.text for one in case.journey.inquiries if one.answered_at is None]
    values = {
        "whose": case.regulation.role_title("mentor"),
        "names": [one.name for one in case.journey.companions if one.open and one.name],
        "heard": bool(holders(case, "mentor")),
        "closed": bool(case.journey.companions),
        "title": line_words.title(case, entry) if entry else "",
        "waiting": waiting[-1] if waiting else "",
    }
    return Screen("inquire", values, ((Button("back"),),))


def ask(desk: Desk, text: str) -> Remark | None:
    """Send the question."""
    case = own(desk)
    who = holders(case, "mentor")
    if not who:
        return Remark("line_told", {"what": "nobody", "title": ""})
    said = words(text)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    entry = line_words.plan_line(case, desk.place.row)
    _, made = exchanges.ask(desk.conn, case.facts, said, desk.now, entry_id=entry.id if entry else 0)
    tell(case, who, "asked", str(made.id), inquiry=made.id)
    desk.forget()
    back(desk, "")
    return Remark("line_told", {"what": "asked", "title": ""})


def back(desk: Desk, _: str) -> Remark | None:
    """To the line, or home."""
    desk.go(Place("line", row=desk.place.row) if desk.place.row else Place("home"))
    return None


def exists(desk: Desk) -> bool:
    """Only where somebody could be asked, about the route or a row of its plan."""
    entry = desk.facts.entry(desk.place.row)
    of_plan = entry is not None and entry.table == line_words.TABLE
    return may_ask(desk) and (of_plan or not desk.place.row)


def found(case: Case, inquiry_id: int) -> Inquiry | None:
    """A question of the route."""
    return next((one for one in case.journey.inquiries if one.id == inquiry_id), None)


def _here(desk: Desk) -> tuple[Case, Inquiry]:
    case = still(case_of(desk, Fact.ANSWER))
    one = found(case, desk.place.parent)
    assert one is not None
    return case, one


def _values(case: Case, one: Inquiry) -> dict[str, object]:
    entry = line_words.plan_line(case, one.entry_id)
    when = line_words.local(case, one.at)
    return {
        "name": case.name,
        "title": line_words.title(case, entry) if entry else "",
        "text": one.text,
        "on": when.date(),
        "answer": one.answer,
    }


def show_inquiry(desk: Desk) -> Screen:
    """The question, and its answer once there is one."""
    case, one = _here(desk)
    return Screen("inquiry", _values(case, one), ((Button("back"),),))


def answer(desk: Desk, text: str) -> Remark | None:
    """Answer; of two companions the first."""
    case, one = _here(desk)
    if one.answered_at is not None:
        return Remark("line_told", {"what": "already_answered", "title": ""})
    said = words(text)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    exchanges.answer_inquiry(desk.conn, case.facts, one.id, desk.person.id, said, desk.now)
    tell(case, [case.facts.person_id], "answered", str(one.id), inquiry=one.id)
    desk.changed = True
    desk.go(desk.place.back or Place("queue"))
    return Remark("line_told", {"what": "answered", "title": ""})


def leave(desk: Desk, _: str) -> Remark | None:
    """Where it was opened from."""
    desk.go(desk.place.back or Place("queue"))
    return None


def exists_inquiry(desk: Desk) -> bool:
    """Whether the person may answer this question."""
    case = case_of(desk, Fact.ANSWER)
    return case is not None and found(case, desk.place.parent) is not None


def notice_asked(desk: Desk, told: Notice) -> Screen | None:
    """A question, while nobody has answered it."""
    case = case_of(desk, Fact.ANSWER, told.route_id)
    one = found(case, int(told.subject["inquiry"])) if case else None
    if case is None or one is None or one.answered_at is not None:
        return None
    return Screen(
        "notice_inquiry", _values(case, one), ((FactButton("answer", one.id, word="answer_inquiry"),),)
    )


def notice_answered(desk: Desk, told: Notice) -> Screen | None:
    """The answer, with the line it is about."""
    case = case_of(desk, Fact.OWN, told.route_id)
    one = found(case, int(told.subject["inquiry"])) if case else None
    if case is None or one is None or one.answered_at is None:
        return None
    of_plan = line_words.plan_line(case, one.entry_id) is not None
    button = FactButton("open_line", one.entry_id, word="open_case") if of_plan else None
    return Screen("notice_answer", _values(case, one), ((button,),) if button else ())


def press_answer(desk: Desk, inquiry_id: int, version: int) -> Remark | None:
    """«Ответить» under the notice: the answer is typed next."""
    route_id = exchanges.route_of(desk.conn, inquiry_id)
    case = case_of(desk, Fact.ANSWER, route_id) if route_id else None
    if case is None or found(case, inquiry_id) is None:
        return Remark("out_of_date")
    desk.go(Place("inquiry", row=route_id, parent=inquiry_id))
    return None


ROOMS = {
    "inquire": Room(show, ask, {"back": back}, needs_route=True, exists=exists),
    "inquiry": Room(show_inquiry, answer, {"back": leave}, exists=exists_inquiry),
}
NOTICES = {"asked": notice_asked, "answered": notice_answered}
PRESSES = {"answer": press_answer}
