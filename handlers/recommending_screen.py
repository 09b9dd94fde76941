"""How a recommendation looks while it is drafted: one question a screen, buttons first, words as good."""

from collections.abc import Sequence

from bot.iom import advice, period, recommend
from bot.iom.journey import Recommendation
from bot.speech.screen import Button, Screen
from handlers import advising, group, priorities, recommending
from handlers.cases import Case
from handlers.desk import Desk
from handlers.recommending import here, stage
from handlers.rooms import Room, number
from storage import event_search

EVENTS = 4
MONTHS = 6
PAGE = 7
GIVEN = 3

Row = tuple[Button, ...]


def show(desk: Desk) -> Screen:
    """What is asked now; before that, what became of her last recommendations."""
    case = here(desk)
    now, view = stage(desk, case), desk.place.view
    mine = [one for one in case.journey.recommendations if one.person_id == desk.person.id]
    text = recommending.proposal(desk, case)[0] if now == "check" else ""
    values = {
        "stage": now,
        "name": case.name,
        "about": advice.topic_title(case.regulation, view.get("about", "")),
        "column": advice.column_named(case.regulation, view.get("about", "")) is not None,
        "query": view.get("q", ""),
        "title": view.get("title", ""),
        "text": text,
        "given": [_given(one) for one in mine[-GIVEN:]] if now == "kind" else [],
    }
    return Screen("recommending", values, (*_LOOKS[now](desk, case), (Button("back"),)))


def _given(one: Recommendation) -> tuple[str, str]:
    return one.text, "open" if one.open else ("accepted" if one.accepted_at else "declined")


def _kinds(desk: Desk, case: Case) -> Sequence[Row]:
    return [(Button("kind", kind, word=f"advise_{kind}"),) for kind in recommending.kinds(case)]


def _topics(desk: Desk, case: Case) -> Sequence[Row]:
    found = advising.topics(case)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    shown = list(enumerate(found))[start : start + PAGE]
    following = start + PAGE if start + PAGE < len(found) else 0
    rows: list[Row] = [
        (Button("about", str(at), label=advice.topic_title(case.regulation, key)),) for at, key in shown
    ]
    return [*rows, (Button("more", str(following)),)] if len(found) > PAGE else rows


def _words(desk: Desk, case: Case) -> Sequence[Row]:
    return []


def _events(desk: Desk, case: Case) -> Sequence[Row]:
    """What fits the points of growth, or what was searched for; the typed words as a name."""
    facts, regulation = case.facts, case.regulation
    blocks = [facts.text("growth_point", row.id) for row in facts.rows("growth")]
    known = tuple(dict.fromkeys(block for block in blocks if block in regulation.blocks))
    typed = desk.place.view.get("q", "")
    found = recommend.suggest(
        event_search.offered(
            desk.conn,
            facts.organisation_id,
            desk.today,
            audience=regulation.audience,
            blocks=known,
            words=bool(typed),
        ),
        blocks=known,
        term=recommending.whole_term(case),
        today=desk.today,
        audience=regulation.audience,
        subject=facts.text("subject"),
        chosen=frozenset(row.event for row in facts.rows("plan") if row.event),
        query=typed,
        priorities=priorities.of_route(desk, facts),
    )
    buttons = [(Button("pick", str(one.event.id), label=one.event.title),) for one in found[:EVENTS]]
    return [*([(Button("own_title"),)] if typed else []), *buttons]


def _months(desk: Desk, case: Case) -> Sequence[Row]:
    whole = recommending.whole_term(case)
    months = [period.parse(label, desk.today) for _, label in recommend.months_ahead(desk.today)]
    fits = [one for one in months if whole is None or one.within(whole)][:MONTHS]
    buttons = [Button("month", words, label=words) for words in map(period.words, fits)]
    return [*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), (Button("undated"),)]


def _check(desk: Desk, case: Case) -> Sequence[Row]:
    together = group.offer(desk, case)
    return [(Button("send"),), *([(together,)] if together else [])]


_LOOKS = {
    "kind": _kinds,
    "about": _topics,
    "words": _words,
    "what": _events,
    "when": _months,
    "check": _check,
}

ROOMS = {
    "recommending": Room(
        show,
        recommending.typed,
        {
            "kind": recommending.choose_kind,
            "about": recommending.choose_topic,
            "more": recommending.more,
            "pick": recommending.choose_event,
            "own_title": recommending.own_title,
            "month": recommending.choose_month,
            "undated": recommending.undated,
            "send": recommending.send,
            "send_group": group.send,
            "back": recommending.back,
        },
        exists=recommending.exists,
    )
}
