"""The operator's own rooms (`ADMIN_IDS`): organisations, and the link of the first coordinator of each."""

from typing import Final

from bot.iom import first_hour
from bot.iom.columns import spelled
from bot.iom.people import Organisation
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, menu, moderating
from handlers.coordinating import COORDINATOR, VALID
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import audit, first_links, invitations, memberships, organisation_lists, organisations

PAGE: Final = 8
KINDS: Final = ("school", "municipality", "region")
MAY_STAND_UNDER: Final = {"school": ("municipality", "region"), "municipality": ("region",), "region": ()}


def show(desk: Desk) -> Screen:
    """All organisations, eight a page, found by words."""
    q = spelled(desk.place.view.get("q", ""))
    every = organisation_lists.every(desk.conn)
    found = [one for one in every if all(word in spelled(one.title) for word in q.split())]
    start = min(number(desk.place.view.get("page", "0")), max(len(found) - 1, 0) // PAGE * PAGE)
    rows: list[tuple[Button, ...]] = [
        (Button("one", str(org.id), label=f"{org.title} · {desk.world.caption(f'kind_{org.kind}')}"),)
        for org in found[start : start + PAGE]
    ]
    if len(found) > PAGE:
        rows.append((Button("more", str(start + PAGE if start + PAGE < len(found) else 0)),))
    if q:
        rows.append((Button("all", word="all_organisations"),))
    waits = moderating.count(desk)
    label = f"{desk.world.caption('proposals_wait')} ({waits})"
    proposed = ((Button("proposals", label=label),),) if waits else ()
    values = {"total": len(every), "found": len(found), "q": desk.place.view.get("q", "")}
    return Screen("organisations", values, (*proposed, *rows, (Button("new"), Button("menu"))))


def typed(desk: Desk, text: str) -> Remark | None:
    """Words of a title."""
    desk.go(desk.place.seen(q=" ".join(text.split())[:60], page=""))
    return None


def everything(desk: Desk, _: str) -> Remark | None:
    """The whole list again."""
    desk.go(Place("organisations"))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """The next page, from the last one the first."""
    desk.go(desk.place.seen(page=str(number(page))))
    return None


def one(desk: Desk, arg: str) -> Remark | None:
    """Open one."""
    if organisations.by_id(desk.conn, number(arg)) is not None:
        desk.go(Place("organisation", row=number(arg), back=desk.place))
    return None


def new(desk: Desk, _: str) -> Remark | None:
    """Begin a new one: its title is asked first."""
    desk.go(Place("new_organisation"))
    return None


def show_new(desk: Desk) -> Screen:
    """Title, then kind, then what it belongs to."""
    title, kind = desk.place.view.get("title", ""), desk.place.view.get("kind", "")
    values = {"title": title, "kind": desk.world.caption(f"kind_{kind}") if kind else ""}
    back = (Button("back"),)
    if not title:
        return Screen("new_organisation", values, (back,))
    if not kind:
        kinds = tuple((Button("kind", key, word=f"kind_{key}"),) for key in KINDS)
        return Screen("new_organisation", values, (*kinds, back))
    above = _above(desk, kind)
    start = number(desk.place.view.get("page", "0"))
    rows: list[tuple[Button, ...]] = [
        (Button("parent", str(org.id), label=org.title),) for org in above[start : start + PAGE]
    ]
    if len(above) > PAGE:
        rows.append((Button("more", str(start + PAGE if start + PAGE < len(above) else 0)),))
    return Screen("new_organisation", values, (*rows, (Button("parent", "0", word="no_parent"),), back))


def _above(desk: Desk, kind: str) -> list[Organisation]:
    fits = MAY_STAND_UNDER.get(kind, ())
    return [one for one in organisation_lists.every(desk.conn) if one.kind in fits]


def typed_new(desk: Desk, text: str) -> Remark | None:
    """The title; a typed title of what it belongs to is found by its words (`handlers.meant`)."""
    if desk.place.view.get("title"):
        return Remark("please_choose")
    title = first_hour.fits_title(text)
    if not title:
        return Remark("setup_refused", {"reason": "no_title", "piece": ""})
    if organisation_lists.titled(desk.conn, title):
        return Remark("setup_refused", {"reason": "title_taken", "piece": ""})
    desk.go(desk.place.seen(title=title))
    return None


def kind(desk: Desk, key: str) -> Remark | None:
    """What it is; a region stands under nothing, and so does anything while nothing is there."""
    if key not in KINDS or not desk.place.view.get("title"):
        return None
    desk.go(desk.place.seen(kind=key))
    return None if _above(desk, key) else _create(desk, None)


def parent(desk: Desk, arg: str) -> Remark | None:
    """What it belongs to, and it is made."""
    if not desk.place.view.get("kind"):
        return None
    above = {org.id: org for org in _above(desk, desk.place.view["kind"])}
    if number(arg) and number(arg) not in above:
        return Remark("out_of_date")
    return _create(desk, above.get(number(arg)))


def _create(desk: Desk, under: Organisation | None) -> Remark | None:
    view = desk.place.view
    made = organisations.create(
        desk.conn,
        view["title"],
        desk.now,
        parent_id=under.id if under else None,
        region=under.region if under else "",
        timezone=under.timezone if under else "",
        keeps_names=under.keeps_names if under else True,
        kind=view["kind"],
    )
    audit.record(desk.conn, desk.person.id, "organisation.create", desk.now, str(made.id))
    first_links.first_link(desk.conn, desk.world.secret, made, desk.now, VALID, by=desk.person.id)
    desk.go(Place("organisation", row=made.id))
    return Remark("organisation_made", {"title": made.title})


def back_new(desk: Desk, _: str) -> Remark | None:
    """One answer back, then to the list."""
    if desk.place.view.get("kind"):
        desk.go(desk.place.seen(kind="", page=""))
    elif desk.place.view.get("title"):
        desk.go(desk.place.seen(title=""))
    else:
        desk.go(Place("organisations"))
    return None


def show_one(desk: Desk) -> Screen:
    """Who coordinates it, and the link for who will."""
    found = organisations.by_id(desk.conn, desk.place.row)
    assert found is not None
    every = first_links.links(desk.conn, found)
    waiting = [one for one in every if invitations.state(one, desk.now) == "waiting"]
    people = memberships.people_of(desk.conn, found.id, COORDINATOR)
    above = organisations.by_id(desk.conn, found.parent_id or 0)
    token = invitations.token_of(desk.world.secret, waiting[-1]) if waiting else ""
    code = invitations.code_of(desk.world.secret, waiting[-1]) if waiting else ""
    values = {
        "title": found.title,
        "kind": desk.world.caption(f"kind_{found.kind}"),
        "above": above.title if above else "",
        "coordinators": len(people),
        "set_up": coordinating.set_up(found),
        "token": token,
        "code": code,
        "until": waiting[-1].expires_at.astimezone(desk.zone).date() if waiting else None,
    }
    if desk.place.view.get("message") and waiting:
        return Screen("coordinator_message", values, ((Button("keep", word="back"),),))
    link = (Button("message"),) if waiting else ()
    change = (Button("renew"), Button("revoke")) if waiting else (Button("renew", word="new_link"),)
    return Screen("organisation", values, (link, change, (Button("back"),)))


def message(desk: Desk, _: str) -> Remark | None:
    """Show the words to forward."""
    desk.go(desk.place.seen(message="1"))
    return None


def renew(desk: Desk, _: str) -> Remark | None:
    """A new link; the old one is dead."""
    found = organisations.by_id(desk.conn, desk.place.row)
    assert found is not None
    first_links.first_link(desk.conn, desk.world.secret, found, desk.now, VALID, by=desk.person.id)
    desk.changed = True
    return Remark("link_renewed")


def revoke(desk: Desk, _: str) -> Remark | None:
    """No link of a coordinator opens any more."""
    found = organisations.by_id(desk.conn, desk.place.row)
    assert found is not None
    waiting = [one for one in first_links.links(desk.conn, found) if one.used_at is None]
    for one in waiting:
        invitations.revoke(desk.conn, one.id, desk.now, by=desk.person.id)
    desk.changed = True
    return Remark("link_revoked", {"name": found.title})


def keep(desk: Desk, _: str) -> Remark | None:
    """Back from the words to forward."""
    desk.go(desk.place.seen(message=""))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the list, as it was left."""
    desk.go(desk.place.back or Place("organisations"))
    return None


def _exists(desk: Desk) -> bool:
    return coordinating.operates(desk) and organisations.by_id(desk.conn, desk.place.row) is not None


_LIST = {
    "one": one,
    "more": more,
    "all": everything,
    "new": new,
    "proposals": menu.to("moderation"),
    "menu": menu.menu,
}
_NEW = {"kind": kind, "parent": parent, "more": more, "back": back_new}
_ONE = {"message": message, "renew": renew, "revoke": revoke, "keep": keep, "back": back}

ROOMS = {
    "organisations": Room(show, typed, _LIST, exists=coordinating.operates),
    "new_organisation": Room(show_new, typed_new, _NEW, exists=coordinating.operates),
    "organisation": Room(show_one, None, _ONE, exists=_exists),
}
