"""Screens of invitations, roles, pairs and applications, for `test_screens`: each room in every look.

found = await drawn_roles(play)      # (place, screen) of people made for it
"""

from datetime import timedelta

from sqlalchemy import Connection

from bot.phone.person import Person
from bot.speech.screen import Screen
from handlers.desk import Desk
from handlers.house import HOUSE
from handlers.notices import screen_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import doors, invitations, memberships, organisations, pairings
from storage.notices import Notice
from tests.conversation.given import id_of, newcomer
from tests.conversation.given_roles import School, helper, invites, joins, paired, rainbow, teacher
from tests.stage import Play

Drawn = list[tuple[Place, Screen]]

# Rooms that a teacher with nobody around her has not; captions that are said elsewhere than on a button.
ROOMS = {"applying", "door", "leaving", "signature", "companion", "pairing", "pairing_one"}
WORDS = {"access_open", "access_closed", "companion_version", "admit", "role_teacher", "role_approver"}


async def drawn_roles(play: Play) -> Drawn:
    """Everything this area shows."""
    where = await rainbow(play)
    anna = await teacher(play, where)
    boris = await helper(play, where, "mentor", "Борис", "Громов Борис Петрович")
    alone = await teacher(play, where, "Яснова Яна")
    tokens = [(await invites(play, where, role, name="Светлова Анна", post="методист"))[0] for role in ROLES]
    pairs = await paired(play, where, anna, boris)
    await play.app.database.write(lambda conn: _opens(conn, play, where))
    vera = newcomer(play, "Вера")
    await vera.start()
    await vera.settled()

    def unit(conn: Connection) -> Drawn:
        found = [invitations.find(conn, token) for token in tokens]
        ids = [one.id for one in found if one]
        return [
            *_seen(conn, play, vera, [*(Place("invited", row=id_) for id_ in ids), Place("code")]),
            *_seen(conn, play, vera, [Place("applying", row=where.organisation.id)]),
            *_seen(conn, play, alone, [Place("applying", row=where.organisation.id)]),
            *_seen(conn, play, anna, [Place("invited", row=id_) for id_ in ids]),
            *_of_teacher(conn, play, where, anna, boris, pairs, ids[0]),
            *_of_coordinator(conn, play, where, anna, alone, pairs),
            *_notices(conn, play, where, anna, boris, pairs),
        ]

    return await play.app.database.write(unit)


ROLES = ("teacher", "mentor")


def _opens(conn: Connection, play: Play, where: School) -> None:
    galina = id_of(conn, where.galina)
    doors.open(conn, where.organisation, play.clock.now(), galina)


def _desk(conn: Connection, play: Play, person: Person) -> Desk:
    return desk_of(conn, play.app.voice._world, person.id, play.clock.now())


def _seen(conn: Connection, play: Play, person: Person, places: list[Place]) -> Drawn:
    found = []
    for place in places:
        desk = _desk(conn, play, person)
        desk.place = place
        assert HOUSE[place.name].exists(desk), place
        found.append((place, HOUSE[place.name].show(desk)))
    return found


def _of_teacher(
    conn: Connection, play: Play, where: School, anna: Person, boris: Person, pair: int, invitation: int
) -> Drawn:
    one = Place("companion", row=pair)
    places = [
        Place("companions"),
        one,
        one.seen(whole="1"),
        Place("leaving"),
        Place("menu"),
        Place("settings"),
    ]
    places += [Place("leaving", row=where.organisation.id), Place("signature"), Place("viewers")]
    places += [Place("signature", view={"part": "name"}), Place("signature", view={"part": "post"})]
    closed = _seen(conn, play, anna, places)
    hers = id_of(conn, anna)
    now = play.clock.now()
    seen = invitations.by_id(conn, invitation)
    assert seen is not None
    invitations.accept(conn, seen, hers, now)
    for given in ("thinking", "declined", "taking_part"):
        invitations.answer(conn, invitation, hers, given, now)
        closed += _seen(conn, play, anna, [Place("invited", row=invitation), Place("settings")])
    pairings.open(conn, pair, hers, now)
    opened = _seen(conn, play, anna, [Place("companions"), one])
    joins(conn, play, boris, where.organisation, "teacher")
    joins(conn, play, boris, where.organisation, "mentor")
    helper_rooms = [Place("hats"), Place("wards"), Place("menu")]
    return [*closed, *opened, *_seen(conn, play, boris, helper_rooms)]


def _of_coordinator(
    conn: Connection, play: Play, where: School, anna: Person, alone: Person, pair: int
) -> Drawn:
    row = where.organisation.id
    one = Place("pairing_one", row=row, parent=id_of(conn, anna))
    places = [Place("pairing", row=row), Place("pairing", row=row, view={"q": "ясн"}), one]
    places += [one.seen(pick="new"), one.seen(pick="new", mentor="1"), one.seen(sure=str(pair))]
    places += [Place("pairing_one", row=row, parent=id_of(conn, alone)), Place("door", row=row)]
    drawn = _seen(conn, play, where.galina, places)
    now = play.clock.now()
    made = doors.apply(conn, where.organisation, id_of(conn, alone), "Яснова Яна", now - timedelta(days=2))
    assert made
    drawn += _seen(conn, play, where.galina, [Place("door", row=row)])
    fresh = organisations.by_id(conn, row)
    assert fresh is not None
    doors.close(conn, fresh, now, id_of(conn, where.galina))
    return [*drawn, *_seen(conn, play, where.galina, [Place("door", row=row)])]


def _notices(conn: Connection, play: Play, where: School, anna: Person, boris: Person, pair: int) -> Drawn:
    applied = doors.waiting(conn, where.organisation.id, play.clock.now())[0]
    hers = id_of(conn, anna)
    told = [
        (anna, "introduced", {"pairing": pair}),
        (boris, "introduced_companion", {"pairing": pair}),
        (boris, "access_opened", {"pairing": pair}),
        (where.galina, "application", {"invitation": applied.id}),
        (anna, "admitted", {"organisation": where.organisation.id}),
    ]
    drawn = [_notice(conn, play, *one) for one in told]
    pairings.close(conn, pair, hers, play.clock.now())
    drawn.append(_notice(conn, play, anna, "introduced", {"pairing": pair}))
    memberships.leave(conn, hers, where.organisation.id, play.clock.now())
    drawn.append(_notice(conn, play, anna, "turned_down", {"organisation": where.organisation.id}))
    return drawn


def _notice(
    conn: Connection, play: Play, person: Person, kind: str, subject: dict[str, int]
) -> tuple[Place, Screen]:
    notice = Notice(1, id_of(conn, person), person.id, kind, 0, subject, "", 1, play.clock.now())
    screen = screen_of(_desk(conn, play, person), notice)
    assert screen is not None, kind
    return Place(f"notice {kind}"), screen
