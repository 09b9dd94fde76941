"""What a route lacks before its conclusion (C18), and the data a conclusion is drafted from.

Data only: no praise and no words of our own, a template says them. Questions that rules look up here by name
are a contract with the regulations, see the constants.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.iom import interview
from bot.iom.account import Events, Totals, totals
from bot.iom.card_sources import Sources
from bot.iom.competence import FINAL
from bot.iom.dynamics import FINAL_SCORES, Dynamic, dynamics, open_points
from bot.iom.extensions import accepted
from bot.iom.facts import Entry, Facts
from bot.iom.interview import Step, current
from bot.iom.journey import Journey, LineState
from bot.iom.lines import CLOSED, GONE, OPEN
from bot.iom.regulation import Key, Regulation
from bot.iom.summary import in_words, row_name

FINAL_MARK = "final_done"  # «Отметка о выполнении» of the final public event: a finish question…
MARK = "mark"  # …or the decision of this kind of a person who may set it
REFLECTION = (
    "reflection"  # keys of reflections begin so: of the route, of plan lines, of a table of their own
)
VERDICT = "verdict"  # of a product: the option ELIMINATED or another one
ELIMINATED = "eliminated"

_DONE = frozenset({LineState.CONFIRMED, LineState.PARTLY})


@dataclass(frozen=True, slots=True)
class Completion:
    """`lacks`: keys of `life.completion.all` that are not there; `either`: of these one is enough, and there
    is none. Keys: lines, final_event, reflection, final_diagnosis, product."""

    lacks: tuple[Key, ...] = ()
    either: tuple[Key, ...] = ()
    clause: str = ""

    @property
    def done(self) -> bool:
        """The conclusion may be written."""
        return not self.lacks and not self.either


def completion(regulation: Regulation, facts: Facts, journey: Journey) -> Completion:
    """What still lacks, in the order the regulation names it."""
    rule, now = regulation.life.completion, current(regulation, facts)
    there = {key: judge(regulation, now, journey) for key, judge in _JUDGES.items()}
    one_is_there = any(there[key] for key in rule.any)
    return Completion(
        tuple(key for key in rule.all if not there[key]), () if one_is_there else rule.any, rule.clause
    )


def _lines(_: Regulation, facts: Facts, journey: Journey) -> bool:
    """Every plan line is closed, and there was one."""
    plan = facts.rows("plan")
    return bool(plan) and all(journey.state(entry.id) in CLOSED for entry in plan)


def _final_event(regulation: Regulation, facts: Facts, journey: Journey) -> bool:
    return journey.decided(MARK) is not None or _said(regulation, facts, Step(FINAL_MARK))


def _said(regulation: Regulation, facts: Facts, step: Step) -> bool:
    """Answered, and not by the option that is still a gap («ещё нет»)."""
    question, answer = regulation.questions.get(step.key), facts.answer(step.key, step.row)
    if question is None or answer is None or answer.skipped or answer.value in (None, "", False):
        return False
    return answer.value not in {question.lacking or None, "no"} if isinstance(answer.value, str) else True


def _reflection(regulation: Regulation, facts: Facts, journey: Journey) -> bool:
    """Every reflection that is asked is answered; «нечего добавить» (skipped) is an answer. Of plan lines,
    only of those that took place."""
    asked = [
        step
        for step in interview.steps(regulation, facts)
        if step.key.startswith(REFLECTION) and took_place(facts, journey, step)
    ]
    return all(interview.done(regulation, facts, step) for step in asked)


def took_place(facts: Facts, journey: Journey, step: Step) -> bool:
    """Whether the step is not about a plan line, or about one that was done."""
    entry = facts.entry(step.row)
    return entry is None or entry.table != "plan" or journey.state(entry.id) in _DONE


def _final_diagnosis(_: Regulation, facts: Facts, __: Journey) -> bool:
    return any(facts.value(FINAL_SCORES, row.id) for row in facts.rows(FINAL))


def _product(regulation: Regulation, facts: Facts, _: Journey) -> bool:
    """A product with an expert's verdict, whichever it is."""
    return any(_verdict(facts, row) for row in facts.rows("products"))


def _verdict(facts: Facts, row: Entry) -> Key:
    return facts.text(VERDICT, row.id)


_JUDGES: Mapping[Key, Callable[[Regulation, Facts, Journey], bool]] = {
    "lines": _lines,
    "final_event": _final_event,
    "reflection": _reflection,
    "final_diagnosis": _final_diagnosis,
    "product": _product,
}


@dataclass(frozen=True, slots=True)
class LineFact:
    """A plan line by name, with what was said of it: the reason, or what is left."""

    entry_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product by name; `verdict` in words, "" when there is none. `eliminated`: None while unknown."""

    name: str
    verdict: str = ""
    eliminated: bool | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """All a conclusion may say. `done` of `total`: confirmed lines of those that were not taken out of the
    plan; `waiting`: claimed, not judged yet; `open_points`: points of growth that nothing shows closed, in
    official words; `corrections`, `extended_months`: how many."""

    blocks: tuple[Dynamic, ...]
    done: int
    total: int
    waiting: int
    partly: tuple[LineFact, ...]
    not_done: tuple[LineFact, ...]
    undone: tuple[LineFact, ...]
    hours: Totals
    products: tuple[Product, ...]
    open_points: tuple[str, ...]
    completion: Completion
    corrections: int = 0
    extended_months: int = 0
    answers: Mapping[Key, str] = field(default_factory=dict)


def digest_of(regulation: Regulation, facts: Facts, journey: Journey, events: Events | None = None) -> Digest:
    """The facts of a conclusion; `events` are the catalogue events of the plan lines, for hours.

    `undone`: lines that were neither claimed nor given a reason; `answers`: the final reflections in words.
    """
    now = current(regulation, facts)
    states = [journey.state(entry.id) for entry in now.rows("plan")]
    return Digest(
        blocks=dynamics(regulation, facts),
        done=states.count(LineState.CONFIRMED),
        total=sum(state not in GONE for state in states),
        waiting=states.count(LineState.CLAIMED),
        partly=_told(regulation, now, journey, LineState.PARTLY),
        not_done=_told(regulation, now, journey, LineState.NOT_DONE),
        undone=tuple(
            line for state in sorted(OPEN - _DONE) for line in _told(regulation, now, journey, state)
        ),
        hours=totals(now, journey, events),
        products=tuple(_products(regulation, now)),
        open_points=tuple(_open_points(regulation, now, journey)),
        completion=completion(regulation, facts, journey),
        corrections=sum(one.state == "applied" for one in journey.corrections),
        extended_months=sum(one.months for one in accepted(journey)),
        answers=dict(_reflections(regulation, now)),
    )


def _open_points(regulation: Regulation, facts: Facts, journey: Journey) -> Iterator[str]:
    left = open_points(regulation, facts, journey)
    sources = Sources(regulation, facts)
    return (sources.wording(point) for point in facts.rows("growth") if point.id in left)


def _told(regulation: Regulation, facts: Facts, journey: Journey, state: LineState) -> tuple[LineFact, ...]:
    rows = (entry for entry in facts.rows("plan") if journey.state(entry.id) is state)
    return tuple(
        LineFact(row.id, row_name(regulation, facts, row), _words(regulation, journey, row)) for row in rows
    )


def _words(regulation: Regulation, journey: Journey, entry: Entry) -> str:
    """Why a line was not done (an option of the regulation, or own words), or what is left of it."""
    line = journey.lines.get(entry.id)
    if line is None:
        return ""
    if line.state is not LineState.NOT_DONE:
        return line.left
    option = next((one for one in regulation.life.not_done if one.key == line.reason), None)
    return (option.official or option.title) if option else line.reason


def _products(regulation: Regulation, facts: Facts) -> Iterator[Product]:
    for row in facts.rows("products"):
        key, name = _verdict(facts, row), row_name(regulation, facts, row)
        known = key and VERDICT in regulation.questions
        words = in_words(regulation, facts, Step(VERDICT, row.id)) if known else key
        yield Product(name, words, key == ELIMINATED if key else None)


def _reflections(regulation: Regulation, facts: Facts) -> Iterator[tuple[Key, str]]:
    for question in regulation.question:
        if question.key.startswith(REFLECTION) and not question.each:
            words = in_words(regulation, facts, Step(question.key))
            if words:
                yield question.key, words
