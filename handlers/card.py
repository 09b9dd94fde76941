"""The card as a file: a draft at any time, the final one with lines for the pen where answers are missing."""

from dataclasses import replace
from typing import Literal

from bot.iom import interview, summary
from bot.iom.access import Fact
from bot.iom.card import card_of, without_reflections, without_told
from bot.iom.facts import Facts, State
from bot.iom.version_code import version_code
from bot.speech.screen import Button, CardFile, Remark, Screen
from handlers import cases, coordinating, menu
from handlers import summary as summary_room
from handlers.cases import Case
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room

Format = Literal["docx", "pdf"]
FORMATS: dict[str, tuple[Format, bool]] = {
    "draft_docx": ("docx", True),
    "draft_pdf": ("pdf", True),
    "final_docx": ("docx", False),
    "final_pdf": ("pdf", False),
}
PHONE = "phone_pdf"
UNFINISHED = frozenset({State.DRAFT, State.RETURNED})


def show(desk: Desk) -> Screen:
    """Word or PDF, draft or final; the file that was asked for goes with the screen."""
    found = summary.gaps(desk.regulation, desk.facts)
    values: dict[str, object] = {
        "gaps": len(found),
        "sent": desk.place.view.get("file", ""),
        "title": desk.regulation.official,
    }
    values["card_to"] = coordinating.card_to(desk)
    choice = ((Button("print", "draft_docx"), Button("print", "draft_pdf")),)
    rows = tuple(tuple(Button("print", b.arg, word=b.arg) for b in row) for row in choice)
    final = (Button("print", "final_docx", word="final_docx"), Button("print", "final_pdf", word="final_pdf"))
    phone = (Button("print", PHONE, word=PHONE), Button("papers"))
    end = (Button("to_summary"), Button("home"))
    return Screen("card", values, (*rows, final, phone, end), _file(desk))


def _file(desk: Desk) -> CardFile | None:
    which = desk.place.view.get("file", "")
    if which == PHONE:
        return phone_file(desk)
    wanted = FORMATS.get(which)
    return card_file(desk, *wanted) if wanted else None


def phone_file(desk: Desk) -> CardFile:
    """The card to be read on a phone; a draft until it is sent."""
    made = card_file(desk, "pdf", desk.facts.state in UNFINISHED)
    return replace(made, paper="phone", name=f"IOM-{desk.facts.slug}-phone.pdf", key=f"{made.key}.phone")


def stamp_of(desk: Desk, draft: bool) -> str:
    """What is printed on every page: of a sandbox, of a draft, "" of the final one."""
    sandbox = desk.world.caption("trial_stamp") if desk.facts.trial else ""
    return sandbox or (desk.world.caption("draft_mark") if draft else "")


def key_of(facts: Facts, *kind: str) -> str:
    """The name of what was printed of this version of a route: uploaded once, it is sent again."""
    return ".".join((str(facts.route_id), str(facts.version), facts.regulation_hash[:16], *kind))


def card_file(desk: Desk, kind: Format, draft: bool) -> CardFile:
    """The card of now. The footer is the code of the version."""
    facts, case, mark = desk.facts, cases.own(desk), stamp_of(desk, draft)
    document = card_of(desk.regulation, facts, case.journey, mark=mark, footer=version_code(case.code, facts))
    name = f"IOM-{facts.slug}{'-draft' if draft else ''}.{kind}"
    return CardFile(document, kind, name, key_of(facts, mark, kind))


def card_of_case(case: Case, kind: Format) -> CardFile:
    """Somebody's card as it is now, for whoever may see it; reflections only where they are shared."""
    shared = case.may(Fact.REFLECTIONS)
    facts = case.facts if shared else without_reflections(case.facts)
    journey = case.journey if shared else without_told(case.journey)
    document = card_of(case.regulation, facts, journey, footer=version_code(case.code, facts))
    key = key_of(facts, "all" if shared else "plain", kind)
    return CardFile(document, kind, f"IOM-{facts.slug}.{kind}", key)


def printing(desk: Desk, which: str) -> Remark | None:
    """Print one; asked again it is printed again."""
    if which in {*FORMATS, PHONE}:
        again = str(int(desk.place.view.get("times", "0")) + 1)
        desk.go(Place("card").seen(file=which, times=again))
    return None


def to_papers(desk: Desk, _: str) -> Remark | None:
    """Everything else that can be printed of the route."""
    desk.go(Place("papers"))
    return None


def to_summary(desk: Desk, _: str) -> Remark | None:
    """What the card holds and lacks."""
    desk.go(Place("summary"))
    return None


def show_draft_ready(desk: Desk) -> Screen:
    """Ten minutes are over: the Word file, and what comes next."""
    left = len(interview.remaining(desk.regulation, desk.facts))
    values = {"left": left, "minutes": interview.minutes_left(desk.regulation, desk.facts)}
    rows = ((Button("next", word="fill_rest" if left else "to_card"),), (Button("menu"),))
    return Screen("draft_ready", values, rows, card_file(desk, "docx", draft=True))


def show_sitting_over(desk: Desk) -> Screen:
    """Three questions are enough for one sitting."""
    left = len(interview.remaining(desk.regulation, desk.facts))
    values = {"left": left, "minutes": interview.minutes_left(desk.regulation, desk.facts)}
    return Screen(
        "sitting_over", values, ((Button("next", word="three_more"),), (Button("home"), Button("menu")))
    )


_GOING_ON = {"next": menu.proceed, "menu": menu.menu, "home": summary_room.home}

ROOMS = {
    "card": Room(
        show,
        None,
        {"print": printing, "papers": to_papers, "to_summary": to_summary, "home": summary_room.home},
        needs_route=True,
    ),
    "draft_ready": Room(show_draft_ready, None, _GOING_ON, needs_route=True),
    "sitting_over": Room(show_sitting_over, None, _GOING_ON, needs_route=True),
}
