"""Periods and days in Russian, short for the chat and full for documents. Babel knows the words."""

import re
from datetime import date

from babel.dates import format_date, format_skeleton

from bot.iom.period_types import Period

_LOCALE = "ru"


def words(period: Period) -> str:
    """Short, for the chat: «12.10.2026», «октябрь 2026», «сентябрь–декабрь 2026», «окт 2026 – март 2027».

    `parse` reads it back as the same period.
    """
    first, last = period.starts, period.ends
    if not period.whole_months:
        return _days(period)
    if first.year != last.year:
        return f"{_short_month(first)} {first.year} – {_short_month(last)} {last.year}"
    if first.month != last.month:
        return f"{_month(first)}–{_month(last)} {last.year}"
    return f"{_month(last)} {last.year}"


def official(period: Period) -> str:
    """For documents: «12.10.2026», «октябрь 2026 г.», «октябрь 2026 г. – март 2027 г.»."""
    first, last = period.starts, period.ends
    if not period.whole_months:
        return _days(period)
    if first.year != last.year:
        return f"{_month_of_year(first)} – {_month_of_year(last)}"
    if first.month != last.month:
        return f"{_month(first)} – {_month_of_year(last)}"
    return _month_of_year(last)


def day_words(day: date) -> str:
    """«12 октября 2026 г.»."""
    return _spaced(format_date(day, "long", locale=_LOCALE))


def school_year(period: Period) -> str:
    """«2026/2027»: the year in which it begins; June, July and August belong to the coming one."""
    first = period.starts.year if period.starts.month >= 6 else period.starts.year - 1
    return f"{first}/{first + 1}"


def _days(period: Period) -> str:
    if period.starts == period.ends:
        return _digits(period.ends)
    return f"{_digits(period.starts)} – {_digits(period.ends)}"


def _digits(day: date) -> str:
    return format_date(day, "dd.MM.yyyy", locale=_LOCALE)


def _month(day: date) -> str:
    return format_date(day, "LLLL", locale=_LOCALE)


def _short_month(day: date) -> str:
    return format_date(day, "LLL", locale=_LOCALE).rstrip(".")


def _month_of_year(day: date) -> str:
    return _spaced(format_skeleton("yMMMM", day, locale=_LOCALE))


def _spaced(text: str) -> str:
    """Plain spaces: Babel's narrow ones before «г.» are missing from fonts and from people's searches."""
    return re.sub(r"\s", " ", text)
