"""What every room of a coordinator asks: which organisation this is, and whether she coordinates it now.

A place of hers keeps the organisation in `row`; 0 is the one she joined last. Who left it, or never was in
it, has no such room: `exists` is False, and what she presses finds her at home.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.iom.regulation import Regulation
from bot.iom.school import SchoolSettings, settings_of
from handlers.desk import Desk
from handlers.place import Place
from storage import audit, organisations, people, planning

COORDINATOR: Final = "coordinator"
VALID: Final = timedelta(days=90)  # of an invitation: a term of school, and holidays


def ids(desk: Desk) -> tuple[int, ...]:
    """The organisations she coordinates, the one joined last first."""
    hers = [one.organisation_id for one in desk.memberships if one.role == COORDINATOR]
    return tuple(reversed(hers))


def coordinates(desk: Desk) -> bool:
    """Whether she coordinates anything."""
    return bool(ids(desk))


def operates(desk: Desk) -> bool:
    """Whether this is an account of the operator."""
    return desk.person.telegram_id in desk.world.admins


def at_work(desk: Desk) -> bool:
    """Whether she looks at the bot as a coordinator now."""
    return desk.person.hat == COORDINATOR and coordinates(desk)


def school(desk: Desk) -> Organisation | None:
    """The organisation of the place; None is both absent and not hers."""
    return _hers(desk, desk.place.row)


def _hers(desk: Desk, row: int) -> Organisation | None:
    mine = ids(desk)
    wanted = row or (mine[0] if mine else 0)
    return organisations.by_id(desk.conn, wanted) if wanted in mine else None


def exists(desk: Desk) -> bool:
    """For rooms: whether she may be here now."""
    return school(desk) is not None


def here(desk: Desk) -> Organisation:
    """The organisation of a room that exists."""
    found = school(desk)
    assert found is not None
    return found


def settings(organisation: Organisation) -> SchoolSettings:
    """What was decided for it."""
    return settings_of(organisation.settings)


def card_to(desk: Desk) -> str:
    """Where the finished card of her route goes, by the nearest organisation up the tree; "" for nowhere."""
    for id_ in organisations.above(desk.conn, desk.facts.organisation_id or 0):
        one = organisations.by_id(desk.conn, id_)
        if one is not None and settings(one).card_to:
            return settings(one).card_to
    return ""


def slug(desk: Desk, organisation: Organisation) -> str:
    """The regulation it works by, its own or inherited; "" when none or unknown here."""
    found = organisations.regulation_slug(desk.conn, organisation.id)
    return found if found in desk.world.shelf.volumes else ""


def regulation(desk: Desk, organisation: Organisation) -> Regulation | None:
    """The same, whole."""
    found = slug(desk, organisation)
    return desk.world.shelf.volumes[found].regulation if found else None


def role_title(desk: Desk, organisation: Organisation, role: str) -> str:
    """How the regulation calls a role here; the caption `role_<role>` where it has no word for it."""
    found = regulation(desk, organisation)
    title = found.role_title(role, organisation.kind) if found else ""
    return title or desk.world.caption(f"role_{role}")


def keep(desk: Desk, organisation: Organisation, what: str) -> None:
    """Store a decision about the organisation."""
    organisations.save(desk.conn, organisation)
    planning.again(desk.conn, organisation_id=organisation.id)
    audit.record(desk.conn, desk.person.id, f"organisation.{what}", desk.now, str(organisation.id))
    desk.forget()


def set_up(organisation: Organisation) -> bool:
    """Whether the first hour is over."""
    return settings(organisation).setup == first_hour.DONE


def home(desk: Desk) -> Place:
    """Where a coordinator begins: the question she left at, then the school."""
    found = _hers(desk, 0)
    if found is None or set_up(found):
        return Place("school", row=found.id if found else 0)
    return Place("setup", settings(found).setup or first_hour.STEPS[0], found.id)


def wear(desk: Desk, hat: str) -> None:
    """Look at the bot in this role from now on."""
    people.wear(desk.conn, desk.person.id, hat)
    desk.person = replace(desk.person, hat=hat)
    desk.changed = True
