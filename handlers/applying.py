"""A teacher applies uninvited (004 п. 1.7): the school's public code, her name, a coordinator's answer."""

from collections.abc import Callable

from bot.iom.people import Organisation
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import menu, pairing
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Act, Room, number
from storage import doors, invitations, notices, organisations
from storage.invitations import Invitation
from storage.notices import Notice

LONGEST = 120
PAGE = 6


def here(desk: Desk) -> Organisation | None:
    """The organisation of the place, while its door is open."""
    found = organisations.by_id(desk.conn, desk.place.row)
    return found if found is not None and found.settings.get(doors.KEY) else None


def show(desk: Desk) -> Screen:
    """Where, what will be seen by whom; her name is asked only after consent and only where it is kept."""
    organisation = here(desk)
    assert organisation is not None
    values = {
        "organisation": organisation.title,
        "names": organisation.keeps_names,
        "consented": desk.consented,
    }
    if not desk.consented:
        return Screen("applying", values, ((Button("go_on", word="further"), Button("not_now")),))
    ask = () if organisation.keeps_names else ((Button("apply"),),)
    return Screen("applying", values, (*ask, (Button("home"),)))


def go_on(desk: Desk, _: str) -> Remark | None:
    """First her consent."""
    if not desk.consented:
        desk.go(Place("consent", view={"pending": f"applying.{desk.place.row}"}))
    return None


def not_now(desk: Desk, _: str) -> Remark | None:
    """Nothing is remembered."""
    if not desk.consented:
        desk.go(Place("declined"))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """Her name, for the coordinator to know who asks."""
    organisation, name = here(desk), " ".join(text.split())
    if not desk.consented or organisation is None or not organisation.keeps_names:
        return Remark("please_choose")
    if not name or len(name) > LONGEST:
        reason = "too_long" if name else "no_words"
        return Remark("refusal", {"reason": reason, "length": len(name), "limit": LONGEST, "example": ""})
    return _apply(desk, organisation, name)


def apply(desk: Desk, _: str) -> Remark | None:
    """Ask by code alone, where names are not kept."""
    organisation = here(desk)
    if not desk.consented or organisation is None or organisation.keeps_names:
        return None
    return _apply(desk, organisation, "")


def _apply(desk: Desk, organisation: Organisation, name: str) -> Remark | None:
    menu.arrive(desk)
    if any((one.organisation_id, one.role) == (organisation.id, "teacher") for one in desk.memberships):
        return Remark("applied", {"organisation": organisation.title, "again": "member"})
    made = doors.apply(desk.conn, organisation, desk.person.id, name, desk.now)
    for person_id in doors.coordinators(desk.conn, organisation.id) if made else ():
        key = f"application/{made}/{person_id}"
        notices.plan(desk.conn, person_id, key, "application", desk.now, desk.now, invitation=made)
    return Remark("applied", {"organisation": organisation.title, "again": "" if made else "waits"})


def application(desk: Desk, told: Notice) -> Screen | None:
    """To a coordinator: who asks, and both answers."""
    one = _told(desk, told)
    if one is None:
        return None
    organisation = organisations.by_id(desk.conn, one.organisation_id)
    values = {
        "name": doors.called(desk.conn, one),
        "organisation": organisation.title if organisation else "",
    }
    return Screen(
        "notice_application", values, ((FactButton("admit", one.id), FactButton("turn_down", one.id)),)
    )


def _told(desk: Desk, told: Notice) -> Invitation | None:
    id_ = told.subject.get("invitation")
    return _waiting(desk, id_) if isinstance(id_, int) else None


def _waiting(desk: Desk, id_: int) -> Invitation | None:
    one = doors.application(desk.conn, id_, desk.now)
    return one if one is not None and pairing.covers(desk, one.organisation_id) else None


def admit(desk: Desk, id_: int, version: int = 0) -> Remark | None:
    """She teaches there from now on, and is told."""
    one = _waiting(desk, id_)
    if one is None or one.person_id is None:
        return Remark("out_of_date")
    applicant = one.person_id
    if invitations.accept(desk.conn, one, applicant, desk.now) is None:
        return Remark("out_of_date")
    invitations.answer(desk.conn, one.id, applicant, "taking_part", desk.now)
    _answered(desk, one, "admitted")
    return Remark("admitted", {"name": doors.called(desk.conn, one)})


def turn_down(desk: Desk, id_: int, version: int = 0) -> Remark | None:
    """Not taken; she is told kindly."""
    one = _waiting(desk, id_)
    if one is None or not invitations.revoke(desk.conn, one.id, desk.now, by=desk.person.id):
        return Remark("out_of_date")
    _answered(desk, one, "turned_down")
    return Remark("turned_down", {"name": doors.called(desk.conn, one)})


def _answered(desk: Desk, one: Invitation, kind: str) -> None:
    assert one.person_id is not None
    key = f"{kind}/{one.id}"
    notices.plan(desk.conn, one.person_id, key, kind, desk.now, desk.now, organisation=one.organisation_id)
    desk.changed = True


def about_answer(text: str, *, admitted: bool) -> Callable[[Desk, Notice], Screen | None]:
    """A notice to the teacher about the answer."""

    def say(desk: Desk, told: Notice) -> Screen | None:
        id_ = told.subject.get("organisation")
        organisation = organisations.by_id(desk.conn, id_) if isinstance(id_, int) else None
        there = any(one.organisation_id == id_ and one.role == "teacher" for one in desk.memberships)
        if organisation is None or there is not admitted:
            return None
        rows = ((FactButton("open_own", organisation.id, word="next"),),) if admitted else ()
        return Screen(text, {"organisation": organisation.title}, rows)

    return say


def show_door(desk: Desk) -> Screen:
    """The code to hand out, and who asks to be taken."""
    organisation = pairing.here(desk)
    asked = doors.waiting(desk.conn, organisation.id, desk.now)
    code = doors.code(desk.world.secret, organisation)
    values = {
        "organisation": organisation.title,
        "code": code,
        "token": doors.token(desk.world.secret, organisation) if code else "",
        "asked": [doors.called(desk.conn, one) for one in asked[:PAGE]],
        "total": len(asked),
    }
    rows = [
        (
            Button("admit", str(one.id), label=f"✓ {doors.called(desk.conn, one)}"),
            Button("turn_down", str(one.id)),
        )
        for one in asked[:PAGE]
    ]
    change = (Button("new_door"), Button("close_door")) if code else (Button("new_door", word="open_door"),)
    return Screen("door", values, (*rows, change, (Button("back"),)))


def new_door(desk: Desk, _: str) -> Remark | None:
    """A code; one that was there is dead."""
    doors.open(desk.conn, pairing.here(desk), desk.now, desk.person.id)
    desk.forget()
    return None


def close_door(desk: Desk, _: str) -> Remark | None:
    """Nobody can apply any more."""
    doors.close(desk.conn, pairing.here(desk), desk.now, desk.person.id)
    desk.forget()
    return None


def by_button(act: Callable[[Desk, int], Remark | None]) -> Act:
    """The same answers in the list."""
    return lambda desk, arg: act(desk, number(arg))


ROOMS = {
    "applying": Room(
        show,
        typed,
        {"go_on": go_on, "not_now": not_now, "apply": apply, "home": menu.home},
        open=True,
        exists=lambda desk: here(desk) is not None,
    ),
    "door": Room(
        show_door,
        None,
        {
            "admit": by_button(admit),
            "turn_down": by_button(turn_down),
            "new_door": new_door,
            "close_door": close_door,
            "back": pairing.back,
        },
        exists=pairing.exists,
    ),
}
NOTICES = {
    "application": application,
    "admitted": about_answer("notice_admitted", admitted=True),
    "turned_down": about_answer("notice_turned_down", admitted=False),
}
PRESSES = {"admit": admit, "turn_down": turn_down}
