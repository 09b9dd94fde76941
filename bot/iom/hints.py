"""What to look at before sending: what the regulation demands and is missing, and what merely reads weakly.

Only what the regulation calls mandatory of the draft and of the sending blocks; a hint never does (issue 3,
п. 5; R51, 002 Пример 1–2). Each kind is explained by a template; nothing is corrected for the teacher.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.iom import filling
from bot.iom.accept_goals import route_term
from bot.iom.account import Events, is_course
from bot.iom.facts import Facts
from bot.iom.interview import Step, applies, current
from bot.iom.lines import period_of
from bot.iom.own_competences import chat
from bot.iom.period import month_end
from bot.iom.period_spelling import coded
from bot.iom.plain import plain
from bot.iom.regulation import Kind, Regulation
from bot.iom.summary import Gap, gaps, row_name

_LONG = 2000
_FIRST_WORDS = 3
_ENOUGH = 2  # dated lines that may be compared
_INFINITIVE = re.compile(r"[а-я]+(?:ть|ти|чь)(?:ся|сь)?")
_PERSONAL = re.compile(r"[а-я]{2,}(?:[ую]|[еи]м)(?:ся|сь)?")  # «освою», «проведём»
_NOUN = re.compile(
    r".*ост[ьи]|област[ьи]|част[ьи]|сет[ьи]|дети|реч[ьи]|ночь|тетрадь|память|печать|пути|почти|"
    r"пять|шесть|девять|десять|двадцать|тридцать"
)
_MEASURED = re.compile(r"[\d@%]|учгод|\b(?:дважды|трижды|кажд[а-я]+|половин[а-я]+|треть[а-я]*)\b")


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. `kind`: gap, no_event, no_task, task_verb, result_vague, courses_only, one_month,
    proposed (lines in columns of others that nobody took yet, 000 V.5–V.7);
    `values` fill its template; answering `step` mends it. `blocking`: sending waits for it."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    step: Step | None = None
    blocking: bool = False


def hints(regulation: Regulation, facts: Facts, events: Events | None = None) -> tuple[Hint, ...]:
    """All of them, what blocks first, gaps in the order of asking. `events` are those of the plan lines."""
    now = current(regulation, facts)
    found = [
        *(_of_gap(regulation, gap) for gap in gaps(regulation, facts)),
        *_tasks(regulation, now),
        *_results(regulation, now),
        *_bare_points(regulation, now),
        *_courses_only(now, events or {}),
        *_one_month(regulation, now),
        *_proposed(regulation, now),
    ]
    return tuple(sorted(_once(found), key=lambda hint: not hint.blocking))


def _once(found: Iterable[Hint]) -> Iterator[Hint]:
    """What a gap said is not said again."""
    seen: set[tuple[str, Step | str]] = set()
    for hint in found:
        subject = hint.kind, hint.step or str(hint.values.get("about", ""))
        if subject not in seen:
            seen.add(subject)
            yield hint


def blocks(regulation: Regulation, facts: Facts) -> tuple[Hint, ...]:
    """Only what sending waits for."""
    return tuple(hint for hint in hints(regulation, facts) if hint.blocking)


def _of_gap(regulation: Regulation, gap: Gap) -> Hint:
    question = regulation.questions[gap.step.key]
    kind = "gap"
    if question.kind is Kind.EVENTS:
        kind = "no_event"
    elif question.kind is Kind.TASK and gap.step.parent:
        kind = "no_task"
    blocking = gap.must and question.when in {"draft", "sending"}
    return Hint(kind, {"title": gap.title, "about": gap.about}, gap.step, blocking)


def begins_with_verb(text: str) -> bool:
    """Whether one of the first words is a verb, as far as endings tell; when in doubt it is."""
    words = re.findall(r"[а-я]+", plain(text, _LONG) or "")[:_FIRST_WORDS]
    return any(map(_infinitive, words)) or bool(words and _PERSONAL.fullmatch(words[0]))


def _infinitive(word: str) -> bool:
    return bool(_INFINITIVE.fullmatch(word)) and not _NOUN.fullmatch(word)


def is_measured(text: str) -> bool:
    """Whether a result names a number («два урока» too), a share or a date."""
    spelled = plain(text, _LONG)
    return spelled is None or bool(_MEASURED.search(coded(spelled)) or _MEASURED.search(spelled))


def _tasks(regulation: Regulation, facts: Facts) -> Iterator[Hint]:
    question = regulation.of_kind(Kind.TASK)
    for row in facts.rows("tasks") if question else ():
        text = facts.text("task", row.id)
        if text and not begins_with_verb(text):
            yield Hint("task_verb", {"task": text}, Step("task", row.id))


def _results(regulation: Regulation, facts: Facts) -> Iterator[Hint]:
    for row in facts.rows("tasks") if regulation.of_kind(Kind.EXPECTED) else ():
        text = facts.text("expected", row.id)
        if text and not is_measured(text):
            yield Hint("result_vague", {"result": text}, Step("expected", row.id))


def _bare_points(regulation: Regulation, facts: Facts) -> Iterator[Hint]:
    """Points of growth without an event or a task; where the regulation asks for them, the gap says it."""
    events = regulation.of_kind(Kind.EVENTS)
    for point in facts.rows("growth"):
        key = facts.text("growth_point", point.id)
        values = {"about": chat(regulation, key) or row_name(regulation, facts, point)}
        asked = Step(events.key, point.id) if events else None
        if not facts.linked("plan", point.id):
            yield Hint("no_event", values, asked if asked and applies(regulation, facts, asked) else None)
        if not facts.linked("tasks", point.id):
            yield Hint("no_task", values, Step("task", 0, point.id))


def _courses_only(facts: Facts, events: Events) -> Iterator[Hint]:
    plan = facts.rows("plan")
    if plan and all(is_course(facts, entry, events) for entry in plan):
        yield Hint("courses_only", {"lines": len(plan)})


def _one_month(regulation: Regulation, facts: Facts) -> Iterator[Hint]:
    """Every deadline in one month; of a term that is no longer than a month nothing else can be asked."""
    found = (period_of(regulation, facts, entry.id) for entry in facts.rows("plan"))
    dues = [one.due for one in found if one is not None]
    months = {month_end(due) for due in dues}
    if len(dues) < _ENOUGH or len(months) > 1 or _short(facts):
        return
    yield Hint("one_month", {"month": months.pop().replace(day=1), "lines": len(dues)})


def _proposed(regulation: Regulation, facts: Facts) -> Iterator[Hint]:
    waiting = filling.waiting(regulation, facts)
    if waiting:
        who = sorted(filling.owners_of(regulation, facts))
        titles = [title for title in map(regulation.role_title, who) if title]
        yield Hint("proposed", {"lines": len(waiting), "whose": ", ".join(titles)})


def _short(facts: Facts) -> bool:
    term = route_term(facts)
    return term is not None and month_end(term.starts) >= term.ends
