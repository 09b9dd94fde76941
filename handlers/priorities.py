"""What an organisation puts first this school year (004 п. 1.7): the coordinator ticks blocks.

They raise events a little among the suggestions of every teacher there and below, unless an organisation
nearer to her has its own.
"""

from dataclasses import replace

from bot.iom import period
from bot.iom.facts import Facts
from bot.iom.people import Organisation
from bot.iom.period import Period
from bot.iom.regulation import Key
from bot.iom.school import settings_of
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import audit, organisations

PAGE = 7


def of_route(desk: Desk, facts: Facts) -> tuple[Key, ...]:
    """The priorities of this year for a route: of the nearest organisation up the tree that has any."""
    found = _nearest(desk, facts.organisation_id or 0)
    return settings_of(found.settings).priority(desk.today) if found else ()


def _nearest(desk: Desk, organisation_id: int) -> Organisation | None:
    for id_ in organisations.above(desk.conn, organisation_id):
        one = organisations.by_id(desk.conn, id_)
        if one is not None and settings_of(one.settings).priority(desk.today):
            return one
    return None


def year(desk: Desk) -> str:
    """The school year of today, as the settings name it."""
    return period.school_year(Period(desk.today, desk.today))


def show(desk: Desk) -> Screen:
    """The blocks of the regulation, ticked ones marked; a tap stores at once."""
    organisation = coordinating.here(desk)
    regulation = coordinating.regulation(desk, organisation)
    blocks = regulation.block if regulation else ()
    mine = coordinating.settings(organisation).priority(desk.today)
    above = None if mine else _nearest(desk, organisation.parent_id or 0)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(blocks) else 0
    rows = [
        (Button("tick", one.key, label=f"{'✓ ' if one.key in mine else ''}{one.title}"),)
        for one in blocks[start : start + PAGE]
    ]
    following = start + PAGE if start + PAGE < len(blocks) else 0
    more = ((Button("more", str(following)),),) if len(blocks) > PAGE else ()
    values = {
        "title": organisation.title,
        "year": year(desk),
        "bound": regulation is not None,
        "count": len(mine),
        "above": above.title if above else "",
    }
    return Screen("priorities", values, (*rows, *more, (Button("ready", word="ready"),)))


def tick(desk: Desk, key: str) -> Remark | None:
    """Put a block first, or take it back."""
    organisation = coordinating.here(desk)
    regulation = coordinating.regulation(desk, organisation)
    if regulation is None or key not in regulation.blocks:
        return None
    settings = coordinating.settings(organisation)
    mine = set(settings.priority(desk.today)) ^ {key}
    chosen = tuple(block for block in regulation.blocks if block in mine)
    others = {name: keys for name, keys in settings.priorities.items() if name != year(desk)}
    kept = replace(settings, priorities={**others, **({year(desk): chosen} if chosen else {})})
    organisations.save_settings(desk.conn, organisation.id, kept.stored())
    audit.record(desk.conn, desk.person.id, "organisation.priorities", desk.now, str(organisation.id))
    desk.forget()
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def ready(desk: Desk, _: str) -> Remark | None:
    """Back to the school."""
    desk.go(Place("school", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "priorities": Room(show, None, {"tick": tick, "more": more, "ready": ready}, exists=coordinating.exists)
}
