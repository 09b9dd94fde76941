"""In which role somebody may advise a teacher, at which level, and how that is signed."""

from dataclasses import dataclass

from bot.iom import advice
from bot.iom.access import Fact
from bot.iom.regulation import Key
from handlers import cases
from handlers.cases import Case
from storage import organisations
from storage.decisions import Hand


@dataclass(frozen=True, slots=True)
class Voice:
    """In which role one advises, at which level, signed by whom."""

    level: str
    hand: Hand


def offered(case: Case) -> bool:
    """Whether there is anything she may advise on: for the button of the case."""
    return bool(topics(case))


def topics(case: Case) -> tuple[Key, ...]:
    """What she may advise on in any of her roles, each once."""
    roles = cases.roles_for(case, Fact.RECOMMEND)
    found = (advice.topics(case.regulation, case.facts, role) for role in roles)
    return tuple(dict.fromkeys(key for keys in found for key in keys))


def voice(case: Case, key: Key) -> Voice | None:
    """The role in which she may advise on this: the one she wears if that is enough, else the first."""
    worn = case.desk.person.hat
    roles = sorted(cases.roles_for(case, Fact.RECOMMEND), key=lambda role: role != worn)
    may = (role for role in roles if advice.may_advise(case.regulation, case.facts, key, role))
    role = next(may, "")
    return _voice(case, role) if role else None


def _voice(case: Case, role: str) -> Voice:
    membership, signed = cases.held(case, role), cases.hand(case, role)
    school = organisations.by_id(case.desk.conn, case.facts.organisation_id or 0)
    scope = membership.kind if membership else (school.kind if school else "school")
    post = signed.post or case.regulation.role_title(role, scope)
    return Voice(advice.LEVELS.get(scope, "school"), Hand(signed.person_id, role, signed.name, post))
