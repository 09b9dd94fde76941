"""What a suggestion is made of; see `bot.iom.recommend`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.iom.catalogue import Event
from bot.iom.period_types import Period, add_months, month_end
from bot.iom.period_words import words
from bot.iom.regulation import Level, Scale


class Reason(StrEnum):
    """Why an event is suggested; the words for a person live in the templates."""

    BLOCK = "block"  # for the block of this point of growth
    ALL_BLOCKS = "all_blocks"  # for every one of its blocks, when there are several
    PRIORITY = "priority"  # of the blocks the organisation put first this year (004 п. 1.7)
    FITS_NEED = "fits_need"  # the kind of education табл. 1 advises for this level
    SUBJECT = "subject"  # about the teacher's own subject
    SOON = "soon"  # begins within two months
    IN_TERM = "in_term"
    ANY_TIME = "any_time"  # undated
    FOUND = "found"  # answers the query


class Need(StrEnum):
    """How much is to be made up, whatever the scale measures."""

    STRONG = "strong"
    MEDIUM = "medium"
    SLIGHT = "slight"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person narrowed the list to; an empty field narrows nothing.

    `month` is any day of a month; undated events fit every month and come after the dated.
    """

    block: str = ""
    level: str = ""
    form: str = ""
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event, why it is here, and whether it would leave the term of the route."""

    event: Event
    reasons: tuple[Reason, ...]
    outside_term: bool = False


def need_of(scale: Scale, level: Level | None) -> Need | None:
    """The need behind a level: «высокий» is a strong one in 001 (deficit), a slight one in 004 (competence).

    It takes the level, not its key: the key «high» of a test and of a self-assessment mean opposite things.
    Levels of percent, of competence and of self-assessment stand from the weakest up, levels of a deficit
    from the smallest up. None when the level is unknown, or the only one there is: it tells nothing.
    """
    if len(scale.levels) == 1 and level in scale.levels:
        return None
    if level is not None and level in scale.levels:
        reverse = scale.kind == "level" and scale.direction == "deficit"
        return _by_place(scale.levels[::-1] if reverse else scale.levels, level)
    if level is not None and level in scale.self_levels:
        return _by_place(scale.self_levels, level)
    return None


def _by_place(weakest_first: Sequence[Level], level: Level) -> Need:
    if level == weakest_first[0]:
        return Need.STRONG
    return Need.SLIGHT if level == weakest_first[-1] else Need.MEDIUM


def months_ahead(today: date, count: int = 12) -> tuple[tuple[str, str], ...]:
    """This month and the next ones to filter by: («2026-11», «ноябрь 2026»)."""
    firsts = (add_months(today.replace(day=1), ahead) for ahead in range(count))
    return tuple((first.strftime("%Y-%m"), words(Period(first, month_end(first)))) for first in firsts)


def dates_of(event: Event) -> Period | None:
    """When an event takes place, None for an undated one."""
    first = event.starts_on or event.ends_on
    last = event.ends_on or event.starts_on
    return Period(min(first, last), max(first, last)) if first and last else None
