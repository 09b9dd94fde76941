"""Lines of the plan as days of a calendar: a named day as it is, months and long terms as their deadline."""

from dataclasses import dataclass
from datetime import date

from bot.iom.card_sources import Sources
from bot.iom.facts import Entry, Facts
from bot.iom.journey import Journey
from bot.iom.lines import GONE, period_of
from bot.iom.period import Period
from bot.iom.regulation import Kind, Regulation
from bot.iom.summary import row_name

LONGEST = 14  # days of an event that is drawn whole; a longer one would cover every week of the calendar


@dataclass(frozen=True, slots=True)
class Appointment:
    """A plan line in a calendar, both days included. `deadline`: only the last day of its term is meant;
    `gone`: replaced or cancelled, to be taken out of the calendar again; `about`: (label, words)."""

    entry_id: int
    title: str
    starts: date
    ends: date
    deadline: bool = False
    gone: bool = False
    about: tuple[tuple[str, str], ...] = ()


def appointments(
    regulation: Regulation, facts: Facts, journey: Journey, entry_id: int = 0
) -> tuple[Appointment, ...]:
    """The lines that have a term, by day; only this one when `entry_id` is given."""
    rows = [row for row in facts.rows("plan") if entry_id in {0, row.id}]
    dated = [(row, period_of(regulation, facts, row.id)) for row in rows]
    found = [_one(regulation, facts, journey, row, term) for row, term in dated if term is not None]
    return tuple(sorted(found, key=lambda one: (one.starts, one.ends, one.entry_id)))


def _one(regulation: Regulation, facts: Facts, journey: Journey, row: Entry, term: Period) -> Appointment:
    deadline = term.whole_months or (term.ends - term.starts).days >= LONGEST
    return Appointment(
        row.id,
        Sources(regulation, facts).answer("title", row.id) or row_name(regulation, facts, row),
        term.ends if deadline else term.starts,
        term.ends,
        deadline,
        journey.state(row.id) in GONE,
        _about(Sources(regulation, facts), row),
    )


def _about(sources: Sources, row: Entry) -> tuple[tuple[str, str], ...]:
    """What else is known of the line: organiser, form, what comes out of it."""
    fields = [q for q in sources.regulation.fields("plan") if q.key != "title" and q.kind is not Kind.LINKS]
    told = ((question.title, sources.answer(question.key, row.id)) for question in fields)
    return tuple((label, text) for label, text in told if text)
