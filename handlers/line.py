"""One line of a plan that is being carried out: «Сделано · Не получается · Перенести · Спросить»."""

from bot.iom import lines
from bot.iom.asked import Refused
from bot.iom.corrections import ON_ITS_WAY
from bot.iom.evidence_typed import words
from bot.iom.facts import Entry, State
from bot.iom.interview import CARRIED_OUT
from bot.iom.journey import Inquiry, Line, LineState
from bot.iom.lines import LineEvent
from bot.speech.screen import Button, Remark, Screen
from handlers import calendar_file, correction_flow, correction_words, line_words
from handlers.cases import Case, own
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import journeys

# The plan is approved: its lines are looked at one by one and change through what happens to them.
APPROVED = CARRIED_OUT | {State.APPROVED}
WORKING = frozenset({State.ACTIVE, State.FINALIZING})
_MOVABLE = frozenset({LineState.PLANNED, LineState.RETURNED, LineState.NOT_DONE})
_SHOWN = 3


def here(desk: Desk) -> tuple[Case, Entry]:
    """Her route and the line of the place; rooms of lines exist only where there is one."""
    case = own(desk)
    entry = line_words.plan_line(case, desk.place.row)
    assert entry is not None
    return case, entry


def exists(desk: Desk) -> bool:
    """Whether the place is about a line of her approved plan."""
    entry = desk.facts.entry(desk.place.row)
    return desk.facts.state in APPROVED and entry is not None and entry.table == line_words.TABLE


def may(case: Case, entry_id: int, event: LineEvent) -> bool:
    """Whether the teacher may do this to the line now."""
    if case.facts.state not in WORKING:
        return False
    state = case.journey.state(entry_id)
    if event is LineEvent.WITHDRAW_CLAIM and lines.alone(case.facts):
        return state is LineState.CONFIRMED
    return lines.line_move(state, event, "teacher") is not None


def show(desk: Desk) -> Screen:
    """The line as it is, what was handed in, what was asked about it."""
    case, entry = here(desk)
    found = line_words.documents(case, entry.id)
    asked = [one for one in case.journey.inquiries if one.entry_id == entry.id]
    values = {
        "line": line_words.values(case, entry),
        "documents": line_words.in_words(case, found[:_SHOWN]),
        "more": max(0, len(found) - _SHOWN),
        "sent": case.journey.state(entry.id) not in {LineState.PLANNED, LineState.NOT_DONE},
        "asked": _asked(case, asked[-1]) if asked else None,
        "before": case.facts.state is State.APPROVED,
        "correction": _on_its_way(case, entry),
        "lesson": _at_lesson(case, entry),
        "calendar": bool(desk.place.view.get("calendar")),
    }
    end = (*calendar_file.buttons(case, entry.id), Button("back"))
    file = calendar_file.asked_for(case, "IOM-event.ics", entry.id)
    return Screen("line", values, (*_buttons(case, entry), end), file)


def _at_lesson(case: Case, entry: Entry) -> str:
    """What of a course was at a lesson already."""
    told = [one for one in case.journey.checkpoints if one.entry_id == entry.id and one.kind == "transfer"]
    return (told[-1].text or "") if told else ""


def _on_its_way(case: Case, entry: Entry) -> tuple[str, str] | None:
    """What a correction of the line is to make of it and whom it waits for, while it is on its way."""
    waiting = [
        one for one in case.journey.corrections if one.entry_id == entry.id and one.state in ON_ITS_WAY
    ]
    if not waiting:
        return None
    turn = correction_flow.waits_for(case, waiting[-1])
    return correction_words.change(case, waiting[-1])["now"], case.regulation.role_title(turn) if turn else ""


def _asked(case: Case, one: Inquiry) -> tuple[str, str]:
    return one.text, one.answer


def _buttons(case: Case, entry: Entry) -> list[tuple[Button, ...]]:
    offered = [
        (LineEvent.CLAIM, Button("done", word="line_done")),
        (LineEvent.NOT_DONE, Button("not_done")),
        (LineEvent.WITHDRAW_CLAIM, Button("take_back", word="line_take_back")),
        (LineEvent.UNDO, Button("take_up")),
    ]
    buttons = [button for event, button in offered if may(case, entry.id, event)]
    if case.facts.state in WORKING and case.journey.state(entry.id) in _MOVABLE:
        buttons.append(Button("correct"))
    if not lines.alone(case.facts):
        buttons.append(Button("inquire"))
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def done(desk: Desk, _: str) -> Remark | None:
    """Hand in what shows that it was done."""
    case, entry = here(desk)
    if may(case, entry.id, LineEvent.CLAIM):
        desk.go(Place("evidence", row=entry.id))
    return None


def open_reasons(desk: Desk, _: str) -> Remark | None:
    """«Не получается» asks why."""
    case, entry = here(desk)
    if may(case, entry.id, LineEvent.NOT_DONE):
        desk.go(Place("not_done", row=entry.id))
    return None


def take_back(desk: Desk, _: str) -> Remark | None:
    """«Забрать»: the line is planned again, what was handed in stays with it."""
    return _moved(desk, LineEvent.WITHDRAW_CLAIM, "taken_back")


def take_up(desk: Desk, _: str) -> Remark | None:
    """A line that was given up is planned again."""
    return _moved(desk, LineEvent.UNDO, "taken_up")


def _moved(desk: Desk, event: LineEvent, what: str, reason: str = "") -> Remark | None:
    case, entry = here(desk)
    if not may(case, entry.id, event):
        return Remark("out_of_date")
    state = LineState.NOT_DONE if event is LineEvent.NOT_DONE else LineState.PLANNED
    new = Line(entry.id, state, desk.now, reason)
    journeys.set_line(desk.conn, case.facts, new, case.journey.state(entry.id))
    desk.forget()
    desk.go(Place("line", row=entry.id))
    return Remark("line_told", {"what": what, "title": line_words.title(case, entry)})


def correct(desk: Desk, _: str) -> Remark | None:
    """«Перенести»: an approved line changes only through a correction."""
    case, entry = here(desk)
    if case.facts.state in WORKING and case.journey.state(entry.id) in _MOVABLE:
        desk.go(Place("correcting", row=entry.id, back=Place("line", row=entry.id)))
    return None


def inquire(desk: Desk, _: str) -> Remark | None:
    """«Спросить» about this line."""
    desk.go(Place("inquire", row=desk.place.row))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the plan."""
    desk.go(Place("plan"))
    return None


def show_reasons(desk: Desk) -> Screen:
    """Reasons of the regulation; own words are as good."""
    case, entry = here(desk)
    options = case.regulation.life.not_done
    rows = [(Button("pick", option.key, label=option.title),) for option in options]
    return Screen("not_done", {"title": line_words.title(case, entry)}, (*rows, (Button("back"),)))


def _may_give_up(desk: Desk) -> bool:
    case, entry = here(desk)
    return may(case, entry.id, LineEvent.NOT_DONE)


def pick_reason(desk: Desk, key: str) -> Remark | None:
    """One of the regulation's reasons."""
    case, _ = here(desk)
    known = {option.key for option in case.regulation.life.not_done}
    return _moved(desk, LineEvent.NOT_DONE, "not_done", key) if key in known else None


def type_reason(desk: Desk, text: str) -> Remark | None:
    """The reason in own words; without any a line is not given up (001)."""
    said = words(text, 300)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    return _moved(desk, LineEvent.NOT_DONE, "not_done", said)


def to_line(desk: Desk, _: str) -> Remark | None:
    """Back to the line."""
    desk.go(Place("line", row=desk.place.row))
    return None


def press_open(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """«Открыть» under a notice about a line of her own."""
    there = desk.route is not None and desk.facts.state in APPROVED
    entry = desk.facts.entry(entry_id) if there else None
    if entry is None or entry.table != line_words.TABLE:
        return Remark("out_of_date")
    desk.go(Place("line", row=entry.id))
    return None


PRESSED = {
    "done": done,
    "not_done": open_reasons,
    "take_back": take_back,
    "take_up": take_up,
    "correct": correct,
    "inquire": inquire,
    "to_calendar": calendar_file.send,
    "back": back,
}
ROOMS = {  # the line itself takes files too: `handlers.evidence_screen`
    "not_done": Room(
        show_reasons,
        type_reason,
        {"pick": pick_reason, "back": to_line},
        needs_route=True,
        exists=lambda desk: exists(desk) and _may_give_up(desk),
    )
}
PRESSES = {"open_line": press_open}
