"""What a reminder says, computed from the facts of now; None when there is nothing to remind of any more."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.iom import interview, notices, recommend, rungs
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.ball import turns
from bot.iom.extensions import accepted, ends_on
from bot.iom.facts import State
from bot.iom.rungs import Rung
from bot.iom.summary import row_name
from bot.speech.screen import FactButton, Screen
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.planning import calendar_of
from storage import events, organisations, own_routes, queues, snoozes
from storage.notices import Notice

SHOWN = 5  # lines in one message; the plan has the rest


def mine(desk: Desk) -> Iterator[Case]:
    """Her routes whose plans are reminded of, a sandbox never."""
    for brief in own_routes.of_person(desk.conn, desk.person.id):
        if brief.state in rungs.REMINDED and not brief.trial:
            case = case_of(desk, Fact.OWN, brief.route_id)
            if case is not None:
                yield case


def deadline(desk: Desk, told: Notice) -> Screen | None:
    """Tomorrow, today, late: what its day asks about, of all her routes."""
    day = date.fromisoformat(told.subject["day"])
    found = [(case, one) for case in mine(desk) for one in rungs.of_day(_ladder(case), day)]
    if not found:
        return None
    lines = [(case, one) for case, one in found if one.what == "line"]
    shown = [said(case, one, desk.today) for case, one in found[:SHOWN]]
    values = {"lines": shown, "more": max(0, len(found) - SHOWN)}
    if len(found) == len(lines) == 1:
        return Screen("notice_deadline", values, _about_one(lines[0][1].entry_id))
    return Screen("notice_deadline", values, _about_many(lines[:SHOWN]))


def _ladder(case: Case) -> tuple[Rung, ...]:
    desk = case.desk
    calendar = calendar_of(desk.conn, desk.world, case.facts, case.regulation, desk.person.id)
    snoozed = snoozes.of_route(desk.conn, case.facts.route_id)
    return rungs.rungs(case.regulation, case.facts, case.journey, calendar, snoozed)


def said(case: Case, one: Rung, today: date) -> dict[str, object]:
    """A rung as the texts list it; `days` until it, negative when it is over."""
    entry = case.facts.entry(one.entry_id)
    title = row_name(case.regulation, case.facts, entry) if entry else ""
    return {"what": one.what, "title": title, "due": one.due, "days": (one.due - today).days}


def _about_one(entry_id: int) -> tuple[tuple[FactButton, ...], ...]:
    done = FactButton("line_done", entry_id, word="line_done")
    return (
        (done, FactButton("line_fails", entry_id, word="not_done")),
        (FactButton("line_later", entry_id, word="later_remind"),),
    )


def _about_many(lines: Sequence[tuple[Case, Rung]]) -> tuple[tuple[FactButton, ...], ...]:
    return tuple(
        (FactButton("open_line", one.entry_id, label=str(said(case, one, one.due)["title"])),)
        for case, one in lines
    )


def week(desk: Desk, told: Notice) -> Screen | None:
    """Everything that is near or late in one message, once a week; what is new in the catalogue beside it."""
    cases = list(mine(desk))
    found = [said(case, one, desk.today) for case in cases for one in _not_alone(case)]
    if not found:
        return None
    longer = [end for case in cases if accepted(case.journey) and (end := ends_on(case.facts, case.journey))]
    values = {
        "lines": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "longer": longer[0] if longer else None,
        "fresh": _fresh(cases[0]),
    }
    return Screen("notice_week", values, ((FactButton("open_plan", cases[0].facts.route_id),),))


def _not_alone(case: Case) -> list[Rung]:
    """What is near without what has a message of its own today."""
    today = case.desk.today
    alone = {(one.what, one.entry_id) for one in rungs.of_day(_ladder(case), today)}
    found = rungs.near(case.regulation, case.facts, case.journey, today)
    return [one for one in found if (one.what, one.entry_id) not in alone]


def _fresh(case: Case) -> str:
    """A new event that suits one of her points of growth, "" for none."""
    desk = case.desk
    places = organisations.above(desk.conn, case.facts.organisation_id or 0)
    fresh = events.added_since(desk.conn, desk.now - timedelta(days=7), places)
    blocks = frozenset(case.facts.text("growth_point", point.id) for point in case.facts.rows("growth"))
    chosen = frozenset(entry.event for entry in case.facts.rows("plan"))
    suits = [one for one in fresh if blocks & frozenset(one.blocks)]
    found = recommend.suggest(
        suits,
        blocks=tuple(sorted(blocks)),
        term=route_term(case.facts),
        today=desk.today,
        audience=case.regulation.audience,
        chosen=chosen,
    )
    return found[0].event.title if found and not found[0].outside_term else ""


def begins(desk: Desk, told: Notice) -> Screen | None:
    """The first day: what comes first."""
    case = case_of(desk, Fact.OWN, told.route_id)
    if case is None or case.facts.state is not State.ACTIVE:
        return None
    ahead = [
        said(case, one, desk.today)
        for one in rungs.waiting(case.regulation, case.facts, case.journey, desk.today)
    ]
    values = {"end": ends_on(case.facts, case.journey), "first": ahead[0] if ahead else None}
    return Screen("notice_begins", values, ((FactButton("open_plan", told.route_id),),))


def ended(desk: Desk, told: Notice) -> Screen | None:
    """The term is over: the results are next, or a longer term where there is one."""
    case = case_of(desk, Fact.OWN, told.route_id)
    if case is None or case.facts.state is not State.FINALIZING:
        return None
    longer = case.regulation.life.extension is not None
    return Screen(
        "notice_ended", {"longer": longer}, ((FactButton("open_own", told.route_id, word="finishing"),),)
    )


def draft(desk: Desk, told: Notice) -> Screen | None:
    """«Осталось 3 вопроса», once; a card that came back is reminded of in the same way."""
    case = case_of(desk, Fact.OWN, told.route_id)
    if case is None or case.facts.state not in {State.DRAFT, State.RETURNED}:
        return None
    step = interview.next_of_draft(case.regulation, case.facts)
    progress = interview.progress(case.regulation, case.facts, step) if step else None
    left = progress.total - progress.number + 1 if progress else 0
    values = {"left": left, "returned": case.facts.state is State.RETURNED}
    word = "continue_draft" if step else "open_case"
    return Screen("notice_draft", values, ((FactButton("proceed", told.route_id, word=word),),))


def waits(desk: Desk, told: Notice) -> Screen | None:
    """What has waited for her for three days or more."""
    old = desk.now - timedelta(days=notices.WAITED[0])
    found = [one for one in queues.waiting(desk.conn, desk.person.id, limit=50) if one.since <= old]
    if not found:
        return None
    oldest = found[0]
    values = {
        "count": len(found),
        "name": "" if oldest.teacher_id == desk.person.id else oldest.name,
        "kind": desk.world.caption(f"waits_{oldest.kind}"),
        "days": (desk.today - oldest.since.astimezone(desk.zone).date()).days,
    }
    return Screen("notice_waits", values, ((FactButton("open_queue", desk.person.id, word="waits_for_me"),),))


def waits_long(desk: Desk, told: Notice) -> Screen | None:
    """To the coordinator: somebody's turn for more than a week."""
    case = case_of(desk, Fact.STATE, told.route_id)
    if case is None:
        return None
    old = desk.now - timedelta(days=notices.WAITED[-1])
    found = [turn for turn in turns(case.regulation, case.facts, case.journey) if turn.since <= old]
    if not found:
        return None
    days = (desk.today - found[0].since.astimezone(desk.zone).date()).days
    values = {"name": case.name, "whose": case.whose(found[0]), "days": days}
    button = FactButton("open_case", case.facts.route_id, case.facts.version, word="open_case")
    return Screen("notice_waits_long", values, ((button,),))


def retention(desk: Desk, told: Notice) -> Screen | None:
    """How long a card is kept, a month before: to its teacher and to a coordinator."""
    case = case_of(desk, Fact.STATE, told.route_id)
    until = notices.kept_until(case.regulation, case.facts) if case else None
    if case is None or until is None:
        return None
    own = case.standing.viewer_id == case.standing.teacher_id
    values = {"name": "" if own else case.name, "until": until, "organisation": desk.world.operator}
    verb = "open_own" if own else "open_case"
    button = FactButton(verb, told.route_id, case.facts.version, word="open_case")
    return Screen("notice_retention", values, ((button,),))


NOTICES = {
    "deadline": deadline,
    "week": week,
    "begins": begins,
    "ended": ended,
    "draft": draft,
    "waits": waits,
    "waits_long": waits_long,
    "retention": retention,
}
