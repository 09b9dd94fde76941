"""The roles a person has, how each is called, and the hat: the one she looks with now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.iom.people import Organisation
from handlers import coordinating
from handlers.desk import Desk
from storage import organisations, pairings, signatories

TEACHER: Final = "teacher"


@dataclass(frozen=True, slots=True)
class Role:
    """A capability with the hat it is worn as ("" for a teacher), its title, and where she has it."""

    key: str
    title: str
    places: tuple[str, ...]

    @property
    def hat(self) -> str:
        """What `person.hat` holds for it."""
        return "" if self.key == TEACHER else self.key


def held(desk: Desk) -> Mapping[str, Role]:
    """Her roles by capability, oldest first; who writes a card of her own is a teacher too."""
    found: dict[str, Role] = {}
    for one in desk.memberships:
        known = found.get(one.role)
        title = known.title if known else _title(desk, one.organisation_id, one.role)
        found[one.role] = Role(one.role, title, (*(known.places if known else ()), one.title))
    if TEACHER not in found and desk.route is not None and not desk.route.trial:
        found[TEACHER] = Role(TEACHER, desk.world.caption("role_teacher"), ())
    return found


def _title(desk: Desk, organisation_id: int, role: str) -> str:
    organisation = organisations.by_id(desk.conn, organisation_id)
    return title(desk, organisation, role) if organisation else desk.world.caption(f"role_{role}")


def title(desk: Desk, organisation: Organisation, role: str, step: str = "") -> str:
    """How a role is called there; of a step of approval, the post that holds it. Nobody is «тьюторант»."""
    if role == TEACHER:
        return desk.world.caption("role_teacher")
    if step:
        return _of_step(desk, organisation, step) or desk.world.caption("role_approver")
    return coordinating.role_title(desk, organisation, role)


def _of_step(desk: Desk, organisation: Organisation, step: str) -> str:
    regulation = coordinating.regulation(desk, organisation)
    chain = regulation.life.approval if regulation else ()
    asked = next((one for one in chain if one.key == step), None)
    named = next((one.post for one in signatories.over(desk.conn, organisation.id) if one.step == step), "")
    return named or (asked.post or asked.title if asked else "")


def several(desk: Desk) -> bool:
    """Whether there is anything to switch between."""
    return desk.consented and len(held(desk)) > 1


def accompanied(desk: Desk) -> bool:
    """Whether somebody accompanies the person at the desk, and she looks as a teacher."""
    return desk.consented and not desk.person.hat and bool(pairings.of_teacher(desk.conn, desk.person.id))


def helps(desk: Desk) -> bool:
    """Whether she looks at the bot as somebody who helps."""
    return desk.consented and bool(desk.person.hat)


def accompanies(desk: Desk) -> bool:
    """Whether she looks as a mentor."""
    return desk.consented and desk.person.hat == "mentor"


def settle(desk: Desk) -> None:
    """A hat of a role that is no longer hers is taken off; the oldest of those she has is put on."""
    hats = [role for role in held(desk) if role != TEACHER]
    if desk.person.hat and desk.person.hat not in hats:
        coordinating.wear(
            desk, "" if desk.route is not None or TEACHER in held(desk) else next(iter(hats), "")
        )
