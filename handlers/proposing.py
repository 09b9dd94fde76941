"""Proposing an event one by one: six questions, then it waits for the organisation above, or is published
at once where there is none."""

from bot import bringing
from bot.bringing import Bringer
from bot.documents import imports as files
from bot.iom import proposing
from bot.iom.catalogue import EDUCATION, FORMS
from bot.iom.catalogue_rows import Publisher
from bot.iom.proposing import MAY_SKIP, SKIPPED, STEPS, ProposalError
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.imports import bringer
from handlers.place import Place
from handlers.rooms import Room
from storage import audit, event_imports

PAGE = 7
Row = tuple[Button, ...]


def _publisher(desk: Desk, by: Bringer) -> Publisher:
    return bringing.publisher_of(desk.conn, by)


def show(desk: Desk) -> Screen:
    """The question that is asked now, or all the answers."""
    said = desk.place.view
    step = proposing.step_of(said)
    by = bringer(desk)
    publisher = _publisher(desk, by)
    values = {
        "step": step,
        "number": STEPS.index(step) + 1 if step else 0,
        "total": len(STEPS),
        "title": said.get("title", ""),
        "waits": publisher.waits,
        "example": bool(said.get("example")),
    }
    if not step:
        return Screen("propose", values, ((Button("send", word="propose_event"),), (Button("back"),)))
    skip = (Button("skip", word="undated" if step == "days" else "skip"),) if step in MAY_SKIP else ()
    example = (Button("example"),) if step not in {"block", "form", "education"} else ()
    return Screen("propose", values, (*_offered(desk, step, by), (Button("back"), *skip, *example)))


def _offered(desk: Desk, step: str, by: Bringer) -> tuple[Row, ...]:
    if step == "block":
        regulation = bringing.regulation_of(desk.conn, by)
        blocks = regulation.block if regulation else ()
        return tuple((Button("pick", one.key, label=one.title),) for one in blocks)
    if step == "form":
        return tuple((Button("pick", key, word=f"form_{key}"),) for key in FORMS)
    if step == "education":
        return tuple((Button("pick", key, word=f"education_{key}"),) for key in EDUCATION)
    return ()


def typed(desk: Desk, text: str) -> Remark | None:
    """An answer in words."""
    step = proposing.step_of(desk.place.view)
    if not step:
        return Remark("please_choose")
    words = files.words().catalogue.words
    try:
        kept = proposing.judged(step, text[:500], _publisher(desk, bringer(desk)), words, desk.today)
    except ProposalError as error:
        return Remark("propose_refused", {"reason": error.reason})
    desk.go(desk.place.seen(**{step: kept, "example": ""}))
    return None


def pick(desk: Desk, key: str) -> Remark | None:
    """A tapped answer."""
    step = proposing.step_of(desk.place.view)
    return typed(desk, key) if step in {"block", "form", "education"} and key else Remark("out_of_date")


def skip(desk: Desk, _: str) -> Remark | None:
    """Without a date, without a link."""
    step = proposing.step_of(desk.place.view)
    if step not in MAY_SKIP:
        return Remark("please_choose")
    desk.go(desk.place.seen(**{step: SKIPPED, "example": ""}))
    return None


def example(desk: Desk, _: str) -> Remark | None:
    """How an answer may look."""
    desk.go(desk.place.seen(example="1"))
    return None


def send(desk: Desk, _: str) -> Remark | None:
    """Into the catalogue; the same event a second time changes nothing and says so."""
    organisation = coordinating.here(desk)
    if proposing.step_of(desk.place.view):
        return Remark("out_of_date")
    publisher = _publisher(desk, bringer(desk))
    event = proposing.event_of(desk.place.view, publisher, organisation.title)
    counts = event_imports.take(desk.conn, [event], desk.now)
    audit.record(desk.conn, desk.person.id, f"event.{event.state}", desk.now, str(organisation.id))
    desk.go(Place("events", row=organisation.id))
    done = "known" if counts.same else event.state
    return Remark("proposed", {"what": done, "title": event.title})


def back(desk: Desk, _: str) -> Remark | None:
    """One answer back, from the first to the list."""
    given = [step for step in STEPS if desk.place.view.get(step)]
    if given:
        desk.go(desk.place.seen(**{given[-1]: "", "example": ""}))
    else:
        desk.go(Place("events", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "propose": Room(
        show,
        typed,
        {"pick": pick, "skip": skip, "example": example, "send": send, "back": back},
        exists=coordinating.exists,
    ),
}
