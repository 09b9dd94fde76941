"""«Сделано»: a kind, what it asks, files and words, «Отправить на проверку».

Everything is stored at once as evidence of a line that is still planned, so that nothing of it is lost by
a restart or by another command; `place.view` holds only which question is on screen.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.iom import evidence_typed, lines
from bot.iom.asked import Refused
from bot.iom.facts import Entry
from bot.iom.handed import Handed, handed, judged, kind_of, seen_mark
from bot.iom.journey import Evidence, File, Line, LineState
from bot.iom.lines import LineEvent
from bot.iom.regulation import Key
from bot.speech.screen import Remark
from handlers import line, line_words
from handlers.cases import Case, holders, own, tell
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import number
from storage import journeys

MOST = 20  # pieces of one line
ASKED = ("number", "issued_on", "hours")
PIECES = "pieces"
KIND = "kind"


def collected(case: Case, entry_id: int) -> tuple[Handed, ...]:
    """Documents that were not decided upon yet: what the teacher may still change."""
    decided: set[int] = set()
    if case.journey.state(entry_id) is LineState.PARTLY:
        decided = {one.id for one in judged(case.journey, entry_id)}
    return handed(one for one in case.journey.of_line(entry_id) if one.id not in decided)


def document(case: Case, entry_id: int, first: int) -> Handed | None:
    """The document that is being told about: the pieces of one key from `first` on."""
    given = [one for one in case.journey.of_line(entry_id) if one.id >= first]
    return next((one for one in handed(given) if first in one.ids), None)


def part(case: Case, desk: Desk) -> str:
    """Which question is on screen: "kind", one of `ASKED`, "pieces"; "" is what will be sent."""
    here = desk.place.view.get("part", "")
    known = document(case, desk.place.row, number(desk.place.view.get("doc", "")))
    if here in {*ASKED, PIECES} and known is not None:
        return here
    kept = collected(case, desk.place.row)
    unnamed = any(one.kind == "" for one in kept)
    return KIND if here == KIND or unnamed or not kept else ""


def pick(desk: Desk, key: str) -> Remark | None:
    """A kind of evidence: begin its document, or name what was sent before the kind."""
    case, entry = line.here(desk)
    kind = kind_of(case.regulation, key)
    if kind is None:
        return None
    begun = [id_ for one in collected(case, entry.id) if one.empty or one.kind == "" for id_ in one.ids]
    if begun:
        journeys.describe_evidence(desk.conn, case.facts, begun, kind=key)
        first = begun[0]
    else:
        _, made = journeys.add_evidence(desk.conn, case.facts, Evidence(0, entry.id, key, desk.now))
        first = made.id
    desk.forget()
    desk.go(desk.place.seen(doc=str(first), part=_after(case, key, "")))
    return None


def _after(case: Case, key: Key, asked: str) -> str:
    """The next thing to ask of a kind, then its files."""
    kind = kind_of(case.regulation, key)
    asks = [one for one in ASKED if kind and one in kind.asks]
    left = asks[asks.index(asked) + 1 :] if asked in asks else asks
    return left[0] if left else PIECES


def typed(desk: Desk, text: str) -> Remark | None:
    """An answer to what is asked, or a link and words as evidence."""
    case, entry = line.here(desk)
    here = part(case, desk)
    if here in ASKED:
        told = _read(here, text, desk.today)
        if isinstance(told, Refused):
            return Remark("refusal", {"reason": told.reason, "example": "", **told.values})
        _tell(desk, case, entry, here, told)
        return None
    if here != PIECES:
        return Remark("please_choose")
    said = evidence_typed.words(text)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    return _add(desk, case, entry, said, None)


def _read(here: str, text: str, today: date) -> str | float | date | Refused:
    if here == "number":
        return evidence_typed.number(text)
    return evidence_typed.day(text, today) if here == "issued_on" else evidence_typed.hours(text)


def _tell(desk: Desk, case: Case, entry: Entry, here: str, told: str | float | date) -> None:
    found = document(case, entry.id, number(desk.place.view.get("doc", "")))
    assert found is not None
    journeys.describe_evidence(desk.conn, case.facts, found.ids, **{here: told})
    desk.forget()
    desk.go(desk.place.seen(part=_after(case, found.kind, here)))


def skip(desk: Desk, _: str) -> Remark | None:
    """Everything that is asked may be left out."""
    case, entry = line.here(desk)
    found = document(case, entry.id, number(desk.place.view.get("doc", "")))
    here = part(case, desk)
    if found is not None and here in ASKED:
        desk.go(desk.place.seen(part=_after(case, found.kind, here)))
    return None


def filed(desk: Desk, caption: str) -> Remark | None:
    """A file or a photo, at any moment: a page of the document at hand, or one whose kind is asked next."""
    case, entry = line.here(desk)
    assert desk.file is not None
    sent = evidence_typed.file(desk.file)
    if isinstance(sent, Refused):
        return Remark("refusal", {"reason": sent.reason, "example": "", **sent.values})
    if any(one.file and one.file.unique == sent.unique for one in case.journey.of_line(entry.id)):
        return Remark("file_known", {"name": sent.name})
    said = evidence_typed.words(caption)
    return _add(desk, case, entry, "" if isinstance(said, Refused) else said, sent)


def filed_at_line(desk: Desk, caption: str) -> Remark | None:
    """A file sent to the line itself can only mean «Сделано»."""
    line.done(desk, "")
    return filed(desk, caption) if desk.place.name == "evidence" else Remark("not_text")


def _add(desk: Desk, case: Case, entry: Entry, said: str, sent: File | None) -> Remark:
    if len(case.journey.of_line(entry.id)) >= MOST:
        return Remark("line_told", {"what": "too_many", "title": str(MOST)})
    of = document(case, entry.id, number(desk.place.view.get("doc", "")))
    if of is None and part(case, desk) == "":
        of = collected(case, entry.id)[-1]
    told = (of.kind, desk.now, of.number, of.issued_on, of.hours) if of else ("", desk.now, "", None, None)
    journeys.add_evidence(desk.conn, case.facts, Evidence(0, entry.id, *told, said, sent))
    desk.forget()
    return Remark("file_taken", {"name": sent.name if sent else "", "file": sent is not None})


def done(desk: Desk, _: str) -> Remark | None:
    """«Готово»: look at what will be sent."""
    desk.go(Place("evidence", row=desk.place.row))
    return None


def more(desk: Desk, _: str) -> Remark | None:
    """Another document."""
    desk.go(Place("evidence", row=desk.place.row, view={"part": KIND}))
    return None


def remove(desk: Desk, arg: str) -> Remark | None:
    """Take a document back before it is sent."""
    case, entry = line.here(desk)
    found = next((one for one in collected(case, entry.id) if number(arg) in one.ids), None)
    if found is None:
        return None
    facts = case.facts
    for id_ in found.ids:
        facts = journeys.withdraw_evidence(desk.conn, facts, id_, desk.now)
    desk.forget()
    desk.go(Place("evidence", row=entry.id))
    return Remark("line_told", {"what": "removed", "title": _title(case, found)})


def _title(case: Case, one: Handed) -> str:
    kind = kind_of(case.regulation, one.kind)
    return " ".join(filter(None, (kind.title if kind else "", one.number)))


def send(desk: Desk, _: str) -> Remark | None:
    """«Отправить на проверку»: the line is claimed and whoever confirms is told, in one transaction."""
    case, entry = line.here(desk)
    if not line.may(case, entry.id, LineEvent.CLAIM):
        return Remark("out_of_date")
    documents = handed(case.journey.of_line(entry.id))
    if all(one.empty for one in documents):
        return Remark("line_told", {"what": "nothing", "title": ""})
    facts = case.facts
    for id_ in (id_ for one in documents if one.empty for id_ in one.ids):
        facts = journeys.withdraw_evidence(desk.conn, facts, id_, desk.now)
    state = case.journey.state(entry.id)
    new = Line(entry.id, lines.claimed_state(facts), desk.now)
    journeys.set_line(desk.conn, facts, new, state)
    desk.forget()
    claimed = own(desk)
    who = tell_confirmers(claimed, entry.id)
    desk.go(Place("line", row=entry.id))
    what = "alone" if lines.alone(facts) else ("claimed" if who else "claimed_nobody")
    return Remark("line_told", {"what": what, "title": line_words.title(claimed, entry)})


def tell_confirmers(case: Case, entry_id: int) -> bool:
    """Tell whoever may confirm the line; False when there is nobody yet."""
    if lines.alone(case.facts):
        return False
    who = set(_confirmers(case))
    mark = seen_mark(case.facts, case.journey, [entry_id])
    tell(case, who, "claimed", f"{entry_id}/{case.facts.version}", entry=entry_id, seen=mark)
    return bool(who)


def _confirmers(case: Case) -> Iterable[int]:
    for capability in case.regulation.life.confirm:
        yield from holders(case, capability)


def to_line(desk: Desk, _: str) -> Remark | None:
    """Back to the line; what was collected stays."""
    desk.go(Place("line", row=desk.place.row))
    return None


def words_of(case: Case, found: Iterable[Handed]) -> list[Mapping[str, object]]:
    """Documents for a screen."""
    return list(line_words.in_words(case, tuple(found)))
