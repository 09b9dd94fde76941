"""What a teacher's home and a helper's case offer of corrections, the end of a route and its conclusion."""

from collections.abc import Callable

from bot.iom.corrections_check import CORRECTABLE
from bot.iom.extensions import Allowed
from bot.iom.facts import State
from bot.speech.screen import Button, Remark
from handlers import extending, finishing, marking, offered, route_model, slowing, withdrawing
from handlers.cases import Case
from handlers.desk import Desk
from handlers.new_route import OVER
from handlers.parties import roles_of
from handlers.place import Place

WRITING = frozenset({State.DRAFT, State.RETURNED})
_WRITTEN = frozenset({State.CONCLUSION, State.AUDIT, State.COMPLETED, State.ARCHIVED})


def conclusion(desk: Desk) -> Button | None:
    """«Заключение» on the teacher's home, from when it is being written."""
    return Button("conclusion", word="conclude") if desk.facts.state in _WRITTEN else None


OFFERS: tuple[Callable[[Desk], Button | None], ...] = (
    offered.offer,
    finishing.offer,
    conclusion,
    slowing.offer,
)
ROOMS_OFFERED = ("offered", "finishing", "conclusion", "slowing")


def settings_row(desk: Desk) -> tuple[Button, ...]:
    """Another card: a draft is put aside, a route on its way is ended first, after one that is over a new
    one begins."""
    state = desk.facts.state
    if state in OVER:
        return (Button("new_route"),)
    end = (Button("withdrawing"),) if desk.facts.organisation_id else ()
    return (Button("new_card"), *end) if state in WRITING else (Button("withdrawing"),)


def withdraw(desk: Desk, _: str) -> Remark | None:
    """To the room where one's own route is ended."""
    desk.go(Place("withdrawing", back=Place("settings")))
    return None


def fits(case: Case, verb: str) -> bool:
    """Whether a case offers this of ours now; what is not ours always fits."""
    rule = _FITS.get(verb)
    return rule is None or rule(case)


def _concludes(case: Case) -> bool:
    rule, roles = case.regulation.life.conclusion, roles_of(case)
    if case.facts.state is State.FINALIZING:
        return bool(roles & set(rule.writers))
    written = case.journey.decided("concluded") is not None
    who = set(rule.writers) | (set(rule.agree) if written else set())
    return case.facts.state in _WRITTEN and bool(roles & who)


_FITS: dict[str, Callable[[Case], bool]] = {
    "corrections": lambda case: case.facts.state in CORRECTABLE or bool(case.journey.corrections),
    "offer_extension": lambda case: isinstance(extending.may_offer(case), Allowed),
    "conclude": _concludes,
    "model": route_model.concerns,
    "marking": lambda case: case.facts.state in marking.OPEN and bool(marking.steps_of(case)),
    "fill": marking.fills,
    "withdrawing": lambda case: withdrawing.may_withdraw(case) is not None,
}
