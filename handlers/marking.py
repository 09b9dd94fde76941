"""What others answer on a teacher's card: at the end the final event's mark, a product's verdict; of a draft
their own columns, and her proposals in them (`bot.iom.filling`).

`place.row` is the route, `place.key` the open question, `place.parent` its row; `view["of"]` the row of
another table under which a new one is made.
"""

from bot.iom import filling, finish
from bot.iom.accept import accept, allowed
from bot.iom.access import Fact
from bot.iom.asked import Refused, Said
from bot.iom.card_sources import Sources
from bot.iom.facts import Facts, RemoveEntry, State
from bot.iom.interview import TEACHER, Step, done
from bot.iom.summary import in_words, row_name
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import proposals
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.parties import roles_of, write
from handlers.place import Place
from handlers.proposals import case_here
from handlers.rooms import Room, number
from storage import audit
from storage.notices import Notice

OPEN = frozenset({State.FINALIZING, State.CONCLUSION})
PAGE = 7


def steps_of(case: Case, facts: Facts | None = None) -> dict[Step, str]:
    """What the person may set, and in which of her roles: of a draft what she fills in, then nothing before
    the results begin. `facts`: as the route is after a change."""
    now = facts or case.facts
    found: dict[Step, str] = {}
    for role in sorted(roles_of(case) - {TEACHER}):
        asked = finish.marks if now.state in OPEN else filling.steps
        for step in asked(case.regulation, now, role):
            found.setdefault(step, role)
    return found


def fills(case: Case) -> bool:
    """Whether a draft has anything for her to fill in or to take."""
    drafted = case.facts.state in filling.DRAFTED
    return drafted and bool(steps_of(case) or proposals.of(case))


def _step(desk: Desk) -> Step:
    return Step(desk.place.key, desk.place.parent, number(desk.place.view.get("of", "")))


def exists(desk: Desk) -> bool:
    """Whether there is anything of this kind for her to set."""
    case = case_here(desk)
    if case is None:
        return False
    return _step(desk) in steps_of(case) if desk.place.key else bool(steps_of(case) or proposals.of(case))


def show(desk: Desk) -> Screen:
    """What there is to set; or one question with its options."""
    case = still(case_here(desk))
    if desk.place.key:
        return _show_one(desk, case)
    steps, found = list(steps_of(case)), proposals.of(case)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(steps) else 0
    following = start + PAGE if start + PAGE < len(steps) else 0
    values = {
        "name": case.name,
        "open": sum(not done(case.regulation, case.facts, one) for one in steps),
        "drafted": case.facts.state in filling.DRAFTED,
        "proposals": [row_name(case.regulation, case.facts, one) for one in found],
    }
    buttons = [
        *proposals.buttons(case, found),
        *((Button("mark", _arg(one), label=_label(case, one)),) for one in steps[start : start + PAGE]),
        *([(Button("more", str(following)),)] if len(steps) > PAGE else []),
    ]
    return Screen("marking", values, (*buttons, (Button("back"),)))


def _arg(step: Step) -> str:
    return f"{step.key}.{step.row}.{step.parent}"


def _label(case: Case, step: Step) -> str:
    title = case.regulation.questions[step.key].title
    entry = case.facts.entry(step.row or step.parent)
    about = f": {row_name(case.regulation, case.facts, entry)}" if entry else ""
    sign = "✓ " if done(case.regulation, case.facts, step) else ("＋ " if step.parent else "")
    return f"{sign}{title}{about}"


def _show_one(desk: Desk, case: Case) -> Screen:
    question, step = case.regulation.questions[desk.place.key], _step(desk)
    entry = case.facts.entry(step.row or step.parent)
    values = {
        "name": case.name,
        "ask": question.ask,
        "hint": question.hint,
        "example": "" if question.options else question.example,
        "about": row_name(case.regulation, case.facts, entry) if entry else "",
        "now": _now(case, step),
    }
    offered = allowed(case.regulation, question, steps_of(case).get(step, TEACHER)).options
    options = [(Button("pick", one.key, label=one.title),) for one in offered]
    last = (Button("back"), Button("drop", word="delete")) if _hers(case, step) else (Button("back"),)
    return Screen("marking_one", values, (*options, last))


def _now(case: Case, step: Step) -> str:
    """What stands there: the answer; of an official wording the ready one."""
    point = case.facts.entry(step.row) if step.key == "wording" else None
    said = in_words(case.regulation, case.facts, step)
    return said or (Sources(case.regulation, case.facts).wording(point) if point else "")


def _hers(case: Case, step: Step) -> bool:
    """Whether the row of the step was made by owners of its table: they may take it out again."""
    entry = case.facts.entry(step.row)
    if entry is None or case.facts.state not in filling.DRAFTED:
        return False
    return all(TEACHER not in case.regulation.writers[one.key] for one in case.regulation.fields(entry.table))


def open_one(desk: Desk, arg: str) -> Remark | None:
    """Open a question."""
    key, _, rows = arg.partition(".")
    row, _, parent = rows.partition(".")
    step, case = Step(key, number(row), number(parent)), case_here(desk)
    if case is not None and step in steps_of(case):
        _go(desk, step)
    return None


def _go(desk: Desk, step: Step | None = None) -> None:
    """To a question, or to the list."""
    view = {"of": str(step.parent)} if step and step.parent else {}
    key, row = (step.key, step.row) if step else ("", 0)
    desk.go(Place("marking", key, desk.place.row, row, back=desk.place.back, view=view))


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def drop(desk: Desk, _: str) -> Remark | None:
    """Take out a row of a table that is hers."""
    case, step = case_here(desk), _step(desk)
    entry = case.facts.entry(step.row) if case else None
    if case is None or entry is None or step not in steps_of(case) or not _hers(case, step):
        return Remark("out_of_date")
    title = row_name(case.regulation, case.facts, entry)
    write(case, case.facts, [RemoveEntry(entry.id)])
    audit.record(desk.conn, desk.person.id, "filled", desk.now, f"route {case.facts.route_id}: row out")
    _go(desk)
    return Remark("deleted", {"title": title})


def pick(desk: Desk, choice: str) -> Remark | None:
    """An option."""
    return _answer(desk, Said(choice=choice))


def typed(desk: Desk, text: str) -> Remark | None:
    """Words."""
    return _answer(desk, Said(text=text)) if desk.place.key else Remark("please_choose")


def _answer(desk: Desk, said: Said) -> Remark | None:
    case, step = case_here(desk), _step(desk)
    role = steps_of(case).get(step) if case else None
    if case is None or role is None:
        return Remark("out_of_date")
    judged = accept(case.regulation, case.facts, step, said, desk.today, role)
    question = case.regulation.questions[step.key]
    if isinstance(judged, Refused):
        values = {"reason": judged.reason, "example": question.example, **judged.values}
        return Remark("refusal", values)
    known = {entry.id for entry in case.facts.entries}
    after = write(case, case.facts, judged.changes)
    audit.record(desk.conn, desk.person.id, "mark", desk.now, f"route {after.route_id}: {step.key} as {role}")
    new = next((entry.id for entry in after.entries if entry.id not in known), 0)
    step = Step(step.key, new) if new else step
    _go(desk, _following(case, after, step, new))
    return Remark("noted", {"title": question.title, "value": in_words(case.regulation, after, step)})


def _following(case: Case, after: Facts, step: Step, new: int) -> Step | None:
    """What is asked next: the rest of a new row, or what belongs to this answer («final_done_on»)."""
    left = [one for one in steps_of(case, after) if not done(case.regulation, after, one)]
    rest = [one for one in left if new and one.row == new]
    kin = [one for one in left if one.key != step.key and one.key.startswith(step.key)]
    return next(iter((*rest, *kin)), None)


def back(desk: Desk, _: str) -> Remark | None:
    """From a question to the list, from the list to where it was opened from."""
    if desk.place.key:
        _go(desk)
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


PRESSED = {
    "mark": open_one,
    "pick": pick,
    "more": more,
    "take": proposals.take,
    "drop": drop,
    "back": back,
}
ROOMS = {"marking": Room(show, typed, PRESSED, exists=exists)}
NOTICES = {"to_finish": notice}
PRESSES = {"open_marks": press_open}
