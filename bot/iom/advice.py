"""Recommendations: who may give one about what, and what it means to accept it (001 Прил. 3, этапы 3–4).

The centre, the municipality and the school add to a plan in turn; each adds its own, signed, and the teacher
takes it or not. Who may is said by the owners of the regulation: whoever proposes, writes or approves there.
Nothing of the card changes before she accepts.
"""

from typing import Literal

from bot.iom.accept_goals import route_term
from bot.iom.corrections import Wanted
from bot.iom.corrections_check import CORRECTABLE
from bot.iom.facts import AddEntry, Change, Facts, SetLinks, State
from bot.iom.lines import period_key
from bot.iom.owners import column_of, open_to_teacher, owner
from bot.iom.period import from_value
from bot.iom.regulation import Key, Option, Question, Regulation

PLAN = "plan"
LEVELS = {"region": "regional", "municipality": "municipal", "school": "school"}
_OVER = frozenset({State.COMPLETED, State.WITHDRAWN, State.ARCHIVED})

Intake = Literal["write", "wait", "correct", "keep"]


def may_advise(regulation: Regulation, facts: Facts, key: Key, capability: str) -> bool:
    """Whether she may advise on a section, a table or a column («plan.period»), in any state but the ends."""
    found = owner(regulation, key)
    return facts.state not in _OVER and capability in {*found.propose, *found.write, *found.approve}


def topics(regulation: Regulation, facts: Facts, capability: str) -> tuple[Key, ...]:
    """What she may advise on: sections in order, then the tables and columns the regulation gives somebody.

    What is asked only at the end of a route is no topic: it is written by its owners then.
    """
    drafted = [question for question in regulation.question if question.when != "finish"]
    sections = [one.key for one in regulation.section if any(q.section == one.key for q in drafted)]
    named = [one.key for one in regulation.life.owner if one.key not in sections]
    known = {q.key for q in drafted} | {f"{q.each}.{q.key}" for q in drafted if q.each}
    known |= {q.each or q.rows for q in drafted} - {""}
    known |= {f"{q.each}.{q.key}.{option.key}" for q in drafted for option in q.options}
    every = [*sections, *(key for key in named if key in known)]
    return tuple(key for key in every if may_advise(regulation, facts, key, capability))


def topic_title(regulation: Regulation, key: Key) -> str:
    """How a section, a table or a column is called; "" for what this regulation does not have."""
    if key in regulation.sections:
        return regulation.sections[key].title
    if key in regulation.tables:
        return regulation.tables[key].title
    column = column_named(regulation, key)
    if column is not None:
        return column[1].official or column[1].title
    table, _, name = key.rpartition(".")
    question = regulation.questions.get(name)
    if question is None:
        return ""
    return (
        f"{regulation.tables[table].title}: {question.title}"
        if table in regulation.tables
        else question.title
    )


def column_named(regulation: Regulation, key: Key) -> tuple[Question, Option] | None:
    """The choice and its option that make a column of the plan («plan.column.municipal»)."""
    table, _, rest = key.partition(".")
    name, _, chosen = rest.partition(".")
    question = regulation.questions.get(name)
    option = question.option(chosen) if question is not None and question.each == table else None
    return (question, option) if question is not None and option is not None else None


def in_column(regulation: Regulation, key: Key, text: str) -> Wanted:
    """Words about a column of the plan are a line of it; about anything else they are words."""
    column = column_named(regulation, key)
    if column is None or column[0].each != PLAN:
        return Wanted()
    return Wanted({regulation.fields(PLAN)[0].key: text, column[0].key: column[1].key})


def author(regulation: Regulation, wanted: Wanted, role: str) -> bool:
    """Whether the adviser fills the column of the line herself: then it is hers once the teacher took it."""
    column = column_of(regulation, wanted.answers)
    return bool(column) and role in owner(regulation, column).write


def intake(regulation: Regulation, facts: Facts, wanted: Wanted) -> Intake:
    """What accepting does: a line is written into a plan that is the teacher's to write, waits while the card
    is on review, becomes a correction of an approved plan; words, and anything later, are kept as advice."""
    if not wanted.answers:
        return "keep"
    if facts.state in {State.DRAFT, State.RETURNED}:
        mine = open_to_teacher(regulation, facts, [AddEntry(PLAN)])
        return "write" if mine and not _full(regulation, facts, wanted) else "keep"
    if facts.state is State.ON_REVIEW:
        return "wait"
    return "correct" if facts.state in CORRECTABLE else "keep"


def _full(regulation: Regulation, facts: Facts, wanted: Wanted) -> bool:
    rows = facts.rows(PLAN)
    there = wanted.event and any(row.event == wanted.event for row in rows)
    return not there and len(rows) >= regulation.tables[PLAN].at_most


def line(regulation: Regulation, facts: Facts, wanted: Wanted, point: int) -> tuple[Change, ...]:
    """The changes that put the line into the plan, for this point of growth; an event that is there already
    is only linked. A date outside the term is left out: she will be asked for another."""
    there = next((row for row in facts.rows(PLAN) if wanted.event and row.event == wanted.event), None)
    if there is not None:
        return (SetLinks(there.id, "growth", there.links | {point}),) if point not in there.links else ()
    answers = dict(wanted.answers)
    key, term = period_key(regulation), route_term(facts)
    when = from_value(answers.get(key)) if key else None
    if when is not None and term is not None and not when.within(term):
        del answers[key]
    known = {question.key for question in regulation.fields(PLAN)}
    kept = {name: value for name, value in answers.items() if name in known}
    return (AddEntry(PLAN, kept, frozenset({point}), wanted.event),)
