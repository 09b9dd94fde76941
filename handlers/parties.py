"""In which roles somebody stands to a case, and writing to a route that may be somebody else's."""

from collections.abc import Sequence

from bot.iom.access import Fact
from bot.iom.facts import Change, Facts
from handlers.cases import Case, case_of, holders, own
from handlers.desk import Desk
from storage import routes

_NOT_HELD = frozenset({"teacher", "mentor", "approver"})  # these follow from the route, not from a membership


def here(desk: Desk, fact: Fact) -> Case | None:
    """The case of the place, one's own route when it names none. `fact` is asked of others only: hers is
    `Fact.OWN`."""
    route_id = desk.place.row
    if not route_id or (desk.route is not None and desk.route.route_id == route_id):
        return own(desk) if desk.route is not None else None
    return case_of(desk, Fact.OWN, route_id) or case_of(desk, fact, route_id)


def is_own(case: Case) -> bool:
    """Whether the person at the desk is the teacher."""
    return case.standing.viewer_id == case.standing.teacher_id


def roles_of(case: Case) -> frozenset[str]:
    """The capabilities in which the person at the desk may act on the route: on her own she teaches only,
    and she accompanies only those who opened their cards to her."""
    if is_own(case):
        return frozenset({"teacher"})
    companion = frozenset({"mentor"}) if case.standing.companion == "open" else frozenset[str]()
    return (case.standing.capabilities - _NOT_HELD) | companion


def others(case: Case, capability: str) -> tuple[int, ...]:
    """Who holds a capability towards the route; the teacher never acts on her own in another role."""
    teacher = case.facts.person_id
    held = holders(case, capability)
    return held if capability == "teacher" else tuple(one for one in held if one != teacher)


def write(case: Case, facts: Facts, changes: Sequence[Change], author: int = 0) -> Facts:
    """Store changes of the case's route, whoever's it is; Stale as in `routes.apply`. `author`: whose words
    they are, of the person at the desk unless named."""
    desk = case.desk
    personal = {question.key for question in case.regulation.question if question.personal}
    kept = routes.apply(desk.conn, facts, changes, author or desk.person.id, desk.now, personal=personal)
    desk.forget()
    return kept
