"""«Мои карты»: several routes of one teacher, where the regulation lets her (004 п. 3.1.5), by track."""

from bot.iom.facts import State
from bot.speech.screen import Button, Remark, Screen
from handlers import start
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import own_routes, versions
from storage.own_routes import Brief

PAGE = 8
LONGEST_TRACK = 80


def _alive(desk: Desk) -> list[Brief]:
    hers = own_routes.of_person(desk.conn, desk.person.id)
    return [one for one in hers if one.state is not State.WITHDRAWN and not one.trial]


def button(desk: Desk) -> tuple[Button, ...]:
    """Offered in the settings where there may be, or are, several."""
    if desk.route is None or desk.facts.trial:
        return ()
    several = desk.regulation.life.many_routes or len(_alive(desk)) > 1
    return (Button("my_cards"),) if several else ()


def open_list(desk: Desk, _: str) -> Remark | None:
    """To the list."""
    desk.go(Place("my_cards"))
    return None


def show(desk: Desk) -> Screen:
    """Each by its track, or by its regulation, with its state; the one in hand is ticked."""
    found = _alive(desk)
    page = number(desk.place.view.get("page", "0"))
    page = page if page < len(found) else 0
    buttons = [
        (Button("card_of", str(one.route_id), label=_label(desk, one)),) for one in found[page : page + PAGE]
    ]
    following = page + PAGE if page + PAGE < len(found) else 0
    more = ((Button("more", str(following)),),) if len(found) > PAGE else ()
    another = ((Button("another_card"),),) if desk.regulation.life.many_routes else ()
    return Screen("my_cards", {"count": len(found)}, (*buttons, *more, *another, (Button("back"),)))


def _label(desk: Desk, one: Brief) -> str:
    volume = desk.world.shelf.volumes.get(one.slug)
    name = one.track or (volume.regulation.title if volume else one.slug)
    mark = "✓ " if one.route_id == desk.facts.route_id else ""
    return f"{mark}{name} · {desk.world.caption(f'state_{one.state}')}"


def choose(desk: Desk, route_id: str) -> Remark | None:
    """Take another card in hand; the one before stays as it is."""
    if own_routes.choose(desk.conn, desk.person.id, number(route_id), desk.now):
        desk.forget()
        desk.go(Place("home"))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def another(desk: Desk, _: str) -> Remark | None:
    """Ask what the new card is about."""
    if desk.regulation.life.many_routes:
        desk.go(Place("new_track"))
    return None


def show_track(desk: Desk) -> Screen:
    """The track names the card in the list."""
    return Screen("new_track", {}, ((Button("back"), Button("skip")),))


def name_track(desk: Desk, text: str) -> Remark | None:
    """Begin the card under this track."""
    track = " ".join(text.split())
    if len(track) > LONGEST_TRACK:
        values = {"length": len(track), "limit": LONGEST_TRACK, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    if not any(character.isalnum() for character in track):
        return Remark("refusal", {"reason": "no_words", "example": ""})
    return _begin(desk, track)


def skip(desk: Desk, _: str) -> Remark | None:
    """Begin the card without a track."""
    return _begin(desk, "")


def _begin(desk: Desk, track: str) -> Remark | None:
    slug = start.bound_slug(desk) or desk.facts.slug
    if not desk.regulation.life.many_routes or slug not in desk.world.shelf.volumes:
        return Remark("out_of_date")
    start.begin(desk, slug)
    if track:
        desk.route = versions.choose(desk.conn, desk.facts, track=track)
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """Back to the settings, or to the list."""
    desk.go(Place("my_cards" if desk.place.name == "new_track" else "settings"))
    return None


ROOMS = {
    "my_cards": Room(
        show,
        None,
        {"card_of": choose, "more": more, "another_card": another, "back": back},
        needs_route=True,
    ),
    "new_track": Room(show_track, name_track, {"skip": skip, "back": back}, needs_route=True),
}
