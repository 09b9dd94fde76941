"""The plan, or one line of it, for the calendar of a phone."""

from hashlib import sha256

from bot.documents.ics import ics
from bot.iom.appointments import Appointment, appointments
from bot.speech.screen import Button, MadeFile, Remark
from handlers.cases import Case
from handlers.desk import Desk

ALARMS, QUIET = "alarms", "quiet"


def dated(case: Case, entry_id: int = 0) -> tuple[Appointment, ...]:
    """The lines that a calendar can show."""
    return appointments(case.regulation, case.facts, case.journey, entry_id)


def file_of(case: Case, plan: tuple[Appointment, ...], *, alarms: bool, name: str) -> MadeFile:
    """The file; the same line has the same UID for ever, whoever prints it."""
    desk = case.desk
    bot = sha256(b"calendar/" + desk.world.secret).hexdigest()[:8]
    version, at = case.facts.version, desk.now
    return MadeFile(lambda _: ics(plan, bot=bot, version=version, at=at, alarms=alarms), name)


def asked_for(case: Case, name: str, entry_id: int = 0) -> MadeFile | None:
    """The file that the place asks for, None when it asks for none."""
    how = case.desk.place.asked("calendar")
    plan = dated(case, entry_id) if how else ()
    return file_of(case, plan, alarms=how != QUIET, name=name) if plan else None


def buttons(case: Case, entry_id: int = 0) -> tuple[Button, ...]:
    """«В календарь»; once it was sent, the same without reminders."""
    if not dated(case, entry_id):
        return ()
    sent = bool(case.desk.place.view.get("calendar"))
    return (Button("to_calendar", QUIET if sent else ALARMS, word="calendar_quiet" if sent else ""),)


def send(desk: Desk, how: str) -> Remark | None:
    """Send the file with the screen; asked again it is sent again."""
    if how in {ALARMS, QUIET}:
        desk.go(desk.place.asks("calendar", how))
    return None
