"""«Модель маршрута» (004 п. 1.3, 2.8.2–2.8.4, 3.1.2): proposed, agreed to, confirmed – a room for all three.

`place.row` is the route, 0 for one's own. A button about a proposal names it, so that an old screen never
answers a newer one.
"""

from bot.iom import route_model
from bot.iom.access import Fact
from bot.iom.journey import Decision
from bot.iom.regulation import Capability
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers.cases import Case, case_of, hand, holders, own, role_for, still, tell
from handlers.desk import Desk
from handlers.parties import here, is_own
from handlers.place import Place
from handlers.rooms import Room, number
from storage import decisions, versions
from storage.notices import Notice

_SCHOOL: Capability = "coordinator"


def offer(desk: Desk) -> Button | None:
    """«Модель маршрута» on the teacher's home while a proposal waits for her."""
    if desk.route is None or not desk.regulation.life.models:
        return None
    return Button("model") if _waits(own(desk)) == "teacher" else None


def concerns(case: Case) -> bool:
    """Whether a helper's case has this room: something may be proposed, waits, or was chosen."""
    may = case.may(Fact.OFFER_MODEL) or case.may(Fact.CONFIRM_MODEL)
    some = _to_offer(case) or _waits(case) or case.facts.model
    return may and bool(some)


def _case(desk: Desk) -> Case | None:
    case = here(desk, Fact.STATE)
    if case is None or not case.regulation.life.models:
        return None
    return case if is_own(case) or concerns(case) else None


def _waits(case: Case) -> str:
    return route_model.waits(case.facts, case.journey)


def _to_offer(case: Case) -> tuple[str, ...]:
    if not case.may(Fact.OFFER_MODEL):
        return ()
    return tuple(one.key for one in route_model.to_offer(case.regulation, case.facts, case.journey))


def show(desk: Desk) -> Screen:
    """What is in force, what is proposed and who is waited for; a button for each thing one may do."""
    case = still(_case(desk))
    values = {**told(case), "mine": is_own(case), "offering": bool(_to_offer(case))}
    return Screen("model", values, (*_rows(case), (Button("back"),)))


def told(case: Case) -> dict[str, object]:
    """What a text about the model says."""
    said, waits = route_model.last(case.journey), _waits(case)
    made = route_model.proposal(case.journey)
    return {
        "name": case.name,
        "now": _official(case, case.facts.model),
        "title": _official(case, said.remark) if said else "",
        "kind": said.kind if said else "",
        "waits": waits,
        "whose": case.regulation.role_title(waits) if waits else "",
        "since": said.at.astimezone(case.desk.zone).date() if said else None,
        "by": (made.name or case.regulation.role_title(made.role)) if made else "",
        "deciding": _deciding(case),
    }


def _official(case: Case, key: str) -> str:
    found = route_model.option(case.regulation, key)
    return found.title if found else ""


def _deciding(case: Case) -> bool:
    """Whether the proposal waits for the person at the desk."""
    waits = _waits(case)
    return (waits == "teacher" and is_own(case)) or (
        waits == _SCHOOL and not is_own(case) and case.may(Fact.CONFIRM_MODEL)
    )


def _rows(case: Case) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    said = route_model.last(case.journey)
    if said is not None and _deciding(case):
        words = ("take_model", "leave_model") if is_own(case) else ("confirm_model", "refuse_model")
        rows.append((Button("yes", str(said.id), word=words[0]), Button("no", str(said.id), word=words[1])))
    titles = ((key, _official(case, key)) for key in _to_offer(case))
    return [*rows, *((Button("propose", key, label=title),) for key, title in titles)]


def propose(desk: Desk, key: str) -> Remark | None:
    """Propose a model; the teacher is asked."""
    case = _case(desk)
    if case is None or key not in _to_offer(case):
        return Remark("out_of_date")
    made = _decide(case, route_model.OFFERED, role_for(case, Fact.OFFER_MODEL), key)
    tell(case, [case.facts.person_id], "model_offer", str(made.id), decision=made.id)
    return Remark("model_told", {"kind": made.kind, "title": _official(case, key)})


def yes(desk: Desk, said: str) -> Remark | None:
    """The teacher agrees, or the school confirms."""
    return _answer(_case(desk), number(said), agreed=True)


def no(desk: Desk, said: str) -> Remark | None:
    """The teacher does not agree, or the school does not confirm: all stays as it was."""
    return _answer(_case(desk), number(said), agreed=False)


def _answer(case: Case | None, said_id: int, *, agreed: bool) -> Remark:
    said = route_model.last(case.journey) if case is not None else None
    if case is None or said is None or said.id != said_id or not _deciding(case):
        return Remark("out_of_date")
    if not is_own(case):
        return _confirm(case, said, agreed=agreed)
    asked = agreed and not _settled(case)
    made = _decide(
        case,
        route_model.TAKEN if agreed else route_model.DECLINED,
        "teacher",
        said.remark,
        in_force=agreed and not asked,
    )
    if asked:
        tell(case, holders(case, _SCHOOL), "model_confirm", str(made.id), decision=made.id)
    else:
        _tell_all(case, made)
    return Remark("model_told", {"kind": made.kind, "title": _official(case, said.remark), "asked": asked})


def _settled(case: Case) -> bool:
    """Whether the school has nothing more to say: it proposed the model itself, or it has no coordinator."""
    school = set(holders(case, _SCHOOL)) - {case.facts.person_id}
    made = route_model.proposal(case.journey)
    return not school or (made is not None and made.person_id in school)


def _confirm(case: Case, said: Decision, *, agreed: bool) -> Remark:
    kind = route_model.CONFIRMED if agreed else route_model.REFUSED
    made = _decide(case, kind, _SCHOOL, said.remark, in_force=agreed)
    _tell_all(case, made)
    return Remark("model_told", {"kind": kind, "title": _official(case, said.remark)})


def _decide(case: Case, kind: str, role: str, key: str, *, in_force: bool = False) -> Decision:
    desk = case.desk
    signed = hand(case, role)
    after, made = decisions.decide(desk.conn, case.facts, kind, signed, desk.now, step="model", remark=key)
    if in_force:
        versions.choose(desk.conn, after, model=key)
    desk.forget()
    return made


def _tell_all(case: Case, made: Decision) -> None:
    """How it ended: to the teacher, to who proposed it and to who accompanies her."""
    proposed = route_model.proposal(case.journey)
    who = {case.facts.person_id, *holders(case, "mentor"), *([proposed.person_id] if proposed else [])}
    tell(case, who - {0}, "model_news", str(made.id), decision=made.id)


def back(desk: Desk, _: str) -> Remark | None:
    """Where it was opened from."""
    case = _case(desk)
    desk.go(desk.place.back or Place("home" if case is None or is_own(case) else "queue"))
    return None


def notice_asked(desk: Desk, notice: Notice) -> Screen | None:
    """To whom it waits for, while it does: the teacher, or the school."""
    case = case_of(desk, Fact.STATE, notice.route_id)
    said = route_model.last(case.journey) if case is not None else None
    if case is None or said is None or said.id != notice.subject.get("decision") or not _deciding(case):
        return None
    ids = (case.facts.route_id, said.id)
    words = ("take_model", "leave_model") if is_own(case) else ("confirm_model", "refuse_model")
    buttons = (FactButton("yes_model", *ids, word=words[0]), FactButton("no_model", *ids, word=words[1]))
    return Screen("notice_model", {**told(case), "mine": is_own(case)}, (buttons,))


def notice_news(desk: Desk, notice: Notice) -> Screen | None:
    """How it ended, while that is the newest word."""
    case = case_of(desk, Fact.STATE, notice.route_id)
    said = route_model.last(case.journey) if case is not None else None
    if case is None or said is None or said.id != notice.subject.get("decision"):
        return None
    ids = (case.facts.route_id, case.facts.version)
    see = FactButton("open_own" if is_own(case) else "open_case", *ids, word="open_case")
    return Screen("notice_model_news", {**told(case), "mine": is_own(case)}, ((see,),))


def _press(desk: Desk, route_id: int, said_id: int, *, agreed: bool) -> Remark | None:
    case = case_of(desk, Fact.STATE, route_id)
    if case is None or (is_own(case) and (desk.route is None or desk.route.route_id != route_id)):
        return Remark("out_of_date")
    answered = _answer(case, said_id, agreed=agreed)
    if answered.text != "out_of_date" and not is_own(case):
        desk.go(Place("queue"))
    return answered


def press_yes(desk: Desk, route_id: int, said_id: int) -> Remark | None:
    """«Согласиться» or «Подтвердить» under a notice."""
    return _press(desk, route_id, said_id, agreed=True)


def press_no(desk: Desk, route_id: int, said_id: int) -> Remark | None:
    """«Не подходит» or «Не подтверждать» under a notice."""
    return _press(desk, route_id, said_id, agreed=False)


ROOMS = {
    "model": Room(
        show,
        None,
        {"propose": propose, "yes": yes, "no": no, "back": back},
        exists=lambda desk: _case(desk) is not None,
    )
}
NOTICES = {"model_offer": notice_asked, "model_confirm": notice_asked, "model_news": notice_news}
PRESSES = {"yes_model": press_yes, "no_model": press_no}
