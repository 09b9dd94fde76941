"""How interim monitoring looks to the teacher: one question a screen, what will be sent, what came of it."""

from collections.abc import Mapping
from typing import Any

from bot.iom.checkpoint import (
    GOING,
    HAVE,
    LACKING,
    NO,
    NOT_YET,
    NOTHING,
    PROGRESS,
    TOLD,
    UNFIT,
    YES,
    Checkpoint,
    Interim,
)
from bot.iom.monitoring_walk import Part, Step, counted
from bot.speech.screen import Button, Screen
from handlers import line_words, monitoring, monitoring_answers
from handlers.cases import Case
from handlers.desk import Desk
from handlers.line import WORKING
from handlers.monitoring import Walk, here
from handlers.monitoring_answers import word_of
from handlers.rooms import Room, number

PAGE = 6
Row = tuple[Button, ...]


def show(desk: Desk) -> Screen:
    """The question, the look before sending, or the conclusion."""
    walk = here(desk)
    if walk.checkpoint.answered_at:
        return _show_sent(walk)
    return _show_question(walk, walk.step) if walk.step else _show_review(desk, walk)


def _show_question(walk: Walk, step: Step) -> Screen:
    case, entry = walk.case, line_words.plan_line(walk.case, step.entry_id)
    values = {
        "part": step.part.value,
        "number": step.number,
        "total": step.total,
        "line": line_words.values(case, entry) if entry else None,
        "whose": case.regulation.role_title("mentor"),
    }
    rows = (*_LOOKS[step.part](case), (Button("back"), Button("skip")))
    return Screen("monitoring", values, rows)


def _results(case: Case) -> list[Row]:
    first, second, third = (Button("pick", word, word=f"interim_{word}") for word in PROGRESS)
    return [(first, second), (third,)]


def _reasons(case: Case) -> list[Row]:
    chips = [Button("pick", one.key, label=one.title) for one in case.regulation.life.not_done]
    return [*((chip,) for chip in chips), (Button("pick", NOTHING, word="interim_nothing"),)]


def _help(case: Case) -> list[Row]:
    return [(Button("pick", YES, word="interim_yes"), Button("pick", NO, word="interim_no"))]


def _none(case: Case) -> list[Row]:
    return []


_LOOKS = {Part.RESULT: _results, Part.HINDERS: _reasons, Part.HELP: _help, Part.REFLECTION: _none}


def _show_review(desk: Desk, walk: Walk) -> Screen:
    """How many are how far; any line may be looked at again."""
    ids = list(dict.fromkeys(step.entry_id for step in walk.steps if step.entry_id))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(ids) else 0
    shown = [entry for id_ in ids[start : start + PAGE] if (entry := line_words.plan_line(walk.case, id_))]
    buttons = [(Button("fix", str(one.id), label=line_words.title(walk.case, one)),) for one in shown]
    following = start + PAGE if start + PAGE < len(ids) else 0
    more = ((Button("more", str(following)),),) if len(ids) > PAGE else ()
    values = {
        "count": counted(walk.checkpoint),
        "whose": monitoring.judge_title(walk.case),
        "reflects": bool(walk.checkpoint.text),
    }
    end = ((Button("send", word="interim_send"),), *buttons, *more, (Button("back"),))
    return Screen("monitoring_review", values, end)


def _show_sent(walk: Walk) -> Screen:
    one = walk.checkpoint
    change = ((Button("make_change"),),) if mendable(walk.case, one) else ()
    return Screen("monitoring_sent", judged(walk.case, one), (*change, (Button("back", word="home"),)))


def mendable(case: Case, one: Checkpoint) -> bool:
    """Whether there is a conclusion that a correction could follow from."""
    lacks = one.verdict == LACKING or one.form == UNFIT
    return bool(one.judged_at) and (lacks or bool(one.recommendation)) and case.facts.state in WORKING


def judged(case: Case, one: Checkpoint) -> Mapping[str, Any]:
    """The conclusion, who drew it and when; empty while it is waited for."""
    about = line_words.plan_line(case, one.entry_id)
    day = line_words.local(case, one.judged_at).date() if one.judged_at else None
    return {
        "name": case.name,
        "answered": line_words.local(case, one.answered_at).date() if one.answered_at else None,
        "on": day,
        "who": one.name or one.post or case.regulation.role_title(one.role),
        "verdict": one.verdict,
        "form": one.form,
        "recommendation": one.recommendation,
        "about": line_words.title(case, about) if about else "",
        "whose": monitoring.judge_title(case),
    }


_URGENT = (NOT_YET, TOLD, GOING, HAVE)


def _urgent(said: Interim) -> tuple[bool, int]:
    return said.help != YES, _URGENT.index(said.progress) if said.progress in _URGENT else len(_URGENT)


def answers(case: Case, one: Checkpoint) -> list[Mapping[str, Any]]:
    """What she said, line by line, what needs somebody first; a line that was skipped or is gone is not
    there."""
    found = list[Mapping[str, Any]]()
    for said in sorted(one.answers, key=_urgent):
        entry = line_words.plan_line(case, said.entry_id)
        if entry is not None and said.progress:
            hinders = "" if said.hinders == NOTHING else word_of(case, Part.HINDERS, said.hinders or "")
            found.append(
                {
                    "id": entry.id,
                    "line": line_words.values(case, entry),
                    "progress": said.result or word_of(case, Part.RESULT, said.progress),
                    "hinders": hinders,
                    "help": said.help == YES,
                    "question": said.question,
                }
            )
    return found


ROOMS = {
    "monitoring": Room(
        show,
        monitoring_answers.typed,
        {
            "pick": monitoring_answers.pick,
            "skip": monitoring_answers.skip,
            "back": monitoring.back,
            "fix": monitoring.fix,
            "more": monitoring.more,
            "send": monitoring_answers.send,
            "make_change": monitoring.make_change,
        },
        exists=lambda desk: monitoring.found(desk) is not None,
    )
}
