"""What a digest sends on a tap: the lists as a table, a picture of the states, the report of the year."""

from collections.abc import Mapping

from bot.documents import chart, xlsx
from bot.documents.chart import Bar
from bot.iom.facts import State
from bot.iom.figures import Tally, percent, summed
from bot.iom.workbook import Cell, Sheet
from bot.speech.screen import CardFile, MadeFile
from handlers import year_report
from handlers.overseeing import Sight
from storage import behind, figures
from storage.behind import Behind

HIDDEN = "hidden_figure"  # the caption of a cell that is about too few people
FIGURES = ("people", "approved", "diagnosed", "done", "overdue", "coming", "silent", "unpaired")


def table(sight: Sight) -> MadeFile:
    """Figures on one sheet, on the other people at a school, organisations above it; text is never a
    formula."""
    sheets = (_figures(sight), _organisations(sight) if sight.above else _people(sight))
    return MadeFile(lambda _: xlsx.write(sheets), "digest.xlsx")


def _figures(sight: Sight) -> Sheet:
    caption, total = sight.desk.world.caption, sight.totals
    rows = [(caption(f"list_{name}"), *_told(name, total[name])) for name in total if name != "states"]
    header = ("column_figure", "column_number", "column_of")
    return Sheet(caption("sheet_figures"), tuple(map(caption, header)), tuple(rows))


def _told(name: str, tally: Tally) -> tuple[Cell, Cell]:
    if name == "done":
        return tally.number, tally.total
    if name in {"meetings", "studied"}:
        return tally.number + tally.total, ""
    return tally.rows, ""


def _organisations(sight: Sight) -> Sheet:
    caption, counted = sight.desk.world.caption, sight.figures
    rows = []
    for id_, title in sight.titles.items():
        shown = id_ not in sight.hidden
        told = [_cell(name, counted[name].get(id_, Tally())) for name in FIGURES]
        rows.append((title, *(told if shown else [caption(HIDDEN)] * len(FIGURES))))
    header = (caption("column_organisation"), *(caption(f"list_{name}") for name in FIGURES))
    return Sheet(caption("sheet_organisations"), header, tuple(rows))


def _cell(name: str, tally: Tally) -> Cell:
    return f"{tally.number:g}/{tally.total:g}" if name == "done" else tally.rows


def _people(sight: Sight) -> Sheet:
    """A row a route: its state, since when, what is late, done of due, hours."""
    every = {name: _by_route(sight, name) for name in ("overdue", "done", "studied", "meetings", "silent")}
    caption, zone = sight.desk.world.caption, sight.desk.zone
    rows = []
    for one in behind.page(sight.desk.conn, sight.terms, "states", limit=None):
        here = {name: rows_of.get(one.route_id) for name, rows_of in every.items()}
        done, studied, met = here["done"], here["studied"], here["meetings"]
        rows.append(
            (
                one.name,
                caption(f"state_{one.text}"),
                one.since.astimezone(zone).date() if one.since else "",
                here["overdue"].number if here["overdue"] else 0,
                done.number if done else 0,
                done.total if done else 0,
                (studied.number if studied else 0) + (met.number + met.total if met else 0),
                caption("list_silent") if here["silent"] else "",
            )
        )
    header = ("name", "state", "since", "overdue", "done", "due", "hours", "silent")
    return Sheet(caption("sheet_people"), tuple(caption(f"column_{one}") for one in header), tuple(rows))


def _by_route(sight: Sight, name: str) -> Mapping[int, Behind]:
    rows = behind.page(sight.desk.conn, sight.terms, name, limit=None)
    return {one.route_id: one for one in rows}


def states(sight: Sight) -> MadeFile:
    """Bars of the routes in each state."""
    caption = sight.desk.world.caption
    counted = figures.by_text(sight.desk.conn, sight.terms, "states")
    rows = {state: summed(counted[state].values()).rows for state in State if state in counted}
    total = sum(rows.values())
    bars = tuple(
        Bar(caption(f"state_{state}"), number / total, f"{number} ({percent(number, total)} %)")
        for state, number in rows.items()
    )
    title = f"{caption('chart_states')} – {sight.organisation.title}"
    return MadeFile(lambda _: chart.bars(title, bars), "states.png", photo=True)


def report(sight: Sight) -> CardFile:
    """«Аналитический отчёт» of the school year (I16)."""
    return CardFile(year_report.document(sight), "docx", "report.docx")
