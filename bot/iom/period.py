"""Periods of time: what a person types, what the chat and documents print, what a term may be.

A deadline is a `Period` too – a day, a month, a range of months – and is due on its last day (domain.md S15).
Types live in `period_types`, reading in `period_parse`, printing in `period_words`, limits in `period_term`;
everybody else imports from here.
"""

from datetime import date

from bot.iom.facts import Value
from bot.iom.period_parse import parse, parse_day
from bot.iom.period_term import TermFault, TermProblem, length_fault, term_of_option, term_problem
from bot.iom.period_types import Period, PeriodError, PeriodProblem, add_months, month_end
from bot.iom.period_words import day_words, official, school_year, words

__all__ = [
    "Period",
    "PeriodError",
    "PeriodProblem",
    "TermFault",
    "TermProblem",
    "add_months",
    "day_words",
    "from_value",
    "length_fault",
    "month_end",
    "official",
    "parse",
    "parse_day",
    "school_year",
    "term_of_option",
    "term_problem",
    "to_value",
    "words",
]


def to_value(period: Period) -> dict[str, Value]:
    """As an answer is stored: {"from": ISO, "to": ISO}."""
    return {"from": period.starts.isoformat(), "to": period.ends.isoformat()}


def from_value(value: Value) -> Period | None:
    """The period of a stored answer; None when it holds none (skipped, not asked, something else)."""
    if not isinstance(value, dict):
        return None
    starts, ends = value.get("from"), value.get("to")
    if not isinstance(starts, str) or not isinstance(ends, str):
        return None
    try:
        return Period(date.fromisoformat(starts), date.fromisoformat(ends))
    except ValueError:
        return None
