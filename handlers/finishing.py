"""«К итогам»: the route comes to its end – exit diagnosis, reflections, what the conclusion still lacks."""

from collections.abc import Sequence

from bot.iom import finish, interview, life
from bot.iom.access import Fact
from bot.iom.competence import FINAL
from bot.iom.conclusion import Completion, completion
from bot.iom.dynamics import FINAL_SCORES, Dynamic, Measure, dynamics
from bot.iom.facts import Facts, State
from bot.iom.life import Event, Refused
from bot.iom.lines import CLOSED
from bot.iom.regulation import Key
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import Case, own, tell
from handlers.desk import Desk
from handlers.parties import here, others, roles_of
from handlers.place import Place, ask
from handlers.rooms import Act, Room
from storage import versions

SHOWN = 5
FINISHED = frozenset({State.ACTIVE, State.FINALIZING})


def offer(desk: Desk) -> Button | None:
    """«К итогам» on the teacher's home once it is time; always while she is finishing."""
    case = own(desk)
    if desk.facts.state is State.FINALIZING:
        return Button("finishing")
    timely = desk.facts.state is State.ACTIVE and finish.due(desk.facts, case.journey, desk.today)
    return Button("finishing") if timely else None


def show(desk: Desk) -> Screen:
    """Before: what it means. After: what is left, before and after by block, who is waited for."""
    case = own(desk)
    if desk.facts.state is State.ACTIVE:
        return _show_before(desk, case)
    left = finish.left(case.regulation, desk.facts, case.journey)
    lacks = completion(case.regulation, desk.facts, case.journey)
    values = {
        "left": len(left),
        "lacks": [(key, whose(case, key)) for key in (*lacks.lacks, *lacks.either)],
        "either": len(lacks.either) > 1,
        "clause": lacks.clause,
        "blocks": blocks(case)[:SHOWN],
    }
    first = (Button("answer", word="answer_three"),) if left else ()
    buttons = [Button("lack", key, word=f"lack_{key}") for key in _hers(case, lacks)]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    done = ((Button("to_conclusion"),),) if lacks.done else ()
    more = (Button("slowing", word="other_ways"), Button("back"))
    return Screen("finishing", values, (*done, *((first,) if first else ()), *rows, more))


def _show_before(desk: Desk, case: Case) -> Screen:
    due = finish.due(desk.facts, case.journey, desk.today)
    sure = bool(desk.place.view.get("sure"))
    values = {"due": due, "sure": sure, "open": len(_open_lines(case))}
    start = Button("finish", word="finish_now" if due or sure else "finish_early")
    return Screen("before_finishing", values, ((start,), (Button("back"),)))


def _open_lines(case: Case) -> Sequence[int]:
    return [row.id for row in case.facts.rows("plan") if case.journey.state(row.id) not in CLOSED]


def start(desk: Desk, _: str) -> Remark | None:
    """The results begin; sooner than usual only after a second tap."""
    case = own(desk)
    due = finish.due(desk.facts, case.journey, desk.today)
    if not due and not desk.place.view.get("sure"):
        desk.go(desk.place.seen(sure="1"))
        return None
    moved = life.move(case.regulation, desk.facts, Event.TO_FINISH, "teacher")
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    after = versions.move(desk.conn, desk.facts, moved.state, moved.step, desk.now, desk.person.id)
    desk.forget()
    tell_markers(case, after)
    desk.go(Place("finishing"))
    return None


def tell_markers(case: Case, after: Facts) -> None:
    """Whoever sets marks and verdicts now, and writes the conclusion."""
    tell(case, _markers(case), "to_finish", str(after.version))


def _markers(case: Case) -> set[int]:
    """Who sets marks and verdicts at the end, and who writes the conclusion."""
    writers: set[str] = set(case.regulation.life.conclusion.writers)
    for question in case.regulation.question:
        if question.when == "finish":
            writers |= case.regulation.writers[question.key] - {interview.TEACHER}
    return {person for role in writers for person in others(case, role)}


def whose(case: Case, key: Key) -> str:
    """Who gives what the conclusion lacks, by title; "" when it is the teacher."""
    question = {"final_event": "final_done", "product": "verdict"}.get(key, "")
    roles = case.regulation.writers.get(question, frozenset())
    if not roles or interview.TEACHER in roles:
        return ""
    titles = [title for role in sorted(roles) if (title := case.regulation.role_title(role))]
    return f" {case.desk.world.caption('or_word')} ".join(dict.fromkeys(titles))


def _hers(case: Case, lacks: Completion) -> list[Key]:
    """What is lacking that she can do something about."""
    return [key for key in (*lacks.lacks, *lacks.either) if not whose(case, key)]


def lack(desk: Desk, key: str) -> Remark | None:
    """To the question, or the plan, that fills it."""
    case = own(desk)
    if key == "lines":
        desk.go(Place("plan"))
        return None
    if key == "final_diagnosis" and (rows := desk.facts.rows(FINAL)):
        # The results themselves were skipped before: ask them once more.
        desk.go(ask(interview.Step(FINAL_SCORES, rows[0].id), "fix", Place("finishing")))
        return None
    steps = finish.left(case.regulation, desk.facts, case.journey)
    step = next((one for one in steps if _fills(case, key, one)), None)
    if step is not None:
        desk.go(ask(step, "fix", Place("finishing")))
    return None


def _fills(case: Case, key: Key, step: interview.Step) -> bool:
    if key == "final_diagnosis":
        return case.regulation.questions[step.key].each == FINAL
    return step.key.startswith(key)


def answer(desk: Desk, _: str) -> Remark | None:
    """Three questions at a time."""
    case = own(desk)
    steps = finish.left(case.regulation, desk.facts, case.journey)
    if steps:
        desk.go(ask(steps[0], f"finish:{interview.SITTING}"))
    return None


def blocks(case: Case) -> list[tuple[str, str, str, int | None]]:
    """Before and after by block, in soft words: title, «49 %», «70 %», which way."""
    return [_block(one) for one in dynamics(case.regulation, case.facts) if one.after is not None]


def _block(one: Dynamic) -> tuple[str, str, str, int | None]:
    return one.title, measure(one.before), measure(one.after), one.rise


def measure(one: Measure | None) -> str:
    """«49 %», a level's word, or "" for what was not measured."""
    if one is None:
        return ""
    if one.percent is not None:
        return f"{one.percent:g}\u00a0%".replace(".", ",")
    return one.level.official if one.level else ""


def to_conclusion(desk: Desk, _: str) -> Remark | None:
    """Everything is there: the conclusion is written next. Whoever writes it may press this too."""
    case = here(desk, Fact.CONCLUDE)
    if case is None:
        return Remark("out_of_date")
    by = "teacher" if case.standing.viewer_id == case.standing.teacher_id else _writer(case)
    done = completion(case.regulation, case.facts, case.journey).done
    moved = life.move(case.regulation, case.facts, Event.TO_CONCLUSION, by, done=done)  # type: ignore[arg-type]
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    after = versions.move(desk.conn, case.facts, moved.state, moved.step, desk.now, desk.person.id)
    desk.forget()
    writers = {one for role in case.regulation.life.conclusion.writers for one in others(case, role)}
    tell(case, writers, "conclusion", f"write/{after.version}")
    if by == "teacher":
        desk.go(Place("home"))
        return Remark("handed_to_conclude", {"nobody": not writers})
    return None


def _writer(case: Case) -> str:
    writers = case.regulation.life.conclusion.writers
    return next((role for role in writers if role in roles_of(case)), "")


def to(name: str) -> Act:
    """The act of a button that opens a room and comes back here."""

    def act(desk: Desk, _: str) -> Remark | None:
        desk.go(Place(name, back=Place("finishing")))
        return None

    return act


def back(desk: Desk, _: str) -> Remark | None:
    """Home."""
    desk.go(Place("home"))
    return None


_PRESSED = {
    "finish": start,
    "answer": answer,
    "lack": lack,
    "to_conclusion": to_conclusion,
    "slowing": to("slowing"),
    "back": back,
}

ROOMS = {
    "finishing": Room(
        show,
        None,
        _PRESSED,
        needs_route=True,
        exists=lambda desk: desk.route is not None and desk.facts.state in FINISHED,
    )
}
