"""«Не успеваю» – an honest stop: what is late, and what may be done about it within the rules."""

from collections.abc import Iterator

from bot.iom import lines, period
from bot.iom.corrections import CorrectionKind
from bot.iom.extensions import Allowed
from bot.iom.facts import Entry, State
from bot.iom.period import Period, add_months, month_end
from bot.speech.screen import Button, Remark, Screen
from handlers import correcting, correction_words, extending
from handlers.cases import Case, own
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Act, Room, number

SHOWN = 3
WORKLOAD = "workload"  # the usual reason, where the regulation has it among its own
SLOW = frozenset({State.ACTIVE, State.FINALIZING})


def offer(desk: Desk) -> Button | None:
    """«Не успеваю» on the teacher's home."""
    return Button("slowing") if desk.facts.state in SLOW else None


def show(desk: Desk) -> Screen:
    """The nearest open lines to move, a pause, an extension where there is one."""
    case = own(desk)
    late = lines.overdue_lines(case.regulation, case.facts, case.journey, desk.today)
    buttons = [
        (Button("move", str(row.id), label=f"→ {correction_words.title_of(case, row.id)}"),)
        for row in list(_movable(case))[:SHOWN]
    ]
    allowed = extending.may_extend(case)
    longer = isinstance(allowed, Allowed)
    more = [Button("pausing")] + ([Button("extending")] if longer else [])
    other = (Button("corrections", word="other_change"), Button("withdrawing"))
    values = {
        "late": [correction_words.title_of(case, row) for row in late[:SHOWN]],
        "count": len(late),
        "movable": bool(buttons),
        "months": allowed.months if isinstance(allowed, Allowed) else 0,
        "clause": allowed.clause if isinstance(allowed, Allowed) else "",
    }
    return Screen("slowing", values, (*buttons, tuple(more), other, (Button("back"),)))


def _movable(case: Case) -> Iterator[Entry]:
    """Lines that may be moved, the soonest due first."""
    rows = [row for row in case.facts.rows("plan") if CorrectionKind.MOVE in correcting.kinds(case, row.id)]
    dated = {row.id: lines.period_of(case.regulation, case.facts, row.id) for row in rows}
    return iter(sorted(rows, key=lambda row: found.due.isoformat() if (found := dated[row.id]) else "9"))


def move(desk: Desk, arg: str) -> Remark | None:
    """The correction is drafted: a month later, for want of time; only «Отправить» is left."""
    case = own(desk)
    row = next((row for row in _movable(case) if row.id == number(arg)), None)
    if row is None:
        return Remark("out_of_date")
    view = {"kind": CorrectionKind.MOVE.value}
    if any(one.key == WORKLOAD for one in case.regulation.life.correction.reasons):
        view["reason"] = WORKLOAD
    if later := _later(case, row):
        view |= {"from": later.starts.isoformat(), "to": later.ends.isoformat()}
    desk.go(Place("correcting", row=row.id, back=Place("slowing"), view=view))
    return None


def _later(case: Case, row: Entry) -> Period | None:
    """The month after its own, after this one; None when the term is over by then: she says it herself."""
    was = lines.period_of(case.regulation, case.facts, row.id)
    after = max(was.due if was else case.desk.today, case.desk.today).replace(day=1)
    first = add_months(after, 1)
    found, whole = period.Period(first, month_end(first)), correcting.whole_term(case)
    return found if whole is None or found.within(whole) else None


def to(name: str) -> Act:
    """The act of a button that opens a room and comes back here."""

    def act(desk: Desk, _: str) -> Remark | None:
        desk.go(Place(name, row=desk.facts.route_id, back=Place("slowing")))
        return None

    return act


def back(desk: Desk, _: str) -> Remark | None:
    """Home."""
    desk.go(Place("home"))
    return None


ROOMS = {
    "slowing": Room(
        show,
        None,
        {
            "move": move,
            "pausing": to("pausing"),
            "extending": to("extending"),
            "corrections": to("corrections"),
            "withdrawing": to("withdrawing"),
            "back": back,
        },
        needs_route=True,
        exists=lambda desk: desk.route is not None and desk.facts.state in SLOW,
    )
}
