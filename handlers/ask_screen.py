"""How each kind of question looks: its words from the regulation, its buttons from the facts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.iom import accept, accept_goals, accept_scores, competence, interview, own_competences, summary
from bot.iom.accept_words import chip_options
from bot.iom.asked import Asked, suggestion_id
from bot.iom.card_sources import Sources
from bot.iom.regulation import Kind
from bot.speech.screen import Button, Screen
from handlers import events, rows, scores_screen
from handlers.desk import Desk
from handlers.interview import asked as asked_here
from handlers.rooms import number

PAGE = 3  # suggested texts shown at once: more would not fit a phone

Row = tuple[Button, ...]
Look = Callable[[Desk, Asked], tuple[Mapping[str, Any], Sequence[Row]]]


def show(desk: Desk) -> Screen:
    """The question, its place in the draft, what is stored now, its buttons, the navigation row."""
    asked = asked_here(desk)
    if asked.question.kind is Kind.EVENTS:
        return events.show(desk, asked)
    extra, buttons = _LOOKS.get(asked.question.kind, _words)(desk, asked)
    return Screen("question", {**_common(desk, asked), **extra}, (*buttons, *navigation(desk, asked)))


def _common(desk: Desk, asked: Asked) -> dict[str, Any]:
    question, step = asked.question, asked.step
    skipped = (answer := asked.facts.answer(step.key, step.row)) is not None and answer.skipped
    lists = question.kind in {Kind.ROWS, Kind.LINKS, Kind.CHIPS}
    shown = "" if skipped or lists else summary.in_words(asked.regulation, asked.facts, step)
    whole = question.kind is not Kind.SELF_SCORES or not accept_scores.open_block(asked)
    if question.key == "wording" and not shown and (entry := asked.facts.entry(step.row)):
        shown = Sources(asked.regulation, asked.facts).wording(entry)
    return {
        "ask": question.ask,
        "hint": question.hint,
        "why": question.why if question.personal else "",
        "example": question.example if desk.place.view.get("example") else "",
        "progress": interview.progress(asked.regulation, asked.facts, step)
        if desk.place.walk == "draft"
        else None,
        "now": shown if whole else shown.rpartition(", ")[2],  # nine blocks would not fit a phone
        "about": "" if (about := _about(asked)) == shown else about,  # said once is enough
        "lines": (),
    }


def _about(asked: Asked) -> str:
    """Which row is asked about: the event, the course; a point of growth when there is more than one."""
    entry = asked.facts.entry(asked.step.row or asked.step.parent)
    if entry is None:
        return ""
    if entry.table in {"growth", "tasks"}:
        points = accept_goals.points_of(asked) if len(asked.facts.rows("growth")) > 1 else []
        return own_competences.chat(asked.regulation, points[0]) if points else ""
    return summary.row_name(asked.regulation, asked.facts, entry)


def navigation(desk: Desk, asked: Asked) -> tuple[Row, ...]:
    """Назад · Пропустить · Пример, as far as each makes sense here."""
    question = asked.question
    buttons = [Button("back")]
    if not question.required and question.kind not in {Kind.LINKS, Kind.ROWS}:
        buttons.append(Button("skip"))
    if question.example and not desk.place.view.get("example"):
        buttons.append(Button("example"))
    return (tuple(buttons),)


def _words(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    return _suggested(desk, asked.question.suggestions, 6)


def _suggested(desk: Desk, texts: Sequence[str], page: int) -> tuple[Mapping[str, Any], Sequence[Row]]:
    """Suggested texts, a page at a time: whole in the message, cut on the buttons."""
    start = number(desk.place.view.get("page", "0"))
    shown = texts[start : start + page]
    buttons: list[Row] = [(Button("pick", suggestion_id(text), label=text),) for text in shown]
    buttons += _further(start, page, len(texts))
    long = any(len(text) > 40 for text in shown)
    return {"lines": shown if long else ()}, buttons


def _choice(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    offered = accept.allowed(asked.regulation, asked.question).options
    return {}, [(Button("pick", option.key, label=option.title),) for option in offered]


def _chips(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    value = asked.facts.value(asked.question.key, asked.step.row)
    chosen = value if isinstance(value, list) else []
    rows = [(ticked("pick", key, title, key in chosen),) for key, title in chip_options(asked).items()]
    return {}, [*rows, (Button("done", word="further"),)] if chosen else rows


def ticked(verb: str, arg: str, title: str, chosen: bool) -> Button:
    """A button that shows whether it is chosen."""
    return Button(verb, arg, label=f"{'✓' if chosen else '＋'} {title}")


def _point(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    """Weakest first; soft words only: «Начнём с этого: 49 %»."""
    taken = accept_goals.taken_points(asked.facts, asked.step.row)
    offered = [key for key in competence.weakest_first(asked.regulation, asked.facts) if key not in taken]
    first = offered[0] if offered else ""
    values = {
        "first": _soft(asked, first),
        "measured": competence.level(asked.regulation, asked.facts, first),
    }
    start = number(desk.place.view.get("page", "0"))
    rows: list[Row] = [
        (Button("pick", _point_arg(asked, key), label=_soft(asked, key)),)
        for key in offered[start : start + PAGE]
    ]
    return values, [*rows, *_further(start, PAGE, len(offered))]


def _further(start: int, page: int, length: int) -> list[Row]:
    """«Ещё» turns the page and comes round to the first one."""
    following = start + page if start + page < length else 0
    return [(Button("more", str(following)),)] if length > page else []


def _point_arg(asked: Asked, key: str) -> str:
    """The key of a block; of a competence of one's own its id, for a name is too long for a button."""
    return key if key in asked.regulation.blocks else own_competences.own_id(key)


def _soft(asked: Asked, key: str) -> str:
    percent = competence.percent(asked.facts, key)
    chat = own_competences.chat(asked.regulation, key)
    return f"{chat} · {percent:g}\u00a0%".replace(".", ",") if percent is not None else chat


def _task(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    block = accept_goals.task_block(asked)
    return _suggested(desk, block.tasks if block else (), PAGE)


def _expected(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    block = accept_goals.task_block(asked)
    percent = competence.percent(asked.facts, block.key) if block else None
    values, buttons = _suggested(desk, accept_goals.results_worth(asked), PAGE)
    goal = min(100, 5 * round((percent + 20) / 5)) if percent is not None else None
    return {**values, "percent": percent, "goal": goal}, buttons


def _term(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    term = asked.regulation.term
    return {"limit": term.reason}, [
        (Button("pick", option.key, label=option.title),) for option in term.options
    ]


def _links(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    entry = asked.facts.entry(asked.step.row)
    links = entry.links if entry else frozenset[int]()
    buttons = [
        (ticked("pick", str(row.id), summary.row_name(asked.regulation, asked.facts, row), row.id in links),)
        for row in asked.facts.rows(asked.question.rows)
    ]
    return {}, [*buttons, (Button("done", word="further"),)]


def _rows(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    return rows.look(desk, asked.question.rows)


_LOOKS: Mapping[Kind, Look] = {
    Kind.CHOICE: _choice,
    Kind.CHIPS: _chips,
    Kind.SCORES: scores_screen.scores,
    Kind.SELF_SCORES: scores_screen.self_scores,
    Kind.POINT: _point,
    Kind.TASK: _task,
    Kind.EXPECTED: _expected,
    Kind.TERM: _term,
    Kind.LINKS: _links,
    Kind.ROWS: _rows,
}
