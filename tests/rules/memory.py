"""A route that lives in memory: rules judge, and what they ask for is done by the function storage uses.

    anna = Walker("stavropol")
    anna.answers(position="педагог-психолог", has_diagnosis="yes")
    anna.on("scores").says("П 49")
    assert anna.asked() == "growth_point"

`good` knows a fitting answer to every kind of question, so that a test can walk any regulation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.iom import interview, period
from bot.iom.accept import accept, skip
from bot.iom.accept_goals import route_term, taken_points, task_block
from bot.iom.accept_scores import open_block
from bot.iom.accept_words import chip_options
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said, suggestion_id
from bot.iom.facts import AddEntry, Answer, Change, Facts, RemoveEntry, State, Value
from bot.iom.interview import Step
from bot.iom.regulation import Key, Kind, Regulation
from storage.changes import after
from tests.regulations.given import given

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EMPTY = Facts(1, 1, None, "", "d" * 64, State.DRAFT, 1, NOW)

T = TypeVar("T")
Pick = Callable[[Sequence[T]], T]


def changed(regulation: Regulation, **fields: object) -> Regulation:
    """The regulation with other fields, checked and without what it has cached."""
    known = {name: getattr(regulation, name) for name in Regulation.model_fields}
    return Regulation.model_validate({**known, **fields})


@dataclass
class Walker:
    """One person on one route; `regulation` may be replaced by a changed one."""

    slug: str
    facts: Facts = EMPTY
    regulation: Regulation = field(init=False)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.regulation = given(self.slug)

    def by_code(self) -> "Walker":
        """The organisation keeps no names."""
        self.facts = replace(self.facts, keeps_names=False)
        return self

    def does(self, *changes: Change) -> Facts:
        """What storage would do."""
        self.facts = after(self.facts, changes, self._ids)
        return self.facts

    def adds(self, table: Key, *to: int, **answers: Value) -> int:
        """A row with its answers, linked to the rows `to`; its id."""
        self.does(AddEntry(table, answers, frozenset(to)))
        return self.facts.rows(table)[-1].id

    def removes(self, row: int) -> None:
        self.does(RemoveEntry(row))

    def answers(self, row: int = 0, /, **values: Value) -> None:
        """Put answers where the rules would have put them."""
        given_now = {(row, key): Answer(value) for key, value in values.items()}
        self.facts = replace(self.facts, answers={**self.facts.answers, **given_now})

    def on(self, key: Key, row: int = 0, parent: int = 0) -> "At":
        """The step, to be answered."""
        return At(self, Step(key, row, parent))

    def takes(self, step: Step, outcome: Outcome) -> Outcome:
        """Do what was accepted."""
        if isinstance(outcome, Accepted):
            self.does(*outcome.changes)
        return outcome

    def next(self) -> Step | None:
        return interview.next_of_draft(self.regulation, self.facts)

    def asked(self) -> Key:
        """The key of the next question of the draft, "" when it is ready."""
        step = self.next()
        return step.key if step else ""

    def remaining(self) -> set[Step]:
        return set(interview.remaining(self.regulation, self.facts))

    def as_asked(self, step: Step) -> Asked:
        return Asked(self.regulation, self.facts, step, self.regulation.questions[step.key], TODAY)

    def answers_well(self, step: Step, pick: Pick[Said]) -> Step:
        """Give the step a fitting answer, all parts of it; the step it has become (a new row has an id)."""
        for _ in range(len(self.regulation.block) + 1):
            known = {entry.id for entry in self.facts.entries}
            outcome = self.takes(step, self.judged(step, pick(good(self.as_asked(step)))))
            assert isinstance(outcome, Accepted), (step, outcome)
            new = next((row.id for row in self.facts.entries if row.id not in known), 0)
            step = Step(step.key, new) if new else step
            if not outcome.stay or self.regulation.questions[step.key].kind is not Kind.SELF_SCORES:
                return step
        raise AssertionError(f"{step} is never through")

    def judged(self, step: Step, said: Said) -> Outcome:
        return accept(self.regulation, self.facts, step, said, TODAY)

    def walks_the_draft(self, pick: Pick[Said] | None = None) -> list[Step]:
        """Answer whatever is asked until the draft is ready; the steps in the order they were asked."""
        trail = []
        while step := self.next():
            trail.append(self.answers_well(step, pick or first))
            assert len(trail) < 100, trail
        return trail

    def walks_everything(self, pick: Pick[Said] | None = None) -> None:
        """Answer every question there is, one plan line to each point of growth."""
        self.walks_the_draft(pick)
        for point in self.facts.rows("growth"):
            self.adds("plan", point.id, title="Семинар «Смешанное обучение»")
        for table in self.regulation.table:
            if not self.facts.rows(table.key):
                made = interview.creator(self.regulation, self.facts, table.key)
                if made is not None:  # an exit diagnosis is asked when the route is carried out
                    self.answers_well(Step(made.key), pick or first)
        while left := interview.remaining(self.regulation, self.facts):
            self.answers_well(left[0], pick or first)


@dataclass(frozen=True)
class At:
    """A person in front of one question."""

    walker: Walker
    step: Step

    def says(self, text: str) -> Outcome:
        """Type."""
        return self._hears(Said(text=text))

    def taps(self, choice: str) -> Outcome:
        """Press a button."""
        return self._hears(Said(choice=choice))

    def skips(self) -> Outcome:
        """«Пропустить»."""
        return self.walker.takes(self.step, skip(self.walker.regulation, self.walker.facts, self.step))

    @property
    def value(self) -> Value:
        """What is stored."""
        return self.walker.facts.value(self.step.key, self.step.row)

    def _hears(self, said: Said) -> Outcome:
        return self.walker.takes(self.step, self.walker.judged(self.step, said))


def first(options: Sequence[Said]) -> Said:
    """The plainest answer."""
    return options[0]


def reason(outcome: Outcome) -> str:
    """Why it was refused, "" when it was not."""
    return outcome.reason if isinstance(outcome, Refused) else ""


def good(asked: Asked) -> list[Said]:
    """Fitting answers to a question, at least one for every kind."""
    return _GOOD[asked.question.kind](asked)


def _words(asked: Asked) -> list[Said]:
    question = asked.question
    taps = [Said(choice=suggestion_id(text)) for text in question.suggestions]
    return [Said(text=question.example or "Новое умение"), *taps]


def _number(asked: Asked) -> list[Said]:
    low, high = int(asked.question.min or 0), int(asked.question.max or 100)
    if asked.question.within_years:
        low, high = asked.today.year - asked.question.within_years, asked.today.year
    known = asked.facts.value(asked.question.not_above)
    high = min(high, known) if isinstance(known, int) else high
    return [Said(text=str(number)) for number in (high, low, (low + high) // 2)]


def _options(asked: Asked) -> list[Said]:
    taps = [Said(choice=option.key) for option in asked.question.options]
    titles = [Said(text=option.title) for option in asked.question.options]
    return [*taps, *titles, *([Said(text="иначе")] if asked.question.own else [])]


def _chips(asked: Asked) -> list[Said]:
    return [*(Said(choice=key) for key in chip_options(asked)), Said(text="мало практики")]


def _scores(asked: Asked) -> list[Said]:
    blocks, scale = tuple(asked.blocks.values()), asked.regulation.scale
    if scale.kind == "percent":
        return [Said(text=f"{blocks[0].short} 49"), Said(text=" ".join(["59,6"] * len(blocks)))]
    typed = ", ".join(f"{block.short} {scale.levels[0].official}" for block in blocks)
    return [Said(text=typed), Said(choice=f"{blocks[0].key}.{scale.levels[-1].key}")]


def _self_scores(asked: Asked) -> list[Said]:
    block = open_block(asked) or next(iter(asked.blocks))
    levels = asked.regulation.scale.self_levels
    return [*(Said(choice=f"{block}.{level.key}") for level in levels), Said(text=levels[0].chat)]


def _points(asked: Asked) -> list[Said]:
    taken = taken_points(asked.facts, asked.step.row)
    free = [block for block in asked.blocks.values() if block.key not in taken]
    return [*(Said(choice=block.key) for block in free), Said(text=free[0].title)]


def _tasks(asked: Asked) -> list[Said]:
    block = task_block(asked)
    ready = [Said(choice=suggestion_id(text)) for text in (block.tasks if block else ())]
    return [*ready, Said(text="Освоить приёмы разговора с родителями")]


def _results(asked: Asked) -> list[Said]:
    block = task_block(asked)
    ready = [Said(choice=suggestion_id(text)) for text in (block.results if block else ())]
    return [Said(text="49 → 70"), *ready, Said(text="3 открытых занятия с отзывами")]


def _terms(asked: Asked) -> list[Said]:
    options = asked.regulation.term.options
    return [*(Said(choice=option.key) for option in options), Said(text=options[0].title)]


def _periods(asked: Asked) -> list[Said]:
    whole = route_term(asked.facts) or period.Period(TODAY, TODAY + timedelta(days=90))
    if asked.question.min:
        months = (asked.question.min, asked.question.max or asked.question.min)
        ends = (period.add_months(whole.starts, int(one)) - timedelta(days=1) for one in months)
        return [Said(text=f"{whole.starts:%d.%m.%Y} – {end:%d.%m.%Y}") for end in ends]
    days = (whole.starts, whole.ends, whole.starts + timedelta(days=7))
    return [Said(text=f"{day:%d.%m.%Y}") for day in days]


def _links(asked: Asked) -> list[Said]:
    entry = asked.facts.entry(asked.step.row)
    had = entry.links if entry else frozenset()
    rows = [row.id for row in asked.facts.rows(asked.question.rows)]
    return [Said(choice=str(row)) for row in rows if had != {row}] or [Said(choice="0")]


_GOOD: dict[Kind, Callable[[Asked], list[Said]]] = {
    Kind.LINE: _words,
    Kind.TEXT: _words,
    Kind.INTEGER: _number,
    Kind.DATE: lambda _: [Said(text="12.09.2026"), Said(text="вчера")],
    Kind.EMAIL: lambda _: [Said(text="svetlova@example.ru")],
    Kind.PHONE: lambda _: [Said(text="8 914 000-00-00")],
    Kind.CHOICE: _options,
    Kind.CHIPS: _chips,
    Kind.ROWS: lambda _: [Said(choice="done")],
    Kind.EVENTS: lambda _: [Said(choice="done")],
    Kind.SCORES: _scores,
    Kind.SELF_SCORES: _self_scores,
    Kind.POINT: _points,
    Kind.TASK: _tasks,
    Kind.EXPECTED: _results,
    Kind.TERM: _terms,
    Kind.PERIOD: _periods,
    Kind.LINKS: _links,
}
