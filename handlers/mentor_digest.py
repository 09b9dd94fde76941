"""A mentor's own short digest: what waits for her, what is late at her people's, what is due this week."""

from bot.iom import digest
from bot.iom.access import Fact
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import found, overseeing
from handlers.cases import case_of
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import number
from storage import behind, figures, queues
from storage.behind import Behind
from storage.counted import OF_MENTOR
from storage.figures import summed_of

MOST = 4  # people named of each list; the rest is a number
BUTTONS = 8


def values_of(desk: Desk) -> dict[str, object]:
    """Numbers, and the first of each list by name."""
    terms = overseeing.own_terms(desk)
    total = summed_of(figures.of(desk.conn, terms, OF_MENTOR))
    first = queues.waiting(desk.conn, desk.person.id, limit=1)
    return {
        "people": total["people"].rows,
        "waiting": queues.count(desk.conn, desk.person.id),
        "oldest": found.days(desk, first[0].since) if first else "",
        "overdue": total["overdue"].rows,
        "coming": total["coming"].rows,
        "late": _named(behind.page(desk.conn, terms, "overdue", limit=MOST)),
        "near": _named(behind.page(desk.conn, terms, "coming", limit=MOST)),
    }


def _named(rows: tuple[Behind, ...]) -> list[dict[str, object]]:
    return [{"name": one.name, "number": int(one.number), "day": one.day} for one in rows]


def _routes(desk: Desk) -> list[tuple[int, str]]:
    """Whose routes it opens, each once: what is late first."""
    terms = overseeing.own_terms(desk)
    rows = [*behind.page(desk.conn, terms, "overdue"), *behind.page(desk.conn, terms, "coming")]
    return list(dict.fromkeys((one.route_id, one.name) for one in rows))[:BUTTONS]


def show(desk: Desk) -> Screen:
    """The same on demand, with a button for each of her people who is named."""
    cases = [(Button("case", str(route_id), label=name),) for route_id, name in _routes(desk)]
    waits = ((Button("queue", word="waits_for_me"),),) if queues.count(desk.conn, desk.person.id) else ()
    return Screen("mentor_digest", values_of(desk), (*waits, *cases, (Button("menu"),)))


def said(desk: Desk) -> Screen | None:
    """Once a week; None when there is nothing to say."""
    total = summed_of(figures.of(desk.conn, overseeing.own_terms(desk), OF_MENTOR))
    if digest.empty_for_mentor(total, queues.count(desk.conn, desk.person.id)):
        return None
    whole = FactButton("open_own_digest", desk.person.id, word="open_digest")
    return Screen("mentor_digest", values_of(desk), ((whole,),))


def open_case(desk: Desk, route_id: str) -> Remark | None:
    """Open somebody's route."""
    if case_of(desk, Fact.STATE, number(route_id)) is None:
        return Remark("out_of_date")
    desk.go(Place("case", row=number(route_id), back=desk.place.seen(file="")))
    return None
