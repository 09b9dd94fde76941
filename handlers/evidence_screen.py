"""How «Сделано» looks: kinds, questions of a kind, files, what will be sent."""

from bot.iom.handed import Handed, kind_of
from bot.iom.lines import LineEvent
from bot.speech.screen import Button, Screen
from handlers import evidence, line, line_words
from handlers.cases import Case
from handlers.desk import Desk
from handlers.rooms import Room, number

Row = tuple[Button, ...]
_SHOWN = 3


def show(desk: Desk) -> Screen:
    """The question on screen, or what will be sent."""
    case, entry = line.here(desk)
    here = evidence.part(case, desk)
    values = {"title": line_words.title(case, entry)}
    if here == evidence.KIND:
        return _kinds(case, values)
    if here in evidence.ASKED:
        return Screen("evidence_detail", {**values, "part": here}, ((Button("skip"), Button("back")),))
    if here == evidence.PIECES:
        return _pieces(case, desk, values)
    return _review(case, entry.id, values)


def _kinds(case: Case, values: dict[str, str]) -> Screen:
    rows: list[Row] = [(Button("pick", one.key, label=one.title),) for one in case.regulation.life.evidence]
    return Screen("evidence_kinds", values, (*rows, (Button("back"),)))


def _pieces(case: Case, desk: Desk, values: dict[str, str]) -> Screen:
    found = evidence.document(case, desk.place.row, number(desk.place.view.get("doc", "")))
    assert found is not None
    kind = kind_of(case.regulation, found.kind)
    told = {**values, "kind": kind.title if kind else "", "count": len(found.files) + len(found.words)}
    return Screen("evidence_pieces", told, ((Button("done", word="ready"), Button("back")),))


def _review(case: Case, entry_id: int, values: dict[str, str]) -> Screen:
    found = evidence.collected(case, entry_id)
    shown = found[:_SHOWN]
    rows: list[Row] = [(Button("remove", str(one.ids[0]), label=_label(case, one)),) for one in shown]
    told = {
        **values,
        "documents": evidence.words_of(case, shown),
        "more": max(0, len(found) - _SHOWN),
    }
    last = (Button("another"), Button("back"))
    return Screen("evidence_review", told, ((Button("send", word="send_claim"),), *rows, last))


def _label(case: Case, one: Handed) -> str:
    kind = kind_of(case.regulation, one.kind)
    words = " ".join(filter(None, (kind.title if kind else "", one.number)))
    return f"{case.desk.world.caption('remove_document')}: {words}"


def exists(desk: Desk) -> bool:
    """Only for a line that may be handed in now."""
    return line.exists(desk) and line.may(*_named(desk), LineEvent.CLAIM)


def _named(desk: Desk) -> tuple[Case, int]:
    case, entry = line.here(desk)
    return case, entry.id


ROOMS = {
    "line": Room(
        line.show,
        None,
        line.PRESSED,
        needs_route=True,
        exists=line.exists,
        filed=evidence.filed_at_line,
    ),
    "evidence": Room(
        show,
        evidence.typed,
        {
            "pick": evidence.pick,
            "skip": evidence.skip,
            "done": evidence.done,
            "another": evidence.more,
            "remove": evidence.remove,
            "send": evidence.send,
            "back": evidence.to_line,
        },
        needs_route=True,
        exists=exists,
        filed=evidence.filed,
    ),
}
