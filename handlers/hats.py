"""Several roles in one account: which one to look with, how one is printed, leaving an organisation."""

from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, menu, roles
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Act, Room, number
from storage import invitations, memberships, organisations, signatories
from storage.invitations import Invitation

LONGEST = 120
PARTS = ("name", "post")


def show(desk: Desk) -> Screen:
    """Every role with where she has it; the one worn now is marked."""
    held = roles.held(desk)
    rows = tuple(
        (Button("wear", one.key, label=f"{'✓ ' if one.hat == desk.person.hat else ''}{_label(one)}"),)
        for one in held.values()
    )
    return Screen("hats", {"count": len(held)}, (*rows, (Button("menu", word="back"),)))


def _label(one: roles.Role) -> str:
    more = f" +{len(one.places) - 1}" if len(one.places) > 1 else ""
    title = one.title[:1].upper() + one.title[1:]
    return f"{title} · {one.places[0]}{more}" if one.places else title


def wear(desk: Desk, key: str) -> Remark | None:
    """Look with this role from now on."""
    chosen = roles.held(desk).get(key)
    if chosen is None:
        return Remark("out_of_date")
    coordinating.wear(desk, chosen.hat)
    menu.arrive(desk)
    return Remark("worn", {"role": chosen.title})


def in_school(desk: Desk) -> bool:
    """Whether she belongs anywhere: only then there is what to leave, and a name to be printed."""
    return desk.consented and bool(desk.memberships)


def show_leaving(desk: Desk) -> Screen:
    """Which organisation, then once more."""
    chosen = _chosen(desk)
    if chosen is not None:
        sure = (Button("stay"), Button("really_leave"))
        values = {"organisation": chosen, "teaches": _teaches(desk, desk.place.row)}
        return Screen("leaving_sure", values, (sure,))
    titles = {one.organisation_id: one.title for one in desk.memberships}
    rows = tuple((Button("leave", str(id_), label=title),) for id_, title in titles.items())
    return Screen("leaving", {}, (*rows, (Button("stay", word="back"),)))


def _chosen(desk: Desk) -> str | None:
    found = [one.title for one in desk.memberships if one.organisation_id == desk.place.row]
    return found[0] if found else None


def _teaches(desk: Desk, organisation_id: int) -> bool:
    return any((one.organisation_id, one.role) == (organisation_id, "teacher") for one in desk.memberships)


def leave(desk: Desk, organisation_id: str) -> Remark | None:
    """Ask once more about this one."""
    desk.go(Place("leaving", row=number(organisation_id)))
    return None


def really_leave(desk: Desk, _: str) -> Remark | None:
    """Every right there ends in this transaction; cards stay hers."""
    title = _chosen(desk)
    if title is None:
        return Remark("out_of_date")
    memberships.leave(desk.conn, desk.person.id, desk.place.row, desk.now)
    desk.forget()
    roles.settle(desk)
    menu.arrive(desk)
    return Remark("left", {"organisation": title})


def show_signature(desk: Desk) -> Screen:
    """How she is printed where she joined last; what is typed replaces the part that is open."""
    one = desk.memberships[-1]
    organisation = organisations.by_id(desk.conn, one.organisation_id)
    names = organisation is not None and organisation.keeps_names
    part = desk.place.view.get("part", "")
    values = {"organisation": one.title, "name": one.name, "post": one.post, "names": names, "part": part}
    parts = [
        Button("part", key, word=f"printed_{key}")
        for key in PARTS
        if key != part and (names or key != "name")
    ]
    return Screen("signature", values, (tuple(parts), (Button("stay", word="back"),)))


def part(desk: Desk, key: str) -> Remark | None:
    """What is to be typed next: the name or the post."""
    if key in PARTS:
        desk.go(desk.place.seen(part=key))
    return None


def typed_signature(desk: Desk, text: str) -> Remark | None:
    """The name or the post as documents print it, in every role she has there."""
    key, words = desk.place.view.get("part", ""), " ".join(text.split())
    if key not in PARTS:
        return Remark("please_choose")
    if not words or len(words) > LONGEST:
        reason = "too_long" if words else "no_words"
        return Remark("refusal", {"reason": reason, "length": len(words), "limit": LONGEST, "example": ""})
    where = desk.memberships[-1].organisation_id
    name, post = (words, "") if key == "name" else ("", words)
    for one in desk.memberships:
        if one.organisation_id == where:
            memberships.join(desk.conn, desk.person.id, where, one.role, desk.now, name=name, post=post)
    signatories.rename(desk.conn, desk.person.id, where, desk.now, name=name, post=post)
    desk.forget()
    desk.go(Place("signature"))
    return None


def invitation_of(desk: Desk) -> Invitation | None:
    """The newest invitation by which she teaches: its answer is hers to change (001 П1 5.1, 004 1.6)."""
    hers = [one for one in invitations.of_person(desk.conn, desk.person.id) if one.role == "teacher"]
    return next((one for one in reversed(hers) if _teaches(desk, one.organisation_id)), None)


def participation(desk: Desk, _: str) -> Remark | None:
    """«Участвую · Подумаю · Отказаться» once more."""
    found = invitation_of(desk)
    if found is not None:
        desk.go(Place("invited", row=found.id))
    return None


def buttons(desk: Desk) -> tuple[tuple[Button, ...], ...]:
    """What the settings offer to somebody who belongs somewhere."""
    if not in_school(desk):
        return ()
    answer = (Button("participation"),) if invitation_of(desk) is not None else ()
    return ((Button("signature"), *answer), (Button("leaving"),))


def to(name: str) -> Act:
    """The act of a button that opens a room of somebody who belongs somewhere."""

    def act(desk: Desk, _: str) -> Remark | None:
        if in_school(desk):
            desk.go(Place(name))
        return None

    return act


def stay(desk: Desk, _: str) -> Remark | None:
    """Nothing ends."""
    desk.go(Place("settings"))
    return None


IN_SETTINGS = {"participation": participation, "signature": to("signature"), "leaving": to("leaving")}

ROOMS = {
    "hats": Room(show, None, {"wear": wear, "menu": menu.menu}),
    "leaving": Room(
        show_leaving,
        None,
        {"leave": leave, "really_leave": really_leave, "stay": stay},
        exists=in_school,
    ),
    "signature": Room(show_signature, typed_signature, {"part": part, "stay": stay}, exists=in_school),
}
