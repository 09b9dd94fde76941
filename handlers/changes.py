"""«Было / стало»: what changed since the plan was approved last."""

from bot.iom.access import Fact
from bot.iom.card import without_reflections
from bot.iom.snapshot import Changed, difference, thawed
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import snapshots

PAGE = 6


def open_changes(desk: Desk, _: str) -> Remark | None:
    """What changed since it was approved last."""
    desk.go(Place("changes", row=desk.place.row or desk.facts.route_id, back=desk.place))
    return None


def show_changes(desk: Desk) -> Screen:
    """«Было / стало», a page at a time."""
    case = still(case_of(desk, Fact.CARD))
    found = changes_of(case)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    following = start + PAGE if start + PAGE < len(found) else 0
    more = ((Button("more", str(following)),),) if len(found) > PAGE else ()
    values = {"name": case.name, "count": len(found), "changes": found[start : start + PAGE]}
    return Screen("changes", values, (*more, (Button("back"),)))


def changes_of(case: Case) -> tuple[Changed, ...]:
    """Against the plan that was approved last, nothing when none was; of reflections only what is shared."""
    kept = snapshots.newest(case.desk.conn, case.facts.route_id)
    if kept is None:
        return ()
    was, now = thawed(kept.content, case.facts), case.facts
    if not case.may(Fact.REFLECTIONS):
        was, now = without_reflections(was), without_reflections(now)
    return difference(case.regulation, was, now)


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """Where it was opened from."""
    desk.go(desk.place.back or Place("queue"))
    return None


ROOMS = {
    "changes": Room(
        show_changes,
        None,
        {"more": more, "back": back},
        exists=lambda desk: case_of(desk, Fact.CARD) is not None,
    )
}
