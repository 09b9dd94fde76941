"""A route as one person may know it, who signs, and who is told: what every room of a case begins with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bot.iom.access import Fact, Standing, may
from bot.iom.ball import Ball, ball
from bot.iom.card_sources import Sources
from bot.iom.facts import Facts
from bot.iom.journey import Journey
from bot.iom.regulation import Regulation
from handlers.desk import Desk
from storage import holders as who
from storage import journeys, memberships, notices, organisations, people, standings
from storage.decisions import Hand
from storage.routes import Stale


@dataclass(frozen=True)
class Case:
    """A route with all that happened to it, and how the person at the desk stands to it."""

    desk: Desk
    facts: Facts
    standing: Standing

    @cached_property
    def regulation(self) -> Regulation:
        """The regulation the route is pinned to."""
        return self.desk.regulation_of(self.facts)

    @cached_property
    def journey(self) -> Journey:
        """What happened to the route between people."""
        return journeys.load(self.desk.conn, self.facts.route_id)

    @cached_property
    def name(self) -> str:
        """The teacher's name, or her code where names are not kept or none was given."""
        name = Sources(self.regulation, self.facts).scalar("full_name") if self.facts.keeps_names else ""
        return name or self.code

    @cached_property
    def code(self) -> str:
        """The code that stands for the teacher."""
        teacher = people.by_id(self.desk.conn, self.facts.person_id)
        return teacher.code if teacher else ""

    @property
    def ball(self) -> Ball:
        """Whose turn it is and since when."""
        return ball(self.regulation, self.facts, self.journey)

    def may(self, fact: Fact) -> bool:
        """Whether the person at the desk may see or do this."""
        return may(self.standing, fact)

    def whose(self, turn: Ball) -> str:
        """Whose turn it is, by the post that the organisation named, else in the regulation's own words."""
        held = [one.post for one in self.journey.signatories if turn.step and one.step == turn.step]
        return next(filter(None, held), "") or whose_turn(self.regulation, turn)


def whose_turn(regulation: Regulation, turn: Ball) -> str:
    """Whose turn it is, in the regulation's own words; "" when it is nobody's."""
    if turn.step:
        step = next((one for one in regulation.life.approval if one.key == turn.step), None)
        return step.post or step.title if step else ""
    return regulation.role_title(turn.capability)


def case_of(desk: Desk, fact: Fact, route_id: int = 0) -> Case | None:
    """The route of the place (or this one) if the person may know this fact of it; None is both forbidden
    and absent."""
    wanted = route_id or desk.place.row
    facts = desk.case(fact, wanted)
    standing = standings.of(desk.conn, desk.person.id, wanted) if facts is not None else None
    return Case(desk, facts, standing) if facts is not None and standing is not None else None


def still(case: Case | None) -> Case:
    """The case of a room that was there a moment ago. Stale: it is not hers to see any more.

    On PostgreSQL somebody else may commit between two of our reads; `handlers.turn` then judges once more.
    """
    if case is None:
        raise Stale("the case is gone")
    return case


def own(desk: Desk) -> Case:
    """The person's own current route."""
    found = case_of(desk, Fact.OWN, desk.facts.route_id)
    assert found is not None
    return found


def hand(case: Case, role: str) -> Hand:
    """The person at the desk as who signs: name and post as documents print them."""
    desk = case.desk
    if role == "teacher":
        return Hand(desk.person.id, role, case.name if case.facts.keeps_names else "")
    if role == "approver":
        mine = [one for one in case.journey.signatories if one.person_id == desk.person.id]
        if mine:
            return Hand(desk.person.id, role, mine[0].name, mine[0].post)
    found = held(case, role)
    return Hand(desk.person.id, role, found.name, found.post) if found else Hand(desk.person.id, role)


def held(case: Case, role: str) -> memberships.Membership | None:
    """Where the person at the desk has this role towards the route, the one joined first."""
    above = organisations.above(case.desk.conn, case.facts.organisation_id or 0)
    mine = (one for one in case.desk.memberships if one.role == role and one.organisation_id in above)
    return next(mine, None)


def role_for(case: Case, fact: Fact) -> str:
    """In which of her roles the person at the desk does this: the first that is enough."""
    standing = case.standing
    if standing.viewer_id == standing.teacher_id:
        return "teacher"
    if fact is Fact.APPROVE:
        return "approver"
    return next(iter(roles_for(case, fact)), "approver" if standing.steps else "")


def roles_for(case: Case, fact: Fact) -> tuple[str, ...]:
    """Every role that is enough by itself for whoever is not the teacher, the companion's first."""
    standing = case.standing
    mentor = standing.companion == "open" and may(_only(standing, frozenset(), as_companion=True), fact)
    alone = [role for role in sorted(standing.capabilities) if may(_only(standing, frozenset({role})), fact)]
    return ("mentor", *alone) if mentor else tuple(alone)


def _only(standing: Standing, roles: frozenset[str], *, as_companion: bool = False) -> Standing:
    companion: Literal["", "open"] = "open" if as_companion else ""
    return replace(
        standing, capabilities=roles, companion=companion, steps=frozenset(), waiting_step="", chain=()
    )


def holders(case: Case, capability: str, step: str = "") -> tuple[int, ...]:
    """Ids of the people who hold a capability towards this route; of an approver, those of the step."""
    return who.of(case.desk.conn, case.facts, capability, step)


def tell(case: Case, people_ids: Iterable[int], kind: str, key: str, **subject: object) -> None:
    """Plan a notice to each of these people but the one at the desk. `key` names the fact: the same key
    is never planned twice for one person."""
    for person_id in set(people_ids) - {case.desk.person.id}:
        notices.plan(
            case.desk.conn,
            person_id,
            f"{kind}/{case.facts.route_id}/{key}/{person_id}",
            kind,
            case.desk.now,
            case.desk.now,
            route_id=case.facts.route_id,
            **subject,
        )
