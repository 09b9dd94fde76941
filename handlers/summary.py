"""The card in chat by sections, «исправить» beside each line, gaps that lead to their question."""

from bot.iom import interview, summary
from bot.iom.interview import Step
from bot.iom.regulation import Kind
from bot.iom.summary import Gap, Line
from bot.speech.screen import Button, Remark, Screen
from handlers import rows
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number

PAGE = 6
VALUE = 120  # characters of an answer shown in a list

Row = tuple[Button, ...]


def show(desk: Desk) -> Screen:
    """Sections with how much is filled; a section's lines when it is open."""
    key = desk.place.key
    if key == "gaps":
        return _show_gaps(desk)
    if key:
        return _show_section(desk)
    sections = [(s.key, s.title, *_filled(desk, s.key)) for s in desk.regulation.section]
    shown = [one for one in sections if one[3]]
    buttons = [Button("section", key, label=f"{title} {full}/{whole}") for key, title, full, whole in shown]
    pairs: list[Row] = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    found = summary.gaps(desk.regulation, desk.facts)
    values = {"gaps": len(found), "must": sum(gap.must for gap in found)}
    gap_row: tuple[Row, ...] = ((Button("section", "gaps", word="gaps"),),) if found else ()
    return Screen("summary", values, (*pairs, *gap_row, (Button("to_card"), Button("home"))))


def _filled(desk: Desk, section: str) -> tuple[int, int]:
    lines = summary.lines(desk.regulation, desk.facts, section)
    return sum(bool(line.value) for line in lines), len(lines)


def _page(desk: Desk, length: int) -> int:
    start = number(desk.place.view.get("page", "0"))
    return start if start < length else 0


def _show_section(desk: Desk) -> Screen:
    lines = summary.lines(desk.regulation, desk.facts, desk.place.key)
    start = _page(desk, len(lines))
    shown = lines[start : start + PAGE]
    title = desk.regulation.sections[desk.place.key].title
    buttons: list[Row] = [(Button("fix", _arg(line.step), label=_fix_label(line)),) for line in shown]
    values = {"title": title, "lines": [(line.title, _cut(line.value), line.pen) for line in shown]}
    return Screen("section", values, (*buttons, *_turning(start, len(lines))))


def _fix_label(line: Line) -> str:
    return line.title


def _cut(text: str) -> str:
    return text if len(text) <= VALUE else text[: VALUE - 1] + "…"


def _turning(start: int, length: int) -> tuple[Row, ...]:
    following = start + PAGE if start + PAGE < length else 0
    pages = (Button("more", str(following)),) if length > PAGE else ()
    return ((*pages, Button("sections_list", word="back"), Button("home")),)


def _show_gaps(desk: Desk) -> Screen:
    found = summary.gaps(desk.regulation, desk.facts)
    start = _page(desk, len(found))
    shown = found[start : start + PAGE]
    buttons: list[Row] = [(Button("fix", _arg(gap.step), label=_gap_label(gap)),) for gap in shown]
    return Screen("gaps", {"count": len(found), "gaps": shown}, (*buttons, *_turning(start, len(found))))


def _gap_label(gap: Gap) -> str:
    return f"{gap.title}: {gap.about}" if gap.about else gap.title


def _arg(step: Step) -> str:
    return f"{step.key}.{step.row}.{step.parent}"


def _step(arg: str) -> Step:
    key, _, ids = arg.partition(".")
    row, _, parent = ids.partition(".")
    return Step(key, number(row), number(parent))


def open_section(desk: Desk, key: str) -> Remark | None:
    """Open a section or the list of gaps."""
    if key == "gaps" or key in desk.regulation.sections:
        desk.go(Place("summary", key))
    return None


def fix(desk: Desk, arg: str) -> Remark | None:
    """Ask the line again, then come back here."""
    step = _step(arg)
    if step in interview.steps(desk.regulation, desk.facts):  # what a line or a gap may name, no more
        desk.go(ask(step, "fix", desk.place))
    return None


def exists(desk: Desk) -> bool:
    """Whether the open section is one of this regulation."""
    return desk.place.key in {"", "gaps"} or desk.place.key in desk.regulation.sections


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def to_sections(desk: Desk, _: str) -> Remark | None:
    """Back to the list of sections."""
    desk.go(Place("summary"))
    return None


def home(desk: Desk, _: str) -> Remark | None:
    """Back home."""
    desk.go(Place("home"))
    return None


def to_card(desk: Desk, _: str) -> Remark | None:
    """The printed card."""
    desk.go(Place("card"))
    return None


def show_sections(desk: Desk) -> Screen:
    """Sections in any order, with how many questions and minutes are left in each."""
    left = [(s, interview.remaining(desk.regulation, desk.facts, s.key)) for s in desk.regulation.section]
    open_ones = [(section, steps) for section, steps in left if steps]
    buttons: list[Row] = [
        (Button("enter", section.key, label=f"{section.title} · {len(steps)}"),)
        for section, steps in open_ones
    ]
    lists = [q for q in desk.regulation.question if q.kind is Kind.ROWS and interview.asked(desk.facts, q)]
    points = (Button("rows", "growth", word="points"), Button("rows", "tasks", word="tasks"))
    values = {
        "left": sum(len(steps) for _, steps in open_ones),
        "minutes": _minutes(desk),
        "lists": len(lists),
    }
    return Screen("sections", values, (*buttons, points, (Button("home"),)))


def _minutes(desk: Desk) -> int:
    return interview.minutes_left(desk.regulation, desk.facts)


def enter(desk: Desk, key: str) -> Remark | None:
    """Ask a section's open questions one after another."""
    left = interview.remaining(desk.regulation, desk.facts, key) if key in desk.regulation.sections else ()
    if left:
        desk.go(ask(left[0], f"section:{key}"))
    return None


def open_rows(desk: Desk, table: str) -> Remark | None:
    """The list of a table: points of growth, tasks."""
    if table in desk.regulation.tables:
        desk.go(Place("rows", table, back=Place("sections")))
    return None


def show_rows(desk: Desk) -> Screen:
    """Rows of one table outside a question."""
    values, buttons = rows.look(desk, desk.place.key)
    return Screen("rows", values, tuple(buttons))


ROOMS = {
    "summary": Room(
        show,
        None,
        {
            "section": open_section,
            "fix": fix,
            "more": more,
            "sections_list": to_sections,
            "home": home,
            "to_card": to_card,
        },
        needs_route=True,
        exists=exists,
    ),
    "sections": Room(
        show_sections, None, {"enter": enter, "rows": open_rows, "home": home}, needs_route=True
    ),
    "rows": Room(
        show_rows,
        None,
        {"add": rows.add, "row": rows.open_row, "more": more, "done": rows.back},
        needs_route=True,
        exists=lambda desk: desk.place.key in desk.regulation.tables,
    ),
}
