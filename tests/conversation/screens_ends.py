"""Screens of corrections, a longer term, pauses and the end of a route, drawn by people around two routes.

found = await drawn_ends(play)      # (place, screen)
"""

from datetime import timedelta

from sqlalchemy import Connection

from bot.iom.facts import State
from bot.iom.journey import LineState
from bot.phone.person import Person
from bot.speech.screen import Screen
from handlers.desk import Desk
from handlers.house import HOUSE
from handlers.notices import screen_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import exchanges, journeys, routes
from storage.notices import Notice
from tests.conversation.given import id_of, puts
from tests.conversation.given_finish import close_lines, finished, moves, school_of
from tests.conversation.given_life import Life
from tests.stage import Play

Drawn = list[tuple[Place, Screen]]

# Rooms that a teacher whose card is being written has not.
ROOMS = {
    "correcting", "correction", "corrections", "extending", "offering", "offered", "pausing", "slowing",
    "finishing", "marking", "conclusion", "withdrawing", "model", "unanswered",
}  # fmt: skip


async def drawn_ends(play: Play) -> Drawn:
    """Everything this area shows."""
    return [*await _corrections(play), *await _terms(play), *await _models(play), *await _ends(play)]


async def seen(play: Play, person: Person, *places: Place) -> Drawn:
    """These places as the person would see them."""

    def unit(conn: Connection) -> Drawn:
        found = []
        for place in places:
            desk = _desk(conn, play, person)
            desk.place = place
            assert HOUSE[place.name].exists(desk), place
            found.append((place, HOUSE[place.name].show(desk)))
        return found

    return await play.app.database.read(unit)


async def notice(play: Play, person: Person, kind: str, life: Life, **subject: int) -> Drawn:
    """A notice as the person would see it."""

    def unit(conn: Connection) -> Drawn:
        told = Notice(
            1, id_of(conn, person), person.id, kind, life.route_id, subject, "", 1, play.clock.now()
        )
        screen = screen_of(_desk(conn, play, person), told)
        assert screen is not None, kind
        return [(Place(f"notice {kind}"), screen)]

    return await play.app.database.read(unit)


def _desk(conn: Connection, play: Play, person: Person) -> Desk:
    return desk_of(conn, play.app.voice._world, person.id, play.clock.now())


async def _corrections(play: Play) -> Drawn:
    life, by = await school_of(play, "curator", "methodist")
    anna, boris = life.teacher, by["mentor"]
    one, add = Place("correcting", row=life.lines[1]), Place("correcting")
    days = {"from": "2027-03-01", "to": "2027-03-31"}
    found = await seen(
        play,
        anna,
        one,
        one.seen(kind="move"),
        one.seen(kind="replace"),
        one.seen(kind="replace", q="урок"),
        one.seen(kind="move", **days),
        one.seen(kind="move", reason="workload", **days),
        one.seen(kind="cancel", reason="своя причина"),
        add.seen(title="Семинар"),
        add.seen(title="Семинар", undated="1", reason="request"),
        Place("corrections"),
        Place("corrections", view={"lines": "1"}),
    )
    await moves(life)
    made = (await life.journey()).corrections[0].id
    here = Place("correction", row=life.route_id, parent=made)
    found += await seen(play, anna, here, Place("corrections"))
    found += await seen(play, boris, here, here.seen(asking="1"), Place("corrections", row=life.route_id))
    found += await notice(play, boris, "correction", life, correction=made)
    await puts(play, boris, here)
    await boris.presses("Отклонить с замечанием")
    await boris.says("Лучше раньше")
    await boris.settled()
    found += await seen(play, anna, here, Place("corrections"))
    return [*found, *await notice(play, anna, "correction_news", life, correction=made)]


async def _terms(play: Play) -> Drawn:
    life, by = await school_of(play, "coordinator", slug="ust_ilimsk")
    anna, boris = life.teacher, by["mentor"]
    extending, offering = Place("extending"), Place("offering", row=life.route_id)
    pausing = Place("pausing")
    found = await seen(play, anna, extending, extending.seen(months="2"), Place("slowing"), pausing)
    found += await seen(play, anna, pausing.seen(**{"from": "2026-12-01", "to": "2026-12-14"}))
    found += await seen(play, anna, Place("withdrawing"), Place("withdrawing", view={"sure": "1"}))
    found += await seen(play, boris, offering, offering.seen(months="3"))
    await puts(play, boris, offering)
    await boris.presses("3 мес.")
    await boris.says("Динамики пока нет")
    await boris.settled()
    made = (await life.journey()).extensions[0].id
    found += await seen(play, anna, Place("offered"), extending, Place("home"))
    found += await notice(play, anna, "extension_offer", life, extension=made)
    facts = await life.facts()

    def paused(conn: Connection) -> None:
        after = journeys.accept_extension(conn, facts, made, play.clock.now())
        journeys.pause_route(conn, after, play.clock.now().date(), None, "illness")

    await play.app.database.write(paused)
    found += await notice(play, boris, "extension_news", life, extension=made)
    sure = Place("withdrawing", row=life.route_id, view={"sure": "1"})
    found += await seen(play, by["coordinator"], sure, sure.seen(reason="переезд"))
    return [*found, *await seen(play, anna, Place("pausing"), Place("extending"), Place("home"))]


async def _models(play: Play) -> Drawn:
    """Proposed by the tutor, agreed to, confirmed by the school."""
    life, by = await school_of(play, "coordinator", slug="ust_ilimsk")
    anna, boris, galina = life.teacher, by["mentor"], by["coordinator"]
    here = Place("model", row=life.route_id)

    async def newest() -> int:
        return (await life.journey()).decisions[-1].id

    await puts(play, boris, here)
    found = [*await seen(play, boris, here), *await seen(play, galina, Place("unanswered"))]
    facts, ago = await life.facts(), play.clock.now() - timedelta(days=8)
    await play.app.database.write(lambda conn: exchanges.ask(conn, facts, "Как быть?", ago))
    found += await seen(play, galina, Place("unanswered"), Place("school", row=life.organisation.id))
    await boris.presses("Внутри нашей организации")
    await boris.settled()
    found += await seen(play, anna, Place("model"), Place("home"))
    found += await notice(play, anna, "model_offer", life, decision=await newest())
    await puts(play, anna, Place("model"))
    await anna.presses("Согласиться")
    await anna.settled()
    found += [*await seen(play, anna, Place("model")), *await seen(play, galina, here, Place("queue"))]
    found += await notice(play, galina, "model_confirm", life, decision=await newest())
    await puts(play, galina, here)
    await galina.presses("Подтвердить")
    await galina.settled()
    found += await notice(play, boris, "model_news", life, decision=await newest())
    return [*found, *await seen(play, boris, here, Place("case", row=life.route_id))]


async def _ends(play: Play) -> Drawn:
    life, by = await school_of(play, "head", "methodist", "coordinator")
    anna, boris, dmitry = life.teacher, by["mentor"], by["head"]
    here, marks = Place("conclusion", row=life.route_id), Place("marking", row=life.route_id)
    finishing = Place("finishing")
    found = await seen(play, anna, finishing, finishing.seen(sure="1"))
    await _state(life, State.FINALIZING)
    found += await seen(play, anna, finishing, Place("home"))
    found += await seen(play, boris, here, marks, Place("marking", "final_done", life.route_id))
    found += await notice(play, by["methodist"], "to_finish", life)
    await close_lines(life, LineState.CONFIRMED, LineState.NOT_DONE, LineState.PARTLY)
    await finished(life)
    found += await seen(play, anna, finishing)
    found += await seen(play, boris, here, Place("marking", "final_done_on", life.route_id))
    await _state(life, State.CONCLUSION)
    found += await notice(play, boris, "conclusion", life)
    found += await seen(play, boris, here, Place("case", row=life.route_id))
    await puts(play, boris, here)
    await boris.presses("Взять этот текст")
    await boris.sees("Каков итог")
    found += await seen(play, boris, here, here.seen(rewrite="1"))
    await boris.presses("Достигнуты частично")
    await boris.settled()
    found += await seen(play, dmitry, here, here.seen(asking="1"))
    found += [*await seen(play, anna, here), *await notice(play, dmitry, "conclusion", life)]
    await puts(play, dmitry, here)
    await dmitry.presses("Согласовать")
    await dmitry.settled()
    found += [*await seen(play, anna, here), *await notice(play, anna, "conclusion", life)]
    await _state(life, State.COMPLETED)
    found += await seen(play, anna, here, Place("settings"), Place("stopped"))
    found += await notice(play, boris, "concluded", life)
    await _state(life, State.WITHDRAWN)
    return [*found, *await notice(play, boris, "withdrawn", life)]


async def _state(life: Life, state: State) -> None:
    facts = await life.facts()
    await life.play.app.database.write(lambda conn: routes.move(conn, facts, state, 0, life.play.clock.now()))
