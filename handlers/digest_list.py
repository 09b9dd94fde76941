"""The list behind a number: people by name or code at a school, organisations above it."""

from collections.abc import Callable, Mapping

from bot.iom.figures import ByOrganisation, Tally, summed
from bot.speech.screen import Button, Remark, Screen
from handlers import digest_words, found, mentor_digest, overseeing
from handlers.desk import Desk
from handlers.overseeing import Sight
from handlers.place import Place
from handlers.rooms import Room, number
from storage import behind, lost
from storage.behind import PAGE, Behind

SAID = {  # families of captions for what a row says
    "monitorings": "monitored",
    "states": "state",
    "waits": "waits",
}
# Lists whose rows say so many of so many, and those that say for how long.
PARTS = frozenset({"done"})
FOR_HOW_LONG = frozenset({"states", "silent", "unreachable", "waits"})
NUMBERS = frozenset({"overdue", "coming", "lost", "extensions", "studied"})


def show(desk: Desk) -> Screen:
    """A page of eight: what each row says in the text, a button for each route she may open."""
    sight, name = overseeing.here(desk), desk.place.key
    counted = sight.of(name)
    total = summed(counted.values())
    count = len(sight.titles) if sight.above else total.rows
    start = number(desk.place.view.get("page", "0"))
    start = start if start < count else 0
    rows = _organisations(sight, name, counted, start) if sight.above else _people(sight, name, start)
    values = {
        "title": sight.organisation.title,
        "name": name,
        "count": count,
        "above": sight.above,
        "rows": [told for told, _ in rows],
    }
    cases = list({button.arg: button for _, button in rows if button is not None}.values())
    following = start + PAGE if start + PAGE < count else 0
    more = [(Button("more", str(following)),)] if count > PAGE else []
    again = [(Button("retry"),)] if name == "lost" and not sight.above and total.number else []
    return Screen("digest_list", values, (*digest_words.pairs(cases), *again, *more, (Button("back"),)))


def _organisations(
    sight: Sight, name: str, counted: ByOrganisation, start: int
) -> list[tuple[dict[str, object], Button | None]]:
    page = list(sight.titles.items())[start : start + PAGE]
    return [
        (
            {"name": title, "hidden": id_ in sight.hidden, **_tally(name, counted.get(id_, Tally()))},
            None,
        )
        for id_, title in page
    ]


def _tally(name: str, tally: Tally) -> dict[str, object]:
    parts = name in PARTS
    return {"number": tally.number if parts else tally.rows, "total": tally.total if parts else None}


def _people(sight: Sight, name: str, start: int) -> list[tuple[dict[str, object], Button | None]]:
    page = behind.page(sight.desk.conn, sight.terms, name, offset=start)
    return [(_row(sight, name, one), _button(sight.desk, one)) for one in page]


def _row(sight: Sight, name: str, one: Behind) -> dict[str, object]:
    """What a row of a list says, for its text."""
    desk = sight.desk
    hours = one.number + one.total if name == "meetings" else one.number
    return {
        "name": one.name,
        "hidden": False,
        "text": _said(sight, name, one),
        "number": hours if name in NUMBERS | PARTS | {"meetings"} else None,
        "total": one.total if name in PARTS else None,
        "day": one.day,
        "days": found.days(desk, one.since) if name in FOR_HOW_LONG and one.since else "",
    }


def _said(sight: Sight, name: str, one: Behind) -> str:
    caption = sight.desk.world.caption
    if name in {"corrections", "extensions"}:
        option = sight.reasons.get(one.text)
        return option.title if option else one.text
    return caption(f"{SAID[name]}_{one.text}") if name in SAID else ""


def _button(desk: Desk, one: Behind) -> Button | None:
    """Her own route, or one of nobody's, is not opened from here."""
    if not one.route_id or one.person_id == desk.person.id:
        return None
    return Button("case", str(one.route_id), label=one.name)


def more(sight: Sight, page: str) -> Remark | None:
    """Another page."""
    sight.desk.go(sight.desk.place.seen(page=page))
    return None


def retry(sight: Sight, _: str) -> Remark | None:
    """«Повторить»: what failed is sent again; what was too late is not."""
    if sight.above or sight.desk.place.key != "lost":
        return Remark("out_of_date")
    again = lost.retry(sight.desk.conn, sight.terms, sight.desk.now)
    sight.desk.changed = True
    return Remark("sent_again", {"count": again})


def back(desk: Desk, _: str) -> Remark | None:
    """To the digest."""
    desk.go(desk.place.back or Place("digest", row=desk.place.row))
    return None


def exists(desk: Desk) -> bool:
    """Whether she may see this list now."""
    sight = overseeing.sight(desk)
    return sight is not None and not sight.few and desk.place.key in digest_words.ORDER


PRESSED: Mapping[str, Callable[[Sight, str], Remark | None]] = {"more": more, "retry": retry}
ROOMS = {
    "digest_list": Room(
        show,
        None,
        {
            **{verb: overseeing.for_overseers(act) for verb, act in PRESSED.items()},
            "case": mentor_digest.open_case,
            "back": back,
        },
        exists=exists,
    ),
}
