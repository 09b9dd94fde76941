"""One question of the way: what the half-year changed, what of a course was at a lesson. One answer, or none.

`place.row` is the route, `place.parent` the checkpoint. What an activity gave is asked as at the end of the
route: it is an answer of its plan line (`bot.iom.monitoring.activity_question`).
"""

from bot.iom import monitoring
from bot.iom.access import Fact
from bot.iom.asked import Refused
from bot.iom.checkpoint import SKIPPED, Checkpoint, CheckpointKind
from bot.iom.evidence_typed import words
from bot.iom.interview import Step
from bot.speech.screen import Button, Remark, Screen
from handlers import line_words
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.monitoring import due_now, enter
from handlers.place import Place, ask
from handlers.rooms import Room
from storage import checkpoints
from storage.lines import route_of

LONGEST = 800
_KINDS = frozenset({CheckpointKind.REFLECTION.value, CheckpointKind.TRANSFER.value})


def _found(desk: Desk) -> tuple[Case, Checkpoint] | None:
    case = case_of(desk, Fact.OWN)
    hers = case.journey.checkpoints if case is not None else ()
    one = next((one for one in hers if one.id == desk.place.parent), None)
    open_ = one is not None and one.kind in _KINDS and one.answered_at is None
    return (case, one) if case is not None and one is not None and open_ else None


def show(desk: Desk) -> Screen:
    """The question; of a course its name."""
    found = _found(desk)
    assert found is not None
    case, one = found
    entry = line_words.plan_line(case, one.entry_id)
    values = {
        "kind": one.kind,
        "title": line_words.title(case, entry) if entry else "",
        "example": bool(desk.place.view.get("example")),
    }
    return Screen("reflecting", values, ((Button("back"), Button("skip"), Button("example")),))


def typed(desk: Desk, text: str) -> Remark | None:
    """The answer."""
    said = words(text, LONGEST)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    return _answer(desk, said)


def skip(desk: Desk, _: str) -> Remark | None:
    """Nothing to say, and that is fine."""
    return _answer(desk, SKIPPED)


def _answer(desk: Desk, said: str) -> Remark:
    found = _found(desk)
    assert found is not None
    case, one = found
    after = checkpoints.say(desk.conn, case.facts, one.id, said)
    checkpoints.send(desk.conn, after, one.id, desk.now)
    desk.forget()
    desk.go(Place("home"))
    return Remark("reflected", {"said": bool(said)})


def example(desk: Desk, _: str) -> Remark | None:
    """What others might say."""
    desk.go(desk.place.seen(example="1"))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """Home; the question stays under its notice."""
    desk.go(Place("home"))
    return None


def press_line(desk: Desk, entry_id: int, kind: CheckpointKind) -> Remark | None:
    """«Ответить» under a notice about a line."""
    case = case_of(desk, Fact.OWN, route_of(desk.conn, entry_id))
    if case is None or desk.route is None or desk.facts.route_id != case.facts.route_id:
        return Remark("out_of_date")
    due = next((one for one in due_now(case) if one.kind is kind and one.entry_id == entry_id), None)
    question = monitoring.activity_question(case.regulation, case.facts)
    if due is None:
        told = question is not None and case.facts.answer(question.key, entry_id) is not None
        told = told if kind is CheckpointKind.ACTIVITY else _told(case, entry_id)
        return Remark("answered_already" if told else "out_of_date")
    if kind is CheckpointKind.ACTIVITY and question is not None:
        desk.go(ask(Step(question.key, entry_id), "fix", Place("home")))
    else:
        enter(case, due)
    return None


def _told(case: Case, entry_id: int) -> bool:
    about = (one for one in case.journey.checkpoints if one.entry_id == entry_id)
    return any(one.kind == CheckpointKind.TRANSFER and one.answered_at for one in about)


def press_activity(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """What the activity gave."""
    return press_line(desk, entry_id, CheckpointKind.ACTIVITY)


def press_transfer(desk: Desk, entry_id: int, version: int) -> Remark | None:
    """What of the course was at a lesson."""
    return press_line(desk, entry_id, CheckpointKind.TRANSFER)


ROOMS = {
    "reflecting": Room(
        show,
        typed,
        {"skip": skip, "example": example, "back": back},
        exists=lambda desk: _found(desk) is not None,
    )
}
PRESSES = {"reflect_line": press_activity, "transfer": press_transfer}
