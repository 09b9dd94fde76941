"""Figures of a scope: every list of `storage.counted`, counted by organisation in one statement each."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from bot.iom import digest
from bot.iom.figures import ByOrganisation, Tally, summed
from storage import counted_lines, lives, regulations
from storage.counted import LISTS, OF_WEEK
from storage.counting import Terms
from storage.scopes import Scope
from storage.statements import fits

Figures = Mapping[str, ByOrganisation]


def terms_of(
    conn: Connection,
    viewer_id: int,
    organisation_id: int,
    zone: ZoneInfo,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Terms:
    """What a digest asks now, where the viewer is. `since`, `until`: of what happened, the last week unless
    said. `organisation_id` 0: of a mentor's people."""
    day = min(now, until or now).astimezone(zone).date()
    every = lives.every(conn)
    return Terms(
        Scope(viewer_id, organisation_id),
        day=day,
        soon=day + digest.SOON,
        since=since or now - digest.WEEK,
        until=until or now + timedelta(minutes=1),
        quiet=now - digest.QUIET,
        lost=now - digest.LOST,
        periods=frozenset(key for version in every for key in _periods(conn, version)),
        lives=every,
    )


_KNOWN: dict[str, frozenset[str]] = {}


def _periods(conn: Connection, version: str) -> frozenset[str]:
    """The questions of plan lines that ask for a period; a digest never changes its meaning."""
    if version not in _KNOWN:
        _KNOWN[version] = _read(regulations.source(conn, version) or "")
    return _KNOWN[version]


def _read(source: str) -> frozenset[str]:
    try:
        asked = tomllib.loads(source).get("question", [])
    except ValueError:
        return frozenset()
    kinds = (one for one in asked if one.get("each") == "plan" and one.get("kind") == "period")
    return frozenset(str(one.get("key", "")) for one in kinds)


def of(conn: Connection, terms: Terms, names: Iterable[str] = OF_WEEK) -> Figures:
    """Each of these lists counted by organisation; organisations with nothing in a list are left out."""
    wanted = tuple(names)
    if not _sane(terms):
        return {name: {} for name in wanted}
    lines = counted_lines.tallies(conn, terms) if set(wanted) & set(counted_lines.SUMS) else {}
    return {name: lines[name] if name in lines else _counted(conn, name, terms) for name in wanted}


def _sane(terms: Terms) -> bool:
    return fits(terms.scope.viewer_id, terms.scope.organisation_id or 1)


def _counted(conn: Connection, name: str, terms: Terms) -> ByOrganisation:
    rows = LISTS[name](terms).subquery("rows")
    counted = select(
        rows.c.organisation_id,
        func.count(),
        func.coalesce(func.sum(rows.c.number), 0),
        func.coalesce(func.sum(rows.c.total), 0),
        func.min(rows.c.since),
    ).group_by(rows.c.organisation_id)
    return {place: Tally(*told) for place, *told in conn.execute(counted)}


def summed_of(found: Figures) -> Mapping[str, Tally]:
    """Every list in all."""
    return {name: summed(by.values()) for name, by in found.items()}


def by_text(conn: Connection, terms: Terms, name: str) -> Mapping[str, ByOrganisation]:
    """The rows of a list by what they say – states of routes, reasons, outcomes – and organisation."""
    rows = LISTS[name](terms).subquery("rows")
    columns = (rows.c.text, rows.c.organisation_id)
    found: dict[str, dict[int, Tally]] = {}
    if _sane(terms):
        for said, place, many in conn.execute(select(*columns, func.count()).group_by(*columns)):
            found.setdefault(said, {})[place] = Tally(many)
    return found
