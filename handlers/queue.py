"""«Ждут вас (n)»: the home of a mentor, an approver, a coordinator – oldest first, one tap each."""

from bot.iom.access import Fact
from bot.speech.screen import Button, Remark, Screen
from handlers import bulk, found, review
from handlers.cases import case_of
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import queues, rosters
from storage.queues import Waiting

PAGE = 8
ROOM_OF = {
    "review": "review",
    "line": "claim",
    "inquiry": "inquiry",
    "monitoring": "monitoring_case",
    "correction": "correction",
    "acknowledge": "conclusion",
    "conclusion": "conclusion",
    "audit": "conclusion",
    "model": "model",
    "event": "moderation",
}


def show(desk: Desk) -> Screen:
    """What waits for this person in all her roles; words typed look for a person."""
    words = desk.place.view.get("words", "")
    if words:
        return found.show(desk, words)
    total = queues.count(desk.conn, desk.person.id)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < total else 0
    waiting = queues.waiting(desk.conn, desk.person.id, limit=PAGE, offset=start)
    buttons = [(Button("pick", _arg(one), label=_label(desk, one)),) for one in waiting]
    reviews = [one for one in waiting if one.kind == "review"]
    bulk = ((Button("agree_all"),),) if len(reviews) > 1 else ()
    undo = ((Button("undo"),),) if desk.place.view.get("undo") else ()
    following = start + PAGE if start + PAGE < total else 0
    more = ((Button("more", str(following)),),) if total > PAGE else ()
    values = {"total": total, "scope": sum(rosters.by_state(desk.conn, desk.person.id).values())}
    people = ((Button("people"),),) if values["scope"] else ()
    return Screen("queue", values, (*buttons, *bulk, *undo, *more, *people, (Button("menu"),)))


def _arg(one: Waiting) -> str:
    thing = one.checkpoint_id or one.correction_id or one.inquiry_id or one.entry_id
    return f"{one.kind}.{one.route_id or one.organisation_id}.{thing}"


def _label(desk: Desk, one: Waiting) -> str:
    return f"{one.name} · {desk.world.caption(f'waits_{one.kind}')} · {found.days(desk, one.since)}"


def typed(desk: Desk, text: str) -> Remark | None:
    """Look for a person by name or code."""
    words = text.strip()[:60]
    if not words or words == "*":
        return Remark("please_choose")
    desk.go(Place("queue", view={"words": words}))
    return None


def everyone(desk: Desk, _: str) -> Remark | None:
    """All routes of the person's scope."""
    desk.go(Place("queue", view={"words": "*"}))
    return None


def pick(desk: Desk, arg: str) -> Remark | None:
    """Open what waits, if it still does."""
    kind, _, rest = arg.partition(".")
    route_id, thing = (number(part) for part in (*rest.split("."), "", "")[:2])
    here = queues.waiting(desk.conn, desk.person.id, limit=200)
    one = next((one for one in here if _arg(one) == arg), None)
    if one is None:
        return Remark("waits_no_more")
    if kind == "review":
        review.enter(desk, route_id)
        return None
    room = "correction" if kind == "acknowledge" and one.correction_id else ROOM_OF[kind]
    desk.go(Place(room, row=route_id, parent=thing, back=Place("queue")))
    return None


def open_case(desk: Desk, route_id: str) -> Remark | None:
    """Open somebody's route."""
    if case_of(desk, Fact.STATE, number(route_id)) is not None:
        desk.go(Place("case", row=number(route_id), back=desk.place))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page, undo=""))
    return None


def menu(desk: Desk, _: str) -> Remark | None:
    """All the rooms."""
    desk.go(Place("menu"))
    return None


def queue(desk: Desk, _: str) -> Remark | None:
    """Back to what waits."""
    desk.go(Place("queue"))
    return None


ROOMS = {
    "queue": Room(
        show,
        typed,
        {
            "pick": pick,
            "case": open_case,
            "more": more,
            "menu": menu,
            "queue": queue,
            "people": everyone,
            "state": found.choose_state,
            "agree_all": bulk.ask,
            "undo": bulk.undo,
        },
    ),
}
