"""Events an organisation brought itself: how many are where, one by one, and taking one out again."""

from bot import bringing
from bot.iom.catalogue import STATES, Event
from bot.iom.period import Period, words
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import proposals

PAGE = 8


def show(desk: Desk) -> Screen:
    """Counts by state, the newest first."""
    organisation = coordinating.here(desk)
    states = proposals.own_by_state(desk.conn, organisation.id)
    total = sum(states.values())
    start = number(desk.place.view.get("page", "0"))
    start = start if start < total else 0
    shown = proposals.own(desk.conn, organisation.id, limit=PAGE, offset=start)
    following = start + PAGE if start + PAGE < total else 0
    rows = [(Button("one", str(one.id), label=label(desk, one)),) for one in shown]
    more = ((Button("more", str(following)),),) if total > PAGE else ()
    bring = (Button("propose", word="propose_one"), Button("bring", word="import_catalogue"))
    values = {"states": {state: states.get(state, 0) for state in STATES}, "total": total}
    return Screen("own_events", values, (*rows, *more, bring, (Button("back"),)))


def label(desk: Desk, one: Event) -> str:
    """«на проверке · Название»; what is over says so."""
    last = one.ends_on or one.starts_on
    over = one.state == "published" and last is not None and last < desk.today
    return f"{desk.world.caption('event_expired' if over else f'event_{one.state}')} · {one.title}"


def values_of(desk: Desk, one: Event) -> dict[str, object]:
    """An event in words, for its own screen."""
    when = words(Period(one.starts_on, one.ends_on or one.starts_on)) if one.starts_on else ""
    caption = desk.world.caption
    titles = bringing.block_titles(desk.conn, desk.world.shelf, one.proposer)
    return {
        "title": one.title,
        "when": when,
        "organiser": one.organiser,
        "blocks": [titles.get(key, key) for key in one.blocks],
        "form": caption(f"form_{one.form}"),
        "education": caption(f"education_{one.education}"),
        "level": caption(f"level_{one.level}"),
        "hours": one.hours,
        "resource": caption(f"resource_{one.resource}") if one.resource else "",
        "registration": one.registration,
        "recommended_by": one.recommended_by,
        "link": one.link,
        "state": one.state,
    }


def _one(desk: Desk) -> Event | None:
    organisation = coordinating.school(desk)
    return proposals.own_one(desk.conn, organisation.id, desk.place.parent) if organisation else None


def show_one(desk: Desk) -> Screen:
    """One of them; what is offered or waits may be taken out."""
    one = _one(desk)
    assert one is not None
    sure = (Button("really_take_out"),) if desk.place.view.get("sure") else (Button("withdraw_event"),)
    first = (sure,) if one.state in {"proposed", "published"} else ()
    values = {**values_of(desk, one), "judging": False, "sure": bool(desk.place.view.get("sure"))}
    return Screen("one_event", values, (*first, (Button("back"),)))


def pick(desk: Desk, arg: str) -> Remark | None:
    """Open one."""
    organisation = coordinating.here(desk)
    if proposals.own_one(desk.conn, organisation.id, number(arg)) is not None:
        desk.go(Place("own_event", row=organisation.id, parent=number(arg)))
    return None


def sure(desk: Desk, _: str) -> Remark | None:
    """Ask once more."""
    desk.go(desk.place.seen(sure="1"))
    return None


def withdraw(desk: Desk, _: str) -> Remark | None:
    """Out of the catalogue; plans that hold it keep their line."""
    one, organisation = _one(desk), coordinating.here(desk)
    done = one is not None and bool(desk.place.view.get("sure"))
    if not done or not proposals.withdraw(
        desk.conn, desk.person.id, organisation.id, desk.place.parent, desk.now
    ):
        return Remark("out_of_date")
    desk.go(Place("events", row=organisation.id))
    return Remark("event_told", {"what": "withdrawn", "count": 1})


def propose(desk: Desk, _: str) -> Remark | None:
    """One event in six questions."""
    desk.go(Place("propose", row=coordinating.here(desk).id))
    return None


def bring(desk: Desk, _: str) -> Remark | None:
    """A list of them by a file."""
    here = Place("events", row=coordinating.here(desk).id)
    desk.go(Place("imports", "catalogue", here.row, back=here))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From one to the list, from the list to the school."""
    name = "events" if desk.place.name == "own_event" else "school"
    desk.go(Place(name, row=coordinating.here(desk).id))
    return None


ROOMS = {
    "events": Room(
        show,
        None,
        {"one": pick, "more": more, "propose": propose, "bring": bring, "back": back},
        exists=coordinating.exists,
    ),
    "own_event": Room(
        show_one,
        None,
        {"withdraw_event": sure, "really_take_out": withdraw, "back": back},
        exists=lambda desk: _one(desk) is not None,
    ),
}
