"""Is this certificate genuine? Anyone may ask, by the link on the paper or by its code, and learns little."""

from datetime import timedelta
from typing import Final

from bot.iom.card_sources import Sources
from bot.iom.certificate import initials
from bot.speech.screen import Button, Remark, Screen
from handlers import menu
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import certificates, invitations, organisations, people
from storage.certificates import Issued

GUESSES: Final = 10
PAUSE: Final = timedelta(hours=1)


def too_many(desk: Desk) -> bool:
    """Whether she guesses codes: of invitations and certificates together."""
    return invitations.attempts(desk.conn, desk.person.id, desk.now - PAUSE) >= GUESSES


def is_link(payload: str) -> bool:
    """Whether the payload of a deep link asks about a certificate."""
    return payload.startswith(certificates.PREFIX)


def open_link(desk: Desk, payload: str) -> Remark | None:
    """By the link on the paper; a wrong one counts as a wrong code."""
    if too_many(desk):
        menu.arrive(desk)
        return Remark("too_many_codes")
    found = certificates.find(desk.conn, payload)
    if found is None:
        invitations.wrong(desk.conn, desk.person.id, desk.now)
    desk.go(Place("verified", row=found.id if found else 0))
    return None


def show(desk: Desk) -> Screen:
    """Genuine – of what organisation, when, whose initials; or plainly not known."""
    issued = certificates.by_id(desk.conn, desk.place.row)
    values = _told(desk, issued) if issued else None
    return Screen("verified", {"one": values}, ((Button("home"),),))


def _told(desk: Desk, issued: Issued) -> dict[str, object]:
    facts = certificates.facts_of(desk.conn, issued)
    regulation = desk.regulation_of(facts)
    organisation = organisations.by_id(desk.conn, facts.organisation_id or 0)
    teacher = people.by_id(desk.conn, facts.person_id)
    name = Sources(regulation, facts).scalar("full_name") if facts.keeps_names else ""
    return {
        "title": regulation.official,
        "organisation": organisation.title if organisation else "",
        "on": issued.issued_at.astimezone(desk.zone).date(),
        "who": initials(name) or (teacher.code if teacher else ""),
    }


ROOMS = {"verified": Room(show, None, {"home": menu.home}, open=True)}
