"""Screens of a plan that is carried out, for `test_screens`: lines, claims, questions, hours.

found = await drawn_life(play)      # (place, screen) of people made for it
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import Connection

from bot.iom.facts import Facts, State
from bot.iom.journey import Evidence, File, Line, LineState
from bot.phone.person import Person
from bot.speech.screen import Screen
from handlers import asking_help, confirming_screen, evidence_screen, hours, line
from handlers.cases import own
from handlers.house import HOUSE
from handlers.judging import mark
from handlers.notices import screen_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import decisions, exchanges, journeys, routes
from storage.decisions import Hand
from storage.notices import Notice
from tests.conversation.given import id_of, newcomer
from tests.conversation.given_life import Life, carried_out
from tests.stage import Play

Drawn = list[tuple[Place, Screen]]
ROOMS = frozenset(
    name for module in (line, evidence_screen, confirming_screen, asking_help, hours) for name in module.ROOMS
)
# Captions that are words in other buttons.
WORDS = frozenset({"remove_document", "confirm_all"})
LONG = "Щ" * 250
WORDY = "Слово " * 160
SLUGS = ("stavropol", "ust_ilimsk")


async def drawn_life(play: Play) -> Drawn:
    """Everything this area shows, with usual words and with the longest there are."""
    found: Drawn = []
    for slug, title in ((SLUGS[0], "Курсы"), (SLUGS[1], LONG)):
        boris = newcomer(play, "Борис")
        lines = [(title, date(2026, 11, 20))] * 10
        life = await carried_out(play, mentor=boris, slug=slug, lines=lines)
        found += await play.app.database.write(partial(_whole, play=play, life=life))
    for opened in (True, False):
        there = await carried_out(play, mentor=newcomer(play, "Борис") if not opened else None, opened=False)
        found += await play.app.database.write(
            partial(_looks, play=play, life=there, places=[Place("inquire")])
        )
    early = await carried_out(play, state=State.APPROVED)
    place = Place("line", row=early.lines[0])
    found += await play.app.database.write(partial(_looks, play=play, life=early, places=[place]))
    return found


def _whole(conn: Connection, play: Play, life: Life) -> Drawn:
    return _Walk(conn, play, life).all()


def _looks(conn: Connection, play: Play, life: Life, places: Sequence[Place]) -> Drawn:
    return _Walk(conn, play, life).seen(life.teacher, *places)


@dataclass
class _Walk:
    """One life, drawn at every turn of it."""

    conn: Connection
    play: Play
    life: Life

    def all(self) -> Drawn:
        """In the order in which it happens: facts change between the looks."""
        return [
            *self._collecting(),
            *self._claimed(),
            *self._judged(),
            *self._talk(),
            *self._account(),
        ]

    @property
    def boris(self) -> Person:
        assert self.life.mentor is not None
        return self.life.mentor

    def facts(self) -> Facts:
        found = routes.load(self.conn, id_of(self.conn, self.life.teacher), self.life.route_id)
        assert found is not None
        return found

    def seen(self, person: Person, *places: Place) -> Drawn:
        """These places as this person sees them now."""
        found = []
        for place in places:
            desk = desk_of(self.conn, self.play.app.voice._world, person.id, self.play.clock.now())
            desk.place = place
            assert HOUSE[place.name].exists(desk), place
            found.append((place, HOUSE[place.name].show(desk)))
        return found

    def told(self, person: Person, kind: str, **subject: int) -> Drawn:
        """A notice to a person, which must be true now."""
        desk = desk_of(self.conn, self.play.app.voice._world, person.id, self.play.clock.now())
        about = (id_of(self.conn, person), person.id, kind, self.life.route_id)
        screen = screen_of(desk, Notice(1, *about, subject, "", 1, self.play.clock.now()))
        assert screen is not None, kind
        return [(Place(kind), screen)]

    def _collecting(self) -> Drawn:
        anna, row = self.life.teacher, self.life.lines[0]
        place = Place("evidence", row=row)
        found = self.seen(anna, Place("plan"), Place("line", row=row), place, Place("not_done", row=row))
        _, made = journeys.add_evidence(self.conn, self.facts(), self._given(row, 0))
        told = place.seen(doc=str(made.id))
        parts = ("number", "issued_on", "hours", "pieces", "kind")
        found += self.seen(anna, *(told.seen(part=part) for part in parts), place)
        for number in range(1, 20):
            journeys.add_evidence(self.conn, self.facts(), self._given(row, number))
        return found + self.seen(anna, place, Place("line", row=row))

    def _given(self, row: int, number: int) -> Evidence:
        now, file = self.play.clock.now(), File(f"f{number}", f"u{number}", "Ш" * 76 + ".pdf")
        told = (f"{'9' * 58}{number:02}", date(2026, 9, 30), 999.5, WORDY)
        return Evidence(0, row, "certificate", now, *told, file)

    def _set(self, row: int, state: LineState, reason: str = "") -> None:
        now = self.play.clock.now()
        seen = journeys.load(self.conn, self.life.route_id).state(row)
        journeys.set_line(self.conn, self.facts(), Line(row, state, now, reason), seen)

    def _claimed(self) -> Drawn:
        anna, row = self.life.teacher, self.life.lines[0]
        place = Place("claim", row=self.life.route_id, parent=row)
        for one in self.life.lines:
            self._set(one, LineState.CLAIMED)
        claims = Place("claims", row=self.life.route_id)
        looks = [place, place.seen(say="partly"), place.seen(say="send_back"), place.seen(files="1")]
        found = self.seen(self.boris, *looks, claims, claims.seen(page="8"), claims.seen(undo="1.1"))
        found += self.seen(anna, Place("line", row=row), Place("plan"), Place("plan", view={"page": "6"}))
        desk = desk_of(self.conn, self.play.app.voice._world, anna.id, self.play.clock.now())
        seen = mark(own(desk), [row])
        found += self.told(self.boris, "claimed", entry=row, seen=seen)
        return found + self.told(anna, "line_again", entry=row)

    def _judged(self) -> Drawn:
        anna, found = self.life.teacher, Drawn()
        kinds = [
            ("confirmed", LineState.CONFIRMED, ""),
            ("partly", LineState.PARTLY, WORDY),
            ("returned", LineState.RETURNED, WORDY),
        ]
        hand = Hand(id_of(self.conn, self.boris), "mentor", "Ж" * 120, "")
        for row, (kind, state, words) in zip(self.life.lines, kinds, strict=False):
            new = Line(row, state, self.play.clock.now(), left=words if kind == "partly" else "")
            _, made = decisions.decide(
                self.conn, self.facts(), kind, hand, self.play.clock.now(), remark=words, line=new
            )
            found += self.seen(anna, Place("line", row=row))
            found += self.seen(self.boris, Place("claim", row=self.life.route_id, parent=row))
            found += self.told(anna, "line_judged", entry=row, decision=made.id)
        for row in self.life.lines[3:]:
            self._set(row, LineState.NOT_DONE, reason=WORDY)
        for row, state in zip(self.life.lines[3:], (LineState.REPLACED, LineState.CANCELLED), strict=False):
            self._set(row, state)
        found += self.seen(anna, *(Place("line", row=row) for row in self.life.lines[3:6]), Place("plan"))
        return found + self.seen(self.boris, Place("claims", row=self.life.route_id))

    def _talk(self) -> Drawn:
        anna, row, now = self.life.teacher, self.life.lines[2], self.play.clock.now()
        found = self.seen(anna, Place("inquire"), Place("inquire", row=row))
        _, made = exchanges.ask(self.conn, self.facts(), WORDY, now, entry_id=row)
        room = Place("inquiry", row=self.life.route_id, parent=made.id)
        found += self.seen(anna, Place("inquire", row=row), Place("line", row=row))
        found += self.seen(self.boris, room) + self.told(self.boris, "asked", inquiry=made.id)
        by = id_of(self.conn, self.boris)
        exchanges.answer_inquiry(self.conn, self.facts(), made.id, by, WORDY, now)
        found += self.seen(self.boris, room) + self.seen(anna, Place("line", row=row))
        return found + self.told(anna, "answered", inquiry=made.id)

    def _account(self) -> Drawn:
        place = Place("hours", row=self.life.route_id)
        by = id_of(self.conn, self.boris)
        for kind in hours.KINDS * 3:
            day, now = date(2026, 9, 30), self.play.clock.now()
            exchanges.log_hours(self.conn, self.facts(), kind, 11.5, day, by, now)
        looks = [place, place.seen(kind="visit"), place.seen(kind="visit", hours="1.5")]
        return self.seen(self.boris, *looks) + self.seen(self.life.teacher, Place("plan"))
