"""The card as a file: a draft at any time, the final one with lines for the pen where answers are missing."""

from typing import Literal

from bot.iom import interview, summary
from bot.iom.access import Fact
from bot.iom.card import card_of, without_reflections
from bot.speech.screen import Button, CardFile, Remark, Screen
from handlers import cases, coordinating, menu
from handlers import summary as summary_room
from handlers.cases import Case
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room

FORMATS: dict[str, tuple[Literal["docx", "pdf"], bool]] = {
    "draft_docx": ("docx", True),
    "draft_pdf": ("pdf", True),
    "final_docx": ("docx", False),
    "final_pdf": ("pdf", False),
}


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
    end = (Button("to_summary"), Button("home"))
    return Screen("card", values, (*rows, final, end), _file(desk))


def _file(desk: Desk) -> CardFile | None:
    wanted = FORMATS.get(desk.place.view.get("file", ""))
    return card_file(desk, *wanted) if wanted else None


def card_file(desk: Desk, kind: Literal["docx", "pdf"], draft: bool) -> CardFile:
    """The card of now. The footer names the regulation and the version of the facts."""
    facts = desk.facts
    footer = f"{facts.slug} · {facts.regulation_hash[:6]} · {facts.route_id}.{facts.version}"
    sandbox = desk.world.caption("trial_stamp") if facts.trial else ""
    mark = sandbox or (desk.world.caption("draft_mark") if draft else "")
    document = card_of(desk.regulation, facts, cases.own(desk).journey, mark=mark, footer=footer)
    name = f"IOM-{facts.slug}{'-draft' if draft else ''}.{kind}"
    key = f"{facts.route_id}.{facts.version}.{facts.regulation_hash[:16]}.{mark}.{kind}"
    return CardFile(document, kind, name, key)


def card_of_case(case: Case, kind: Literal["docx", "pdf"]) -> CardFile:
    """Somebody's card as it is now, for whoever may see it; reflections only where they are shared."""
    shared = case.may(Fact.REFLECTIONS)
    facts = case.facts if shared else without_reflections(case.facts)
    footer = f"{facts.slug} · {facts.regulation_hash[:6]} · {facts.route_id}.{facts.version}"
    document = card_of(case.regulation, facts, case.journey, footer=footer)
    seen = "all" if shared else "plain"
    key = f"{facts.route_id}.{facts.version}.{facts.regulation_hash[:16]}.{seen}.{kind}"
    return CardFile(document, kind, f"IOM-{facts.slug}.{kind}", key)


def printing(desk: Desk, which: str) -> Remark | None:
    """Print one; asked again it is printed again."""
    if which in FORMATS:
        again = str(int(desk.place.view.get("times", "0")) + 1)
        desk.go(Place("card").seen(file=which, times=again))
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
        {"print": printing, "to_summary": to_summary, "home": summary_room.home},
        needs_route=True,
    ),
    "draft_ready": Room(show_draft_ready, None, _GOING_ON, needs_route=True),
    "sitting_over": Room(show_sitting_over, None, _GOING_ON, needs_route=True),
}
