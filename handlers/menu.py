"""Home, menu, help: one next step, one button; everything else is a tap away."""

from bot.iom import interview, summary
from bot.speech.screen import Button, Remark, Screen
from handlers import start
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room

MENU = ("summary", "card", "plan", "sections", "settings", "privacy", "help")
NEEDS_ROUTE = {"summary", "card", "plan", "sections"}


def arrive(desk: Desk) -> None:
    """Where `/start` leads: to the question that is next before there is a route, home after."""
    if not desk.consented:
        desk.go(Place("consent"))
    elif desk.route is not None:
        desk.go(Place("home"))
    elif slug := start.bound_slug(desk):
        start.begin(desk, slug)
    else:
        desk.go(Place("regulation"))


def show(desk: Desk) -> Screen:
    """The next step by name, with how much is left."""
    regulation, facts = desk.regulation, desk.facts
    step = interview.next_of_draft(regulation, facts)
    left = interview.remaining(regulation, facts)
    values = {
        "draft": step is not None,
        "started": bool(facts.answers),
        "progress": interview.progress(regulation, facts, step) if step else None,
        "left": len(left),
        "minutes": interview.minutes_left(regulation, facts),
        "gaps": len(summary.gaps(regulation, facts)),
    }
    word = "continue_draft" if step else ("fill_rest" if left else "to_card")
    lacking = ((Button("gaps"),),) if values["gaps"] and not left else ()
    return Screen("home", values, (*lacking, (Button("next", word=word),), (Button("menu"),)))


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
    rooms = [name for name in MENU if desk.route is not None or name not in NEEDS_ROUTE]
    buttons = [Button("open", name, word=f"menu_{name}") for name in rooms]
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return Screen("menu", {}, (*pairs, (Button("home"),)))


def open_room(desk: Desk, name: str) -> Remark | None:
    """Enter a room of the menu."""
    if name in MENU and (desk.route is not None or name not in NEEDS_ROUTE):
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
    "home": Room(show, None, {"next": proceed, "menu": menu, "gaps": gaps}, needs_route=True),
    "menu": Room(show_menu, None, {"open": open_room, "home": home}, open=True),
    "help": Room(show_help, None, {"home": home, "menu": menu}, open=True),
}
