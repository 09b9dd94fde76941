"""What the catalogue offers somebody now: published, in the scope of her organisation, not over.

Everything a column can tell is asked of the database, so that ranking sees what may be shown, not years of
what is over and other towns' events.
"""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, func, or_, select

from bot.iom.catalogue import Event
from bot.iom.period_types import month_end
from bot.iom.recommend_types import Filter
from storage import organisations
from storage.events import COLUMNS, event_of
from storage.statements import fits
from storage.tables import event

# Events that are ranked for a screen: the nearest; the others are found by words and by the filter.
MOST: Final = 200
ENOUGH: Final = 3  # of the wanted blocks: then others are not looked at
last_day: Final = func.coalesce(event.c.ends_on, event.c.starts_on)
first_day: Final = func.coalesce(event.c.starts_on, event.c.ends_on)


def offered(
    conn: Connection,
    organisation_id: int | None,
    today: date,
    *,
    audience: str = "",
    filters: Filter | None = None,
    blocks: tuple[str, ...] = (),
    words: bool = False,
) -> tuple[Event, ...]:
    """Events that may be suggested to a teacher of this organisation (None: of no organisation).

    At most `MOST` of them, undated and soonest first, unless they are searched by `words`. `blocks`: those
    of any of these come before the others, which are left out when there are enough without them; a filter by
    block takes their place.
    """
    which = _open(conn, organisation_id, today, audience, filters or Filter())
    if words:
        return _events(conn, which, None)
    mine = [] if filters and filters.block else [_has(block) for block in blocks]
    found = _events(conn, and_(which, or_(*mine)), MOST) if mine else ()
    return found if len(found) >= ENOUGH else (*found, *_rest(conn, which, mine))


def one(conn: Connection, event_id: int, organisation_id: int | None) -> Event | None:
    """The event if it is offered there, over or not; forbidden and absent are both None."""
    if not fits(event_id):
        return None
    which = and_(event.c.id == event_id, event.c.state == "published", _scope(conn, organisation_id))
    return next(iter(_events(conn, which, 1)), None)


def _rest(conn: Connection, which: ColumnElement[bool], mine: list[ColumnElement[bool]]) -> tuple[Event, ...]:
    return _events(conn, and_(which, ~or_(*mine)) if mine else which, MOST)


def _events(conn: Connection, which: ColumnElement[bool], most: int | None) -> tuple[Event, ...]:
    nearest = select(*COLUMNS).where(which).order_by(first_day.is_not(None), first_day, event.c.id)
    return tuple(event_of(row) for row in conn.execute(nearest.limit(most)).mappings())


def _open(
    conn: Connection, organisation_id: int | None, today: date, audience: str, filters: Filter
) -> ColumnElement[bool]:
    rules = [
        event.c.state == "published",
        or_(event.c.ends_on.is_(None), event.c.ends_on >= today),
        or_(last_day.is_(None), last_day >= today),
        _scope(conn, organisation_id),
    ]
    rules += [event.c.audience.in_(("", audience))] if audience else []
    rules += [event.c.level == filters.level] if filters.level else []
    rules += [event.c.form == filters.form] if filters.form else []
    rules += [_has(filters.block)] if filters.block else []
    if filters.month:
        first, last = filters.month.replace(day=1), month_end(filters.month)
        rules.append(or_(first_day.is_(None), and_(first_day <= last, last_day >= first)))
    return and_(*rules)


def _scope(conn: Connection, organisation_id: int | None) -> ColumnElement[bool]:
    places = organisations.above(conn, organisation_id or 0)
    everywhere = event.c.organisation_id.is_(None)
    return or_(everywhere, event.c.organisation_id.in_(places)) if places else everywhere


def _has(block: str) -> ColumnElement[bool]:
    """Whether the event is about a block: its key stands in the JSON in quotes."""
    return cast(event.c.blocks, Text).contains(f'"{block}"', autoescape=True)
