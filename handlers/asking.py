"""The room where questions are asked: one table of what may be typed and pressed there."""

from bot.iom.regulation import Kind
from bot.speech.screen import Remark
from handlers import ask_screen, events, interview, rows
from handlers.desk import Desk
from handlers.rooms import Room


def pick(desk: Desk, arg: str) -> Remark | None:
    """An option, or an event to put into the plan."""
    asked = interview.asked(desk)
    if asked.question.kind is Kind.EVENTS:
        return events.pick(desk, asked, arg)
    return interview.picked(desk, arg)


def own_event(desk: Desk, _: str) -> Remark | None:
    """An event that is not in the catalogue."""
    asked = interview.asked(desk)
    return events.own(desk, asked) if asked.question.kind is Kind.EVENTS else None


ROOMS = {
    "ask": Room(
        ask_screen.show,
        interview.typed,
        {
            "pick": pick,
            "skip": interview.skip,
            "back": interview.back,
            "example": interview.example,
            "part": interview.part,
            "more": interview.more,
            "done": interview.done,
            "add": rows.add,
            "row": rows.open_row,
            "own_event": own_event,
            "filter": events.open_filter,
            "narrow": events.narrow,
            "all": events.everything,
        },
        needs_route=True,
    )
}
