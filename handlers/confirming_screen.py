"""How claimed lines look to those who confirm them, and what is told of each decision."""

from bot.iom.access import Fact
from bot.iom.facts import Entry
from bot.iom.handed import judged
from bot.iom.journey import LineState
from bot.speech.screen import Button, FactButton, KnownFile, Remark, Screen
from handlers import confirming, judging, line_words
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.rooms import Room, number
from storage.notices import Notice

Row = tuple[Button, ...]
PAGE = 8
_SHOWN = 3
_FILES = 10


def _case(desk: Desk) -> tuple[Case, Entry]:
    case = still(case_of(desk, Fact.CONFIRM))
    entry = line_words.plan_line(case, desk.place.parent)
    assert entry is not None
    return case, entry


def show(desk: Desk) -> Screen:
    """One line: what was handed in and what may be done, or who has decided and when."""
    case, entry = _case(desk)
    say = desk.place.view.get("say", "")
    claimed = case.journey.state(entry.id) is LineState.CLAIMED
    if say in confirming.SAYS and claimed:
        return _words(case, entry, say)
    values = _values(case, entry)
    files = _files(case, entry) if desk.place.view.get("files") else ()
    return Screen("claim", values, (*_buttons(case, entry, claimed), (Button("back"),)), files=files)


def _values(case: Case, entry: Entry) -> dict[str, object]:
    found = line_words.documents(case, entry.id) if _handed_in(case, entry) else ()
    return {
        "name": case.name,
        "line": line_words.values(case, entry),
        "documents": line_words.in_words(case, found[:_SHOWN]),
        "more": max(0, len(found) - _SHOWN),
        "unseen": any(one.files for one in found) and not case.may(Fact.EVIDENCE),
    }


def _handed_in(case: Case, entry: Entry) -> bool:
    """What is still being collected is the teacher's own."""
    shown = {LineState.CLAIMED, LineState.CONFIRMED, LineState.PARTLY}
    return case.journey.state(entry.id) in shown


def _files(case: Case, entry: Entry) -> tuple[KnownFile, ...]:
    if not case.may(Fact.EVIDENCE) or not _handed_in(case, entry):
        return ()
    found = [one.file for one in judged(case.journey, entry.id) if one.file]
    return tuple(KnownFile(one.id, one.name) for one in found[:_FILES])


def _buttons(case: Case, entry: Entry, claimed: bool) -> list[Row]:
    rows: list[Row] = []
    if claimed:
        seen = str(judging.mark(case, [entry.id]))
        rows = [(Button("confirm", seen),), (Button("partly", seen), Button("send_back", seen))]
    made = line_words.decision(case, entry.id)
    if made is not None and judging.may_undo(case, made):
        rows.append((Button("undo", str(made.id), word="undo_line"),))
    if _files(case, entry):
        rows.append((Button("files", word="show_files"),))
    return rows


def _words(case: Case, entry: Entry, say: str) -> Screen:
    chips: list[Row] = []
    if say == "send_back":
        chips = [(Button("remark", key, word=f"remark_{key}"),) for key in confirming.REMARKS]
    values = {"say": say, "title": line_words.title(case, entry), "name": case.name}
    return Screen("claim_words", values, (*chips, (Button("back"),)))


def show_all(desk: Desk) -> Screen:
    """All that waits of one teacher; what she could not do is told below."""
    case = still(case_of(desk, Fact.CONFIRM))
    waiting = judging.claimed(case)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(waiting) else 0
    shown = [entry for id_ in waiting[start : start + PAGE] if (entry := line_words.plan_line(case, id_))]
    rows: list[Row] = [(Button("pick", str(one.id), label=line_words.title(case, one)),) for one in shown]
    if len(waiting) > 1:
        label = f"{desk.world.caption('confirm_all')} ({len(waiting)})"
        rows.append((Button("confirm_all", str(judging.mark(case, waiting)), label=label),))
    if desk.place.view.get("undo"):
        rows.append((Button("undo", word="undo_line"),))
    following = start + PAGE if start + PAGE < len(waiting) else 0
    more = (Button("more", str(following)),) if len(waiting) > PAGE else ()
    values = {
        "name": case.name,
        "count": len(waiting),
        "lines": [line_words.values(case, one) for one in shown],
        "not_done": [line_words.values(case, one) for one in _given_up(case)][:3],
    }
    return Screen("claims", values, (*rows, (*more, Button("back"))))


def _given_up(case: Case) -> list[Entry]:
    plan = case.facts.rows(line_words.TABLE)
    return [one for one in plan if case.journey.state(one.id) is LineState.NOT_DONE]


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page, undo=""))
    return None


def notice_claimed(desk: Desk, told: Notice) -> Screen | None:
    """«Сделано»: with its files, until something else happened to the line."""
    case = case_of(desk, Fact.CONFIRM, told.route_id)
    entry = line_words.plan_line(case, int(told.subject["entry"])) if case else None
    if case is None or entry is None or case.journey.state(entry.id) is not LineState.CLAIMED:
        return None
    seen = judging.mark(case, [entry.id])
    if seen != told.subject["seen"]:
        return None
    rows = (
        (FactButton("confirm", entry.id, seen), FactButton("partly", entry.id, seen)),
        (FactButton("send_back", entry.id, seen), FactButton("open_claim", entry.id, seen, word="open_case")),
    )
    return Screen("notice_claimed", _values(case, entry), rows, files=_files(case, entry))


def notice_judged(desk: Desk, told: Notice) -> Screen | None:
    """What became of her line, while the decision is in force."""
    case = case_of(desk, Fact.OWN, told.route_id)
    entry = line_words.plan_line(case, int(told.subject["entry"])) if case else None
    if case is None or entry is None:
        return None
    made = line_words.decision(case, entry.id)
    if made is None or made.id != told.subject["decision"]:
        return None
    return _to_teacher(case, entry, "notice_judged")


def notice_again(desk: Desk, told: Notice) -> Screen | None:
    """A decision was taken back: the line waits again."""
    case = case_of(desk, Fact.OWN, told.route_id)
    entry = line_words.plan_line(case, int(told.subject["entry"])) if case else None
    if case is None or entry is None or case.journey.state(entry.id) is not LineState.CLAIMED:
        return None
    return _to_teacher(case, entry, "notice_line_again")


def _to_teacher(case: Case, entry: Entry, text: str) -> Screen:
    button = FactButton("open_line", entry.id, word="open_case")
    return Screen(text, {"line": line_words.values(case, entry)}, ((button,),))


def exists(desk: Desk) -> bool:
    """Whether the person may still confirm, and the line is there."""
    case = case_of(desk, Fact.CONFIRM)
    return case is not None and line_words.plan_line(case, desk.place.parent) is not None


ROOMS = {
    "claim": Room(
        show,
        confirming.said,
        {
            "confirm": confirming.confirm,
            "partly": confirming.partly,
            "send_back": confirming.send_back,
            "remark": confirming.pick_remark,
            "undo": confirming.undo,
            "files": confirming.files,
            "back": confirming.back,
        },
        exists=exists,
    ),
    "claims": Room(
        show_all,
        None,
        {
            "pick": confirming.open_claim,
            "confirm_all": confirming.confirm_all,
            "undo": confirming.undo,
            "more": more,
            "back": confirming.back,
        },
        exists=lambda desk: case_of(desk, Fact.CONFIRM) is not None,
    ),
}
NOTICES = {
    "claimed": notice_claimed,
    "line_judged": notice_judged,
    "line_again": notice_again,
}
PRESSES = confirming.PRESSES
