"""A plan by columns: a row is a point of growth, a cell holds its lines of one kind (000 п. V.4).

In which column a line stands is an answer of the line itself: `question.option` is a column, the key of a
table whose rows belong to a point is one too. A line that the teacher only proposes says so until the plan is
agreed.
"""

from collections.abc import Iterator

from bot.iom import period
from bot.iom.card_lines import MARKS
from bot.iom.card_sources import Row, Sources
from bot.iom.facts import Entry, State
from bot.iom.lines import GONE, period_of
from bot.iom.owners import column_of, proposed
from bot.iom.period import Period
from bot.iom.regulation import Key, Kind, Question, Regulation

PLAN = "plan"
SPAN = "points.period"
UNPLACED = "unplaced"
_PROPOSED = "предложено педагогом"
_OPEN = frozenset({State.DRAFT, State.RETURNED, State.ON_REVIEW})


def columns_of(regulation: Regulation) -> set[Key]:
    """What the columns of `points` may print."""
    choices = [q for q in regulation.fields(PLAN) if q.kind is Kind.CHOICE]
    found = {f"{q.key}.{option.key}" for q in choices for option in q.options}
    return found | _tables(regulation) | {"n", "growth.wording", SPAN}


def _tables(regulation: Regulation) -> set[Key]:
    """Tables whose rows belong to points of growth."""
    linked = {q.each for q in regulation.question if q.kind is Kind.LINKS and q.rows == "growth"}
    return linked | {table.key for table in regulation.table if table.per == "growth"}


def rows(sources: Sources) -> Iterator[Row]:
    """One row per point of growth, in the order they were named."""
    facts, choices = sources.facts, [q for q in sources.regulation.fields(PLAN) if q.kind is Kind.CHOICE]
    for number, point in enumerate(facts.rows("growth"), 1):
        row = {"n": str(number), "growth.wording": sources.wording(point), SPAN: _span(sources, point)}
        row |= {table: _told(sources, facts.linked(table, point.id)) for table in _tables(sources.regulation)}
        lines = facts.linked(PLAN, point.id)
        for question in choices:
            for option in question.options:
                mine = [line for line in lines if facts.value(question.key, line.id) == option.key]
                row[f"{question.key}.{option.key}"] = _told(sources, mine)
        yield row


def _span(sources: Sources, point: Entry) -> str:
    """From the beginning of the first line to the end of the last."""
    lines = sources.facts.linked(PLAN, point.id)
    found = [when for line in lines if (when := period_of(sources.regulation, sources.facts, line.id))]
    if not found:
        return ""
    return period.official(Period(min(one.starts for one in found), max(one.ends for one in found)))


def _told(sources: Sources, entries: "tuple[Entry, ...] | list[Entry]") -> str:
    """One under another; several are numbered, so that one can see where the next begins."""
    texts = [text for entry in entries if (text := _line(sources, entry))]
    numbered = (f"{number}) {text}" for number, text in enumerate(texts, 1))
    return "\n".join(numbered if len(texts) > 1 else texts)


def _line(sources: Sources, entry: Entry) -> str:
    fields = [q for q in sources.regulation.fields(entry.table) if _is_told(sources.regulation, q)]
    said = ", ".join(filter(None, (sources.answer(q.key, entry.id) for q in fields)))
    return f"{said} ({note})" if said and (note := _note(sources, entry)) else said


def _is_told(regulation: Regulation, question: Question) -> bool:
    """What a cell says of its row: not the column it stands in, not what is said of it at the end."""
    known = question.kind is Kind.LINKS or question.key in regulation.owned_options
    return not known and question.when != "finish"


def _note(sources: Sources, entry: Entry) -> str:
    state = sources.journey.state(entry.id)
    if entry.table == PLAN and state in GONE:
        return MARKS[state]
    hers = sources.facts.state in _OPEN and proposed(sources.regulation, sources.facts, entry)
    return _PROPOSED if hers else ""


def unplaced(sources: Sources) -> str:
    """Lines of the plan that stand in no column yet, or belong to no point of growth."""
    return _told(sources, [line for line in sources.facts.rows(PLAN) if _lost(sources, line)])


def _lost(sources: Sources, line: Entry) -> bool:
    regulation, facts = sources.regulation, sources.facts
    points = {point.id for point in facts.rows("growth")}
    answers = {key: facts.value(key, line.id) for key in regulation.owned_options}
    return not column_of(regulation, answers) or not points & line.links
