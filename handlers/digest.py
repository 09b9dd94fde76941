"""/digest: what goes on in an organisation and whom it waits for; every number opens the list behind it."""

from collections.abc import Callable, Mapping

from bot.speech.screen import Button, Remark, Screen, SentFile
from handlers import digest_files, digest_words, mentor_digest, menu, overseeing
from handlers.desk import Desk
from handlers.digest_words import OTHERS, pairs
from handlers.overseeing import Sight
from handlers.place import Place
from handlers.rooms import Room

ROOMS_OF_HERS = ("deficits", "pupils")
FILES: Mapping[str, Callable[[Sight], SentFile]] = {
    "table": digest_files.table,
    "picture": digest_files.states,
    "year_report": digest_files.report,
}


def show(desk: Desk) -> Screen:
    """Text first; the picture, the table and the report come on a tap. Whoever looks after nobody's
    organisation has the digest of her own people."""
    sight = overseeing.sight(desk)
    if sight is None:
        return mentor_digest.show(desk)
    view = desk.place.view
    file = FILES[view["file"]](sight) if view.get("file") in FILES and not sight.few else None
    rows = _more(sight) if view.get("part") == "more" else _first(sight)
    return Screen("digest", digest_words.values_of(sight), tuple(rows), file)


def _first(sight: Sight) -> list[tuple[Button, ...]]:
    several = (Button("another", word="another_school"),) if len(overseeing.ids(sight.desk)) > 1 else ()
    leave = (*several, Button("school") if _coordinates(sight) else Button("menu"))
    if sight.few:
        return [leave]
    return [*digest_words.buttons(sight), (Button("part", "more", word="more_lists"),), leave]


def _coordinates(sight: Sight) -> bool:
    held = {one.role for one in sight.desk.memberships if one.organisation_id == sight.organisation.id}
    return "coordinator" in held


def _more(sight: Sight) -> list[tuple[Button, ...]]:
    lists = [Button("list", name, word=f"list_{name}") for name in OTHERS]
    papers = [Button("file", name, word=f"file_{name}") for name in FILES]
    rooms = [Button("open", name, word=f"menu_{name}") for name in ROOMS_OF_HERS]
    return [*pairs(lists), *pairs([*papers, *rooms]), (Button("part", "", word="back"),)]


def open_list(sight: Sight, name: str) -> Remark | None:
    """The list behind a number."""
    if name in digest_words.ORDER and not sight.few:
        _go(sight, "digest_list", name)
    return None


def _go(sight: Sight, room: str, key: str = "") -> None:
    desk = sight.desk
    desk.go(Place(room, key, sight.organisation.id, back=desk.place.seen(file="")))


def part(sight: Sight, name: str) -> Remark | None:
    """The other lists and papers, and back."""
    sight.desk.go(sight.desk.place.seen(part=name, file=""))
    return None


def send_file(sight: Sight, name: str) -> Remark | None:
    """The picture, the table or the report."""
    if name in FILES:
        times = str(int(sight.desk.place.view.get("times", "0")) + 1)
        sight.desk.go(sight.desk.place.seen(file=name, times=times))
    return None


def open_room(sight: Sight, name: str) -> Remark | None:
    """The profile of deficits, the results of pupils."""
    if name in ROOMS_OF_HERS:
        _go(sight, name)
    return None


def another(sight: Sight, _: str) -> Remark | None:
    """The next of the organisations she looks after."""
    hers = overseeing.ids(sight.desk)
    following = hers[(hers.index(sight.organisation.id) + 1) % len(hers)]
    sight.desk.go(Place("digest", row=following))
    return None


def school(sight: Sight, _: str) -> Remark | None:
    """To the school she coordinates."""
    sight.desk.go(Place("school", row=sight.organisation.id))
    return None


PRESSED = {
    "list": open_list,
    "part": part,
    "file": send_file,
    "open": open_room,
    "another": another,
    "school": school,
}
ROOMS = {
    "digest": Room(
        show,
        None,
        {
            **{verb: overseeing.for_overseers(act) for verb, act in PRESSED.items()},
            "menu": menu.menu,
            "case": mentor_digest.open_case,
            "queue": menu.to("queue"),
        },
        exists=overseeing.looks_after,
    ),
}
