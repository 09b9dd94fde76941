"""Screens of digests, for `test_screens`: a school, a town above it, a mentor; with few people and with many.

found = await drawn_digest(play)      # (place, screen)
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import Connection, insert

from bot.iom.facts import AddEntry, Facts, Value
from handlers import deficits, digest, digest_list, digest_words, nudging, pupils
from handlers.place import Place
from storage import memberships, notices, organisations, people, routes, tables
from tests.conversation.given import id_of
from tests.conversation.given_digest import Watched, looked_after, said, under_a_town
from tests.conversation.screens_ends import Drawn, seen
from tests.stage import Play

ROOMS = frozenset(
    name for module in (digest, digest_list, deficits, pupils, nudging) for name in module.ROOMS
)
LONG = "Щ" * 110
MANY = 10


async def drawn_digest(play: Play) -> Drawn:
    """Everything this area shows."""
    there = await looked_after(play)
    mila, town = await under_a_town(play, there)
    found = [
        *await _of_place(play, there, there.place.id),
        *await seen(play, mila, Place("digest", row=town.id)),
    ]
    like = await there.life.facts()
    await play.app.database.write(partial(_crowd, play=play, there=there, like=like))
    found += await _of_place(play, there, there.place.id)
    lists = [Place("digest_list", name, town.id) for name in digest_words.ORDER]
    found += await seen(play, mila, Place("digest", row=town.id), *lists, Place("deficits", row=town.id))
    found += await seen(play, there.boris, Place("digest"), Place("nudge", row=there.life.route_id))
    for person, kind, organisation in (
        (there.galina, "digest", there.place.id),
        (mila, "digest", town.id),
        (there.boris, "mentor_digest", 0),
    ):
        screen = await said(play, person, kind, organisation=organisation)
        assert screen is not None, kind
        found.append((Place(kind), screen))
    found += await _nudges(play, there)
    return found


async def _of_place(play: Play, there: Watched, row: int) -> Drawn:
    lists = [Place("digest_list", name, row) for name in digest_words.ORDER]
    pages = [place.seen(page="8") for place in lists]
    rooms = [Place(name, row=row) for name in ("digest", "deficits", "pupils")]
    papers = [rooms[0].seen(part="more", file=name) for name in ("table", "picture", "year_report")]
    more = [rooms[0].seen(part="more"), rooms[1].seen(file="1"), rooms[2].seen(page="8")]
    return await seen(play, there.galina, *rooms, *lists, *pages, *papers, *more)


async def _nudges(play: Play, there: Watched) -> Drawn:
    """The preview, the message, and the preview once it was sent."""
    place = Place("nudge", row=there.life.route_id)
    found = await seen(play, there.galina, place)
    screen = await said(play, there.anna, "nudge", there.life.route_id, sender=1, role="coordinator")
    assert screen is not None
    found.append((Place("nudge"), screen))
    await play.app.database.write(partial(_sent, play=play, there=there))
    return [*found, *await seen(play, there.galina, place)]


def _sent(conn: Connection, play: Play, there: Watched) -> None:
    now, anna = play.clock.now(), id_of(conn, there.anna)
    notices.plan(conn, anna, f"nudge/{anna}", "nudge", now, now, there.life.route_id)


def _crowd(conn: Connection, play: Play, there: Watched, like: Facts) -> None:
    """Teachers with the longest names, each with a line that is late, a correction, hours, a lost notice."""
    began, place = play.clock.now() - timedelta(days=60), there.place
    period: Value = {"from": "2026-10-01", "to": "2026-10-31"}
    measured: Value = {"subject": {"total": 40.0}}
    rows = [AddEntry("plan", {"title": LONG, "period": period}), AddEntry("diagnoses", {"scores": measured})]
    for n in range(MANY):
        person = people.arrive(conn, 10**9 + place.id * 100 + n, began)
        memberships.join(conn, person.id, place.id, "teacher", began, name=f"{LONG}{n}")
        facts = routes.start(conn, person.id, like.slug, like.regulation_hash, place.id, began)
        routes.apply(conn, facts, rows, person.id, began, personal=())
        _happened(conn, facts.route_id, person.id, play)
    results = {f"{LONG[:55]}{n}": 50.5 for n in range(20)}
    organisations.save_settings(conn, place.id, {"staff": 99, "pupils": {"2026/2027": results}})


def _happened(conn: Connection, route_id: int, person_id: int, play: Play) -> None:
    now = play.clock.now()
    conn.execute(tables.route.update().where(tables.route.c.id == route_id).values(state="active"))
    change = {"kind": "move", "changes": {}, "state": "applied", "step": 0, "created_at": now}
    conn.execute(insert(tables.correction).values(route_id=route_id, reason=LONG, **change))
    met = {"kind": "visit", "hours": 1.5, "held_on": now.date(), "note": "", "at": now}
    conn.execute(insert(tables.hours).values(route_id=route_id, **met))
    times = {"due_at": now, "created_at": now, "claimed_until": now, "attempts": 1}
    about = {"key": f"lost/{route_id}", "kind": "line", "subject": {}, "token": "", "error": ""}
    conn.execute(
        insert(tables.notice).values(person_id=person_id, route_id=route_id, state="failed", **times, **about)
    )
