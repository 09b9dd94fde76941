"""«Документы организации»: archives and tables for whoever looks after it, made by the print shop."""

from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import organisations, print_jobs, printing_scope


def here(desk: Desk) -> int:
    """The organisation of the place, else the first of hers; 0 is both none and not hers."""
    hers = printing_scope.places(desk.conn, desk.person.id)
    if desk.place.row:
        return desk.place.row if desk.place.row in hers else 0
    return hers[0] if hers else 0


def any_of_hers(desk: Desk) -> bool:
    """Whether she looks after, or signs for, anything."""
    return bool(printing_scope.places(desk.conn, desk.person.id))


def show(desk: Desk) -> Screen:
    """What can be made here, and what is being made already."""
    place = here(desk)
    organisation = organisations.by_id(desk.conn, place)
    assert organisation is not None
    waiting = print_jobs.waiting(desk.conn, desk.person.id, place)
    regulation = coordinating.regulation(desk, organisation)
    staff = coordinating.settings(organisation).staff
    values = {
        "title": organisation.title,
        "waiting": [desk.world.caption(f"make_{kind}") for kind in waiting],
        "share": regulation.application.share if regulation and staff else 0,
        "quota": regulation.application.quota(staff or 0) if regulation else 0,
        "cards_only": not printing_scope.overviews(desk.conn, desk.person.id, place),
    }
    kinds = ("cards",) if values["cards_only"] else print_jobs.KINDS
    rows = [(Button("make", kind, word=f"make_{kind}"),) for kind in kinds if kind not in waiting]
    several = len(printing_scope.places(desk.conn, desk.person.id)) > 1
    end = (*((Button("another_school"),) if several else ()), Button("menu"))
    return Screen("exports", values, (*rows, end))


def make(desk: Desk, kind: str) -> Remark | None:
    """Ask the print shop; it tells how far it is in a message of its own."""
    known = next((one for one in print_jobs.KINDS if one == kind), None)
    place = here(desk)
    if known is None or not place:
        return None
    if known != "cards" and not printing_scope.overviews(desk.conn, desk.person.id, place):
        return None
    asked = print_jobs.ask(desk.conn, desk.person.id, place, known, desk.now)
    desk.changed = True
    return Remark("print_asked") if asked else Remark("print_waits")


def another(desk: Desk, _: str) -> Remark | None:
    """The next of the organisations she looks after."""
    hers = printing_scope.places(desk.conn, desk.person.id)
    desk.go(Place("exports", row=hers[(hers.index(here(desk)) + 1) % len(hers)]))
    return None


def to_menu(desk: Desk, _: str) -> Remark | None:
    """All the rooms."""
    desk.go(Place("menu"))
    return None


ROOMS = {
    "exports": Room(
        show,
        None,
        {"make": make, "another_school": another, "menu": to_menu},
        exists=lambda desk: here(desk) != 0,
    )
}
