"""Home, menu, help: one next step, one button; everything else is a tap away."""

from collections.abc import Callable

from bot.iom import interview, lines, summary
from bot.iom.facts import Entry, State
from bot.speech.screen import Button, Remark, Screen
from handlers import (
    asking_help,
    cases,
    coordinating,
    ends,
    exports,
    line_words,
    monitoring,
    overseeing,
    recommended,
    roles,
    route_model,
    sending,
    start,
    trial,
)
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number
from storage import queues

# fmt: off
MENU = (
    "summary", "card", "plan", "sections", "inquire", "resources", "recommendations", "school", "exports",
    "organisations", "queue", "wards", "digest", "companions", "hats", "code", "settings", "privacy", "help",
)
# fmt: on
NEEDS_ROUTE = {"summary", "card", "plan", "sections", "inquire", "resources"}
ONLY_FOR = {
    "inquire": asking_help.may_ask,
    "recommendations": recommended.any_given,
    "school": coordinating.coordinates,
    "exports": exports.any_of_hers,
    "organisations": coordinating.operates,
    "queue": roles.helps,
    "wards": roles.accompanies,
    "digest": overseeing.looks_after,
    "companions": roles.accompanied,
    "hats": roles.several,
}
WRITING = frozenset({State.DRAFT, State.RETURNED})

# What else the teacher's home offers once her card travels: a verb that opens the room of the same name.
Offer = Callable[[Desk], Button | None]
OFFERS: tuple[Offer, ...] = (
    route_model.offer,
    monitoring.offer,
    recommended.offer,
    asking_help.offer,
    trial.offered,
    *ends.OFFERS,
)


def arrive(desk: Desk) -> None:
    """Where `/start` leads: to what waits for a helper; a teacher to the question that is next before there
    is a route, home after."""
    if desk.person.hat:
        roles.settle(desk)
    if not desk.consented:
        desk.go(Place("consent"))
    elif coordinating.at_work(desk):
        desk.go(coordinating.home(desk))
    elif desk.person.hat:
        desk.go(Place("queue"))
    elif desk.route is not None:
        desk.go(Place("home"))
    elif slug := start.bound_slug(desk):
        start.begin(desk, slug)
    else:
        desk.go(Place("regulation"))


def show(desk: Desk) -> Screen:
    """The next step by name, with how much is left; whose turn it is once the card was sent."""
    regulation, facts = desk.regulation, desk.facts
    if facts.state not in WRITING:
        return show_sent(desk)
    step = interview.next_of_draft(regulation, facts)
    left = interview.remaining(regulation, facts)
    values: dict[str, object] = {
        "draft": step is not None,
        "started": bool(facts.answers),
        "progress": interview.progress(regulation, facts, step) if step else None,
        "left": len(left),
        "minutes": interview.minutes_left(regulation, facts),
        "gaps": len(summary.gaps(regulation, facts)),
    }
    word = "continue_draft" if step else ("fill_rest" if left else "to_card")
    lacking = ((Button("gaps"),),) if values["gaps"] and not left else ()
    send = ((Button("sending"),),) if step is None else ()
    returned = facts.state is State.RETURNED
    values |= {"returned": returned, "remark": _remark(desk) if returned else ""}
    sandbox = ((over,),) if (over := trial.offered(desk)) else ()
    told = tuple((one,) for ask in (route_model.offer, recommended.offer) if (one := ask(desk)))
    mend = ((Button("summary", word="to_summary"),),) if returned else ()
    rows = (*mend, *lacking, (Button("next", word=word),), *told, *send, *sandbox, (Button("menu"),))
    return Screen("home", values, rows)


def _remark(desk: Desk) -> str:
    chain = {step.key for step in desk.regulation.life.approval}
    back = [one for one in cases.own(desk).journey.decisions if one.kind == "returned" and one.step in chain]
    return back[-1].remark if back else ""


def show_sent(desk: Desk) -> Screen:
    """State, whose turn and since when; the one thing to do next."""
    case = cases.own(desk)
    turn = case.ball
    values: dict[str, object] = {
        "state": desk.facts.state.value,
        "whose": case.whose(turn),
        "mine": turn.capability == "teacher",
        "since": turn.since.astimezone(desk.zone).date(),
        "waiting": queues.count(desk.conn, desk.person.id),
    }
    line = _next_line(case)
    values["line"] = line_words.values(case, line) if line else None
    nearest = ((Button("next_line", str(line.id), label=line_words.title(case, line)),),) if line else ()
    first = Button("recall") if desk.facts.state is State.ON_REVIEW else Button("plan", word="menu_plan")
    offers = [button for offer in OFFERS if (button := offer(desk)) is not None]
    rows = [tuple(offers[i : i + 2]) for i in range(0, len(offers), 2)]
    waits = ((Button("queue", word="waits_for_me"),),) if values["waiting"] else ()
    return Screen("home_sent", values, (*waits, *nearest, (first,), *rows, (Button("menu"),)))


def _next_line(case: cases.Case) -> Entry | None:
    """The line of the plan that is next, while the plan is being carried out."""
    if case.facts.state is not State.ACTIVE:
        return None
    return lines.next_line(case.regulation, case.facts, case.journey)


def open_line(desk: Desk, entry_id: str) -> Remark | None:
    """To the line that is next; the room says itself whether there is such a line."""
    desk.go(Place("line", row=number(entry_id)))
    return None


def to(place: str) -> Callable[[Desk, str], Remark | None]:
    """The act of a button that only opens a room."""

    def act(desk: Desk, _: str) -> Remark | None:
        desk.go(Place(place))
        return None

    return act


def gaps(desk: Desk, _: str) -> Remark | None:
    """What the finished card still lacks."""
    desk.go(Place("summary", "gaps"))
    return None


def proceed(desk: Desk, _: str) -> Remark | None:
    """The one next step: the draft, a sitting of three questions, or the card."""
    step = interview.next_of_draft(desk.regulation, desk.facts)
    left = interview.remaining(desk.regulation, desk.facts)
    if step is not None:
        desk.go(ask(step, "draft"))
    elif left:
        desk.go(ask(left[0], f"rest:{interview.SITTING}"))
    else:
        desk.go(Place("card"))
    return None


def menu(desk: Desk, _: str) -> Remark | None:
    """All the rooms."""
    desk.go(Place("menu"))
    return None


def show_menu(desk: Desk) -> Screen:
    """Two buttons a row; what needs a route is offered when there is one."""
    rooms = [name for name in MENU if _offered(desk, name)]
    buttons = [Button("open", name, word=f"menu_{name}") for name in rooms]
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return Screen("menu", {}, (*pairs, (Button("home"),)))


def _offered(desk: Desk, name: str) -> bool:
    if name in NEEDS_ROUTE:
        return desk.route is not None and not desk.person.hat
    return name not in ONLY_FOR or ONLY_FOR[name](desk)


def open_room(desk: Desk, name: str) -> Remark | None:
    """Enter a room of the menu."""
    if name in MENU and _offered(desk, name):
        desk.go(Place(name))
    return None


def home(desk: Desk, _: str) -> Remark | None:
    """Back to the one next step."""
    arrive(desk)
    return None


def show_help(desk: Desk) -> Screen:
    """What the bot does and what to do when lost."""
    return Screen("help", {"operator": desk.world.operator}, ((Button("home"), Button("menu")),))


ROOMS = {
    "home": Room(
        show,
        None,
        {
            "next": proceed,
            "menu": menu,
            "gaps": gaps,
            "sending": to("sending"),
            "summary": to("summary"),
            "recall": sending.recall,
            "next_line": open_line,
            "monitoring": monitoring.open_newest,
            "end_trial": trial.end,
            **{name: to(name) for name in ("plan", "queue", "inquire", "recommendations", "model")},
            **{name: to(name) for name in ends.ROOMS_OFFERED},
        },
        needs_route=True,
    ),
    "menu": Room(show_menu, None, {"open": open_room, "home": home}, open=True),
    "help": Room(show_help, None, {"home": home, "menu": menu}, open=True),
}
