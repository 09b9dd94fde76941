"""What to suggest for a point of growth: ranked by deficit, its level, the term, dates and the subject.

001 Прил. 1, табл. 1: a high deficit is made up by an ИОМ, a medium one by an ИОМ or a course of the subject,
a minimal one by non-formal and informal education; so the stronger the need, the more formal comes first.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.iom.catalogue import Event
from bot.iom.period_types import Period, month_end
from bot.iom.recommend_subject import SubjectFit, subject_fit
from bot.iom.recommend_types import Filter, Need, Reason, Suggestion, dates_of, months_ahead, need_of
from bot.iom.search import find

__all__ = [
    "FIRST",
    "Filter",
    "Need",
    "Reason",
    "Suggestion",
    "dates_of",
    "months_ahead",
    "need_of",
    "suggest",
]

FIRST = 3  # suggestions shown on the first screen
_SOON = 60  # days


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Everything an event is weighed against."""

    blocks: frozenset[str]
    need: Need | None
    term: Period | None
    today: date
    subject: str
    month: date | None
    places: dict[int, int]  # place of an event among those a query found
    priorities: frozenset[str] = frozenset()


_EDUCATION = {
    Need.STRONG: {"formal": 3.0, "nonformal": 2.0, "informal": 1.0},
    Need.MEDIUM: {"formal": 2.0, "nonformal": 2.0, "informal": 1.5},
    Need.SLIGHT: {"formal": 0.0, "nonformal": 3.0, "informal": 2.5},
}
_ADVISED = {
    Need.STRONG: ("formal",),
    Need.MEDIUM: ("formal", "nonformal"),
    Need.SLIGHT: ("nonformal", "informal"),
}
_PRIORITY = 1.5
_RECOMMENDED = 1.0  # by the centre, the town or the school: a nudge, never over a wanted block
_CLOSED = -2.0  # nobody is registered any more
_SUBJECT = {SubjectFit.OWN: 3.0, SubjectFit.ANY: 0.0, SubjectFit.OTHER: -6.0}


def suggest(
    events: Iterable[Event],
    *,
    blocks: Sequence[str],
    need: Need | None = None,
    term: Period | None = None,
    today: date,
    audience: str = "",
    subject: str = "",
    chosen: frozenset[int] = frozenset(),
    filters: Filter | None = None,
    query: str = "",
    priorities: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """Everything worth offering, the best first; the first three are of more than one kind when they can be.

    Never an event that is over, chosen or for another audience; those outside the term come last. Of other
    blocks only when fewer than three are left or when a filter or query asks for them. `need` comes from
    `need_of`; it is not a level key, because the word alone does not tell good from bad (domain.md C06).
    `priorities`: blocks of the year, which raise an event a little, never over one of the wanted blocks.
    """
    narrowed = filters or Filter()
    open_to_all = [
        event for event in events if event.id not in chosen and _open(event, today, audience, narrowed)
    ]
    asked = bool(query.strip())
    found = find(query, open_to_all)
    places = {event.id: place for place, event in enumerate(found)} if asked else {}
    first = frozenset(priorities)
    wanted = _Wanted(frozenset(blocks), need, term, today, subject, narrowed.month, places, first)
    offered = found if asked or narrowed.block else _of_blocks(found, wanted)
    ordered = sorted(offered, key=lambda event: _order(event, wanted))
    return tuple(
        Suggestion(event, _reasons(event, wanted), _outside(event, wanted))
        for event in _mixed(ordered, wanted)
    )


def _open(event: Event, today: date, audience: str, filters: Filter) -> bool:
    return (
        not _over(event, today)
        and event.audience in ("", audience or event.audience)
        and _passes(event, filters)
    )


def _over(event: Event, today: date) -> bool:
    last = event.ends_on or event.starts_on
    return last is not None and last < today


def _passes(event: Event, filters: Filter) -> bool:
    if filters.block and filters.block not in event.blocks:
        return False
    if filters.level not in ("", event.level) or filters.form not in ("", event.form):
        return False
    when = dates_of(event)
    month = filters.month
    return not when or not month or when.overlaps(Period(month.replace(day=1), month_end(month)))


def _of_blocks(events: Sequence[Event], wanted: _Wanted) -> Sequence[Event]:
    """Those of the wanted blocks, filled up with others when fewer than three."""
    mine = [event for event in events if wanted.blocks & set(event.blocks)]
    return mine if len(mine) >= FIRST else events


def _outside(event: Event, wanted: _Wanted) -> bool:
    when = dates_of(event)
    return bool(when and wanted.term and not when.within(wanted.term))


def _order(event: Event, wanted: _Wanted) -> tuple[bool, bool, int, float, str, str, str, int]:
    """The key of sorting; every event has its own, so the order never depends on the order given."""
    when = dates_of(event)
    return (
        _outside(event, wanted),
        bool(wanted.month and not when),
        wanted.places.get(event.id, 0) // FIRST,
        -_score(event, wanted),
        when.starts.isoformat() if when else "",
        event.title,
        event.code,
        event.id,
    )


def _score(event: Event, wanted: _Wanted) -> float:
    shared = len(wanted.blocks & set(event.blocks))
    score = 10.0 * (shared > 0) + 2.0 * (shared > 1) + 1.0 / max(len(event.blocks), 1)
    score += _EDUCATION[wanted.need or Need.MEDIUM].get(event.education, 0.0)
    score += _PRIORITY * bool(wanted.priorities & set(event.blocks))
    score += _SUBJECT[subject_fit(event, wanted.subject)]
    score += _RECOMMENDED * bool(event.recommended_by) + _CLOSED * (event.registration == "closed")
    return score + _soon(event, wanted.today)


def _soon(event: Event, today: date) -> float:
    """Near dates first, one that has begun after all others; an undated one in between."""
    when = dates_of(event)
    if when is None:
        return 0.75
    days = (when.starts - today).days
    if days < 0:
        return -2.0
    return 2.0 * max(0.0, 1 - days / 180)


def _reasons(event: Event, wanted: _Wanted) -> tuple[Reason, ...]:
    when = dates_of(event)
    shared = wanted.blocks & set(event.blocks)
    holds = {
        Reason.FOUND: event.id in wanted.places,
        Reason.ALL_BLOCKS: len(shared) > 1 and shared == wanted.blocks,
        Reason.BLOCK: bool(shared) and (len(shared) == 1 or shared != wanted.blocks),
        Reason.PRIORITY: bool(wanted.priorities & set(event.blocks)),
        Reason.FITS_NEED: bool(wanted.need) and event.education in _ADVISED[wanted.need or Need.MEDIUM],
        Reason.SUBJECT: subject_fit(event, wanted.subject) is SubjectFit.OWN,
        Reason.SOON: when is not None and 0 <= (when.starts - wanted.today).days <= _SOON,
        Reason.IN_TERM: bool(when and wanted.term) and not _outside(event, wanted),
        Reason.ANY_TIME: when is None,
    }
    return tuple(reason for reason, held in holds.items() if held)


def _mixed(ordered: Sequence[Event], wanted: _Wanted) -> Sequence[Event]:
    """The same events; of three first ones that are alike the third makes room for the best of another kind.

    Only for one as useful: of the wanted blocks and not outside the term when the third is not.
    """
    first, rest = list(ordered[:FIRST]), ordered[FIRST:]
    alike = _alike(first)
    if len(first) < FIRST or not alike:
        return ordered
    for event in sorted(rest, key=lambda other: len(_alike([*first[:-1], other]))):
        remains = _alike([*first[:-1], event])
        if len(remains) < len(alike) and _as_useful(event, first[-1], wanted):
            return [*first[:-1], event, first[-1], *(other for other in rest if other is not event)]
    return ordered


def _alike(events: Sequence[Event]) -> set[str]:
    """In what all of these are the same: all courses, all of one organiser."""
    organisers = {event.organiser for event in events}
    same = {"course"} if all(event.education == "formal" for event in events) else set()
    return same | organisers if len(organisers) == 1 and "" not in organisers else same


def _as_useful(event: Event, instead_of: Event, wanted: _Wanted) -> bool:
    if _outside(event, wanted) and not _outside(instead_of, wanted):
        return False
    return bool(wanted.blocks & set(event.blocks)) or not wanted.blocks & set(instead_of.blocks)
