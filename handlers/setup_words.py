"""Questions of the first hour that are answered in words: title, region, dates, numbers, digest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.documents import people
from bot.iom import first_hour, period, school_typed
from bot.iom.columns import spelled
from bot.iom.contacts import ContactError, parse_email
from bot.iom.people import Organisation
from bot.iom.school_typed import SettingError
from bot.speech.screen import Button, CardFile
from handlers import coordinating
from handlers.desk import Desk
from storage import organisations

DIGESTS = ("0.9", "0.16", "4.15")  # day from Monday, hour: what a tap offers
EXAMPLES = frozenset({"title", "region", "zone", "year", "holidays", "signers", "staff", "digest", "card_to"})


@dataclass(frozen=True, slots=True)
class No:
    """An answer that can't be taken: the reason names its words in templates/texts/setup_refused.j2."""

    reason: str
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a question offers besides its words."""

    rows: tuple[tuple[Button, ...], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    file: CardFile | None = None


def now(desk: Desk, organisation: Organisation, step: str) -> str:
    """What is decided, in words; "" while nothing is."""
    settings = coordinating.settings(organisation)
    if step in {"title", "region"}:
        return str(getattr(organisation, step))
    if step == "zone":
        return organisation.timezone
    if step == "year" and settings.school_year_from:
        return f"{_day(settings.school_year_from)} – {_day(settings.school_year_to)}"
    if step == "holidays":
        return "; ".join(period.words(one) for one in settings.holidays)
    if step == "card_to":
        return settings.card_to
    if step == "staff":
        return str(settings.staff or "")
    if step == "digest" and settings.digest_day is not None and settings.digest_hour is not None:
        return digest(desk, settings.digest_day, settings.digest_hour)
    if step == "regulation":
        found = coordinating.regulation(desk, organisation)
        return found.title if found else ""
    if step == "names" and _decided(organisation, "names"):
        return desk.world.caption("with_names" if organisation.keeps_names else "with_codes")
    return ""


def _decided(organisation: Organisation, step: str) -> bool:
    """Whether she has passed this question already."""
    reached = coordinating.settings(organisation).setup
    return first_hour.place_in_order(reached) > first_hour.place_in_order(step) if reached else False


def _day(month_and_day: str) -> str:
    month, day = month_and_day.split("-")
    return f"{day}.{month}"


def digest(desk: Desk, day: int, hour: int) -> str:
    """«понедельник, 9:00»."""
    return f"{desk.world.caption(f'day_{day}')}, {hour}:00"


def _title(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    """Unlike every other title beside it: people tell schools by their names."""
    title = first_hour.fits_title(text)
    if not title:
        return No("no_title")
    beside = organisations.children(desk.conn, organisation.parent_id) if organisation.parent_id else ()
    if any(first_hour.same_title(title, one.title) and one.id != organisation.id for one in beside):
        return No("title_taken")
    return replace(organisation, title=title)


def _region(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    region = first_hour.fits_title(text, 120)
    return replace(organisation, region=region) if region else No("no_region")


def _year(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    try:
        first, last = school_typed.parse_school_year(text, desk.today)
    except SettingError as error:
        return No(error.reason, error.piece)
    return _with(organisation, school_year_from=first, school_year_to=last)


def _usual_year(desk: Desk, organisation: Organisation, _: str) -> Organisation | No:
    first, last = first_hour.USUAL_YEAR
    return _with(organisation, school_year_from=first, school_year_to=last)


def _holidays(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    try:
        return _with(organisation, holidays=school_typed.parse_holidays(text, desk.today))
    except SettingError as error:
        return No(error.reason, error.piece)


def _usual_holidays(desk: Desk, organisation: Organisation, _: str) -> Organisation | No:
    return _with(organisation, holidays=first_hour.usual_holidays(desk.today))


def _staff(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    try:
        return _with(organisation, staff=school_typed.parse_staff(text))
    except SettingError as error:
        return No(error.reason, error.piece)


def _card_to(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    """An address; a word for nothing takes it back."""
    if spelled(text) in people.words().blanks:
        return _with(organisation, card_to="")
    try:
        return _with(organisation, card_to=parse_email(text))
    except ContactError:
        return No("no_email")


def _digest(desk: Desk, organisation: Organisation, text: str) -> Organisation | No:
    try:
        day, hour = school_typed.parse_digest(text)
    except SettingError as error:
        return No(error.reason, error.piece)
    return _with(organisation, digest_day=day, digest_hour=hour)


def _picked_digest(desk: Desk, organisation: Organisation, arg: str) -> Organisation | No:
    if arg not in DIGESTS:
        return No("not_digest")
    day, hour = _time(arg)
    return _with(organisation, digest_day=day, digest_hour=hour)


def _time(arg: str) -> tuple[int, int]:
    day, _, hour = arg.partition(".")
    return int(day), int(hour)


def _with(organisation: Organisation, **decided: Any) -> Organisation:
    settings = replace(coordinating.settings(organisation), **decided)
    return replace(organisation, settings=settings.stored())


def _plain(desk: Desk, organisation: Organisation) -> Offered:
    return Offered()


def _offer_year(desk: Desk, organisation: Organisation) -> Offered:
    return Offered(((Button("pick", "usual", word="usual_year"),),))


def _offer_holidays(desk: Desk, organisation: Organisation) -> Offered:
    usual = [period.words(one) for one in first_hour.usual_holidays(desk.today)]
    return Offered(((Button("pick", "usual", word="usual_holidays"),),), {"usual": usual})


def _offer_digest(desk: Desk, organisation: Organisation) -> Offered:
    times = [(arg, *_time(arg)) for arg in DIGESTS]
    return Offered(tuple((Button("pick", arg, label=digest(desk, day, hour)),) for arg, day, hour in times))


Judge = Callable[[Desk, Organisation, str], Organisation | No]
TYPED: Mapping[str, Judge] = {
    "title": _title,
    "region": _region,
    "year": _year,
    "holidays": _holidays,
    "staff": _staff,
    "card_to": _card_to,
    "digest": _digest,
}
PICKED: Mapping[str, Judge] = {
    "year": _usual_year,
    "holidays": _usual_holidays,
    "digest": _picked_digest,
}
OFFERED: Mapping[str, Callable[[Desk, Organisation], Offered]] = {
    "title": _plain,
    "region": _plain,
    "year": _offer_year,
    "holidays": _offer_holidays,
    "staff": _plain,
    "card_to": _plain,
    "digest": _offer_digest,
}
