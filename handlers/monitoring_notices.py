"""What is said of monitoring and reflections: to the teacher who is asked, to the judge, to her again.

A question is dropped when it was answered, is not due any more, or there is no open line to speak of.
"""

from bot.iom.access import Fact
from bot.iom.checkpoint import LACKING, VERDICTS, CheckpointKind
from bot.iom.monitoring import Due, open_lines
from bot.iom.monitoring_walk import counted
from bot.speech.screen import FactButton, Remark, Screen
from handlers import line_words, monitoring, monitoring_case, monitoring_screen, reflecting
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.place import Place
from storage import checkpoints
from storage.notices import Notice


def _asked(desk: Desk, told: Notice, *kinds: CheckpointKind) -> tuple[Case, Due] | None:
    """The question of the notice, while it may be answered."""
    case = case_of(desk, Fact.OWN, told.route_id)
    if case is None:
        return None
    subject = dict(told.subject)
    fits = (one for one in monitoring.due_now(case) if one.kind in kinds and dict(one.subject) == subject)
    due = next(fits, None)
    return (case, due) if due is not None else None


def asks(desk: Desk, told: Notice) -> Screen | None:
    """«Промежуточные итоги»: how many lines, who will look."""
    asked = _asked(desk, told, CheckpointKind.MONITORING)
    if asked is None:
        return None
    case, due = asked
    values = {
        "count": len(open_lines(case.facts, case.journey)),
        "whose": monitoring.judge_title(case),
        "clause": case.regulation.life.monitoring.clause,
    }
    button = FactButton("open_monitoring", case.facts.route_id, due.on.toordinal(), word="interim_answer")
    return Screen("notice_monitoring", values, ((button,),))


def reflects(desk: Desk, told: Notice) -> Screen | None:
    """A reflection of the half-year, or of an activity."""
    asked = _asked(desk, told, CheckpointKind.REFLECTION, CheckpointKind.ACTIVITY)
    if asked is None:
        return None
    case, due = asked
    id_, verb = (due.entry_id, "reflect_line") if due.entry_id else (case.facts.route_id, "open_monitoring")
    button = FactButton(verb, id_, 0 if due.entry_id else due.on.toordinal(), word="interim_answer")
    return Screen("notice_reflection", {"title": _title(case, due)}, ((button,),))


def transfers(desk: Desk, told: Notice) -> Screen | None:
    """What of a course was at a lesson already."""
    asked = _asked(desk, told, CheckpointKind.TRANSFER)
    if asked is None:
        return None
    case, due = asked
    button = FactButton("transfer", due.entry_id, word="interim_answer")
    return Screen("notice_transfer", {"title": _title(case, due)}, ((button,),))


def _title(case: Case, due: Due) -> str:
    entry = line_words.plan_line(case, due.entry_id)
    return line_words.title(case, entry) if entry else ""


def _id(told: Notice) -> int:
    found = told.subject.get("checkpoint")
    return found if isinstance(found, int) else 0


def given(desk: Desk, told: Notice) -> Screen | None:
    """To the judge, until somebody has judged."""
    case = case_of(desk, Fact.MONITOR, told.route_id)
    one = monitoring_case.of_route(case, _id(told)) if case is not None else None
    if case is None or one is None or not monitoring_case.waits(case, one):
        return None
    said = monitoring_screen.answers(case, one)
    values = {"name": case.name, "count": counted(one), "answers": said[:2], "more": max(0, len(said) - 2)}
    first = tuple(FactButton(f"judge_{word}", one.id, word=f"interim_{word}") for word in VERDICTS)
    return Screen(
        "notice_monitoring_given", values, (first, (FactButton("see_interim", one.id, word="open_case"),))
    )


def concluded(desk: Desk, told: Notice) -> Screen | None:
    """To the teacher: what was concluded; «Внести изменение» where something should change."""
    case = case_of(desk, Fact.OWN, told.route_id)
    hers = case.journey.checkpoints if case is not None else ()
    one = next((one for one in hers if one.id == _id(told)), None)
    if case is None or one is None or not one.judged_at:
        return None
    change = FactButton("mend_interim", one.id, word="make_change")
    see = FactButton("own_interim", one.id, word="open_case")
    first = ((change,),) if monitoring_screen.mendable(case, one) else ()
    return Screen("notice_monitoring_judged", monitoring_screen.judged(case, one), (*first, (see,)))


def _enter(desk: Desk, checkpoint_id: int, verdict: str) -> Remark | None:
    case = case_of(desk, Fact.MONITOR, checkpoints.route_of(desk.conn, checkpoint_id))
    one = monitoring_case.of_route(case, checkpoint_id) if case is not None else None
    if case is None or one is None:
        return Remark("out_of_date")
    desk.go(Place("monitoring_case", row=case.facts.route_id, parent=one.id))
    return monitoring_case.verdict(desk, verdict) if verdict else None


def press_see(desk: Desk, checkpoint_id: int, version: int) -> Remark | None:
    """«Открыть», by the judge."""
    return _enter(desk, checkpoint_id, "")


def press_enough(desk: Desk, checkpoint_id: int, version: int) -> Remark | None:
    """«Достаточен»; whether the form fits is asked next."""
    return _enter(desk, checkpoint_id, VERDICTS[0])


def press_lacking(desk: Desk, checkpoint_id: int, version: int) -> Remark | None:
    """«Недостаточен»; whether the form fits is asked next."""
    return _enter(desk, checkpoint_id, LACKING)


def _own(desk: Desk, checkpoint_id: int) -> monitoring.Walk | None:
    case = case_of(desk, Fact.OWN, checkpoints.route_of(desk.conn, checkpoint_id))
    return monitoring.walk_of(case, checkpoint_id)


def press_own(desk: Desk, checkpoint_id: int, version: int) -> Remark | None:
    """«Открыть», by the teacher."""
    walk = _own(desk, checkpoint_id)
    if walk is None:
        return Remark("out_of_date")
    desk.go(Place("monitoring", row=walk.case.facts.route_id, parent=checkpoint_id))
    return None


def press_mend(desk: Desk, checkpoint_id: int, version: int) -> Remark | None:
    """«Внести изменение»."""
    walk = _own(desk, checkpoint_id)
    if walk is None or not monitoring_screen.mendable(walk.case, walk.checkpoint):
        return Remark("out_of_date")
    return monitoring.correct(walk.case, walk.checkpoint)


NOTICES = {
    "monitoring": asks,
    "monitoring_given": given,
    "monitoring_judged": concluded,
    "reflection": reflects,
    "transfer": transfers,
}
PRESSES = {
    "open_monitoring": monitoring.press_open,
    "judge_enough": press_enough,
    "judge_lacking": press_lacking,
    "see_interim": press_see,
    "own_interim": press_own,
    "mend_interim": press_mend,
    **reflecting.PRESSES,
}
