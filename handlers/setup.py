"""A coordinator's first hour: ten questions, one a screen. The step she reached is in the organisation's
settings, so she goes on where she left off; the same rooms change one answer later (walk «fix»)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, menu, setup_choices, setup_signers, setup_words
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from handlers.setup_words import No

Row = tuple[Button, ...]
Judge = Callable[[Desk, Organisation, str], Organisation | No]

TYPED: Mapping[str, Judge] = {**setup_words.TYPED, **setup_choices.TYPED}
PICKED: Mapping[str, Judge] = {**setup_words.PICKED, **setup_choices.PICKED}


def show(desk: Desk) -> Screen:
    """The question, what is decided now, what a tap offers."""
    organisation, step = coordinating.here(desk), desk.place.key
    if step == "signers":
        return setup_signers.show(desk, organisation, navigation(desk, organisation))
    offered = {**setup_words.OFFERED, **setup_choices.OFFERED}[step](desk, organisation)
    values = {
        **common(desk),
        "now": setup_words.now(desk, organisation, step),
        "example": bool(desk.place.view.get("example")),
        **offered.values,
    }
    return Screen("setup", values, (*offered.rows, *navigation(desk, organisation)), offered.file)


def common(desk: Desk) -> dict[str, object]:
    """Which step this is."""
    fixing = desk.place.walk == "fix"
    number = 0 if fixing else first_hour.place_in_order(desk.place.key)
    return {"step": desk.place.key, "number": number, "total": len(first_hour.STEPS)}


def navigation(desk: Desk, organisation: Organisation) -> tuple[Row, ...]:
    """Назад · Пропустить · Пример, as far as each makes sense here."""
    step, fixing = desk.place.key, desk.place.walk == "fix"
    first = not fixing and not first_hour.preceding(step)
    buttons = [Button("menu") if first else Button("back")]
    decided = bool(setup_words.now(desk, organisation, step))
    if decided and not fixing and step != "signers":
        buttons.append(Button("keep", word="setup_keep"))
    elif not fixing and step not in first_hour.REQUIRED and step != "signers":
        buttons.append(Button("skip"))
    if step in setup_words.EXAMPLES and not desk.place.view.get("example"):
        buttons.append(Button("example"))
    return (tuple(buttons),)


def typed(desk: Desk, text: str) -> Remark | None:
    """Words for the question on screen."""
    organisation, step = coordinating.here(desk), desk.place.key
    if step == "signers":
        return setup_signers.typed(desk, organisation, text)
    judge = TYPED.get(step)
    return accept(desk, judge(desk, organisation, text)) if judge else Remark("please_choose")


def pick(desk: Desk, arg: str) -> Remark | None:
    """A tap on what is offered."""
    judge = PICKED.get(desk.place.key)
    return accept(desk, judge(desk, coordinating.here(desk), arg)) if judge else None


def accept(desk: Desk, outcome: Organisation | No) -> Remark | None:
    """Store a good answer and go on; say what is wrong with a bad one."""
    if isinstance(outcome, No):
        return Remark("setup_refused", {"reason": outcome.reason, "piece": outcome.piece})
    coordinating.keep(desk, outcome, desk.place.key)
    return advance(desk)


def advance(desk: Desk) -> Remark | None:
    """To the next question, or to the school when there is none; the step is remembered."""
    organisation = coordinating.here(desk)
    if desk.place.walk == "fix":
        desk.go(Place("school_settings", row=organisation.id))
        return Remark("noted_setting")
    following = first_hour.following(desk.place.key)
    _reach(desk, organisation, following)
    if following == first_hour.DONE:
        desk.go(Place("school", row=organisation.id))
        return Remark("setup_done")
    desk.go(Place("setup", following, organisation.id))
    return None


def _reach(desk: Desk, organisation: Organisation, step: str) -> None:
    settings = coordinating.settings(organisation)
    reached = first_hour.farther(settings.setup, step)
    if reached != settings.setup:
        stored = replace(settings, setup=reached).stored()
        coordinating.keep(desk, replace(organisation, settings=stored), "setup")


def keep(desk: Desk, _: str) -> Remark | None:
    """What is decided is right."""
    decided = setup_words.now(desk, coordinating.here(desk), desk.place.key)
    return advance(desk) if decided else None


def skip(desk: Desk, _: str) -> Remark | None:
    """Not now; it can be told in the settings of the school later."""
    if desk.place.key in first_hour.REQUIRED or desk.place.walk == "fix":
        return Remark("please_choose")
    return advance(desk)


def back(desk: Desk, _: str) -> Remark | None:
    """One question back; from a single signer to the list of them."""
    row = coordinating.here(desk).id
    if desk.place.view.get("part"):
        desk.go(desk.place.seen(part="", example=""))
    elif desk.place.walk == "fix":
        desk.go(Place("school" if desk.place.key == "signers" else "school_settings", row=row))
    elif before := first_hour.preceding(desk.place.key):
        desk.go(Place("setup", before, row))
    return None


def example(desk: Desk, _: str) -> Remark | None:
    """How an answer may look."""
    desk.go(desk.place.seen(example="1"))
    return None


def sample(desk: Desk, slug: str) -> Remark | None:
    """Send an empty form of this regulation."""
    if desk.place.key == "regulation" and slug in desk.world.shelf.volumes:
        again = str(int(desk.place.view.get("times", "0")) + 1)
        desk.go(desk.place.seen(sample=slug, times=again))
    return None


def signer(desk: Desk, part: str) -> Remark | None:
    """Open one of those who sign, or the curator."""
    known = setup_signers.parts(desk, coordinating.here(desk))
    if desk.place.key == "signers" and part in known:
        desk.go(desk.place.seen(part=part, example=""))
    return None


def signed(desk: Desk, _: str) -> Remark | None:
    """The list of signers is as it should be."""
    return advance(desk) if desk.place.key == "signers" else None


def exists(desk: Desk) -> bool:
    """She coordinates it, and there is such a question."""
    later = first_hour.LATER if desk.place.walk == "fix" else ()
    return desk.place.key in (*first_hour.STEPS, *later) and coordinating.exists(desk)


ROOMS = {
    "setup": Room(
        show,
        typed,
        {
            "pick": pick,
            "keep": keep,
            "skip": skip,
            "back": back,
            "example": example,
            "sample": sample,
            "signer": signer,
            "done": signed,
            "menu": menu.menu,
        },
        exists=exists,
    ),
}
