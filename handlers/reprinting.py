"""«По форме другого региона»: the same route by another regulation, with what its form lacks."""

from bot.iom.card import card_of
from bot.iom.reprint import Reprint, reprint
from bot.iom.version_code import version_code
from bot.shelf import Volume
from bot.speech.screen import Button, CardFile, Remark, Screen
from handlers import card, cases
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number

PAGE = 8
SHOWN = 6
FORMATS: dict[str, card.Format] = {"docx": "docx", "pdf": "pdf"}


def others(desk: Desk) -> list[tuple[str, Volume]]:
    """The forms that are not hers, by their titles."""
    volumes = [(slug, v) for slug, v in desk.world.shelf.volumes.items() if slug != desk.facts.slug]
    return sorted(volumes, key=lambda one: one[1].regulation.title)


def show(desk: Desk) -> Screen:
    """The titles of the other forms; a chosen one with what it lacks."""
    chosen = dict(others(desk)).get(desk.place.key)
    if chosen is not None:
        return _show_form(desk, chosen)
    found = others(desk)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    titles = [(Button("form", slug, label=v.regulation.title),) for slug, v in found[start : start + PAGE]]
    following = start + PAGE if start + PAGE < len(found) else 0
    more = ((Button("more", str(following)),),) if len(found) > PAGE else ()
    return Screen("reprint", {"count": len(found)}, (*titles, *more, (Button("back"),)))


def _show_form(desk: Desk, volume: Volume) -> Screen:
    again = _seen(desk, volume)
    values = {
        "title": volume.regulation.title,
        "lacks": [(gap.title, gap.about) for gap in again.lacks[:SHOWN]],
        "count": len(again.lacks),
        "sent": bool(desk.place.view.get("file")),
    }
    rows = (
        (Button("print", "docx", word="as_docx"), Button("print", "pdf", word="as_pdf")),
        (Button("back"),),
    )
    return Screen("reprint_form", values, rows, _file(desk, volume, again))


def _seen(desk: Desk, volume: Volume) -> Reprint:
    return reprint(desk.regulation, desk.facts, volume.regulation, volume.digest)


def _file(desk: Desk, volume: Volume, again: Reprint) -> CardFile | None:
    """Marked as a draft while anything is missing: the other region has not seen it."""
    kind = FORMATS.get(desk.place.asked("file"))
    if kind is None:
        return None
    case, facts = cases.own(desk), again.facts
    mark = card.stamp_of(desk, bool(again.lacks))
    footer = version_code(case.code, facts)
    document = card_of(volume.regulation, facts, case.journey, mark=mark, footer=footer)
    key = card.key_of(facts, facts.slug, desk.facts.regulation_hash[:16], mark, kind)
    return CardFile(document, kind, f"IOM-{facts.slug}.{kind}", key)


def choose(desk: Desk, slug: str) -> Remark | None:
    """Look at one form."""
    if slug in dict(others(desk)):
        desk.go(Place("reprint", slug))
    return None


def printing(desk: Desk, kind: str) -> Remark | None:
    """Print by the chosen form; asked again it is printed again."""
    if kind in FORMATS and desk.place.key:
        desk.go(desk.place.asks("file", kind))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of titles."""
    desk.go(desk.place.seen(page=page))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From a form to the titles, from the titles to the other papers."""
    desk.go(Place("reprint") if desk.place.key else Place("papers"))
    return None


ROOMS = {
    "reprint": Room(
        show,
        None,
        {"form": choose, "print": printing, "more": more, "back": back},
        needs_route=True,
        exists=lambda desk: not desk.place.key or desk.place.key in dict(others(desk)),
    )
}
