"""«Напоминания»: what, when, how often, and a pause; «Настроить · Выключить» under every reminder."""

from dataclasses import replace
from datetime import date, timedelta

from bot.iom import period
from bot.iom.asked import Refused
from bot.iom.habits import CHOICES_OF_MOST, TOPICS, Habits, habits_of
from bot.iom.habits_typed import Quiet, hours
from bot.iom.notices import TOPIC
from bot.speech.screen import Button, Remark, Screen
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import notices, people, planning

HOURS = ("7", "8", "12", "15", "18")
DAYS = ("0", "2", "4")
SILENCES = {"in_a_week": 7, "in_two_weeks": 14, "in_a_month": 30}
LONGEST = 366  # days anybody may put off or be silent for


def show(desk: Desk) -> Screen:
    """How it is now; one part of it when opened."""
    mine = habits_of(desk.person.settings)
    part = desk.place.view.get("part", "")
    values = {
        "part": part,
        "hour": mine.hour,
        "quiet_from": mine.quiet_from,
        "quiet_to": mine.quiet_to,
        "most": mine.most,
        "weekends": mine.weekends,
        "paused_to": mine.paused_to if mine.paused_to and mine.paused_to >= desk.today else None,
        "off": [desk.world.caption(f"topic_{topic}") for topic in TOPICS if topic in mine.off],
    }
    rows = {"what": _what, "when": _when, "silence": _silence}.get(part, _whole)(desk, mine)
    return Screen("reminders", values, (*rows, (Button("back"),)))


Rows = tuple[tuple[Button, ...], ...]


def _whole(desk: Desk, mine: Habits) -> Rows:
    paused = mine.paused_to is not None and mine.paused_to >= desk.today
    pause = Button("speak", word="end_silence") if paused else Button("part", "silence", word="silence")
    return (
        (Button("part", "what", word="what_to_remind"),),
        (Button("part", "when", word="when_to_remind"),),
        (pause,),
    )


def _what(desk: Desk, mine: Habits) -> Rows:
    topics = [(_ticked(desk, topic not in mine.off, "topic", topic, f"topic_{topic}"),) for topic in TOPICS]
    return (*topics, (_ticked(desk, mine.few, "few", "", "remind_few"),))


def _when(desk: Desk, mine: Habits) -> Rows:
    caption = desk.world.caption
    hours = [_chosen(mine.hour == int(hour), "hour", hour, caption(f"from_{hour}")) for hour in HOURS]
    days = tuple((_chosen(mine.day == int(day), "day", day, caption(f"week_day_{day}")),) for day in DAYS)
    most = [_chosen(mine.most == n, "most", str(n), caption(f"most_{n}")) for n in CHOICES_OF_MOST]
    return (
        tuple(hours[:3]),
        tuple(hours[3:]),
        *days,
        tuple(most[:2]),
        tuple(most[2:]),
        (_ticked(desk, mine.weekends, "weekends", "", "remind_weekends"),),
    )


def _silence(desk: Desk, mine: Habits) -> Rows:
    return tuple((Button("silence", word, word=word),) for word in SILENCES)


def _ticked(desk: Desk, on: bool, verb: str, arg: str, word: str) -> Button:
    return _chosen(on, verb, arg, desk.world.caption(word))


def _chosen(on: bool, verb: str, arg: str, words: str) -> Button:
    return Button(verb, arg, label=f"✓ {words}" if on else words)


def keep(desk: Desk, mine: Habits) -> None:
    """Store her habits; whatever is planned for her is planned anew."""
    people.set_habits(desk.conn, desk.person.id, mine.stored())
    desk.person = replace(desk.person, settings=mine.stored())
    planning.again(desk.conn, person_id=desk.person.id)
    desk.changed = True


def part(desk: Desk, name: str) -> Remark | None:
    """Open a part."""
    desk.go(desk.place.seen(part=name if name in {"what", "when", "silence"} else ""))
    return None


def topic(desk: Desk, name: str) -> Remark | None:
    """Switch a topic over."""
    if name in TOPICS:
        keep(desk, habits_of(desk.person.settings).toggled(name))
    return None


def few(desk: Desk, _: str) -> Remark | None:
    """Of a deadline only its day and what is late, or all of the ladder."""
    mine = habits_of(desk.person.settings)
    keep(desk, replace(mine, few=not mine.few))
    return None


def weekends(desk: Desk, _: str) -> Remark | None:
    """Days off are days too, or not."""
    mine = habits_of(desk.person.settings)
    keep(desk, replace(mine, weekends=not mine.weekends))
    return None


def hour(desk: Desk, arg: str) -> Remark | None:
    """From this hour."""
    if arg in HOURS:
        keep(desk, replace(habits_of(desk.person.settings), hour=int(arg)))
    return None


def day(desk: Desk, arg: str) -> Remark | None:
    """The weekly digest on this day."""
    if arg in DAYS:
        keep(desk, replace(habits_of(desk.person.settings), day=int(arg)))
    return None


def most(desk: Desk, arg: str) -> Remark | None:
    """No more than so many in seven days."""
    if arg in map(str, CHOICES_OF_MOST):
        keep(desk, replace(habits_of(desk.person.settings), most=int(arg)))
    return None


def silence(desk: Desk, word: str) -> Remark | None:
    """Silence for so long."""
    if word in SILENCES:
        return _silent(desk, desk.today + timedelta(days=SILENCES[word] - 1))
    return None


def _silent(desk: Desk, until: date) -> Remark | None:
    keep(desk, replace(habits_of(desk.person.settings), paused_to=until))
    desk.go(desk.place.seen(part=""))
    return None


def speak(desk: Desk, _: str) -> Remark | None:
    """The pause is over."""
    keep(desk, replace(habits_of(desk.person.settings), paused_to=None))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """A day of the pause in words, or hours."""
    if desk.place.view.get("part") == "silence":
        until = day_of(desk, text)
        return until if isinstance(until, Remark) else _silent(desk, until)
    mine = habits_of(desk.person.settings)
    said = hours(text, alone=desk.place.view.get("part") == "when")
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": ""})
    if isinstance(said, Quiet):
        keep(desk, replace(mine, quiet_from=said.starts, quiet_to=said.ends))
    elif said is not None:
        keep(desk, replace(mine, hour=said))
    return Remark("please_choose") if said is None else None


def day_of(desk: Desk, text: str) -> date | Remark:
    """A day to come, within a year, in words; else why not."""
    try:
        said = period.parse(text, desk.today).ends
    except period.PeriodError as error:
        values = {"reason": "not_period", "problem": error.problem.value, "example": ""}
        return Remark("refusal", values)
    if not desk.today < said <= desk.today + timedelta(days=LONGEST):
        return Remark("refusal", {"reason": "not_period", "problem": "past", "example": ""})
    return said


def back(desk: Desk, _: str) -> Remark | None:
    """From a part to the whole, from the whole to the settings."""
    if desk.place.view.get("part"):
        desk.go(desk.place.seen(part=""))
    else:
        desk.go(Place("settings"))
    return None


def open_room(desk: Desk, _: str) -> Remark | None:
    """From the settings."""
    desk.go(Place("reminders"))
    return None


def press_tune(desk: Desk, notice_id: int, version: int) -> Remark | None:
    """«Настроить» under a reminder."""
    desk.go(Place("reminders"))
    return None


def press_mute(desk: Desk, notice_id: int, version: int) -> Remark | None:
    """«Выключить» under a reminder: its topic, until it is switched on again."""
    name = TOPIC.get(notices.kind_of(desk.conn, notice_id, desk.person.id), "")
    if not name:
        return Remark("out_of_date")
    keep(desk, habits_of(desk.person.settings).without(name))
    desk.go(Place("reminders", view={"part": "what"}))
    return Remark("muted", {"topic": desk.world.caption(f"topic_{name}")})


ROOMS = {
    "reminders": Room(
        show,
        typed,
        {
            "part": part,
            "topic": topic,
            "few": few,
            "weekends": weekends,
            "hour": hour,
            "day": day,
            "most": most,
            "silence": silence,
            "speak": speak,
            "back": back,
        },
    )
}
PRESSES = {"tune": press_tune, "mute": press_mute}
