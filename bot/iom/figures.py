"""Figures of an organisation and all below it (domain.md §8): what was counted, shares, who may know it.

A figure counts rows of one list, organisation by organisation, so that a number and the list behind it never
say two things. Aggregates of fewer than five people are hidden above school level (001 L370).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

LEAST = 5  # people an aggregate needs to be shown where nobody is named
QUOTA = 10  # percent of the staff, for the yearly diagnosis (000 VI.1, R25)

ByOrganisation: TypeAlias = "Mapping[int, Tally]"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one list comes to. `rows` of it; `number` and `total` are sums of what each row says (done of due
    lines, hours); `since` is the oldest."""

    rows: int = 0
    number: float = 0
    total: float = 0
    since: datetime | None = None

    def __add__(self, other: "Tally") -> "Tally":
        moments = [one for one in (self.since, other.since) if one is not None]
        oldest = min(moments) if moments else None
        return Tally(self.rows + other.rows, self.number + other.number, self.total + other.total, oldest)


def summed(every: Iterable[Tally]) -> Tally:
    """All of them as one."""
    return sum(every, Tally())


def percent(part: float, whole: float | None) -> int | None:
    """A whole percent, halves up; None where there is nothing to divide by. Over 100 is said as it is: the
    staff number may be an old one."""
    if not whole:
        return None
    exact = Decimal(100 * part) / Decimal(whole)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def quota(staff: int | None) -> int | None:
    """How many of so many teachers are a tenth, rounded up (I04); None: the number is not known."""
    return -(-staff * QUOTA // 100) if staff else None


def hidden(people: Mapping[int, int]) -> frozenset[int]:
    """Organisations whose figures are not shown: `people` in each, by id.

    Those with fewer than five, but not those with nobody; and as many of the smallest others as it takes
    that what is left after subtracting everything shown from the total is not about fewer than five either.
    """
    few = {id_ for id_, number in people.items() if 0 < number < LEAST}
    others = sorted((number, id_) for id_, number in people.items() if number >= LEAST)
    left = sum(people[id_] for id_ in few)
    while few and left < LEAST and others:
        number, id_ = others.pop(0)
        few.add(id_)
        left += number
    return frozenset(few)
