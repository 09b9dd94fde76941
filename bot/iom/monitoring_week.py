"""At most one question of monitoring, reflection or transfer a week: which one, and on which day.

Whoever plans notices asks `spread` for the days of all that `bot.iom.monitoring.checkpoints` found.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from bot.iom.checkpoint import CheckpointKind
from bot.iom.monitoring import WEEK, Due

# What gives way to what: a course is remembered for a week, an activity for three, a half-year for long.
_RANK = (
    CheckpointKind.MONITORING,
    CheckpointKind.TRANSFER,
    CheckpointKind.ACTIVITY,
    CheckpointKind.REFLECTION,
)


def spread(
    due: Iterable[Due],
    asked: Mapping[str, date],
    today: date,
    working: Callable[[date], date] = lambda day: day,
) -> tuple[tuple[Due, date], ...]:
    """When each question is asked, by the day: at most one a week (Monday to Sunday), none twice.

    `asked`: the keys of what was asked, and when. What finds its week taken waits for the next one, what
    would come after its `last` is not asked at all. A monitoring never gives way. `working`: the day itself
    or the first one after it on which a person may be asked.
    """
    taken = {_week(day) for day in asked.values()}
    found = list[tuple[Due, date]]()
    for one in sorted(due, key=lambda one: (_RANK.index(one.kind), one.on, one.key)):
        day = _free(max(one.on, today), taken, working) if one.key not in asked else None
        if day is not None and day <= one.last:
            taken.add(_week(day))
            found.append((one, day))
    return tuple(sorted(found, key=lambda pair: pair[1]))


def question_of_week(due: Iterable[Due], asked: Mapping[str, date], today: date) -> Due | None:
    """The ONE question that may be asked in the week of today; None when it had its own, or needs none."""
    return next((one for one, day in spread(due, asked, today) if _week(day) == _week(today)), None)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _free(day: date, taken: set[date], working: Callable[[date], date]) -> date:
    day = working(day)
    while _week(day) in taken:
        day = working(_week(day) + WEEK)
    return day
