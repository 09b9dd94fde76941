"""Events that wait to be looked at: one by one or all of an organisation, published or sent away.

`row` is the organisation that proposed them, `parent` one event; 0 is the list of organisations, which the
operator has in his own room.
"""

from bot.iom.catalogue import Event
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.own_events import values_of
from handlers.place import Place
from handlers.rooms import Room, number
from storage import memberships, organisations, proposals
from storage.proposals import OPERATOR

PAGE = 8
RECOMMENDS = {"region": "cnppm", "municipality": "mms", "school": "school"}


def judge_id(desk: Desk) -> int:
    """Whose proposals she sees: the operator everybody's, others those below where they are in charge."""
    return OPERATOR if coordinating.operates(desk) else desk.person.id


def count(desk: Desk) -> int:
    """How many events wait for the person."""
    return sum(one.count for one in proposals.waiting(desk.conn, judge_id(desk)))


def exists(desk: Desk) -> bool:
    """Something waits there for this very person."""
    judge, row, parent = judge_id(desk), desk.place.row, desk.place.parent
    if parent:
        one = proposals.one(desk.conn, judge, parent)
        return one is not None and one.proposer == row
    if not row:
        return coordinating.operates(desk)
    return bool(proposals.of_organisation(desk.conn, judge, row, limit=1))


def show(desk: Desk) -> Screen:
    """Organisations, events of one, or one event."""
    if desk.place.parent:
        return _show_one(desk)
    waiting = proposals.waiting(desk.conn, judge_id(desk))
    here = next((one for one in waiting if one.organisation_id == desk.place.row), None)
    start = number(desk.place.view.get("page", "0"))
    if here is None:
        shown = waiting[start : start + PAGE] or waiting[:PAGE]
        rows = [
            (Button("open", str(one.organisation_id), label=f"{one.title} ({one.count})"),) for one in shown
        ]
        return Screen("moderation", _values("", len(waiting)), (*rows, *_more(start, len(waiting)), _BACK))
    start = start if start < here.count else 0
    found = proposals.of_organisation(
        desk.conn, judge_id(desk), here.organisation_id, limit=PAGE, offset=start
    )
    rows = [(Button("one", str(one.id), label=one.title),) for one in found]
    sure = bool(desk.place.view.get("sure"))
    label = f"{desk.world.caption('publish_all')} ({here.count})"
    every = (Button("really_publish_all"),) if sure else (Button("publish_all", label=label),)
    values = {**_values(here.title, here.count), "sure": sure}
    return Screen("moderation", values, (*rows, *_more(start, here.count), every, _BACK))


_BACK = (Button("back"),)


def _values(title: str, total: int) -> dict[str, object]:
    return {"title": title, "total": total, "sure": False}


def _more(start: int, total: int) -> tuple[tuple[Button, ...], ...]:
    following = start + PAGE if start + PAGE < total else 0
    return ((Button("more", str(following)),),) if total > PAGE else ()


def _show_one(desk: Desk) -> Screen:
    one = proposals.one(desk.conn, judge_id(desk), desk.place.parent)
    assert one is not None
    above = _above(desk, one)
    wide = (Button("publish", "wide", word="publish_wide"),) if above else ()
    rows = ((Button("publish"), *wide), (Button("publish", "recommend", word="publish_recommended"),))
    values = {**values_of(desk, one), "judging": True, "sure": False}
    return Screen("one_event", values, (*rows, (Button("decline_event"), Button("back"))))


def _above(desk: Desk, one: Event) -> int:
    """The nearest organisation over the proposer in which the person is in charge, 0 for the operator."""
    hers = {
        held.organisation_id
        for held in memberships.of_person(desk.conn, desk.person.id)
        if held.role in proposals.JUDGES
    }
    over = organisations.above(desk.conn, one.proposer)[1:]
    return next((id_ for id_ in over if id_ in hers), 0)


def publish(desk: Desk, how: str) -> Remark | None:
    """Publish the one on screen: for its own, for all below her, recommended by her level."""
    one = proposals.one(desk.conn, judge_id(desk), desk.place.parent)
    if one is None or how not in {"", "wide", "recommend"}:
        return Remark("out_of_date")
    above = organisations.by_id(desk.conn, _above(desk, one))
    kind = above.kind if above else "region"
    return _judged(
        desk,
        [one.id],
        "published",
        recommended_by=RECOMMENDS.get(kind, "") if how == "recommend" else "",
        organisation_id=above.id if above and how else 0,
    )


def decline(desk: Desk, _: str) -> Remark | None:
    """Not into the catalogue; who proposed it sees that."""
    one = proposals.one(desk.conn, judge_id(desk), desk.place.parent)
    return _judged(desk, [one.id], "declined") if one is not None else Remark("out_of_date")


def sure(desk: Desk, _: str) -> Remark | None:
    """Ask once more about all of them."""
    desk.go(desk.place.seen(sure="1"))
    return None


def publish_all(desk: Desk, _: str) -> Remark | None:
    """Everything this organisation proposed, as it was proposed."""
    if not desk.place.view.get("sure") or not desk.place.row:
        return Remark("out_of_date")
    ids = proposals.ids_of(desk.conn, judge_id(desk), desk.place.row)
    return _judged(desk, list(ids), "published")


def _judged(
    desk: Desk, ids: list[int], state: str, *, recommended_by: str = "", organisation_id: int = 0
) -> Remark | None:
    done = proposals.judge(
        desk.conn,
        judge_id(desk),
        desk.person.id,
        ids,
        state,
        desk.now,
        recommended_by=recommended_by,
        organisation_id=organisation_id,
    )
    desk.changed = True
    row, back = desk.place.row, desk.place.back
    rest = bool(proposals.of_organisation(desk.conn, judge_id(desk), row, limit=1))
    desk.go(Place("moderation", row=row, back=back) if rest else (back or Place("queue")))
    return Remark("event_told", {"what": state, "count": done})


def open_one(desk: Desk, arg: str) -> Remark | None:
    """One event of the organisation."""
    desk.go(Place("moderation", row=desk.place.row, parent=number(arg), back=desk.place.back))
    return None if exists(desk) else Remark("waits_no_more")


def open_organisation(desk: Desk, arg: str) -> Remark | None:
    """Events of one organisation."""
    desk.go(Place("moderation", row=number(arg), back=Place("moderation")))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page, sure=""))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From one to its list, from the list to where it was opened."""
    if desk.place.parent:
        desk.go(Place("moderation", row=desk.place.row, back=desk.place.back))
    else:
        desk.go(desk.place.back or Place("organisations" if coordinating.operates(desk) else "queue"))
    return None


ROOMS = {
    "moderation": Room(
        show,
        None,
        {
            "one": open_one,
            "open": open_organisation,
            "publish": publish,
            "decline_event": decline,
            "publish_all": sure,
            "really_publish_all": publish_all,
            "more": more,
            "back": back,
        },
        exists=exists,
    ),
}
