"""Settings and privacy: the time zone, what is stored, taking it away, deleting it for good."""

import json
from zoneinfo import available_timezones

from bot.speech.screen import Button, DataFile, Remark, Screen
from handlers import ends, hats, my_cards, new_route, reminders
from handlers.desk import Desk
from handlers.menu import home, menu
from handlers.place import Place
from handlers.rooms import Room
from storage import audit, people, planning, privacy, routes

# Russia's eleven zones, west to east: what a tap offers. Any IANA name may be typed.
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)


def show(desk: Desk) -> Screen:
    """Time zone, another card."""
    values = {"zone": desk.zone.key, "local": desk.now.astimezone(desk.zone).strftime("%H:%M")}
    new = (ends.settings_row(desk),) if desk.route is not None else ()
    sure = desk.place.view.get("sure")
    if sure:
        return Screen("new_card", {}, ((Button("close", word="back"), Button("really_new")),))
    when = (Button("zones"), Button("reminders"))
    rows = (when, *hats.buttons(desk), my_cards.button(desk), *new, (Button("home"), Button("menu")))
    return Screen("settings", values, rows)


def zones(desk: Desk, _: str) -> Remark | None:
    """Open the list of zones."""
    desk.go(Place("zones"))
    return None


def show_zones(desk: Desk) -> Screen:
    """Eleven zones by their words."""
    return Screen("zones", {}, (*zone_rows("zone"), (Button("close", word="back"),)))


def zone_rows(verb: str) -> tuple[tuple[Button, ...], ...]:
    """Two zones a row, for whoever asks for one."""
    buttons = [Button(verb, zone, word=f"zone_{zone.partition('/')[2].lower()}") for zone in ZONES]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def set_zone(desk: Desk, zone: str) -> Remark | None:
    """Remember the zone a tap or a typed name means."""
    if zone not in available_timezones():
        return Remark("refusal", {"reason": "not_zone", "example": "Asia/Irkutsk"})
    people.set_timezone(desk.conn, desk.person.id, zone)
    planning.again(desk.conn, person_id=desk.person.id)
    desk.rename_zone(zone)
    desk.go(Place("settings"))
    return None


def typed_zone(desk: Desk, text: str) -> Remark | None:
    """A typed IANA name."""
    return set_zone(desk, text.strip())


def new_card(desk: Desk, _: str) -> Remark | None:
    """Beginning another card asks once more: the current one is put aside."""
    desk.go(desk.place.seen(sure="1"))
    return None


def really_new(desk: Desk, _: str) -> Remark | None:
    """Put the current route aside and begin anew; what is known is carried over."""
    if desk.place.view.get("sure") and desk.route is not None and desk.facts.state in ends.WRITING:
        routes.withdraw(desk.conn, desk.facts, desk.now)
        desk.forget()
        home(desk, "")
    return None


def close(desk: Desk, _: str) -> Remark | None:
    """Back to the settings."""
    desk.go(Place("settings"))
    return None


def show_privacy(desk: Desk) -> Screen:
    """What is stored, why, who sees it."""
    consent = desk.consent
    keeps = desk.organisation.keeps_names if desk.organisation else True
    values = {
        "operator": desk.world.operator,
        "given_at": consent.given_at.astimezone(desk.zone).date() if consent else None,
        "version": consent.version if consent else "",
        "names": keeps,
    }
    rows = ((Button("export"),), (Button("erase"),), (Button("home"), Button("menu")))
    return Screen("privacy", values, rows, _export(desk))


def _export(desk: Desk) -> DataFile | None:
    if not desk.place.view.get("export"):
        return None
    data = privacy.export(desk.conn, desk.person.id)
    return DataFile(json.dumps(data, ensure_ascii=False, indent=2).encode(), "iom-data.json")


def export(desk: Desk, _: str) -> Remark | None:
    """Send everything stored as JSON."""
    again = str(int(desk.place.view.get("export", "0")) + 1)
    audit.record(desk.conn, desk.person.id, "privacy.export", desk.now)
    desk.go(desk.place.seen(export=again))
    return None


def erase(desk: Desk, _: str) -> Remark | None:
    """First step: say what will be gone."""
    desk.go(Place("erase"))
    return None


def show_erase(desk: Desk) -> Screen:
    """The second step, with a way back."""
    return Screen("erase", {}, ((Button("keep_data"),), (Button("really_erase"),)))


def keep_data(desk: Desk, _: str) -> Remark | None:
    """Nothing is deleted."""
    desk.go(Place("privacy"))
    return None


def really_erase(desk: Desk, _: str) -> Remark | None:
    """Delete the person and everything of hers; she is a stranger from now on."""
    privacy.erase(desk.conn, desk.person.id)
    desk.gone = True
    desk.go(Place("erased"))
    return None


def show_erased(desk: Desk) -> Screen:
    """The last word; anything typed begins from the start."""
    return Screen("erased", {}, ())


_SETTINGS = hats.IN_SETTINGS | {
    "zones": zones,
    "reminders": reminders.open_room,
    "new_card": new_card,
    "withdrawing": ends.withdraw,
    "new_route": new_route.begin,
    "really_new": really_new,
    "close": close,
}

ROOMS = {
    "settings": Room(show, None, {**_SETTINGS, "my_cards": my_cards.open_list, "home": home, "menu": menu}),
    "zones": Room(show_zones, typed_zone, {"zone": set_zone, "close": close}),
    "privacy": Room(
        show_privacy, None, {"export": export, "erase": erase, "home": home, "menu": menu}, open=True
    ),
    "erase": Room(show_erase, None, {"keep_data": keep_data, "really_erase": really_erase}, open=True),
    "erased": Room(show_erased, None, {}, open=True),
}
