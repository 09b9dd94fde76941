"""Choosing events for a point of growth: suggestions with why, filter, forgiving search, one's own."""

from collections.abc import Sequence
from datetime import date

from bot.iom import competence, interview, own_competences, recommend
from bot.iom.accept_goals import route_term
from bot.iom.asked import Asked
from bot.iom.catalogue import FORMS, LEVELS, Event
from bot.iom.facts import AddEntry, Entry, RemoveEntry, SetLinks, Value
from bot.iom.interview import Step
from bot.iom.period import Period, to_value, words
from bot.iom.regulation import Key, Regulation
from bot.iom.summary import row_name
from bot.speech.screen import Button, Remark, Screen
from handlers import priorities
from handlers import sharing as colleagues
from handlers.desk import Desk
from handlers.place import ask
from handlers.rooms import number
from storage import event_search
from storage import events as catalogue

PAGE = 3
FILTERS = ("block", "level", "form", "month")
TABLE = "plan"

Row = tuple[Button, ...]


def show(desk: Desk, asked: Asked) -> Screen:
    """What is chosen, then suggestions of one page; or the filter when it is open."""
    if desk.place.view.get("menu"):
        return _filter_screen(desk, asked)
    found = suggestions(desk, asked)
    start = number(desk.place.view.get("page", "0"))
    shown = found[start : start + PAGE]
    mine = asked.facts.linked(TABLE, asked.step.row)
    draft = desk.place.walk == "draft"
    values = {
        "about": _point_chat(asked),
        "suggestions": [(one, _when(one.event)) for one in shown],
        "count": len(mine),
        "shared": (shared := colleagues.offered(desk, asked.facts.text("growth_point", asked.step.row))),
        "query": desk.place.view.get("q", ""),
        "narrowed": _narrowed(desk),
        "ask": asked.question.ask,
        "progress": interview.progress(asked.regulation, asked.facts, asked.step) if draft else None,
    }
    chosen = [(_chosen_button(asked, entry),) for entry in mine]
    lent = [(colleagues.asking(desk, one),) for one in shared]
    offered = [(Button("pick", str(one.event.id), label=f"＋ {one.event.title}"),) for one in shown]
    return Screen("events", values, (*chosen, *offered, *lent, *_tools(desk, start, len(found), len(mine))))


def _when(event: Event) -> str:
    return words(Period(event.starts_on, event.ends_on or event.starts_on)) if event.starts_on else ""


def _chosen_button(asked: Asked, entry: Entry) -> Button:
    """A chosen event is taken out by a tap; one's own is opened."""
    label = f"✓ {row_name(asked.regulation, asked.facts, entry)}"
    return (
        Button("pick", str(entry.event), label=label)
        if entry.event
        else Button("row", str(entry.id), label=label)
    )


def _tools(desk: Desk, start: int, found: int, chosen: int) -> tuple[Row, ...]:
    following = start + PAGE if start + PAGE < found else 0
    pages = (Button("more", str(following)),) if found > PAGE else ()
    narrowed = any(desk.place.view.get(key) for key in ("q", *(f"f_{name}" for name in FILTERS)))
    tools = (*pages, Button("filter"), *((Button("all"),) if narrowed else ()))
    end = (
        (Button("own_event"), Button("done", word="ready"))
        if chosen
        else (Button("own_event"), Button("skip"))
    )
    return (tools, end, (Button("back"),))


def suggestions(desk: Desk, asked: Asked) -> Sequence[recommend.Suggestion]:
    """Ranked by deficit, block, level, term and dates; never an expired one."""
    block = asked.facts.text("growth_point", asked.step.row)
    level = competence.level(asked.regulation, asked.facts, block) if block else None
    return recommend.suggest(
        event_search.offered(
            desk.conn,
            asked.facts.organisation_id,
            desk.today,
            audience=asked.regulation.audience,
            filters=_filters(desk),
            blocks=(block,) if block in asked.regulation.blocks else (),
            words=bool(desk.place.view.get("q")),
        ),
        blocks=(block,),
        need=recommend.need_of(asked.regulation.scale, level),
        term=route_term(asked.facts),
        today=desk.today,
        audience=asked.regulation.audience,
        subject=asked.facts.text("subject"),
        chosen=frozenset(_chosen(asked)),
        filters=_filters(desk),
        query=desk.place.view.get("q", ""),
        priorities=priorities.of_route(desk, asked.facts),
    )


def _filters(desk: Desk) -> recommend.Filter:
    view = desk.place.view
    month = view.get("f_month", "")
    return recommend.Filter(
        block=view.get("f_block", ""),
        level=view.get("f_level", ""),
        form=view.get("f_form", ""),
        month=date.fromisoformat(f"{month}-01") if month else None,
    )


def _chosen(asked: Asked) -> dict[int, Entry]:
    """Plan lines of this point of growth by the event they were chosen from."""
    return {entry.event: entry for entry in asked.facts.linked(TABLE, asked.step.row) if entry.event}


def _point_chat(asked: Asked) -> str:
    return own_competences.chat(asked.regulation, asked.facts.text("growth_point", asked.step.row))


def pick(desk: Desk, asked: Asked, arg: str) -> Remark | None:
    """Put an event into the plan or take it out again."""
    event = catalogue.by_id(desk.conn, number(arg))
    point = asked.step.row
    if event is None or not _may_take(desk, asked, event):
        return Remark("refusal", {"reason": "event_gone", "example": ""})
    dates = recommend.dates_of(event)
    if dates is not None and dates.ends < desk.today:
        return Remark("refusal", {"reason": "event_past", "example": ""})
    mine = _chosen(asked).get(event.id)
    elsewhere = next((row for row in asked.facts.rows(TABLE) if row.event == event.id), None)
    if mine is not None:
        left = mine.links - {point}
        desk.keep([SetLinks(mine.id, "growth", left) if left else RemoveEntry(mine.id)])
    elif elsewhere is not None:
        desk.keep([SetLinks(elsewhere.id, "growth", elsewhere.links | {point})])
    else:
        desk.keep([AddEntry(TABLE, line_of(asked.regulation, event), frozenset({point}), event.id)])
    return None


def _may_take(desk: Desk, asked: Asked, event: Event) -> bool:
    """Whether it is offered to her; what is in her plan already may always be taken out."""
    known = any(row.event == event.id for row in asked.facts.rows(TABLE))
    return known or event_search.one(desk.conn, event.id, asked.facts.organisation_id) is not None


def line_of(regulation: Regulation, event: Event) -> dict[Key, Value]:
    """A plan line with what the catalogue knows, in the columns this regulation has."""
    blocks = [block for block in event.blocks if block in regulation.blocks]
    known: dict[Key, Value] = {
        "title": event.title,
        "competences": blocks,
        "level": event.level,
        "organiser": event.organiser,
        "form": event.form,
        "result_form": event.result,
        "hours": int(event.hours or 0),
        **_fitting(regulation, event),
    }
    if event.starts_on is not None:
        known["period"] = to_value(Period(event.starts_on, event.ends_on or event.starts_on))
    columns = {question.key for question in regulation.fields(TABLE)}
    return {key: value for key, value in known.items() if key in columns and value}


def _fitting(regulation: Regulation, event: Event) -> dict[Key, Value]:
    """Choices of a line that the catalogue answers by itself: the first option all of whose words fit."""
    words = {event.education, event.level, event.form, *event.blocks, "any"}
    choices = [question for question in regulation.fields(TABLE) if question.options]
    fits = {q.key: [one.key for one in q.options if one.fits and words >= set(one.fits)] for q in choices}
    return {key: found[0] for key, found in fits.items() if found}


def own(desk: Desk, asked: Asked) -> Remark | None:
    """One's own event or self-education: the same columns, asked one by one."""
    title = asked.regulation.fields(TABLE)[0]
    desk.go(ask(Step(title.key, 0, asked.step.row), "row", desk.place.seen(menu="", page="")))
    return None


def _filter_screen(desk: Desk, asked: Asked) -> Screen:
    """First what to narrow by, then its values."""
    name = desk.place.view["menu"]
    if name not in FILTERS:
        rows: list[Row] = [(Button("filter", key, word=f"filter_{key}"),) for key in FILTERS]
    elif name == "block":
        rows = [(Button("narrow", block.key, label=block.title),) for block in asked.blocks.values()]
    elif name == "month":
        rows = [
            (Button("narrow", month, label=label),) for month, label in recommend.months_ahead(desk.today)
        ]
    else:
        keys = LEVELS if name == "level" else FORMS
        rows = [(Button("narrow", key, word=f"{name}_{key}"),) for key in keys]
    pairs = [tuple(b for row in rows[i : i + 2] for b in row) for i in range(0, len(rows), 2)]
    return Screen("filter", {}, (*pairs, (Button("filter", "close", word="back"),)))


def _narrowed(desk: Desk) -> str:
    """What the list is narrowed to, in words."""
    view, caption = desk.place.view, desk.world.caption
    blocks = desk.regulation.blocks
    parts = [blocks[view["f_block"]].title] if view.get("f_block") in blocks else []
    parts += [caption(f"{name}_{view[f'f_{name}']}") for name in ("level", "form") if view.get(f"f_{name}")]
    month = dict(recommend.months_ahead(desk.today)).get(view.get("f_month", ""), "")
    return ", ".join([*parts, month] if month else parts)


def open_filter(desk: Desk, arg: str) -> Remark | None:
    """Open the filter, one of its parts, or close it."""
    desk.go(desk.place.seen(menu="" if arg == "close" else arg or "1"))
    return None


def narrow(desk: Desk, value: str) -> Remark | None:
    """Set the open part of the filter."""
    name = desk.place.view.get("menu", "")
    if name in FILTERS and _known(desk, name, value):
        desk.go(desk.place.seen(**{f"f_{name}": value, "menu": "", "page": ""}))
    return None


def _known(desk: Desk, name: str, value: str) -> bool:
    known = {
        "block": desk.regulation.blocks,
        "level": LEVELS,
        "form": FORMS,
        "month": dict(recommend.months_ahead(desk.today)),
    }
    return value in known[name]


def everything(desk: Desk, _: str) -> Remark | None:
    """Drop search and filter."""
    cleared = {f"f_{name}": "" for name in FILTERS}
    desk.go(desk.place.seen(q="", menu="", page="", **cleared))
    return None
