"""A plan for a group (000 п. II.2, C23): what is recommended to one teacher is offered to everybody of her
school with the same point of growth. Each takes it or not, into a route of her own, with marks of her own.
"""

from bot.iom import advice
from bot.iom.access import Fact
from bot.iom.facts import Facts, State
from bot.speech.screen import Button, Remark
from handlers import recommending
from handlers.cases import Case, case_of
from handlers.desk import Desk
from storage import rosters

MOST = 30  # of one tap: one transaction, and people who are greeted by name afterwards
_ALIVE = (State.DRAFT, State.RETURNED, State.ON_REVIEW, State.APPROVED, State.ACTIVE)


def others(desk: Desk, case: Case) -> list[Case]:
    """Routes of the same school and regulation that share a point of growth with this one, but this one."""
    if not case.regulation.life.group or not case.facts.organisation_id:
        return []
    listed = rosters.routes_of(
        desk.conn,
        desk.person.id,
        states=_ALIVE,
        organisation_id=case.facts.organisation_id,
        limit=MOST,
    )
    ids = [one.route_id for one in listed if one.slug == case.facts.slug]
    found = (case_of(desk, Fact.RECOMMEND, id_) for id_ in ids if id_ != case.facts.route_id)
    mine = _points(case.facts)
    return [one for one in found if one is not None and mine & _points(one.facts)]


def _points(facts: Facts) -> set[str]:
    return {facts.text("growth_point", row.id) for row in facts.rows("growth")} - {""}


def offer(desk: Desk, case: Case) -> Button | None:
    """«Предложить группе (6)», her own teacher counted; None where there is nobody else."""
    count = len(others(desk, case))
    label = f"{desk.world.caption('send_group')} ({count + 1})"
    return Button("send_group", label=label) if count else None


def send(desk: Desk, _: str) -> Remark | None:
    """Recommend the event that was drafted to the whole group; says how many it reached."""
    case = recommending.here(desk)
    if recommending.stage(desk, case) != "check":
        return None
    text, wanted = recommending.proposal(desk, case)
    group = [case, *others(desk, case)]
    told = [recommending.given(desk, one, advice.PLAN, text, wanted) for one in group]
    recommending.leave(desk)
    return Remark("advised_group", {"sent": told.count("sent"), "left": len(told) - told.count("sent")})
