"""Questions of the first hour that are answered by choosing: time zone, names or codes, the regulation."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import available_timezones

from bot.iom.people import Organisation
from bot.speech.screen import Button
from handlers import coordinating, start
from handlers.desk import Desk
from handlers.settings import zone_rows
from handlers.setup_words import No, Offered
from storage import invitations, organisations, signatories

INHERIT = "-"  # no slug: the organisation above decides


def _zone(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    zone = text.strip()
    known = zone in available_timezones()
    return replace(organisation, timezone=zone) if known else No("not_zone", zone[:40])


def _names(desk: Desk, organisation: Organisation, arg: str) -> Organisation | No:
    """Names or codes. Once people are invited one way, it stays: a name can't become a code by itself."""
    if arg not in {"names", "codes"}:
        return No("not_names")
    keeps = arg == "names"
    if keeps != organisation.keeps_names and _has_people(desk, organisation):
        return No("names_used")
    return replace(organisation, keeps_names=keeps)


def _has_people(desk: Desk, organisation: Organisation) -> bool:
    invited = invitations.of_organisation(desk.conn, organisation.id)
    others = any(one.role != coordinating.COORDINATOR for one in invited)
    return others or any(one.name for one in signatories.of(desk.conn, organisation.id))


def _regulation(desk: Desk, organisation: Organisation, slug: str) -> Organisation | No:
    """One of the shelf, or whatever the organisation above works by."""
    if slug == INHERIT and _inherited(desk, organisation):
        return replace(organisation, slug="")
    if slug not in desk.world.shelf.volumes:
        return No("not_regulation")
    return replace(organisation, slug=slug)


def _typed_regulation(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    """A title, or a word of it that fits only one."""
    words = text.strip().casefold()
    titles = desk.world.shelf.titles().items()
    fits = [slug for slug, found in titles if words and words in found.title.casefold()]
    return _regulation(desk, organisation, fits[0]) if len(fits) == 1 else No("not_regulation")


def _inherited(desk: Desk, organisation: Organisation) -> str:
    """The slug of the organisation above, "" when it has none that is known here."""
    above = organisations.regulation_slug(desk.conn, organisation.parent_id or 0)
    return above if above in desk.world.shelf.volumes else ""


def _offer_zones(desk: Desk, organisation: Organisation) -> Offered:
    local = desk.now.astimezone(desk.zone).strftime("%H:%M")
    return Offered(zone_rows("pick"), {"local": local, "zone": desk.zone.key})


def _offer_names(desk: Desk, organisation: Organisation) -> Offered:
    return Offered(
        ((Button("pick", "names", word="with_names"), Button("pick", "codes", word="with_codes")),)
    )


def _offer_regulations(desk: Desk, organisation: Organisation) -> Offered:
    titles = desk.world.shelf.titles()
    above = _inherited(desk, organisation)
    rows = [(Button("pick", slug, label=one.title), Button("sample", slug)) for slug, one in titles.items()]
    inherit = [(Button("pick", INHERIT, word="inherit_regulation"),)] if above else []
    values = {
        "abouts": [(one.title, one.about) for one in titles.values()],
        "above": titles[above].title if above else "",
    }
    return Offered((*inherit, *rows), values, start.sample_file(desk))


Judge = Callable[[Desk, Organisation, str], Organisation | No]
TYPED: Mapping[str, Judge] = {"zone": _zone, "regulation": _typed_regulation}
PICKED: Mapping[str, Judge] = {"zone": _zone, "names": _names, "regulation": _regulation}
OFFERED: Mapping[str, Callable[[Desk, Organisation], Offered]] = {
    "zone": _offer_zones,
    "names": _offer_names,
    "regulation": _offer_regulations,
}
