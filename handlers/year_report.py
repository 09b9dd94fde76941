"""The numbers of the report of a school year, gathered; its form is `bot.documents.report`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.documents.report import OF_ORGANISATION, Report
from bot.documents.report import document as printed
from bot.iom import digest, period
from bot.iom.blocks import Document
from bot.iom.facts import State
from bot.iom.figures import Tally, percent, quota, summed
from bot.iom.period import Period
from handlers import deficits, pupils
from handlers.overseeing import Sight
from storage import figures
from storage.counted import LISTS


def document(sight: Sight) -> Document:
    """Of the school year of today, or of the one just over."""
    settings = sight.settings
    first, last = digest.school_year(settings.school_year_from, settings.school_year_to, sight.desk.today)
    zone = sight.desk.zone
    since = datetime.combine(first, time(), zone).astimezone(UTC)
    until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    return printed(gathered(replace(sight, since=since, until=until), first))


def gathered(sight: Sight, first: date) -> Report:
    """Everything that is known; None for what is not."""
    conn, terms = sight.desk.conn, sight.terms
    counted = figures.of(conn, terms, LISTS)
    total = figures.summed_of(counted)
    causes = figures.by_text(conn, terms, "corrections")
    return Report(
        sight.organisation.title,
        period.school_year(Period(first, first)),
        min(sight.desk.today, terms.day),
        numbers={**_numbers(total, sight.settings.staff), **_outcomes(sight)},
        states=_states(sight),
        causes=_causes(sight, {text: summed(by.values()).rows for text, by in causes.items()}),
        profiles=deficits.profiles(sight),
        pupils=pupils.table(sight),
        organisations=_organisations(sight, counted) if sight.above else (),
    )


def _numbers(total: Mapping[str, Tally], staff: int | None) -> dict[str, float | None]:
    """I01–I04, I07, I08, I10. Hours that nobody has logged yet are not known to be none."""
    done, tenth = total["done"], quota(staff)
    return {
        "staff": staff,
        "people": total["people"].rows,
        "approved": total["approved"].rows,
        "share": percent(total["approved"].rows, staff),
        "diagnosed": total["diagnosed"].rows,
        "diagnosed_approved": total["diagnosed"].number,
        "quota": tenth,
        "quota_share": percent(total["people"].rows, tenth),
        "due": done.total,
        "confirmed": done.number,
        "done": percent(done.number, done.total),
        "overdue": total["overdue"].rows,
        "unpaired": total["unpaired"].rows,
        "studied": total["studied"].number or None,
        "consultations": total["meetings"].number or None,
        "visits": total["meetings"].total or None,
        "corrections": total["corrections"].rows,
        "extensions": total["extensions"].rows,
    }


def _outcomes(sight: Sight) -> dict[str, float | None]:
    """Of routes that were concluded; with none of them nothing is known."""
    found = figures.by_text(sight.desk.conn, sight.terms, "concluded")
    rows = {outcome: summed(by.values()).rows for outcome, by in found.items()}
    return {outcome: rows.get(outcome, 0) if rows else None for outcome in ("achieved", "partly", "not")}


def _states(sight: Sight) -> list[tuple[str, int]]:
    found = figures.by_text(sight.desk.conn, sight.terms, "states")
    caption = sight.desk.world.caption
    return [
        (caption(f"state_{state}"), summed(found[state].values()).rows) for state in State if state in found
    ]


def _causes(sight: Sight, found: Mapping[str, int]) -> list[tuple[str, int]]:
    """The reasons a regulation offers, in official words; own words are counted together as others."""
    counted = Counter[str]()
    for text, number in found.items():
        option = sight.reasons.get(text)
        official = option.official or option.title if option else sight.desk.world.caption("other_reason")
        counted[official] += number
    return counted.most_common()


def _organisations(
    sight: Sight, counted: Mapping[str, Mapping[int, Tally]]
) -> list[tuple[str, Mapping[str, float | None] | None]]:
    rows: list[tuple[str, Mapping[str, float | None] | None]] = []
    for id_, title in sight.titles.items():
        here = {name: by.get(id_, Tally()) for name, by in counted.items()}
        numbers = _numbers(here, None)
        known = {key: numbers[key] for key in OF_ORGANISATION}
        rows.append((title, None if id_ in sight.hidden else known))
    return rows
