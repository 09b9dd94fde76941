"""The weekly digests of the coming hours, planned as notices; whoever runs it, and however often, once each.

Nothing is remembered but the rows: what was due while the process was down is found again for a day.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from bot.iom import digest
from handlers.desk import World
from storage import digests, notices
from storage.digests import Place
from storage.notices import Planned


def plan_due(conn: Connection, world: World, now: datetime) -> int:
    """Plan what is due soon or was due within a day; returns how many were new.

    A mentor of several organisations gets her one digest at the time of the first of them.
    """
    due: dict[int, tuple[datetime, ZoneInfo]] = {}
    for place in digests.places(conn):
        zone = _zone(world, place)
        moment = digest.due(place.settings.digest_day, place.settings.digest_hour, zone, now)
        if moment is not None:
            due[place.id] = (moment, zone)
    return notices.plan_all(conn, _planned(conn, due, now), now)


def _zone(world: World, place: Place) -> ZoneInfo:
    """The organisation's, else the regulation's, else the installation's."""
    volume = world.shelf.volumes.get(place.slug)
    try:
        return ZoneInfo(place.timezone or (volume.regulation.timezone if volume else "") or world.zone.key)
    except (ZoneInfoNotFoundError, ValueError):
        return world.zone


def _planned(conn: Connection, due: dict[int, tuple[datetime, ZoneInfo]], now: datetime) -> Iterator[Planned]:
    for place, person in digests.overseers(conn, due):
        yield _notice("digest", due[place], place, person, now)
    met = set[int]()
    for place, person in sorted(digests.mentors(conn, due)):
        if person not in met:
            yield _notice("mentor_digest", due[place], 0, person, now)
        met.add(person)


def _notice(
    kind: str, when: tuple[datetime, ZoneInfo], organisation_id: int, person_id: int, now: datetime
) -> Planned:
    due, zone = when
    at = digest.moment(due, zone, organisation_id, person_id, now)
    key = digest.key(due, zone, organisation_id, person_id)
    return Planned(person_id, key, kind, at, subject={"organisation": organisation_id})
