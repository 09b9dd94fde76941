"""A longer term where the regulation has one (004 п. 1.9, 1.13): the teacher's own, or offered to her.

Rooms: `extending` (hers), `offering` (of a mentor or coordinator, `place.row` is the route).
"""

from bot.iom import extensions, life
from bot.iom.access import Fact
from bot.iom.extensions import Allowed
from bot.iom.facts import Facts, State
from bot.iom.journey import Extension
from bot.iom.life import Event, Moved, Refused
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import Case, case_of, holders, own, still, tell
from handlers.desk import Desk
from handlers.parties import roles_of
from handlers.place import Place
from handlers.rooms import Room, number
from storage import audit, journeys, versions

MONTHS = (1, 2, 3, 4, 5, 6, 9, 12)
LONGEST_REASON = 300
OFFERERS = ("mentor", "coordinator")


def may_extend(case: Case) -> Allowed | Refused:
    """Whether the teacher may make her own term longer now."""
    return extensions.may_extend(case.regulation, case.facts, case.journey, case.desk.today)


def may_offer(case: Case) -> Allowed | Refused:
    """Whether the person at the desk may offer it to the teacher."""
    by = next((role for role in OFFERERS if role in roles_of(case)), "")
    return extensions.may_extend(case.regulation, case.facts, case.journey, case.desk.today, by or "nobody")


def _place_case(desk: Desk) -> Case | None:
    """The case of `offering`."""
    return case_of(desk, Fact.OFFER_EXTENSION)


def _open(desk: Desk) -> bool:
    """An extension may be made here, or was asked for when it still could be."""
    return desk.route is not None and desk.regulation.life.extension is not None


def show(desk: Desk) -> Screen:
    """How many months; then why, with the new last day."""
    case = own(desk)
    return _show(desk, case, may_extend(case), offer=False)


def show_offering(desk: Desk) -> Screen:
    """The same, offered."""
    case = still(_place_case(desk))
    return _show(desk, case, may_offer(case), offer=True)


def _show(desk: Desk, case: Case, allowed: Allowed | Refused, *, offer: bool) -> Screen:
    end = extensions.ends_on(case.facts, case.journey)
    values = {"offer": offer, "name": case.name, "end": end, "refused": None, "chosen": None, "clause": ""}
    if isinstance(allowed, Refused) or end is None:
        reason = allowed.reason if isinstance(allowed, Refused) else "no_term"
        clause = allowed.values.get("clause", "") if isinstance(allowed, Refused) else ""
        return Screen("extending", {**values, "refused": reason, "clause": clause}, ((Button("back"),),))
    values |= {"most": allowed.months, "clause": allowed.clause}
    chosen = _chosen(desk, allowed)
    if chosen:
        values |= {"chosen": chosen, "until": extensions.later(end, chosen)}
        send = Button("extend", word="offer_it" if offer else "extend_it")
        return Screen("extending", values, ((send,), (Button("back"),)))
    buttons = [
        Button("months", str(n), label=f"{n} {desk.world.caption('months_short')}")
        for n in MONTHS
        if n <= allowed.months
    ]
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    return Screen("extending", values, (*rows, (Button("back"),)))


def _chosen(desk: Desk, allowed: Allowed) -> int:
    months = number(desk.place.view.get("months", ""))
    return months if 0 < months <= allowed.months else 0


def choose(desk: Desk, arg: str) -> Remark | None:
    """So many months."""
    desk.go(desk.place.seen(months=arg if 0 < number(arg) <= MONTHS[-1] else ""))
    return None


def extend(desk: Desk, _: str) -> Remark | None:
    """Without a reason."""
    return _extend(desk, "")


def typed(desk: Desk, text: str) -> Remark | None:
    """A number of months, then the reason in words."""
    words = " ".join(text.split())
    if not desk.place.view.get("months"):
        if not number(words.split(" ")[0] if words else ""):
            return Remark("please_choose")
        return choose(desk, words.split(" ")[0])
    if len(words) > LONGEST_REASON:
        values = {"length": len(words), "limit": LONGEST_REASON, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    return _extend(desk, words)


def _extend(desk: Desk, reason: str) -> Remark | None:
    offer = desk.place.name == "offering"
    case = still(_place_case(desk) if offer else own(desk))
    allowed = may_offer(case) if offer else may_extend(case)
    end = extensions.ends_on(case.facts, case.journey)
    if isinstance(allowed, Refused) or end is None:
        return refused(allowed)
    months = _chosen(desk, allowed)
    if not months:
        return Remark("please_choose")
    after, made = journeys.extend(
        desk.conn,
        case.facts,
        allowed.kind,
        months,
        end,
        extensions.later(end, months),
        desk.person.id,
        desk.now,
        reason=reason,
    )
    desk.forget()
    audit.record(desk.conn, desk.person.id, f"extension.{made.kind}", desk.now, f"extension {made.id}")
    if not offer:
        resumed(case, after)
    _tell(case, made, offer=offer)
    desk.go(desk.place.back or Place("queue" if offer else "home"))
    return Remark("extended", {"offer": offer, "months": months, "until": made.new_end, "name": case.name})


def refused(allowed: Allowed | Refused) -> Remark:
    """Why not, with the clause."""
    reason = allowed.reason if isinstance(allowed, Refused) else "no_term"
    clause = allowed.values.get("clause", "") if isinstance(allowed, Refused) else ""
    return Remark("extension_refused", {"reason": reason, "clause": clause})


def _tell(case: Case, made: Extension, *, offer: bool) -> None:
    """The teacher learns of an offer; who accompanies her and the coordinator of a longer term."""
    if offer:
        tell(case, [case.facts.person_id], "extension_offer", str(made.id), extension=made.id)
    else:
        tell(case, concerned(case), "extension_news", f"{made.id}/own", extension=made.id)


def concerned(case: Case) -> set[int]:
    """Who is told of a longer term."""
    return {*holders(case, "mentor"), *holders(case, "coordinator")}


def resumed(case: Case, after: Facts) -> None:
    """A route that was being finished is carried out again."""
    if after.state is not State.FINALIZING:
        return
    moved = life.move(case.regulation, after, Event.PROLONG, "teacher")
    if isinstance(moved, Moved):
        versions.move(case.desk.conn, after, moved.state, moved.step, case.desk.now, case.desk.person.id)
        case.desk.forget()


def back(desk: Desk, _: str) -> Remark | None:
    """From the reason to the months, from the months to where it was opened from."""
    if desk.place.view.get("months"):
        desk.go(desk.place.seen(months=""))
    else:
        desk.go(desk.place.back or Place("queue" if desk.place.name == "offering" else "home"))
    return None


_PRESSED = {"months": choose, "extend": extend, "back": back}

ROOMS = {
    "extending": Room(show, typed, _PRESSED, needs_route=True, exists=_open),
    "offering": Room(
        show_offering,
        typed,
        _PRESSED,
        exists=lambda desk: (
            (case := _place_case(desk)) is not None and case.regulation.life.extension is not None
        ),
    ),
}
