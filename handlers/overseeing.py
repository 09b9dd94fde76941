"""Which organisation's digest a person looks at, and what of it she may know.

At a school people are named, if it keeps names; above it there are only organisations and numbers, and none
about fewer than five people (001 L370; domain.md §8). Who accompanies teachers has a digest of her people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from bot.iom.digest import OVERSEERS
from bot.iom.figures import LEAST, ByOrganisation, Tally, hidden
from bot.iom.people import Organisation
from bot.iom.regulation_questions import Option
from bot.iom.school import SchoolSettings, settings_of
from bot.speech.screen import Remark
from handlers.desk import Desk
from handlers.rooms import Act
from storage import behind, figures, organisations, pairings
from storage.counting import Terms

SCHOOL: Final = "school"
OWN: Final = "own"  # the key of a place: a mentor's digest, whatever else she looks after


@dataclass(frozen=True)
class Sight:
    """An organisation as the person at the desk may see it, its figures read when they are asked for."""

    desk: Desk
    organisation: Organisation
    since: datetime | None = None
    until: datetime | None = None

    @cached_property
    def terms(self) -> Terms:
        """Of the week that has passed, unless of other days."""
        desk, when = self.desk, {"since": self.since, "until": self.until}
        return figures.terms_of(desk.conn, desk.person.id, self.organisation.id, desk.zone, desk.now, **when)

    @cached_property
    def reasons(self) -> Mapping[str, Option]:
        """Reasons of corrections that regulations offer, by key; any other is somebody's own words."""
        every = self.terms.lives.values()
        return {option.key: option for life in every for option in life.correction.reasons}

    @property
    def above(self) -> bool:
        """Whether it is above school level: nobody is named."""
        return self.organisation.kind != SCHOOL

    @property
    def settings(self) -> SchoolSettings:
        """What was decided for it."""
        return settings_of(self.organisation.settings)

    @cached_property
    def people(self) -> Mapping[int, int]:
        """Teachers with a route, by organisation."""
        return {place: tally.rows for place, tally in self.of("people").items()}

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Organisations whose own figures are not shown."""
        return hidden(self.people) if self.above else frozenset()

    @property
    def few(self) -> bool:
        """Whether the whole is about too few people to be shown at all."""
        return self.above and 0 < sum(self.people.values()) < LEAST

    @cached_property
    def figures(self) -> Mapping[str, ByOrganisation]:
        """Every list, counted by organisation."""
        return figures.of(self.desk.conn, self.terms)

    def of(self, name: str) -> ByOrganisation:
        """One list, counted by organisation, without counting the others."""
        if "figures" in self.__dict__:
            return self.figures[name]
        return figures.of(self.desk.conn, self.terms, [name])[name]

    @cached_property
    def totals(self) -> Mapping[str, Tally]:
        """Every list, counted in all."""
        return figures.summed_of(self.figures)

    @cached_property
    def titles(self) -> Mapping[int, str]:
        """Organisations of the scope that have routes."""
        return behind.organisations_of(self.desk.conn, self.terms)


def ids(desk: Desk) -> tuple[int, ...]:
    """The organisations she looks after, the one joined last first; each once."""
    hers = [one.organisation_id for one in desk.memberships if one.role in OVERSEERS]
    return tuple(dict.fromkeys(reversed(hers)))


def sight(desk: Desk, organisation_id: int = 0) -> Sight | None:
    """Of the place, unless named; None is both absent and not hers, and a mentor who looks as one."""
    mine, wanted = ids(desk), organisation_id or desk.place.row
    if not wanted and mine and desk.person.hat != "mentor" and desk.place.key != OWN:
        wanted = mine[0]
    found = organisations.by_id(desk.conn, wanted) if wanted in mine else None
    return Sight(desk, found) if found else None


def here(desk: Desk) -> Sight:
    """Of a room that exists."""
    found = sight(desk)
    assert found is not None
    return found


def exists(desk: Desk) -> bool:
    """For rooms: whether she may be here now."""
    return sight(desk) is not None


def accompanies(desk: Desk) -> bool:
    """Whether a teacher has let her in."""
    return any(one.open for one in pairings.of_companion(desk.conn, desk.person.id))


def looks_after(desk: Desk) -> bool:
    """Whether there is anybody whose digest she may have."""
    return desk.consented and (sight(desk) is not None or (not desk.place.row and accompanies(desk)))


def own_terms(desk: Desk) -> Terms:
    """Of a mentor's own people."""
    return figures.terms_of(desk.conn, desk.person.id, 0, desk.zone, desk.now)


def for_overseers(act: Callable[[Sight, str], Remark | None]) -> Act:
    """The act of a button of an organisation's digest; nothing for whoever has none."""

    def judged(desk: Desk, arg: str) -> Remark | None:
        found = sight(desk)
        return act(found, arg) if found is not None else Remark("out_of_date")

    return judged
