"""The rooms of a pair by name: the teacher's «Кто мне помогает», the companion's «Мои педагоги»."""

from collections.abc import Callable

from bot.speech.screen import Button, Remark, Screen
from handlers import companion, menu
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Act, Room, number
from storage import pairings, viewings

PAGE = 8


def show_viewers(desk: Desk) -> Screen:
    """«Кто смотрел мою карту», the newest first."""
    found = viewings.of_route(desk.conn, desk.facts.route_id, limit=20)
    regulation = desk.regulation
    seen = [
        {
            "name": one.name,
            "role": regulation.role_title(one.role) or desk.world.caption(f"role_{one.role}"),
            "on": one.at.astimezone(desk.zone).date(),
        }
        for one in found
    ]
    return Screen("viewers", {"seen": seen}, ((Button("back"),),))


def viewers(desk: Desk, _: str) -> Remark | None:
    """To who looked."""
    if desk.route is not None:
        desk.go(Place("viewers"))
    return None


def show_wards(desk: Desk) -> Screen:
    """Everybody the person accompanies: whose card is open, whose is not."""
    found = pairings.of_companion(desk.conn, desk.person.id)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    caption = desk.world.caption
    rows = [
        (
            Button(
                "one",
                str(pair.id),
                label=f"{pair.teacher or pair.teacher_code} · "
                + caption("access_open" if pair.open else "access_closed"),
            ),
        )
        for pair in found[start : start + PAGE]
    ]
    following = start + PAGE if start + PAGE < len(found) else 0
    more = [(Button("more", str(following)),)] if len(found) > PAGE else []
    return Screen("wards", {"count": len(found)}, (*rows, *more, (Button("home"), Button("menu"))))


def open_ward(desk: Desk, pairing_id: str) -> Remark | None:
    """To the route of this teacher, as far as it may be known."""
    pair = pairings.by_id(desk.conn, number(pairing_id))
    if pair is None or pair.companion_id != desk.person.id or pair.ended_at is not None:
        return Remark("out_of_date")
    route_id = companion.route_of(desk, pair)
    if not route_id:
        return Remark("no_route_yet", {"name": pair.teacher or pair.teacher_code})
    desk.go(Place("case", row=route_id, back=Place("wards")))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def press(act: Act) -> Callable[[Desk, int, int], Remark | None]:
    """A button under the introduction: to this companion's room, then what the button says."""

    def pressed(desk: Desk, pairing_id: int, version: int) -> Remark | None:
        if companion.pair_of(desk, pairing_id) is None:
            return Remark("out_of_date")
        desk.go(Place("companion", row=pairing_id))
        return act(desk, "")

    return pressed


def only_open(desk: Desk, _: str) -> Remark | None:
    """Nothing but the room."""
    return None


ROOMS = {
    "companions": Room(
        companion.show,
        None,
        {
            "one": companion.open_one,
            "viewers": viewers,
            "share": companion.share,
            "home": menu.home,
            "menu": menu.menu,
        },
    ),
    "companion": Room(
        companion.show_one,
        None,
        {
            "open_access": companion.open_access,
            "close_access": companion.close_access,
            "later": companion.later,
            "read": companion.read,
            "short": companion.short,
            "back": companion.back,
        },
        exists=lambda desk: companion.pair_of(desk) is not None,
    ),
    "viewers": Room(show_viewers, None, {"back": companion.back}, needs_route=True),
    "wards": Room(show_wards, None, {"one": open_ward, "more": more, "home": menu.home, "menu": menu.menu}),
}
NOTICES = {
    "introduced": companion.introduced,
    "introduced_companion": companion.introduced_companion,
    "access_opened": companion.access_opened,
}
PRESSES = {
    "open_access": press(companion.open_access),
    "later": press(companion.later),
    "read_access": press(companion.read),
    "companion": press(only_open),
}
