"""«Ещё файлы»: everything else that can be printed of one's own route, each only when there is something."""

from collections.abc import Callable, Mapping

from bot.documents import paper_words
from bot.documents.dynamics_chart import chart
from bot.iom.appendices import Appendix, appendices
from bot.iom.card import card_of
from bot.iom.card_sources import Sources
from bot.iom.certificate import lack
from bot.iom.dynamics_bars import bars, parts, worth_drawing
from bot.iom.evidence_pack import evidence_pack
from bot.iom.version_code import version_code
from bot.speech.screen import Button, CardFile, MadeFile, Remark, Screen, SentFile
from handlers import calendar_file, card, cases, hours, reprinting
from handlers.cases import Case
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import organisations

ROOMS_BEHIND = ("appendices", "reprint", "certificate")


def show(desk: Desk) -> Screen:
    """A button for each paper there is; the file that was asked for goes with the screen."""
    case = cases.own(desk)
    offered = [name for name, there in OFFERED.items() if there(case)]
    buttons = [
        Button("open" if name in ROOMS_BEHIND else "make", name, word=f"paper_{name}") for name in offered
    ]
    sent = desk.place.asked("file")
    make = MADE.get(sent)
    file = make(case) if make and sent in offered else None
    rows = (*((button,) for button in buttons), (Button("back"),))
    return Screen("papers", {"sent": sent if file else "", "any": bool(offered)}, rows, file)


def _calendar(case: Case) -> SentFile | None:
    return calendar_file.file_of(case, calendar_file.dated(case), alarms=True, name="IOM-plan.ics")


def _chart(case: Case) -> SentFile | None:
    """The title is the regulation's: a teacher may have several cards."""
    title, found, plan = (
        case.regulation.title,
        bars(case.regulation, case.facts),
        parts(case.facts, case.journey),
    )
    key = card.key_of(case.facts, "dynamics")
    return MadeFile(lambda _: chart(title, found, plan), "IOM-dynamics.png", key, photo=True)


def _evidence(case: Case) -> SentFile | None:
    facts = case.facts
    organisation = organisations.by_id(case.desk.conn, facts.organisation_id or 0)
    sources = Sources(case.regulation, facts, case.journey)
    document = evidence_pack(
        sources,
        case.name,
        organisation.title if organisation else sources.scalar("org_name"),
        hours.totals_of(case),
        paper_words.words("evidence"),
        version_code(case.code, facts),
    )
    return CardFile(document, "pdf", "IOM-evidence.pdf", card.key_of(facts, "evidence")) if document else None


def _appendices(case: Case) -> tuple[Appendix, ...]:
    footer = version_code(case.code, case.facts)
    mark = card.stamp_of(case.desk, case.facts.state in card.UNFINISHED)
    return appendices(card_of(case.regulation, case.facts, case.journey, mark=mark, footer=footer))


def _worth_drawing(case: Case) -> bool:
    return worth_drawing(bars(case.regulation, case.facts), parts(case.facts, case.journey))


def _certificate(case: Case) -> bool:
    """From the beginning on, so that she knows of it; not where it is out of the question."""
    why = lack(case.regulation, case.facts, case.journey)
    return why not in {"none", "alone", "other_model"}


OFFERED: Mapping[str, Callable[[Case], bool]] = {
    "calendar": lambda case: bool(calendar_file.dated(case)),
    "chart": _worth_drawing,
    "evidence": lambda case: _evidence(case) is not None,
    "appendices": lambda case: bool(_appendices(case)),
    "reprint": lambda case: bool(reprinting.others(case.desk)),
    "certificate": _certificate,
}
MADE: Mapping[str, Callable[[Case], SentFile | None]] = {
    "calendar": _calendar,
    "chart": _chart,
    "evidence": _evidence,
}


def make(desk: Desk, name: str) -> Remark | None:
    """Send one; asked again it is sent again."""
    if name in MADE:
        desk.go(desk.place.asks("file", name))
    return None


def open_room(desk: Desk, name: str) -> Remark | None:
    """What asks a question first has a room of its own."""
    if name in ROOMS_BEHIND:
        desk.go(Place(name))
    return None


def show_appendices(desk: Desk) -> Screen:
    """A button for each attachment; the one that was asked for goes with the screen."""
    found = _appendices(cases.own(desk))
    rows = [(Button("print", str(place), label=one.title),) for place, one in enumerate(found)]
    wanted = desk.place.asked("file")
    chosen = int(wanted) if wanted.isdigit() and int(wanted) < len(found) else -1
    file = _appendix_file(desk, chosen, found[chosen]) if chosen >= 0 else None
    return Screen(
        "appendices", {"count": len(found), "sent": file is not None}, (*rows, (Button("back"),)), file
    )


def _appendix_file(desk: Desk, place: int, one: Appendix) -> CardFile:
    key = card.key_of(desk.facts, "appendix", str(place), one.document.mark)
    return CardFile(one.document, "docx", f"IOM-{desk.facts.slug}-{place + 1}.docx", key)


def print_appendix(desk: Desk, place: str) -> Remark | None:
    """Print one alone."""
    if number(place) or place == "0":
        desk.go(desk.place.asks("file", place))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From a room behind to the papers, from the papers to the card."""
    desk.go(Place("card") if desk.place.name == "papers" else Place("papers"))
    return None


ROOMS = {
    "papers": Room(show, None, {"make": make, "open": open_room, "back": back}, needs_route=True),
    "appendices": Room(show_appendices, None, {"print": print_appendix, "back": back}, needs_route=True),
}
