"""Asking: an answer is judged by the rules, stored, and the next question follows."""

from dataclasses import replace

from bot.iom import accept, finish, interview, summary
from bot.iom.asked import Asked, Outcome, Refused, Said
from bot.iom.facts import AddEntry, Facts, SetAnswer, Value
from bot.iom.interview import Step
from bot.iom.regulation import Kind
from bot.speech.screen import Remark
from handlers.desk import Desk
from handlers.place import Place, ask
from storage import journeys


def asked(desk: Desk) -> Asked:
    """The question on screen with everything rules need."""
    question = desk.regulation.questions[desk.place.key]
    facts = interview.current(desk.regulation, desk.facts)
    return Asked(desk.regulation, facts, desk.place.step, question, desk.today)


def exists(desk: Desk) -> bool:
    """Whether the question of this place is still asked: its row or condition may be gone."""
    return interview.applies(desk.regulation, desk.facts, desk.place.step)


def typed(desk: Desk, text: str) -> Remark | None:
    """Words for the question on screen; for one tapped block they are that block's level."""
    part = desk.place.view.get("part", "")
    kind = desk.regulation.questions[desk.place.key].kind
    if kind is Kind.SELF_SCORES and part in desk.regulation.blocks:
        return picked(desk, f"{part}.{_level_said(desk, text)}")
    if kind is Kind.EVENTS:
        desk.go(desk.place.seen(q=text.strip()[:60], page="", menu=""))
        return None
    return answer(desk, Said(text=text))


def _level_said(desk: Desk, text: str) -> str:
    """The self-assessment level whose words were typed."""
    levels = desk.regulation.scale.self_levels
    return next((level.key for level in levels if level.chat.casefold() == text.strip().casefold()), "")


def picked(desk: Desk, choice: str) -> Remark | None:
    """An option of the question on screen."""
    return answer(desk, Said(choice=choice))


def answer(desk: Desk, said: Said) -> Remark | None:
    """Judge, store, move on; a refusal stays with its reason and an example."""
    step = desk.place.step
    return settle(desk, step, accept.accept(desk.regulation, desk.facts, step, said, desk.today))


def skip(desk: Desk, _: str) -> Remark | None:
    """A line for the pen; it can be filled later."""
    step = desk.place.step
    return settle(desk, step, accept.skip(desk.regulation, desk.facts, step))


def settle(desk: Desk, step: Step, outcome: Outcome) -> Remark | None:
    """Store what was accepted and find the next place."""
    if isinstance(outcome, Refused):
        return refusal(desk, outcome)
    before = desk.facts
    after = desk.keep(outcome.changes)
    row = step.row or _new_row(before, after)
    here = Step(step.key, row, 0 if row else step.parent)
    if outcome.stay:
        desk.go(desk.place.at(here))
        return refusal(desk, outcome.but) if outcome.but else None
    advance(desk, here)
    if outcome.but:
        return Remark("refusal", {"reason": outcome.but.reason, "example": "", **outcome.but.values})
    return _noted(desk, here, outcome.changes[-1])


def _new_row(before: Facts, after: Facts) -> int:
    known = {entry.id for entry in before.entries}
    return next((entry.id for entry in after.entries if entry.id not in known), 0)


def refusal(desk: Desk, refused: Refused) -> Remark:
    """The reason, and the question's own example."""
    question = desk.regulation.questions[desk.place.key]
    return Remark("refusal", {"reason": refused.reason, "example": question.example, **refused.values})


def _noted(desk: Desk, step: Step, change: object) -> Remark | None:
    """«Записал: Должность – учитель математики»: what was stored under which question, to see and undo."""
    if not isinstance(change, (SetAnswer, AddEntry)):
        return None
    question = desk.regulation.questions[step.key]
    value: Value = change.value if isinstance(change, SetAnswer) else change.answers.get(step.key)
    if value is None:
        return Remark("skipped", {"title": question.title})
    if question.kind in {Kind.EVENTS, Kind.ROWS}:
        return None
    text = summary.in_words(desk.regulation, desk.facts, step)
    return Remark("noted", {"title": question.title, "value": text})


def advance(desk: Desk, step: Step) -> None:
    """The next place of the walk."""
    walk, _, rest = desk.place.walk.partition(":")
    desk.go(_WALKS.get(walk, _rest_walk)(desk, step, rest))


def _draft_walk(desk: Desk, step: Step, _: str) -> Place:
    following = interview.next_of_draft(desk.regulation, desk.facts)
    return ask(following, "draft") if following else Place("draft_ready")


def _rest_walk(desk: Desk, step: Step, rest: str) -> Place:
    """At most three questions in a sitting."""
    left = int(rest or 1) - 1
    remaining = interview.remaining(desk.regulation, desk.facts)
    if not remaining or left <= 0:
        return Place("sitting_over" if remaining else "card")
    return ask(remaining[0], f"rest:{left}", _again(desk, step))


def _section_walk(desk: Desk, step: Step, key: str) -> Place:
    remaining = interview.remaining(desk.regulation, desk.facts, key)
    return ask(remaining[0], f"section:{key}", _again(desk, step)) if remaining else Place("sections")


def _again(desk: Desk, step: Step) -> Place:
    """Where «Назад» leads in a sitting: the question just answered."""
    return replace(desk.place, row=step.row, parent=0, view={}, back=None)


def _finish_walk(desk: Desk, step: Step, rest: str) -> Place:
    """At most three questions about the end of the route, then what is still lacking."""
    left = int(rest or 1) - 1
    journey = journeys.load(desk.conn, desk.facts.route_id)
    remaining = finish.left(desk.regulation, desk.facts, journey)
    if not remaining or left <= 0:
        return Place("finishing")
    return ask(remaining[0], f"finish:{left}", _again(desk, step))


def _row_walk(desk: Desk, step: Step, _: str) -> Place:
    """The other questions of the same row, then back."""
    mine = interview.row_steps(desk.regulation, desk.facts, step.row)
    left = [one for one in mine if not interview.done(desk.regulation, desk.facts, one)]
    back = desk.place.back or Place("home")
    return ask(left[0], "row", back) if left else back


def _fix_walk(desk: Desk, step: Step, _: str) -> Place:
    return desk.place.back or Place("summary")


_WALKS = {
    "draft": _draft_walk,
    "rest": _rest_walk,
    "section": _section_walk,
    "finish": _finish_walk,
    "row": _row_walk,
    "fix": _fix_walk,
}


def back(desk: Desk, _: str) -> Remark | None:
    """One step back: inside the draft to the question before, elsewhere to where one came from."""
    place = desk.place
    if place.view:
        desk.go(place.at(place.step))
    elif not _one_block_back(desk):
        before = _before(desk)
        fallback = Place("sections") if place.walk.startswith("section") else Place("home")
        desk.go(place.at(before) if before else place.back or fallback)
    return None


def _one_block_back(desk: Desk) -> bool:
    """In the middle of a self-assessment: take back the last block."""
    question, step = desk.regulation.questions[desk.place.key], desk.place.step
    value = desk.facts.value(step.key, step.row)
    if question.kind is not Kind.SELF_SCORES or not isinstance(value, dict) or not value:
        return False
    blocks = asked(desk).blocks
    given = [block for block in blocks if block in value]
    if len(given) == len(blocks):
        return False
    desk.keep([SetAnswer(step.key, {block: value[block] for block in given[:-1]}, step.row)])
    return True


def _before(desk: Desk) -> Step | None:
    """The question before this one, in the draft or in the row that is being filled."""
    place = desk.place
    if place.walk == "draft":
        return interview.before(desk.regulation, desk.facts, place.step)
    if place.walk != "row" or not place.row:
        return None
    mine = interview.row_steps(desk.regulation, desk.facts, place.row)
    position = mine.index(place.step) if place.step in mine else 0
    return mine[position - 1] if position else None


def example(desk: Desk, _: str) -> Remark | None:
    """Show or hide the example."""
    shown = desk.place.view.get("example", "")
    desk.go(desk.place.seen(example="" if shown else "1"))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of suggestions."""
    desk.go(desk.place.seen(page=page if page.isascii() and page.isdigit() else ""))
    return None


def done(desk: Desk, _: str) -> Remark | None:
    """«Дальше»: what was tapped so far is the answer."""
    step = desk.place.step
    question = desk.regulation.questions[step.key]
    if question.kind in {Kind.ROWS, Kind.EVENTS}:
        return answer(desk, Said(choice="done"))
    if desk.facts.answer(step.key, step.row) is None and question.kind is not Kind.LINKS:
        return Remark("refusal", {"reason": "use_buttons", "example": question.example})
    advance(desk, step)
    return None
