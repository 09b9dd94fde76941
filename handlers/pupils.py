"""Results of pupils beside the diagnoses of their teachers (I23): aggregates that the deputy enters."""

from collections.abc import Mapping
from dataclasses import replace
from zlib import crc32

from bot.iom import period, pupils
from bot.iom.asked import Refused
from bot.iom.period import Period
from bot.iom.profile import Beside, beside
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, deficits, overseeing
from handlers.desk import Desk
from handlers.overseeing import Sight
from handlers.rooms import Room, number
from storage import diagnosed

PAGE = 8


def table(sight: Sight) -> tuple[Beside, ...]:
    """This school year's results, each beside its teachers'."""
    results = sight.settings.pupils_of(sight.desk.today)
    if not results:
        return ()
    found = diagnosed.of_scope(sight.desk.conn, sight.terms)
    return beside(results, deficits.regulations_of(sight.desk, found), found)


def show(desk: Desk) -> Screen:
    """The table, and how to write a row; who may not change the organisation only reads."""
    sight = overseeing.here(desk)
    rows, writes = table(sight), _writes(sight)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(rows) else 0
    page = rows[start : start + PAGE]
    caption = desk.world.caption("take_out")
    taken = [(Button("take_out", _mark(one.name), label=f"{caption}: {one.name}"),) for one in page if writes]
    following = start + PAGE if start + PAGE < len(rows) else 0
    more = [(Button("more", str(following)),)] if len(rows) > PAGE else []
    values = {"title": sight.organisation.title, "rows": page, "writes": writes, "year": _year(desk)}
    return Screen("pupils", values, (*taken, *more, (Button("back"),)))


def _writes(sight: Sight) -> bool:
    return sight.organisation.id in coordinating.ids(sight.desk)


def _year(desk: Desk) -> str:
    return period.school_year(Period(desk.today, desk.today))


def _mark(name: str) -> str:
    return str(crc32(name.encode()))


def typed(desk: Desk, text: str) -> Remark | None:
    """«Математика 54»."""
    sight = overseeing.here(desk)
    if not _writes(sight):
        return Remark("please_choose")
    told = pupils.parse(text)
    if isinstance(told, Refused):
        return _refused(told)
    results = pupils.put(dict(sight.settings.pupils_of(desk.today)), *told)
    if isinstance(results, Refused):
        return _refused(results)
    _keep(sight, results)
    return Remark("pupils_noted", {"name": told[0], "percent": told[1]})


def _refused(why: Refused) -> Remark:
    return Remark("pupils_refused", {"reason": why.reason, **why.values})


def _keep(sight: Sight, results: Mapping[str, float]) -> None:
    years = {**sight.settings.pupils, _year(sight.desk): results}
    settings = replace(sight.settings, pupils=years).stored()
    coordinating.keep(sight.desk, replace(sight.organisation, settings=settings), "pupils")


def take_out(sight: Sight, mark: str) -> Remark | None:
    """Take a row out again."""
    results = sight.settings.pupils_of(sight.desk.today)
    kept = {name: one for name, one in results.items() if _mark(name) != mark}
    if not _writes(sight) or len(kept) == len(results):
        return Remark("out_of_date")
    _keep(sight, kept)
    return None


def more(sight: Sight, page: str) -> Remark | None:
    """Another page."""
    sight.desk.go(sight.desk.place.seen(page=page))
    return None


ROOMS = {
    "pupils": Room(
        show,
        typed,
        {
            "take_out": overseeing.for_overseers(take_out),
            "more": overseeing.for_overseers(more),
            "back": deficits.back,
        },
        exists=deficits.exists,
    ),
}
