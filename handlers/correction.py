"""A correction on its way: agree, refuse with a remark, acknowledge, take back; the list of all of them."""

from bot.iom.access import Fact
from bot.iom.corrections import ON_ITS_WAY, CorrectionState
from bot.iom.corrections_check import CORRECTABLE, problem
from bot.iom.journey import Correction
from bot.iom.life import Refused
from bot.speech.screen import Button, Remark, Screen
from handlers import correcting, correction_words
from handlers import correction_flow as flow
from handlers.cases import Case, still
from handlers.desk import Desk
from handlers.parties import here, is_own, roles_of
from handlers.place import Place
from handlers.rooms import Room, number

LONGEST_REMARK = 1000
LISTED = 5
LINES = 6
STEPS = 16  # a mark under a notice is correction · 16 + step: an old one agrees to no later step

Row = tuple[Button, ...]


def _found(desk: Desk) -> tuple[Case, Correction] | None:
    case = here(desk, Fact.CORRECT)
    found = flow.found(case, desk.place.parent) if case is not None else None
    return (case, found) if case is not None and found is not None else None


def _here(desk: Desk) -> tuple[Case, Correction]:
    found = _found(desk)
    assert found is not None
    return found


def my_turn(case: Case, correction: Correction) -> str:
    """The capability in which it waits for the person at the desk, "" when it does not."""
    turn = flow.waits_for(case, correction)
    return turn if turn in roles_of(case) else ""


def show(desk: Desk) -> Screen:
    """«Было / стало», why, who has agreed; what the person may do."""
    case, correction = _here(desk)
    stuck = problem(case.regulation, case.facts, case.journey, correction)
    asking = desk.place.view.get("asking", "")
    alive = correction.state in ON_ITS_WAY
    values = {
        **correction_words.values_of(case, correction),
        "asking": asking,
        "mine": is_own(case),
        "stuck": {"reason": stuck.reason, "values": stuck.values} if stuck and alive else None,
    }
    rows: list[Row] = [] if asking else _acts(case, correction, stuck is None)
    return Screen("correction", values, (*rows, (Button("back"),)))


def _acts(case: Case, correction: Correction, sound: bool) -> list[Row]:
    turn = my_turn(case, correction)
    first: list[Button] = []
    if turn and sound:
        acknowledging = correction.state == CorrectionState.ACKNOWLEDGING
        first.append(Button("agree", word="acknowledge" if acknowledging else "agree_card"))
    if turn and (correction.state == CorrectionState.WAITING or flow.proposed(case, correction)):
        first.append(Button("refuse"))
    rows: list[Row] = [(one,) for one in first]
    if flow.may_take_back(case, correction):
        rows.append((Button("take_back", word="recall_correction"),))
    if is_own(case) and flow.nobody(case, correction):
        rows.append((Button("pass_on"),))
    return rows if is_own(case) else [*rows, (Button("open_case"),)]


def agree(desk: Desk, _: str) -> Remark | None:
    """Agree or acknowledge."""
    case, correction = _here(desk)
    turn = my_turn(case, correction)
    if not turn:
        return Remark("correction_refused", {"reason": "correction_moved_on", "values": {}})
    return _said(desk, case, flow.agree(case, correction, turn))


def _said(desk: Desk, case: Case, made: flow.Result) -> Remark:
    """What came of it; who pressed goes back to what else waits."""
    if isinstance(made, Refused):
        return Remark("correction_refused", {"reason": made.reason, "values": made.values})
    leave(desk)
    turn = flow.waits_for(case, made)
    whose = case.regulation.role_title(turn) if turn else ""
    mine = turn == "teacher" and is_own(case)
    return Remark("correction_sent", {"state": str(made.state), "whose": whose, "mine": mine})


def refuse(desk: Desk, _: str) -> Remark | None:
    """Ask why not."""
    desk.go(desk.place.seen(asking="1"))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """The remark with which it is refused."""
    case, correction = _here(desk)
    turn, remark = my_turn(case, correction), text.strip()
    if not desk.place.view.get("asking") or not turn:
        return Remark("please_choose")
    if len(remark) > LONGEST_REMARK:
        values = {"length": len(remark), "limit": LONGEST_REMARK, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    return _said(desk, case, flow.reject(case, correction, turn, remark))


def take_back(desk: Desk, _: str) -> Remark | None:
    """Her own, before anybody agreed."""
    case, correction = _here(desk)
    made = flow.take_back(case, correction)
    if isinstance(made, Refused):
        return Remark("correction_refused", {"reason": made.reason, "values": made.values})
    leave(desk)
    return Remark("correction_taken_back")


def pass_on(desk: Desk, _: str) -> Remark | None:
    """Nobody holds the step it waits at: go on without."""
    case, correction = _here(desk)
    return _said(desk, case, flow.pass_on(case, correction))


def open_case(desk: Desk, _: str) -> Remark | None:
    """The route it is about."""
    desk.go(Place("case", row=desk.place.row, back=desk.place))
    return None


def leave(desk: Desk) -> None:
    """Where it was opened from."""
    own = desk.route is not None and desk.route.route_id == desk.place.row
    desk.go(desk.place.back or Place("home" if own else "queue"))


def back(desk: Desk, _: str) -> Remark | None:
    """Back from the remark, or to where it was opened from."""
    if desk.place.view:
        desk.go(desk.place.seen(asking="", lines=""))
    else:
        leave(desk)
    return None


def show_list(desk: Desk) -> Screen:
    """Corrections of a route, newest first; a new one may be proposed to a line."""
    case = still(here(desk, Fact.CORRECT))
    if desk.place.view.get("lines"):
        return _show_lines(desk, case)
    found = list(reversed(case.journey.corrections))
    buttons = [(Button("correction", str(one.id), label=_label(desk, case, one)),) for one in found[:LISTED]]
    new = ((Button("propose"),),) if case.facts.state in CORRECTABLE else ()
    values = {"name": "" if is_own(case) else case.name, "count": len(found)}
    return Screen("corrections", {**values, "choosing": False}, (*buttons, *new, (Button("back"),)))


def _label(desk: Desk, case: Case, one: Correction) -> str:
    said = correction_words.change(case, one)["title"][:40]
    return f"{desk.world.caption(f'kind_{one.kind}')}: {said} · {desk.world.caption(f'is_{one.state}')}"


def _show_lines(desk: Desk, case: Case) -> Screen:
    """Lines that may be corrected."""
    lines = [row for row in case.facts.rows("plan") if correcting.kinds(case, row.id)]
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(lines) else 0
    buttons = [
        (Button("line", str(row.id), label=correction_words.title_of(case, row.id)),)
        for row in lines[start : start + LINES]
    ]
    following = start + LINES if start + LINES < len(lines) else 0
    more = ((Button("more", str(following)),),) if len(lines) > LINES else ()
    values = {"name": "" if is_own(case) else case.name, "count": len(lines), "choosing": True}
    end = (Button("back"), Button("line", "0", word="kind_add"))
    return Screen("corrections", values, (*buttons, *more, end))


def propose(desk: Desk, _: str) -> Remark | None:
    """Choose the line."""
    desk.go(desk.place.seen(lines="1", page=""))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of lines."""
    desk.go(desk.place.seen(page=page))
    return None


def pick_line(desk: Desk, arg: str) -> Remark | None:
    """Draft a correction of this line; 0 adds one."""
    case = here(desk, Fact.CORRECT)
    if case is not None and correcting.kinds(case, number(arg)):
        desk.go(
            Place("correcting", row=number(arg), parent=case.facts.route_id, back=desk.place.seen(lines=""))
        )
    return None


def open_one(desk: Desk, arg: str) -> Remark | None:
    """One of the list."""
    case = here(desk, Fact.CORRECT)
    if case is not None and flow.found(case, number(arg)):
        desk.go(Place("correction", row=case.facts.route_id, parent=number(arg), back=desk.place))
    return None


ROOMS = {
    "correction": Room(
        show,
        typed,
        {
            "agree": agree,
            "refuse": refuse,
            "take_back": take_back,
            "pass_on": pass_on,
            "open_case": open_case,
            "back": back,
        },
        exists=lambda desk: _found(desk) is not None,
    ),
    "corrections": Room(
        show_list,
        None,
        {"correction": open_one, "propose": propose, "line": pick_line, "more": more, "back": back},
        exists=lambda desk: here(desk, Fact.CORRECT) is not None,
    ),
}


def mark_of(correction: Correction) -> int:
    """What a button under a notice carries for this correction at this step."""
    return correction.id * STEPS + min(correction.step, STEPS - 1)
