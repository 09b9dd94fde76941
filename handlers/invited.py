"""Whoever comes by an invitation: a deep link or a short code, then a free choice.

Before consent only the place knows of the invitation: `pending` is carried from room to room until she
agrees (`handlers.turn`), and `handlers.consent` leads back to it.
"""

from typing import Final

from bot.iom.people import Organisation
from bot.speech.screen import Button, Remark, Screen
from handlers import joining, menu, roles, verifying
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import certificates, codes, doors, invitations, organisations
from storage.invitations import Invitation

FIRST_ROOMS: Final = frozenset({"consent", "declined", "regulation", "invited", "applying", "verified"})
PENDING: Final = frozenset({"invited", "applying"})
SHORTEST_LINK: Final = 20  # a shorter payload is a mark of an advertisement: a /start like any other
ANSWERS: Final = ("taking_part", "thinking", "declined")


def pending(place: Place) -> str:
    """What she came for and may only have after consent: an invitation, an application; "" for nothing."""
    return f"{place.name}.{place.row}" if place.name in PENDING else place.view.get("pending", "")


def carry(desk: Desk, came_for: str) -> None:
    """Before consent nothing but the place knows of it: it goes along from room to room."""
    if came_for and not desk.consented and not desk.gone and not pending(desk.place):
        desk.go(desk.place.seen(pending=came_for))


def open_link(desk: Desk, payload: str) -> Remark | None:
    """A deep link: to its invitation; any other payload is a plain /start."""
    if verifying.is_link(payload):
        return verifying.open_link(desk, payload)
    if codes.hashed(payload):
        return find(desk, payload, typed=False)
    menu.arrive(desk)
    return Remark("unfit", {"code": False}) if len(payload) >= SHORTEST_LINK else None


def looks_like_code(text: str) -> bool:
    """Whether a text in a room of `FIRST_ROOMS` is meant as a code."""
    return bool(codes.hashed(text))


def find(desk: Desk, text: str, *, typed: bool = True) -> Remark | None:
    """To what a code or link leads to; one word for all that lead nowhere, so that nobody learns why."""
    if verifying.too_many(desk):
        return Remark("too_many_codes")
    found = invitations.find(desk.conn, text)
    if found is not None and _fits(desk, found):
        return _enter(desk, found)
    door = doors.find(desk.conn, desk.world.secret, text) if found is None else None
    if door is not None:
        desk.go(Place("applying", row=door.id))
        return None
    paper = certificates.find(desk.conn, text) if found is None else None
    if paper is not None:
        desk.go(Place("verified", row=paper.id))
        return None
    if codes.hashed(text):
        invitations.wrong(desk.conn, desk.person.id, desk.now)
    if not typed:
        menu.arrive(desk)
    return Remark("unfit", {"code": typed})


def _fits(desk: Desk, one: Invitation) -> bool:
    """It waits for whoever comes, or it is the one she came by herself."""
    return invitations.state(one, desk.now) == "waiting" or _still_hers(desk, one)


def _still_hers(desk: Desk, one: Invitation) -> bool:
    here = {(held.organisation_id, held.role) for held in desk.memberships}
    return one.person_id == desk.person.id and (one.organisation_id, one.role) in here


def _enter(desk: Desk, one: Invitation) -> Remark | None:
    undecided = one.role == roles.TEACHER and one.answer != "taking_part"
    if one.used_at is None or undecided:
        desk.go(Place("invited", row=one.id))
    else:
        menu.arrive(desk)
    return None


def _here(desk: Desk) -> tuple[Invitation, Organisation] | None:
    one = invitations.by_id(desk.conn, desk.place.row)
    organisation = organisations.by_id(desk.conn, one.organisation_id) if one else None
    if one is None or organisation is None or not _fits(desk, one):
        return None
    return one, organisation


def show(desk: Desk) -> Screen:
    """Who invites, as whom, what will be seen by whom; the choice once she has agreed to be remembered.
    One that somebody else used meanwhile, or that was revoked, says no more than a wrong one."""
    here = _here(desk)
    if here is None:
        return Screen("unfit", {"code": False}, ((Button("home"),),))
    one, organisation = here
    values = {
        "organisation": organisation.title,
        "role": roles.title(desk, organisation, one.role, one.step),
        "teaches": one.role == roles.TEACHER,
        "key": one.role,
        "mentor": roles.title(desk, organisation, "mentor"),
        "consented": desk.consented,
        "answer": one.answer,
    }
    return Screen("invited", values, _choice(desk, one))


def _choice(desk: Desk, one: Invitation) -> tuple[tuple[Button, ...], ...]:
    if not desk.consented:
        return ((Button("go_on", word="further"), Button("not_now")),)
    away = ((Button("home"),),) if one.used_at is not None else ()
    if one.role == roles.TEACHER:
        left = [Button("answer", word, word=word) for word in ANSWERS if word != one.answer]
        return (tuple(left[:1]), tuple(left[1:]), *away)
    return ((Button("accept", word="accept_role"), Button("refuse", word="declined_role")),)


def go_on(desk: Desk, _: str) -> Remark | None:
    """First her consent; the place remembers what it is for."""
    if not desk.consented:
        desk.go(Place("consent", view={"pending": f"{desk.place.name}.{desk.place.row}"}))
    return None


def not_now(desk: Desk, _: str) -> Remark | None:
    """Nothing is remembered; the link stays good."""
    if not desk.consented:
        desk.go(Place("declined"))
    return None


def answer(desk: Desk, given: str) -> Remark | None:
    """A teacher's free choice, changeable; whatever she answers, the link is hers from now on."""
    here = _here(desk)
    if here is None or not desk.consented or given not in ANSWERS or here[0].role != roles.TEACHER:
        return None
    one, organisation = here
    if joining.accept(desk, one) is None:
        menu.arrive(desk)
        return Remark("unfit", {"code": False})
    invitations.answer(desk.conn, one.id, desk.person.id, given, desk.now)
    desk.forget()
    if given == "taking_part":
        joining.bring_card(desk, organisation.id)
        joining.introduce_all(desk, organisation.id)
        menu.arrive(desk)
    return Remark("answered", {"answer": given, "organisation": organisation.title})


def accept(desk: Desk, _: str) -> Remark | None:
    """A helper takes the role and looks with it from now on."""
    here = _here(desk)
    if here is None or not desk.consented or here[0].role == roles.TEACHER:
        return None
    one, organisation = here
    accepted = joining.accept(desk, one)
    if accepted is None:
        menu.arrive(desk)
        return Remark("unfit", {"code": False})
    menu.arrive(desk)
    values = {
        "organisation": organisation.title,
        "role": roles.title(desk, organisation, one.role, one.step),
        "printed": ", ".join(filter(None, (one.name if organisation.keeps_names else "", one.post))),
        "signs": accepted.signs,
    }
    return Remark("welcome", values)


def refuse(desk: Desk, _: str) -> Remark | None:
    """A helper declines: the coordinator sees it, no role stays."""
    here = _here(desk)
    if here is None or not desk.consented or here[0].role == roles.TEACHER:
        return None
    joining.decline(desk, here[0])
    menu.arrive(desk)
    return Remark("refused_role", {"organisation": here[1].title})


def show_code(desk: Desk) -> Screen:
    """Where a code is typed."""
    return Screen("code", {}, ((Button("home"), Button("menu")),))


def typed_code(desk: Desk, text: str) -> Remark | None:
    """A code however it is typed, or a pasted link."""
    return find(desk, text)


ROOMS = {
    "invited": Room(
        show,
        None,
        {
            "go_on": go_on,
            "not_now": not_now,
            "answer": answer,
            "accept": accept,
            "refuse": refuse,
            "home": menu.home,
        },
        open=True,
    ),
    "code": Room(show_code, typed_code, {"home": menu.home, "menu": menu.menu}, open=True),
}
