"""What a handler works with: one person, the facts of now and the transaction of this update."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.iom import owners
from bot.iom.access import Fact
from bot.iom.facts import Change, Facts
from bot.iom.journey import File
from bot.iom.people import Consent, Organisation, Person
from bot.iom.regulation import Regulation
from bot.iom.regulation_file import RegulationError, parse
from bot.shelf import Shelf
from bot.speech.screen import Remark
from handlers.place import Place
from storage import consents, memberships, organisations, regulations, routes
from storage.cursors import Cursor

STORAGE_CONSENT = "storage"


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for everyone while the process lives. `secret` makes invitations' tokens, `admins`
    are the operator's own accounts. `text` renders a template for what is stored: a drafted conclusion."""

    shelf: Shelf
    operator: str
    consent_version: str
    consent_digest: str
    caption: Callable[[str], str]
    zone: ZoneInfo
    secret: bytes = b""
    admins: frozenset[int] = frozenset()
    text: Callable[[str, Mapping[str, object]], str] = lambda name, values: ""
    companion_version: str = ""
    companion_digest: str = ""
    older: dict[str, Regulation] = field(default_factory=dict)


class Locked(Exception):
    """What was to be written is not the teacher's to write now."""


@dataclass
class Desk:
    """One unit of work. Handlers move `place`, store by `keep` and return remarks; they never speak."""

    world: World
    conn: Connection
    person: Person
    cursor: Cursor
    place: Place
    now: datetime
    changed: bool = False
    gone: bool = False
    file: File | None = None

    @property
    def today(self) -> date:
        """The person's date."""
        return self.now.astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """The person's own time zone, else the school's, else the regulation's, else the installation's."""
        own = self.person.timezone or self._zone_around
        return ZoneInfo(own) if own else self.world.zone

    @cached_property
    def _zone_around(self) -> str:
        """The zone of where she works, in whatever role she looks, else the regulation's; "" when neither
        is known."""
        where = self.organisation
        if where is None and self.person.hat:
            where = organisations.of_person(self.conn, self.person.id, self.person.hat)
        if where is not None and where.timezone:
            return where.timezone
        if self.route is None and where is not None:
            bound = self.world.shelf.volumes.get(organisations.regulation_slug(self.conn, where.id))
            return bound.regulation.timezone if bound else ""
        return self._region_zone()

    def _region_zone(self) -> str:
        """The regulation's zone; "" when its version can't be read any more: /privacy must work even then."""
        try:
            return self.regulation.timezone if self.route else ""
        except RegulationError:
            return ""

    @cached_property
    def organisation(self) -> Organisation | None:
        """Where the person teaches, None when nobody has bound her yet."""
        return organisations.of_person(self.conn, self.person.id)

    @cached_property
    def consent(self) -> Consent | None:
        """The consent to storage in force."""
        return consents.current(self.conn, self.person.id, STORAGE_CONSENT)

    @property
    def consented(self) -> bool:
        """Whether she agreed to the text of now; another text or operator is asked about again."""
        return self.consent is not None and self.consent.digest == self.world.consent_digest

    @cached_property
    def route(self) -> Facts | None:
        """The person's current route, None before she chose a regulation."""
        return routes.current(self.conn, self.person.id)

    @property
    def facts(self) -> Facts:
        """The route's facts. Rooms that need a route are entered only when there is one."""
        assert self.route is not None
        return self.route

    @property
    def regulation(self) -> Regulation:
        """The regulation the route is pinned to, in the version it was begun with."""
        return self.regulation_of(self.facts)

    def case(self, fact: Fact, route_id: int = 0) -> Facts | None:
        """Somebody's route as this person may know it, the one of the place unless named. None is both
        forbidden and absent: nobody can tell them apart."""
        return routes.seen(self.conn, self.person.id, route_id or self.place.row, fact)

    @cached_property
    def memberships(self) -> tuple[memberships.Membership, ...]:
        """Every role the person has, and where."""
        return memberships.of_person(self.conn, self.person.id)

    def regulation_of(self, facts: Facts) -> Regulation:
        """The pinned version: from the shelf while it is the same, else from the database."""
        return pinned(self.world, self.conn, facts)

    def keep(self, changes: Sequence[Change]) -> Facts:
        """Store the teacher's changes of her route; returns the facts of after.

        Locked: the route is sent, or an approved plan would change without a correction.
        """
        if not owners.open_to_teacher(self.regulation, self.facts, changes):
            raise Locked(f"route {self.facts.route_id} is {self.facts.state}")
        personal = {question.key for question in self.regulation.question if question.personal}
        kept = routes.apply(self.conn, self.facts, changes, self.person.id, self.now, personal=personal)
        self.route = kept
        self.changed = True
        return kept

    def go(self, place: Place) -> None:
        """Move the person there."""
        self.changed = self.changed or place != self.place
        self.place = place

    def rename_zone(self, zone: str) -> None:
        """The person's own time zone from now on."""
        self.person = replace(self.person, timezone=zone)
        self.changed = True

    def forget(self) -> None:
        """Read the facts again: something besides answers was changed."""
        for name in ("route", "consent", "organisation", "memberships"):
            self.__dict__.pop(name, None)
        self.changed = True


def pinned(world: World, conn: Connection, facts: Facts) -> Regulation:
    """The version of its regulation a route is pinned to. RegulationError: it can't be read any more."""
    volume = world.shelf.volumes.get(facts.slug)
    if volume is not None and volume.digest == facts.regulation_hash:
        return volume.regulation
    if facts.regulation_hash not in world.older:
        source = regulations.source(conn, facts.regulation_hash)
        assert source is not None
        world.older[facts.regulation_hash] = parse(source, facts.slug)
    return world.older[facts.regulation_hash]


Remarks = tuple[Remark, ...]
