"""Screens of interim monitoring and of the questions of the way, drawn at every turn of it.

found = await drawn_monitoring(play)      # (place, screen)
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.iom.checkpoint import CheckpointKind, Interim
from bot.iom.facts import Facts
from bot.iom.monitoring import Due, asked_now
from bot.phone.person import Person
from handlers.place import Place
from storage import checkpoints, journeys
from storage.decisions import Hand
from tests.conversation.given import newcomer, shelf_of
from tests.conversation.given_finish import NAMES
from tests.conversation.given_life import Life, carried_out, helper
from tests.conversation.given_monitoring import confirmed, half_a_year
from tests.conversation.screens_ends import Drawn, notice, seen
from tests.stage import Play

ROOMS = frozenset({"monitoring", "monitoring_case", "reflecting"})
LONG = "Щ" * 250
WORDY = "Слово " * 130
DAY = date(2026, 11, 20)


async def drawn_monitoring(play: Play) -> Drawn:
    """Everything this area shows, with usual words and with the longest there are."""
    found: Drawn = []
    for slug, title in (("stavropol", "Курсы"), ("ust_ilimsk", LONG)):
        boris, mila = newcomer(play, "Борис"), newcomer(play, "Мила")
        life = await carried_out(play, mentor=boris, slug=slug, lines=[(title, DAY)] * 10)
        await helper(play, mila, "methodist", life.organisation, name=NAMES["methodist"], post="методист")
        await play.app.database.write(lambda conn, life=life: half_a_year(conn, play, life))  # type: ignore[misc]
        judge = mila if slug == "stavropol" else boris
        found += await _Way(play, life, judge).all()
    return found


@dataclass
class _Way:
    """One life from the first question to the conclusion."""

    play: Play
    life: Life
    judge: Person
    id: int = 0

    async def all(self) -> Drawn:
        """In the order in which it happens."""
        return [*await self._asked(), *await self._judged(), *await self._others()]

    async def _does(self, act: str, *what: object, **more: object) -> None:
        def unit(conn: Connection) -> None:
            getattr(checkpoints, act)(conn, self._facts(conn), self.id, *what, **more)

        await self.play.app.database.write(unit)

    def _facts(self, conn: Connection) -> Facts:
        return self.life._load(conn)

    def _dues(self, conn: Connection, kind: CheckpointKind) -> list[Due]:
        facts, zone = self._facts(conn), self.play.app.voice._world.zone
        regulation = shelf_of(self.play).volumes[facts.slug].regulation
        journey, today = journeys.load(conn, self.life.route_id), self.play.clock.now().date()
        return [one for one in asked_now(regulation, facts, journey, zone, today) if one.kind is kind]

    async def _begin(self, kind: CheckpointKind) -> Due:
        def unit(conn: Connection) -> Due:
            (due, *_) = self._dues(conn, kind)
            _, begun = checkpoints.begin(conn, self._facts(conn), due, self.play.clock.now())
            self.id = begun.id
            return due

        return await self.play.app.database.write(unit)

    async def _asked(self) -> Drawn:
        anna, today = self.life.teacher, self.play.clock.now().date().isoformat()
        found = await seen(self.play, anna, Place("home"))
        found += await notice(self.play, anna, "monitoring", self.life, on=today)  # type: ignore[arg-type]
        await self._begin(CheckpointKind.MONITORING)
        place = Place("monitoring", row=self.life.route_id, parent=self.id)
        first, *others = self.life.lines
        for said in (
            Interim(first),
            Interim(first, "going"),
            Interim(first, "told", WORDY[:300], WORDY[:300]),
        ):
            await self._does("tell", said)
            found += await seen(self.play, anna, place)
        for row in (first, *others):
            said = Interim(row, "told", WORDY[:300], WORDY[:300], "yes", WORDY[:300])
            await self._does("tell", said)
        found += await seen(self.play, anna, place, place.seen(page="6"), place.seen(at="result.0"))
        await self._does("say", WORDY)
        await self._does("send", self.play.clock.now())
        return found + await seen(self.play, anna, place)

    async def _judged(self) -> Drawn:
        place = Place("monitoring_case", row=self.life.route_id, parent=self.id)
        found = await seen(self.play, self.judge, Place("queue"), place, place.seen(page="3"))
        found += await notice(self.play, self.judge, "monitoring_given", self.life, checkpoint=self.id)
        chosen = place.seen(verdict="lacking")
        both = chosen.seen(form="unfit")
        found += await seen(self.play, self.judge, chosen, both, both.seen(words=WORDY[:600]))
        hand = Hand(0, "methodist", "Ж" * 120, "")
        told = ("lacking", "unfit", hand, self.play.clock.now())
        await self._does("judge", *told, recommendation=WORDY[:600], entry_id=self.life.lines[0])
        found += await seen(self.play, self.judge, place)
        own = Place("monitoring", row=self.life.route_id, parent=self.id)
        found += await seen(self.play, self.life.teacher, own)
        return found + await notice(
            self.play, self.life.teacher, "monitoring_judged", self.life, checkpoint=self.id
        )

    async def _others(self) -> Drawn:
        """A course of three weeks ago, an activity of yesterday, half a year behind."""
        anna, row, found = self.life.teacher, self.life.lines[1], Drawn()
        await confirmed(self.play, self.life, 1, days=22, hours=36)
        found += await notice(self.play, anna, "transfer", self.life, entry=row)
        if (await self.life.facts()).slug == "ust_ilimsk":
            found += await notice(self.play, anna, "reflection", self.life, entry=row)
        await self._begin(CheckpointKind.TRANSFER)
        place = Place("reflecting", row=self.life.route_id, parent=self.id)
        found += await seen(self.play, anna, place, place.seen(example="1"))
        await self._does("say", WORDY)
        found += await seen(self.play, anna, Place("line", row=row))
        await self._half_a_year()
        place = Place("reflecting", row=self.life.route_id, parent=self.id)
        return found + await seen(self.play, anna, place, place.seen(example="1"))

    async def _half_a_year(self) -> None:
        def unit(conn: Connection) -> None:
            day, facts = self.play.clock.now().date(), self._facts(conn)
            key = f"reflection/{facts.route_id}/{day}"
            due = Due(key, CheckpointKind.REFLECTION, day, day + timedelta(days=30))
            _, begun = checkpoints.begin(conn, facts, due, self.play.clock.now())
            self.id = begun.id

        await self.play.app.database.write(unit)
