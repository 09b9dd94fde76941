"""A coordinator's home: what is done, what is next, one button each; and her sandbox as a teacher."""

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.iom.regulation_life import Companionship
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, menu, setup_signers, setup_words, trial, unanswered
from handlers.desk import Desk
from handlers.invitations import NOT_STARTED, everybody
from handlers.place import Place
from handlers.rooms import Room
from storage import queues
from storage.progress import Progress, Stage

ROOMS_OF_HERS = (
    "digest",
    "people",
    "invitations",
    "pairing",
    "signers",
    "priorities",
    "events",
    "imports",
    "school_settings",
)
_ACCEPTED = frozenset(Stage) - NOT_STARTED - {Stage.REVOKED, Stage.LEFT, Stage.DECLINED}
_BEGUN = _ACCEPTED - {Stage.OPENED, Stage.CONSENTED}


def show(desk: Desk) -> Screen:
    """Counts of people by how far they are, the next step first."""
    organisation = coordinating.here(desk)
    every = everybody(desk, organisation)
    regulation = coordinating.regulation(desk, organisation)
    lacking = [part for part in setup_signers.parts(desk, organisation).values() if _lacks(part)]
    following = _next(organisation, every, bool(lacking))
    silent = unanswered.late(desk)
    values = {
        "title": organisation.title,
        "regulation": regulation.title if regulation else "",
        "set_up": coordinating.set_up(organisation),
        "invited": len(every),
        "joined": sum(one.stage in _ACCEPTED for one in every),
        "begun": sum(one.stage in _BEGUN for one in every),
        "waiting": sum(one.stage in NOT_STARTED for one in every),
        "lacking": [part.title for part in lacking],
        "rule": regulation.life.companion if regulation else Companionship(),
        "mentor": coordinating.role_title(desk, organisation, "mentor"),
        "unpaired": sum(one.invitation.role == "teacher" and not one.mentor for one in every),
        "next": following,
        "silent": len(silent),
    }
    return Screen("school", values, _buttons(desk, following, unanswered.button(desk, silent)))


def _lacks(part: setup_signers.Part) -> bool:
    return not part.filled and not part.substitute and part.key != setup_signers.CURATOR


def _next(organisation: Organisation, every: list[Progress], lacking: bool) -> str:
    """The one thing to do now: a name of a room, "" when all is under way."""
    if not coordinating.set_up(organisation):
        return "setup"
    if lacking:
        return "signers"
    if not any(one.invitation.role == "teacher" for one in every):
        return "people"
    return "invitations" if any(one.stage in NOT_STARTED for one in every) else ""


def _buttons(desk: Desk, following: str, silent: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    first = ((Button("open", following, word=f"next_{following}"),),) if following else ()
    others = [Button("open", name, word=f"menu_{name}") for name in ROOMS_OF_HERS if name != following]
    pairs = tuple(tuple(others[i : i + 2]) for i in range(0, len(others), 2))
    waits = queues.count(desk.conn, desk.person.id)
    label = f"{desk.world.caption('waits_for_me')} ({waits})"
    queue = ((Button("queue", label=label),),) if waits else ()
    several = (Button("another_school"),) if len(coordinating.ids(desk)) > 1 else ()
    return (
        *queue,
        *((silent,) if silent else ()),
        *first,
        *pairs,
        (Button("try"),),
        (*several, Button("menu")),
    )


def open_room(desk: Desk, name: str) -> Remark | None:
    """Enter one of her rooms."""
    organisation = coordinating.here(desk)
    if name == "setup":
        step = coordinating.settings(organisation).setup
        unfinished = step in first_hour.STEPS
        desk.go(Place("setup", step if unfinished else first_hour.STEPS[0], organisation.id))
    elif name == "signers":
        desk.go(Place("setup", "signers", organisation.id, walk="fix"))
    elif name in ROOMS_OF_HERS:
        desk.go(Place(name, row=organisation.id))
    return None


def another(desk: Desk, _: str) -> Remark | None:
    """The next of the organisations she coordinates."""
    hers = coordinating.ids(desk)
    here = coordinating.here(desk).id
    desk.go(Place("school", row=hers[(hers.index(here) + 1) % len(hers)]))
    return None


def show_settings(desk: Desk) -> Screen:
    """Every answer of the first hour, to be changed one by one."""
    organisation = coordinating.here(desk)
    steps = [step for step in (*first_hour.STEPS, *first_hour.LATER) if step != "signers"]
    lines = [(desk.world.caption(f"step_{s}"), setup_words.now(desk, organisation, s)) for s in steps]
    buttons = [Button("change", step, word=f"step_{step}") for step in steps]
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Screen("school_settings", {"settings": lines}, (*pairs, (Button("back"),)))


def change(desk: Desk, step: str) -> Remark | None:
    """Ask one question again."""
    if step in (*first_hour.STEPS, *first_hour.LATER):
        desk.go(Place("setup", step, coordinating.here(desk).id, walk="fix"))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the school."""
    desk.go(Place("school", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "school": Room(
        show,
        None,
        {
            "open": open_room,
            "try": trial.begin,
            "another_school": another,
            "queue": menu.to("queue"),
            "unanswered": menu.to("unanswered"),
            "menu": menu.menu,
        },
        exists=coordinating.exists,
    ),
    "school_settings": Room(
        show_settings, None, {"change": change, "back": back}, exists=coordinating.exists
    ),
}
