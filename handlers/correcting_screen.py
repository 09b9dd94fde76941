"""How a correction looks while it is drafted: one question a screen, buttons first, words as good."""

from collections.abc import Sequence
from datetime import date

from bot.iom import period, recommend
from bot.iom.corrections import CorrectionKind
from bot.iom.period import Period, add_months, month_end
from bot.iom.summary import row_name
from bot.speech.screen import Button, Screen
from handlers import correcting, correction_words
from handlers.cases import Case
from handlers.correcting import here, kind_of, stage
from handlers.desk import Desk
from handlers.parties import is_own
from handlers.rooms import Room
from storage import event_search

EVENTS = 4
MONTHS = 10

Row = tuple[Button, ...]


def show(desk: Desk) -> Screen:
    """What is asked now about the line, in one of six looks."""
    case = here(desk)
    now = stage(desk, case)
    kind = kind_of(desk)
    values = {
        "stage": now,
        "kind": str(kind or ""),
        "title": correction_words.title_of(case, desk.place.row),
        "when": correction_words.when_of(case, desk.place.row),
        "name": "" if is_own(case) else case.name,
        "query": desk.place.view.get("q", ""),
    }
    if now == "check":
        draft = correcting.proposal(desk, case)
        values |= correction_words.change(case, draft)
        values |= {"reason": correction_words.why(case, draft), "chain": _chain(case)}
    return Screen("correcting", values, (*_LOOKS[now](desk, case), (Button("back"),)))


def _chain(case: Case) -> str:
    """Who agrees, in order, by title."""
    titles = (case.regulation.role_title(step) for step in case.regulation.life.correction.steps)
    return " → ".join(filter(None, titles))


def _kinds(desk: Desk, case: Case) -> Sequence[Row]:
    return [(Button("kind", kind, word=f"kind_{kind}"),) for kind in correcting.kinds(case, desk.place.row)]


def _events(desk: Desk, case: Case) -> Sequence[Row]:
    """What fits the points of growth of the line, or what was searched for; the typed words as a name."""
    facts, entry = case.facts, case.facts.entry(desk.place.row)
    points = entry.links if entry else {row.id for row in facts.rows("growth")}
    blocks = [facts.text("growth_point", point) for point in sorted(points)]
    known = tuple(dict.fromkeys(block for block in blocks if block in case.regulation.blocks))
    typed = desk.place.view.get("q", "")
    found = recommend.suggest(
        event_search.offered(
            desk.conn,
            facts.organisation_id,
            desk.today,
            audience=case.regulation.audience,
            blocks=known,
            words=bool(typed),
        ),
        blocks=known,
        term=correcting.whole_term(case),
        today=desk.today,
        audience=case.regulation.audience,
        subject=facts.text("subject"),
        chosen=frozenset(row.event for row in facts.rows("plan") if row.event),
        query=typed,
    )
    buttons = [(Button("pick", str(one.event.id), label=one.event.title),) for one in found[:EVENTS]]
    return [*([(Button("own_title"),)] if typed else []), *buttons]


def _points(desk: Desk, case: Case) -> Sequence[Row]:
    rows = case.facts.rows("growth")[:8]
    return [(Button("point", str(row.id), label=row_name(case.regulation, case.facts, row)),) for row in rows]


def _months(desk: Desk, case: Case) -> Sequence[Row]:
    """Months from now to the end of the term; a new line may stay without a date."""
    months = _ahead(desk.today, correcting.whole_term(case))
    buttons = [Button("month", words, label=words) for words in map(period.words, months)]
    rows: list[Row] = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    open_ended = kind_of(desk) in {CorrectionKind.ADD, CorrectionKind.REPLACE}
    return [*rows, (Button("undated"),)] if open_ended else rows


def _ahead(today: date, whole: Period | None) -> list[Period]:
    first = today.replace(day=1)
    starts = [add_months(first, number) for number in range(MONTHS + 12)]
    found = [Period(start, month_end(start)) for start in starts]
    return [one for one in found if whole is None or one.within(whole)][:MONTHS]


def _reasons(desk: Desk, case: Case) -> Sequence[Row]:
    reasons = case.regulation.life.correction.reasons
    return [(Button("reason", one.key, label=one.title),) for one in reasons[:7]]


def _check(desk: Desk, case: Case) -> Sequence[Row]:
    return [(Button("send"),)]


_LOOKS = {
    "kind": _kinds,
    "what": _events,
    "point": _points,
    "when": _months,
    "why": _reasons,
    "check": _check,
}

ROOMS = {
    "correcting": Room(
        show,
        correcting.typed,
        {
            "kind": correcting.choose_kind,
            "pick": correcting.choose_event,
            "own_title": correcting.own_title,
            "point": correcting.choose_point,
            "month": correcting.choose_month,
            "undated": correcting.undated,
            "reason": correcting.choose_reason,
            "send": correcting.send,
            "back": correcting.back,
        },
        exists=correcting.exists,
    )
}
