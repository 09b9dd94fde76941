"""Interim monitoring, the judge's side: enough or not, whether the form fits, perhaps a recommendation.

`place.row` is the route, `place.parent` the checkpoint. What was chosen so far is in the view; the conclusion
is stored once, and of two judges the second sees who was first.
"""

from bot.iom.access import Fact
from bot.iom.asked import Refused
from bot.iom.checkpoint import FORMS, VERDICTS, Checkpoint
from bot.iom.evidence_typed import words
from bot.iom.facts import Entry, State
from bot.iom.lines import GONE
from bot.speech.screen import Button, Remark, Screen
from handlers import line_words
from handlers.cases import Case, case_of, hand, role_for, tell
from handlers.desk import Desk
from handlers.monitoring_screen import answers, judged
from handlers.place import Place
from handlers.rooms import Room, number
from storage import checkpoints

SHOWN = 3
LINES = 6
LONGEST = 600
_UNDO = (("words", "page"), ("form",), ("verdict",))

Row = tuple[Button, ...]


def of_route(case: Case, checkpoint_id: int) -> Checkpoint | None:
    """A monitoring of the route that was handed in."""
    found = (one for one in case.journey.checkpoints if one.id == checkpoint_id)
    return next((one for one in found if one.kind == "monitoring" and one.answered_at), None)


def waits(case: Case, one: Checkpoint) -> bool:
    """Whether a conclusion may still be drawn: as long as the plan is carried out."""
    return one.waits and case.facts.state is State.ACTIVE


def _found(desk: Desk) -> tuple[Case, Checkpoint] | None:
    case = case_of(desk, Fact.MONITOR)
    one = of_route(case, desk.place.parent) if case is not None else None
    return (case, one) if case is not None and one is not None else None


def _here(desk: Desk) -> tuple[Case, Checkpoint]:
    found = _found(desk)
    assert found is not None
    return found


def stage(desk: Desk) -> str:
    """What is asked now: verdict, form, words, line."""
    view = desk.place.view
    if view.get("verdict") not in VERDICTS:
        return "verdict"
    if view.get("form") not in FORMS:
        return "form"
    return "line" if view.get("words") else "words"


def show(desk: Desk) -> Screen:
    """What she said with the plan, then two choices and a recommendation; or who has decided."""
    case, one = _here(desk)
    now = stage(desk) if waits(case, one) else "done"
    told = answers(case, one) if now == "verdict" else []
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(told) else 0
    following = start + SHOWN if start + SHOWN < len(told) else 0
    values = {
        **judged(case, one),
        "stage": now,
        "answers": told[start : start + SHOWN],
        "count": len(told),
        "reflection": (one.text or "") if case.may(Fact.REFLECTIONS) else "",
        "chosen": desk.place.view.get("verdict", ""),
        "words": desk.place.view.get("words", ""),
    }
    more = ((Button("more", str(following)),),) if len(told) > SHOWN else ()
    end = (Button("back"), Button("open_case")) if now in {"verdict", "done"} else (Button("back"),)
    return Screen("monitoring_case", values, (*_rows(desk, case, now), *more, end))


def _rows(desk: Desk, case: Case, now: str) -> list[Row]:
    if now in {"verdict", "form"}:
        verb, choices = (now, VERDICTS) if now == "verdict" else (now, FORMS)
        return [tuple(Button(verb, word, word=f"interim_{word}") for word in choices)]
    if now == "words":
        return [(Button("plain", word="interim_plain"),)]
    return _lines(desk, case) if now == "line" else []


def _plan(case: Case) -> list[Entry]:
    return [row for row in case.facts.rows("plan") if case.journey.state(row.id) not in GONE]


def _lines(desk: Desk, case: Case) -> list[Row]:
    """What the recommendation is about."""
    plan = _plan(case)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(plan) else 0
    following = start + LINES if start + LINES < len(plan) else 0
    chips = [
        (Button("line", str(row.id), label=line_words.title(case, row)),) for row in plan[start:][:LINES]
    ]
    more = [(Button("more", str(following)),)] if len(plan) > LINES else []
    return [(Button("line", "0", word="interim_whole"),), *chips, *more]


def verdict(desk: Desk, word: str) -> Remark | None:
    """Enough or not."""
    return _choose(desk, "verdict", word, VERDICTS)


def form(desk: Desk, word: str) -> Remark | None:
    """Whether the form of the result fits; where nothing is recommended, that is all."""
    told = _choose(desk, "form", word, FORMS)
    case, _ = _here(desk)
    ready = told is None and stage(desk) == "words" and not case.regulation.life.monitoring.recommend
    return _judge(desk, "", 0) if ready else told


def _choose(desk: Desk, key: str, word: str, allowed: tuple[str, ...]) -> Remark | None:
    case, one = _here(desk)
    if not waits(case, one):
        return _late(case, one)
    if word not in allowed:
        return Remark("out_of_date")
    desk.go(desk.place.seen(**{key: word, "page": ""}))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """The recommendation."""
    case, one = _here(desk)
    if not waits(case, one):
        return _late(case, one)
    if stage(desk) not in {"words", "line"}:
        return Remark("please_choose")
    said = words(text, LONGEST)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    desk.go(desk.place.seen(words=said, page=""))
    return None


def plain(desk: Desk, _: str) -> Remark | None:
    """Without a recommendation."""
    return _judge(desk, "", 0) if stage(desk) == "words" else Remark("out_of_date")


def line(desk: Desk, arg: str) -> Remark | None:
    """What it is about; 0 is the whole plan."""
    case, _ = _here(desk)
    known = {row.id for row in _plan(case)} | {0}
    if stage(desk) != "line" or number(arg) not in known:
        return Remark("out_of_date")
    return _judge(desk, desk.place.view["words"], number(arg))


def _judge(desk: Desk, said: str, entry_id: int) -> Remark:
    """Store the conclusion and tell the teacher."""
    case, one = _here(desk)
    if not waits(case, one):
        return _late(case, one)
    view, signed = desk.place.view, hand(case, role_for(case, Fact.MONITOR))
    chosen = (view["verdict"], view["form"], signed, desk.now)
    checkpoints.judge(desk.conn, case.facts, one.id, *chosen, recommendation=said, entry_id=entry_id)
    tell(case, [case.facts.person_id], "monitoring_judged", str(one.id), checkpoint=one.id)
    desk.changed = True
    desk.go(desk.place.back or Place("queue"))
    return Remark("interim_judged", {"name": case.name, "verdict": view["verdict"]})


def _late(case: Case, one: Checkpoint) -> Remark:
    return Remark("interim_late", judged(case, one))


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def open_case(desk: Desk, _: str) -> Remark | None:
    """To the route, with its card where it may be read."""
    if case_of(desk, Fact.STATE) is not None:
        desk.go(Place("case", row=desk.place.row, back=replace_view(desk.place)))
    return None


def replace_view(place: Place) -> Place:
    """The room as it is entered."""
    return Place(place.name, row=place.row, parent=place.parent, back=place.back)


def back(desk: Desk, _: str) -> Remark | None:
    """One choice back; from the first to where it was opened."""
    case, one = _here(desk)
    earlier = desk.place.without_last(_UNDO) if waits(case, one) else None
    desk.go(earlier or desk.place.back or Place("queue"))
    return None


ROOMS = {
    "monitoring_case": Room(
        show,
        typed,
        {
            "verdict": verdict,
            "form": form,
            "plain": plain,
            "line": line,
            "more": more,
            "open_case": open_case,
            "back": back,
        },
        exists=lambda desk: _found(desk) is not None,
    )
}
