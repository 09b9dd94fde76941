"""Periods named without a month: «завтра», «в следующем месяце», «учебный год», «полгода с января»."""

import re
from datetime import date

from bot.iom.period_points import next_one, point_of, year_of
from bot.iom.period_types import Period, add_days, add_months, day_of, lasting, month_end

DAYS_FROM_TODAY = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "вчера": -1, "позавчера": -2}
# «в пятницу» is the first one after today.
WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY = re.compile(rf"(?:во? )?((?:{'|'.join(WEEKDAYS)})[а-я]?)")
_LENGTH = re.compile(
    r"(?:(\d{1,3}) )?(год(?:а|у|ик)?|лет|мес(?:яц(?:а|ев|ы)?)?\.?|недел[яюиь]|дн(?:я|ей)|день|сут(?:ки|ок))"
)
_SCHOOL_YEARS = re.compile(r"(20\d\d) ?[/-] ?(20\d\d|\d\d)(?: учгод)?")


def relative(said: str, today: date) -> Period | None:
    if said in DAYS_FROM_TODAY:
        day = add_days(today, DAYS_FROM_TODAY[said])
        return Period(day, day)
    if found := _WEEKDAY.fullmatch(said):
        place = next(n for n, stem in enumerate(WEEKDAYS) if found[1].startswith(stem))
        day = add_days(today, (place - today.weekday() - 1) % 7 + 1)
        return Period(day, day)
    if re.fullmatch(r"(?:это[мт]|текущ[а-я]+) месяце?", said):
        return Period(today, month_end(today))
    if re.fullmatch(r"следующ[а-я]+ месяце?", said):
        return lasting(add_months(today.replace(day=1), 1), 1)
    if re.fullmatch(r"(?:эт[аоуй]+|текущ[а-я]+) недел[яеюи]", said):
        return Period(today, add_days(today, 6 - today.weekday()))
    if re.fullmatch(r"следующ[а-я]+ недел[яеюи]", said):
        monday = add_days(today, 7 - today.weekday())
        return Period(monday, add_days(monday, 6))
    if found := re.fullmatch(r"через (.+)", said):
        after = _measured(found[1], today)
        return Period(add_days(after.ends, 1), add_days(after.ends, 1)) if after else None
    return None


def current_school_year(today: date) -> Period:
    """What is left of the school year, or in summer all of the next: September to May."""
    if 6 <= today.month <= 8:
        return Period(day_of(today.year, 9, 1), day_of(today.year + 1, 5, 31))
    return Period(today, day_of(today.year + (today.month > 5), 5, 31))


def school_year(said: str, today: date) -> Period | None:
    if found := _SCHOOL_YEARS.fullmatch(said):
        first, last = int(found[1]), year_of(found[2])
        return Period(day_of(first, 9, 1), day_of(first + 1, 5, 31)) if last == first + 1 else None
    if re.fullmatch(r"(?:это[мт] |текущ[а-я]+ )?учгод", said):
        return current_school_year(today)
    if re.fullmatch(r"следующ[а-я]+ учгод", said):
        ends = current_school_year(today).ends
        return Period(day_of(ends.year, 9, 1), day_of(ends.year + 1, 5, 31))
    return None


def length(said: str, today: date) -> Period | None:
    """«полгода», «9 месяцев с января», «с 1 октября на год»."""
    if measured := _measured(said, today):
        return measured
    found = re.fullmatch(r"(?P<n>.+?) (?:с|со|от) (?P<p>.+)|(?:с|со|от) (?P<q>.+?) на (?P<m>.+)", said)
    point = point_of(found["p"] or found["q"]) if found else None
    if not found or point is None or point.month is None:
        return None
    return _measured(found["n"] or found["m"], next_one(point, today).starts)


def _measured(said: str, starts: date) -> Period | None:
    found = _LENGTH.fullmatch(said)
    if not found:
        return None
    count, unit = int(found[1] or 1), found[2]
    if count == 0:
        return None
    if unit.startswith(("год", "лет", "мес")):
        return lasting(starts, count * (1 if unit.startswith("мес") else 12))
    return Period(starts, add_days(starts, count * (7 if unit.startswith("недел") else 1) - 1))
