"""«Чем могу поделиться» (001 Прил. 3, алгоритм 3): a teacher's own list, shown to colleagues one by one, and
a colleague's wish for one of them. They meet by themselves: the bot only carries the question."""

from typing import Any

from bot.iom.catalogue import RESOURCES
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import notices, sharing
from storage.notices import Notice
from storage.sharing import Resource

SHORTEST, LONGEST = 3, 150
ASKED, ANSWERED = "resource_asked", "resource_answer"


def show(desk: Desk) -> Screen:
    """Her list; or what is asked about a new one: its kind, then for what it helps."""
    view = desk.place.view
    mine = sharing.of_person(desk.conn, desk.person.id)
    step = "block" if view.get("kind") else "kind" if view.get("title") else ""
    values = {"step": step, "title": view.get("title", ""), "count": len(mine), "shown": _shown(mine)}
    back = (Button("back"),)
    if step == "kind":
        rows = tuple((Button("kind", key, word=f"resource_{key}"),) for key in RESOURCES)
        return Screen("resources", values, (*rows, back))
    if step == "block":
        rows = tuple((Button("block", block.key, label=block.title),) for block in desk.regulation.block)
        return Screen("resources", values, (*rows, back))
    marks = {True: "◉ ", False: ""}
    rows = tuple((Button("one", str(one.id), label=f"{marks[one.shown]}{one.title}"),) for one in mine)
    return Screen("resources", values, (*rows, (Button("menu", word="back"),)))


def _shown(mine: tuple[Resource, ...]) -> int:
    return sum(one.shown for one in mine)


def typed(desk: Desk, text: str) -> Remark | None:
    """The title of a new one."""
    title = " ".join(text.split())
    if desk.place.view.get("title"):
        return Remark("please_choose")
    if not SHORTEST <= len(title) <= LONGEST:
        return Remark("resource_told", {"what": "title", "title": ""})
    desk.go(desk.place.seen(title=title))
    return None


def kind(desk: Desk, key: str) -> Remark | None:
    """What it is."""
    if key in RESOURCES and desk.place.view.get("title"):
        desk.go(desk.place.seen(kind=key))
    return None


def block(desk: Desk, key: str) -> Remark | None:
    """For what it helps; it is remembered, and hers alone."""
    view = desk.place.view
    if key not in desk.regulation.blocks or not view.get("title") or view.get("kind") not in RESOURCES:
        return None
    made = sharing.add(desk.conn, desk.person.id, view["title"], view["kind"], key, desk.now)
    desk.go(Place("resource", row=made) if made else Place("resources"))
    return Remark("resource_told", {"what": "added" if made else "full", "title": view["title"]})


def back(desk: Desk, _: str) -> Remark | None:
    """One answer back."""
    view = desk.place.view
    desk.go(desk.place.seen(kind="") if view.get("kind") else desk.place.seen(title=""))
    return None


def pick(desk: Desk, arg: str) -> Remark | None:
    """Open one."""
    if sharing.one(desk.conn, desk.person.id, number(arg)) is not None:
        desk.go(Place("resource", row=number(arg)))
    return None


def menu(desk: Desk, _: str) -> Remark | None:
    """To all the rooms."""
    desk.go(Place("menu"))
    return None


def _one(desk: Desk) -> Resource | None:
    return sharing.one(desk.conn, desk.person.id, desk.place.row)


def show_one(desk: Desk) -> Screen:
    """One of hers: whom it is shown to, and what can be done."""
    one = _one(desk)
    assert one is not None
    found = desk.regulation.blocks.get(one.block)
    values = {
        "title": one.title,
        "kind": desk.world.caption(f"resource_{one.kind}"),
        "block": found.title if found else "",
        "shown": one.shown,
        "alone": not desk.memberships,
    }
    toggle = Button("hide") if one.shown else Button("reveal")
    return Screen("resource", values, ((toggle,), (Button("forget"), Button("list", word="back"))))


def reveal(desk: Desk, _: str) -> Remark | None:
    """«Показать коллегам»."""
    return _told(desk, "shown", sharing.show(desk.conn, desk.person.id, desk.place.row, desk.now))


def hide(desk: Desk, _: str) -> Remark | None:
    """Nobody is offered it any more."""
    return _told(desk, "hidden", sharing.show(desk.conn, desk.person.id, desk.place.row, None))


def forget(desk: Desk, _: str) -> Remark | None:
    """Delete it."""
    one = _one(desk)
    sharing.remove(desk.conn, desk.person.id, desk.place.row)
    desk.go(Place("resources"))
    return Remark("resource_told", {"what": "forgotten", "title": one.title if one else ""})


def _told(desk: Desk, what: str, done: bool) -> Remark | None:
    desk.changed = True
    one = _one(desk)
    return Remark("resource_told", {"what": what, "title": one.title}) if done and one else None


def to_list(desk: Desk, _: str) -> Remark | None:
    """Her list."""
    desk.go(Place("resources"))
    return None


def offered(desk: Desk, block: str) -> tuple[Resource, ...]:
    """What colleagues show for a point of growth."""
    return sharing.shared(desk.conn, desk.person.id, block, limit=2) if block else ()


def asking(desk: Desk, one: Resource) -> Button:
    """«Спросить: …» among the suggestions."""
    return Button("ask_colleague", str(one.id), label=f"{desk.world.caption('ask_colleague')}: {one.title}")


def asked_for(desk: Desk, arg: str) -> Remark | None:
    """A colleague would like to have it: its owner is asked, once."""
    one = sharing.shared_one(desk.conn, desk.person.id, number(arg))
    if one is None:
        return Remark("resource_told", {"what": "gone", "title": ""})
    key = _key(one.id, desk.person.id)
    subject = {"resource": one.id, "asker": desk.person.id}
    new = notices.plan(desk.conn, one.person_id, key, ASKED, desk.now, desk.now, **subject)
    return Remark("resource_told", {"what": "asked" if new else "asked_before", "title": one.title})


def _key(resource_id: int, asker_id: int) -> str:
    return f"{ASKED}/{resource_id}/{asker_id}"


def notice_asked(desk: Desk, told: Notice) -> Screen | None:
    """«Коллега просит», while it is shown and they are colleagues."""
    one = sharing.one(desk.conn, desk.person.id, int(told.subject["resource"]))
    asker = int(told.subject["asker"])
    name = sharing.name_of(desk.conn, desk.person.id, asker)
    if one is None or not one.shown or not name:
        return None
    buttons = (FactButton("share_resource", one.id, asker), FactButton("keep_resource", one.id, asker))
    return Screen("notice_resource", {"title": one.title, "name": name, "answer": ""}, (buttons,))


def notice_answered(desk: Desk, told: Notice) -> Screen | None:
    """What the colleague answered."""
    one = sharing.shared_one(desk.conn, desk.person.id, int(told.subject["resource"]))
    if one is None:
        return None
    return Screen(
        "notice_resource", {"title": one.title, "name": one.name, "answer": str(told.subject["answer"])}
    )


def _answer(desk: Desk, resource_id: int, asker_id: int, answer: str) -> Remark:
    one = sharing.one(desk.conn, desk.person.id, resource_id)
    asked = sharing.was_asked(desk.conn, desk.person.id, _key(resource_id, asker_id))
    if one is None or not asked or not sharing.name_of(desk.conn, desk.person.id, asker_id):
        return Remark("out_of_date")
    key = f"{ANSWERED}/{resource_id}/{asker_id}"
    subject: dict[str, Any] = {"resource": resource_id, "answer": answer}
    new = notices.plan(desk.conn, asker_id, key, ANSWERED, desk.now, desk.now, **subject)
    return Remark("resource_told", {"what": "answered" if new else "answered_before", "title": one.title})


def press_share(desk: Desk, resource_id: int, asker_id: int) -> Remark | None:
    """«Поделюсь»."""
    return _answer(desk, resource_id, asker_id, "yes")


def press_keep(desk: Desk, resource_id: int, asker_id: int) -> Remark | None:
    """«Сейчас не могу»."""
    return _answer(desk, resource_id, asker_id, "no")


ROOMS = {
    "resources": Room(
        show,
        typed,
        {"kind": kind, "block": block, "one": pick, "back": back, "menu": menu},
        needs_route=True,
    ),
    "resource": Room(
        show_one,
        None,
        {"reveal": reveal, "hide": hide, "forget": forget, "list": to_list},
        needs_route=True,
        exists=lambda desk: _one(desk) is not None,
    ),
}
NOTICES = {ASKED: notice_asked, ANSWERED: notice_answered}
PRESSES = {"share_resource": press_share, "keep_resource": press_keep}
