"""A recommendation is given: words about a section, or an event; signed and sent to the teacher.

`place.row` is the route. What is chosen so far is in the view; what is missing is asked first. Nothing of the
card changes here: the teacher accepts or declines (`handlers.recommended`).
"""

from bot.iom import advice, evidence_typed, period
from bot.iom.accept import accept
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.asked import Accepted, Refused, Said
from bot.iom.corrections import Wanted
from bot.iom.extensions import ends_on
from bot.iom.facts import AddEntry, Value
from bot.iom.interview import Step
from bot.iom.lines import period_key
from bot.iom.period import Period
from bot.iom.regulation import Key
from bot.speech.screen import Remark
from handlers import advising, cases, events
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import number
from storage import audit, event_search, exchanges
from storage import events as catalogue

LONGEST = 500
MOST_OPEN = 10  # of one person for one route: more would be no advice but a plan
WORDS, EVENT = "words", "event"
KINDS = (WORDS, EVENT)


def here(desk: Desk) -> Case:
    """The route, in a room that exists."""
    return still(case_of(desk, Fact.RECOMMEND))


def exists(desk: Desk) -> bool:
    """Whether the person may advise on anything of the route now."""
    case = case_of(desk, Fact.RECOMMEND)
    return case is not None and advising.offered(case)


def kinds(case: Case) -> tuple[str, ...]:
    """Words, and an event where she may advise on the plan."""
    return KINDS if advising.voice(case, advice.PLAN) else (WORDS,)


def stage(desk: Desk, case: Case) -> str:
    """What is asked now: kind, about, words, what, when, check."""
    view = desk.place.view
    kind = view.get("kind", "")
    if kind not in kinds(case):
        return "kind"
    if kind == WORDS:
        return "words" if _topic(desk, case) else "about"
    if not view.get("title"):
        return "what"
    dated = view.get("from") or view.get("undated") or not period_key(case.regulation)
    return "check" if dated else "when"


def _topic(desk: Desk, case: Case) -> Key:
    """The chosen topic; "" for none, or one that may not be advised on any more."""
    chosen = desk.place.view.get("about", "")
    return chosen if chosen in advising.topics(case) else ""


_UNDO = (("from", "to", "undated"), ("title", "event"), ("about",), ("q", "page"), ("kind",))


def back(desk: Desk, _: str) -> Remark | None:
    """One answer back; from the first one to where it was opened from."""
    earlier = desk.place.without_last(_UNDO)
    if earlier is None:
        leave(desk)
    else:
        desk.go(earlier)
    return None


def leave(desk: Desk) -> None:
    """Where it was opened from."""
    desk.go(desk.place.back or Place("case", row=desk.place.row, back=Place("queue")))


def choose_kind(desk: Desk, kind: str) -> Remark | None:
    """Words or an event."""
    if kind in kinds(here(desk)):
        desk.go(desk.place.seen(kind=kind))
    return None


def choose_topic(desk: Desk, arg: str) -> Remark | None:
    """What the words are about, by its number in the list."""
    case = here(desk)
    found = advising.topics(case)
    if stage(desk, case) == "about" and arg.isascii() and arg.isdigit() and number(arg) < len(found):
        desk.go(desk.place.seen(about=found[number(arg)], page=""))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def choose_event(desk: Desk, arg: str) -> Remark | None:
    """An event of the catalogue that is still ahead, with its date."""
    event = event_search.one(desk.conn, number(arg), here(desk).facts.organisation_id)
    if event is None or stage(desk, here(desk)) != "what":
        return Remark("refusal", {"reason": "event_gone", "example": ""})
    last = event.ends_on or event.starts_on
    if last is not None and last < desk.today:
        return Remark("refusal", {"reason": "event_past", "example": ""})
    first = event.starts_on or last
    dates = {"from": first.isoformat(), "to": last.isoformat()} if first and last else {}
    desk.go(desk.place.seen(title=event.title, event=str(event.id), q="", page="", **dates))
    return None


def own_title(desk: Desk, _: str) -> Remark | None:
    """What was typed is the event's name, not a search: judged as the teacher's own would be."""
    case, typed = here(desk), desk.place.view.get("q", "")
    if stage(desk, case) != "what" or not typed:
        return None
    first = case.regulation.fields(advice.PLAN)[0]
    judged = accept(case.regulation, case.facts, Step(first.key), Said(text=typed), desk.today)
    if not isinstance(judged, Accepted):
        values = {"example": first.example, **judged.values}
        return Remark("refusal", {"reason": judged.reason, **values})
    made = next(change for change in judged.changes if isinstance(change, AddEntry))
    desk.go(desk.place.seen(title=str(made.answers[first.key]), q="", page=""))
    return None


def choose_month(desk: Desk, arg: str) -> Remark | None:
    """A whole month."""
    return _date(desk, arg) if stage(desk, here(desk)) == "when" else None


def undated(desk: Desk, _: str) -> Remark | None:
    """The teacher finds the day herself."""
    if stage(desk, here(desk)) == "when":
        desk.go(desk.place.seen(undated="1"))
    return None


def whole_term(case: Case) -> Period | None:
    """The term with what was added to it; None while there is none."""
    term = route_term(case.facts)
    end = ends_on(case.facts, case.journey)
    return Period(term.starts, end) if term and end else None


def _date(desk: Desk, words: str) -> Remark | None:
    try:
        said = period.parse(words, desk.today, deadline=True)
    except period.PeriodError as error:
        return Remark("refusal", {"reason": "not_period", "problem": error.problem.value, "example": ""})
    whole = whole_term(here(desk))
    if whole is not None and not said.within(whole):
        values = {"term": period.words(whole), "said": period.words(said), "example": ""}
        return Remark("refusal", {"reason": "outside_term", **values})
    desk.go(desk.place.seen(**{"from": said.starts.isoformat(), "to": said.ends.isoformat()}))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """Words: the advice itself, a search, a date – whatever is asked now."""
    case = here(desk)
    now = stage(desk, case)
    if now == "words":
        said = evidence_typed.words(text, LONGEST)
        if isinstance(said, Refused):
            return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
        return _in_words(desk, case, _topic(desk, case), said)
    if now == "what":
        desk.go(desk.place.seen(q=" ".join(text.split())[:200], page=""))
        return None
    return _date(desk, " ".join(text.split())) if now == "when" else Remark("please_choose")


def _in_words(desk: Desk, case: Case, key: Key, said: str) -> Remark | None:
    """Words; about a column of the plan they are a line, judged as the teacher's own would be."""
    wanted = advice.in_column(case.regulation, key, said)
    if wanted.answers:
        first = case.regulation.fields(advice.PLAN)[0]
        judged = accept(case.regulation, case.facts, Step(first.key), Said(text=said), desk.today)
        if not isinstance(judged, Accepted):
            return Remark("refusal", {"reason": judged.reason, "example": first.example, **judged.values})
    return _give(desk, case, key, said, wanted)


def proposal(desk: Desk, case: Case) -> tuple[str, Wanted]:
    """The event drafted so far, in words as the card prints them, and as a line of the plan."""
    view = desk.place.view
    event = catalogue.by_id(desk.conn, number(view.get("event", "")))
    answers: dict[Key, Value] = dict(events.line_of(case.regulation, event)) if event else {}
    answers[case.regulation.fields(advice.PLAN)[0].key] = view["title"]
    dates: Value = {"from": view["from"], "to": view["to"]} if view.get("from") else None
    if key := period_key(case.regulation):
        answers.pop(key, None)
        answers |= {key: dates} if dates else {}
    when = period.from_value(dates)
    text = ", ".join(filter(None, (view["title"], period.official(when) if when else "")))
    return text, Wanted(answers, event=event.id if event else 0)


def send(desk: Desk, _: str) -> Remark | None:
    """Give the event that was drafted."""
    case = here(desk)
    if stage(desk, case) != "check":
        return None
    return _give(desk, case, advice.PLAN, *proposal(desk, case))


def _give(desk: Desk, case: Case, key: Key, text: str, wanted: Wanted) -> Remark | None:
    what = given(desk, case, key, text, wanted)
    if what == "sent":
        leave(desk)
    return Remark("advised", {"what": what, "name": case.name})


def given(desk: Desk, case: Case, key: Key, text: str, wanted: Wanted) -> str:
    """Give one teacher a signed recommendation: "sent", "many" open ones wait already, or "not_yours"."""
    speaks = advising.voice(case, key)
    mine = [one for one in case.journey.recommendations if one.person_id == desk.person.id and one.open]
    if speaks is None or len(mine) >= MOST_OPEN:
        return "many" if speaks else "not_yours"
    hand, stored = speaks.hand, wanted.stored()
    _, made = exchanges.recommend(
        desk.conn, case.facts, speaks.level, key, text, hand, desk.now, wanted=stored
    )
    audit.record(desk.conn, desk.person.id, "recommendation", desk.now, f"recommendation {made.id}: {key}")
    cases.tell(case, [case.facts.person_id], "recommended", str(made.id), recommendation=made.id)
    desk.forget()
    return "sent"
