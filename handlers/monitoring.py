"""Interim monitoring, the teacher's side: where it begins, which question is on screen, who will judge it.

`place.row` is the route, `place.parent` the checkpoint; which question is on screen follows from what was
answered, `view.at` names one that is looked at again. Answers are kept by `handlers.monitoring_answers`.
"""

from dataclasses import dataclass
from datetime import date

from bot.iom import monitoring, monitoring_walk
from bot.iom.access import Fact
from bot.iom.checkpoint import Checkpoint, CheckpointKind
from bot.iom.monitoring import Due
from bot.iom.monitoring_walk import Step
from bot.speech.screen import Button, Remark
from handlers import correcting
from handlers.cases import Case, case_of, own
from handlers.desk import Desk
from handlers.parties import others
from handlers.place import Place
from storage import checkpoints

RESULT = "result"  # the usual reason of a correction, where the regulation has it among its own


@dataclass(frozen=True)
class Walk:
    """A monitoring as it is now: every question of it, and the one on screen; None before sending."""

    case: Case
    checkpoint: Checkpoint
    steps: tuple[Step, ...]
    step: Step | None


def due_now(case: Case) -> tuple[Due, ...]:
    """What the rhythm lets be answered today."""
    desk = case.desk
    return monitoring.asked_now(case.regulation, case.facts, case.journey, desk.zone, desk.today)


def newest(case: Case) -> Due | None:
    """The monitoring that is due, the newest of several."""
    found = [one for one in due_now(case) if one.kind is CheckpointKind.MONITORING]
    return found[-1] if found else None


def offer(desk: Desk) -> Button | None:
    """«Промежуточные итоги» on the teacher's home while she is asked for them."""
    if desk.route is None or not monitoring.may_be_due(desk.regulation, desk.facts, desk.today):
        return None
    return Button("monitoring") if newest(own(desk)) else None


def open_newest(desk: Desk, _: str) -> Remark | None:
    """From home."""
    case = own(desk)
    due = newest(case)
    if due is None:
        return Remark("out_of_date")
    enter(case, due)
    return None


def enter(case: Case, due: Due) -> None:
    """To the room of a question that is due; begun when nobody has opened it yet."""
    desk = case.desk
    _, begun = checkpoints.begin(desk.conn, case.facts, due, desk.now)
    desk.forget()
    room = "monitoring" if due.kind is CheckpointKind.MONITORING else "reflecting"
    desk.go(Place(room, row=case.facts.route_id, parent=begun.id))


def press_open(desk: Desk, route_id: int, day: int) -> Remark | None:
    """«Ответить» under the notice; `day` is the ordinal of its date. Sent already, it is shown."""
    case = case_of(desk, Fact.OWN, route_id)
    if case is None or not 0 < day <= date.max.toordinal():
        return Remark("out_of_date")
    on = date.fromordinal(day)
    due = next((one for one in due_now(case) if not one.entry_id and one.on == on), None)
    if due is not None:
        enter(case, due)
        return None
    begun = next((one for one in case.journey.checkpoints if one.due_on == on and not one.entry_id), None)
    if begun is None or begun.kind != CheckpointKind.MONITORING:
        return Remark("answered_already" if begun else "out_of_date")
    desk.go(Place("monitoring", row=route_id, parent=begun.id))
    return None


def walk_of(case: Case | None, checkpoint_id: int, at: str = "") -> Walk | None:
    """A monitoring of this route, `at` the question that is looked at again; None when there is none."""
    hers = case.journey.checkpoints if case is not None else ()
    one = next((one for one in hers if one.id == checkpoint_id), None)
    if case is None or one is None or one.kind != CheckpointKind.MONITORING:
        return None
    steps = monitoring_walk.steps(case.regulation, case.facts, case.journey, one, _reflects(case, one))
    chosen = next((step for step in steps if name_of(step) == at), None)
    return Walk(case, one, steps, chosen or monitoring_walk.following(steps, one))


def found(desk: Desk) -> Walk | None:
    """Her monitoring of the place; None when there is none."""
    return walk_of(case_of(desk, Fact.OWN), desk.place.parent, desk.place.view.get("at", ""))


def here(desk: Desk) -> Walk:
    """As `found`, in a room that exists."""
    walk = found(desk)
    assert walk is not None
    return walk


def _reflects(case: Case, one: Checkpoint) -> bool:
    every = monitoring.checkpoints(case.regulation, case.facts, case.journey, case.desk.zone)
    due = next((due for due in every if due.key == one.key), None)
    return due.reflects if due else one.text is not None


def name_of(step: Step) -> str:
    """A question as the view names it."""
    return f"{step.part}.{step.entry_id}"


def back(desk: Desk, _: str) -> Remark | None:
    """The question before; from the first one, and from what was sent, home."""
    walk = here(desk)
    earlier = None if is_sent(walk) else monitoring_walk.before(walk.steps, walk.step)
    desk.go(desk.place.seen(at=name_of(earlier), page="") if earlier else Place("home"))
    return None


def fix(desk: Desk, arg: str) -> Remark | None:
    """Look at a line again before sending."""
    walk = here(desk)
    step = next((step for step in walk.steps if str(step.entry_id) == arg), None)
    if step is not None and not is_sent(walk):
        desk.go(desk.place.seen(at=name_of(step), page=""))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of lines."""
    desk.go(desk.place.seen(page=page))
    return None


def is_sent(walk: Walk) -> bool:
    """Whether it was handed in: nothing is asked any more."""
    return walk.checkpoint.answered_at is not None


def judges(case: Case) -> set[int]:
    """Who may judge it now."""
    return {one for capability in case.regulation.life.monitoring.judges for one in others(case, capability)}


def judge_title(case: Case) -> str:
    """Who is waited for, in the regulation's words."""
    titles = (case.regulation.role_title(one) for one in case.regulation.life.monitoring.judges)
    return next(filter(None, titles), "")


def make_change(desk: Desk, _: str) -> Remark | None:
    """«Внести изменение»: what was recommended leads to a correction."""
    return correct(here(desk).case, here(desk).checkpoint)


def correct(case: Case, one: Checkpoint) -> Remark | None:
    """To the correction of the recommended line, for the reason the regulation has for it; else to all."""
    desk = case.desk
    if desk.route is None or desk.facts.route_id != case.facts.route_id:
        return Remark("out_of_date")
    back = Place("monitoring", row=case.facts.route_id, parent=one.id)
    if one.entry_id and correcting.kinds(case, one.entry_id):
        known = any(reason.key == RESULT for reason in case.regulation.life.correction.reasons)
        view = {"reason": RESULT} if known else {}
        desk.go(Place("correcting", row=one.entry_id, back=back, view=view))
    else:
        desk.go(Place("corrections", row=case.facts.route_id, back=back, view={"lines": "1"}))
    return None
