"""The room where questions are asked: one table of what may be typed and pressed there."""

from bot.iom.regulation import Kind
from bot.speech.screen import Remark
from handlers import ask_screen, events, interview, plan, rows, scores, sharing
from handlers.desk import Desk
from handlers.rooms import Room


def pick(desk: Desk, arg: str) -> Remark | None:
    """An option, or an event to put into the plan."""
    asked = interview.asked(desk)
    if asked.question.kind is Kind.EVENTS:
        return events.pick(desk, asked, arg)
    return scores.picked(desk, arg) if asked.question.kind is Kind.SCORES else interview.picked(desk, arg)


def typed(desk: Desk, text: str) -> Remark | None:
    """Words for the question on screen."""
    results = interview.asked(desk).question.kind is Kind.SCORES
    return scores.typed(desk, text) if results else interview.typed(desk, text)


def done(desk: Desk, arg: str) -> Remark | None:
    """«Готово»; after choosing events what clashes in the plan is said at once."""
    chosen = interview.asked(desk).question.kind is Kind.EVENTS
    remark = interview.done(desk, arg)
    clashes = plan.warnings(desk) if chosen and remark is None else []
    return Remark("clashes", {"warnings": clashes[:2]}) if clashes else remark


def own_event(desk: Desk, _: str) -> Remark | None:
    """An event that is not in the catalogue."""
    asked = interview.asked(desk)
    return events.own(desk, asked) if asked.question.kind is Kind.EVENTS else None


ROOMS = {
    "ask": Room(
        ask_screen.show,
        typed,
        {
            "pick": pick,
            "skip": interview.skip,
            "back": interview.back,
            "example": interview.example,
            "part": scores.part,
            "own_competence": scores.name_own,
            "remove_competence": scores.remove,
            "more": interview.more,
            "done": done,
            "add": rows.add,
            "row": rows.open_row,
            "own_event": own_event,
            "filter": events.open_filter,
            "narrow": events.narrow,
            "all": events.everything,
            "ask_colleague": sharing.asked_for,
        },
        needs_route=True,
        exists=interview.exists,
    )
}
