"""What others set at the end of a route: the final event's mark, a product's verdict.

`place.row` is the route, `place.key` the open question, `place.parent` its row.
"""

from bot.iom import finish
from bot.iom.accept import accept
from bot.iom.access import Fact
from bot.iom.asked import Refused, Said
from bot.iom.facts import State
from bot.iom.interview import TEACHER, Step, done
from bot.iom.summary import in_words, row_name
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.parties import roles_of, write
from handlers.place import Place
from handlers.rooms import Room, number
from storage import audit
from storage.notices import Notice

OPEN = frozenset({State.FINALIZING, State.CONCLUSION})


def steps_of(case: Case) -> dict[Step, str]:
    """What the person may set, and in which of her roles; nothing before the results begin."""
    if case.facts.state not in OPEN:
        return {}
    found: dict[Step, str] = {}
    for role in sorted(roles_of(case) - {TEACHER}):
        for step in finish.marks(case.regulation, case.facts, role):
            found.setdefault(step, role)
    return found


def _case(desk: Desk) -> Case | None:
    return case_of(desk, Fact.CARD)


def exists(desk: Desk) -> bool:
    """Whether there is anything of this kind for her to set."""
    case = _case(desk)
    if case is None:
        return False
    return (
        Step(desk.place.key, desk.place.parent) in steps_of(case) if desk.place.key else bool(steps_of(case))
    )


def show(desk: Desk) -> Screen:
    """What there is to set; or one question with its options."""
    case = _case(desk)
    assert case is not None
    if desk.place.key:
        return _show_one(desk, case)
    steps = list(steps_of(case))
    buttons = [(Button("mark", f"{one.key}.{one.row}", label=_label(case, one)),) for one in steps[:7]]
    open_ones = sum(not done(case.regulation, case.facts, one) for one in steps)
    return Screen("marking", {"name": case.name, "open": open_ones}, (*buttons, (Button("back"),)))


def _label(case: Case, step: Step) -> str:
    title = case.regulation.questions[step.key].title
    entry = case.facts.entry(step.row)
    about = f": {row_name(case.regulation, case.facts, entry)}" if entry else ""
    return f"{'✓ ' if done(case.regulation, case.facts, step) else ''}{title}{about}"


def _show_one(desk: Desk, case: Case) -> Screen:
    question, step = case.regulation.questions[desk.place.key], Step(desk.place.key, desk.place.parent)
    entry = case.facts.entry(step.row)
    values = {
        "name": case.name,
        "ask": question.ask,
        "hint": question.hint,
        "example": "" if question.options else question.example,
        "about": row_name(case.regulation, case.facts, entry) if entry else "",
        "now": in_words(case.regulation, case.facts, step),
    }
    options = [(Button("pick", one.key, label=one.title),) for one in question.options]
    return Screen("marking_one", values, (*options, (Button("back"),)))


def open_one(desk: Desk, arg: str) -> Remark | None:
    """Open a question."""
    key, _, row = arg.partition(".")
    case = _case(desk)
    if case is not None and Step(key, number(row)) in steps_of(case):
        desk.go(Place("marking", key, desk.place.row, number(row), back=desk.place.back))
    return None


def pick(desk: Desk, choice: str) -> Remark | None:
    """An option."""
    return _answer(desk, Said(choice=choice))


def typed(desk: Desk, text: str) -> Remark | None:
    """Words."""
    return _answer(desk, Said(text=text)) if desk.place.key else Remark("please_choose")


def _answer(desk: Desk, said: Said) -> Remark | None:
    case, step = _case(desk), Step(desk.place.key, desk.place.parent)
    role = steps_of(case).get(step) if case else None
    if case is None or role is None:
        return Remark("out_of_date")
    judged = accept(case.regulation, case.facts, step, said, desk.today, role)
    question = case.regulation.questions[step.key]
    if isinstance(judged, Refused):
        values = {"reason": judged.reason, "example": question.example, **judged.values}
        return Remark("refusal", values)
    after = write(case, case.facts, judged.changes)
    audit.record(desk.conn, desk.person.id, "mark", desk.now, f"route {after.route_id}: {step.key} as {role}")
    follows = [
        one
        for one in finish.marks(case.regulation, after, role)
        if one.key.startswith(step.key) and not done(case.regulation, after, one)
    ]
    desk.go(
        Place("marking", follows[0].key, desk.place.row, follows[0].row, back=desk.place.back)
        if follows
        else Place("marking", "", desk.place.row, back=desk.place.back)
    )
    return Remark("noted", {"title": question.title, "value": in_words(case.regulation, after, step)})


def back(desk: Desk, _: str) -> Remark | None:
    """From a question to the list, from the list to where it was opened from."""
    row = desk.place.row
    if desk.place.key:
        desk.go(Place("marking", "", row, back=desk.place.back))
    else:
        desk.go(desk.place.back or Place("queue"))
    return None


def notice(desk: Desk, told: Notice) -> Screen | None:
    """«Педагог подводит итоги»: what is hers to set."""
    case = case_of(desk, Fact.CARD, told.route_id)
    if case is None or case.facts.state is not State.FINALIZING:
        return None
    see = FactButton("open_marks", case.facts.route_id, case.facts.version, word="open_case")
    titles = [case.regulation.questions[one.key].title for one in steps_of(case)]
    return Screen("notice_finish", {"name": case.name, "titles": list(dict.fromkeys(titles))}, ((see,),))


def press_open(desk: Desk, route_id: int, _: int) -> Remark | None:
    """«Открыть» under it."""
    case = case_of(desk, Fact.CARD, route_id)
    if case is None:
        return Remark("out_of_date")
    back_to = Place("case", row=route_id, back=Place("queue"))
    desk.go(Place("marking", row=route_id, back=back_to) if steps_of(case) else back_to)
    return None


ROOMS = {"marking": Room(show, typed, {"mark": open_one, "pick": pick, "back": back}, exists=exists)}
NOTICES = {"to_finish": notice}
PRESSES = {"open_marks": press_open}
