"""Who holds a capability towards a route: whom to ask, tell and remind. Rights are `bot.iom.access`'s."""

from sqlalchemy import Connection

from bot.iom.facts import Facts
from storage import memberships, organisations, pairings, signatories


def of(conn: Connection, facts: Facts, capability: str, step: str = "") -> tuple[int, ...]:
    """Ids of the people who hold a capability towards this route; of an approver, those of the step."""
    if capability == "teacher":
        return (facts.person_id,)
    if capability == "mentor":
        return tuple(
            pair.companion_id
            for pair in pairings.of_teacher(conn, facts.person_id)
            if pair.open and pair.organisation_id == facts.organisation_id
        )
    if capability == "approver":
        signs = signatories.over(conn, facts.organisation_id)
        return tuple(one.person_id for one in signs if one.step == step and one.person_id)
    above = organisations.above(conn, facts.organisation_id or 0)
    found = (memberships.people_of(conn, place, capability) for place in above)
    return next((ids for group in found if (ids := tuple(one.person_id for one in group))), ())
