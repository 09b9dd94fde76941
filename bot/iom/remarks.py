"""What of a card a remark may be about: a row of a table (a plan line, a task, a product) or one answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.iom import interview
from bot.iom.facts import Facts
from bot.iom.interview import Step
from bot.iom.regulation import Key, Kind, Question, Regulation
from bot.iom.summary import in_words, row_name

_LISTS = frozenset({Kind.ROWS, Kind.EVENTS})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a section that can be pointed at. `key` is «r12» for a row, the question's key otherwise."""

    key: str
    title: str


def spots(regulation: Regulation, facts: Facts, section: Key) -> tuple[Spot, ...]:
    """Everything of a section that was answered, in the order of asking; each row once."""
    mine = [question for question in regulation.question if question.section == section]
    return tuple(dict.fromkeys(spot for one in mine for spot in _of(regulation, facts, one)))


def _of(regulation: Regulation, facts: Facts, question: Question) -> Iterator[Spot]:
    if question.kind in _LISTS or question.each:
        table = question.rows if question.kind in _LISTS else question.each
        for row in facts.rows(table):
            yield Spot(f"r{row.id}", row_name(regulation, facts, row))
    elif interview.asked(facts, question) and in_words(regulation, facts, Step(question.key)):
        yield Spot(question.key, question.title)


def about(regulation: Regulation, facts: Facts, section: Key, key: str) -> str:
    """How a remark names its place: «План мероприятий, «Открытый урок»»; "" for the whole card."""
    if section not in regulation.sections:
        return ""
    title = regulation.sections[section].title
    spot = next((one for one in spots(regulation, facts, section) if one.key == key), None)
    return f"{title}, «{spot.title}»" if spot else title
