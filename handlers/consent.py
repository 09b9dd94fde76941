"""Consent: before it nothing personal is asked or stored; declining is friendly and reversible."""

from bot.iom.people import Consent
from bot.speech.screen import Button, Remark, Screen
from handlers import menu
from handlers.desk import STORAGE_CONSENT, Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import audit, consents


def show(desk: Desk) -> Screen:
    """The short text, or the whole of it on «Прочитать»."""
    whole = bool(desk.place.view.get("whole"))
    read = Button("short", word="back") if whole else Button("read")
    choice = (Button("agree"), Button("decline"))
    return Screen(
        "consent_whole" if whole else "consent", {"operator": desk.world.operator}, (choice, (read,))
    )


def show_declined(desk: Desk) -> Screen:
    """Nothing is lost by declining."""
    return Screen("declined", {}, ((Button("again", word="changed_mind"),),))


def agree(desk: Desk, _: str) -> Remark | None:
    """Store version, hash and time; then the first real screen."""
    given = Consent(STORAGE_CONSENT, desk.world.consent_version, desk.world.consent_digest, desk.now)
    consents.give(desk.conn, desk.person.id, given)
    audit.record(desk.conn, desk.person.id, "consent.given", desk.now)
    desk.forget()
    name, _, row = desk.place.view.get("pending", "").partition(".")
    if name:
        desk.go(Place(name, row=number(row)))
    else:
        menu.arrive(desk)
    return Remark("consented")


def decline(desk: Desk, _: str) -> Remark | None:
    """Remember only that the last word was no."""
    desk.go(Place("declined"))
    return None


def read(desk: Desk, _: str) -> Remark | None:
    """Show the whole text in the same message."""
    desk.go(desk.place.seen(whole="1"))
    return None


def short(desk: Desk, _: str) -> Remark | None:
    """Back to the short text, or from declining back to the question."""
    desk.go(Place("consent"))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """«да», «согласен» and «нет» typed count as the buttons."""
    word = text.strip().strip(".!").casefold()
    if word in {"да", "согласен", "согласна", "ок"}:
        return agree(desk, "")
    if word in {"нет", "не согласен", "не согласна"}:
        return decline(desk, "")
    return Remark("please_choose")


ROOMS = {
    "consent": Room(
        show, typed, {"agree": agree, "decline": decline, "read": read, "short": short}, open=True
    ),
    "declined": Room(show_declined, typed, {"again": short}, open=True),
}
