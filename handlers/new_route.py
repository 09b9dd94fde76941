"""A new route after one that is over: what is known is carried, and the points of growth still open."""

from bot.iom.dynamics import open_points
from bot.iom.facts import AddEntry, State
from bot.iom.interview import next_of_draft
from bot.speech.screen import Remark
from handlers import start
from handlers.cases import own
from handlers.desk import Desk
from handlers.place import Place, ask

OVER = frozenset({State.COMPLETED, State.ARCHIVED})


def begin(desk: Desk, _: str) -> Remark | None:
    """Begin it under the same regulation, or the one her organisation has decided since."""
    if desk.route is None or desk.facts.state not in OVER:
        return Remark("life_refused", {"reason": "not_now"})
    rows = _open_rows(desk)
    slug = start.bound_slug(desk) or desk.facts.slug
    if slug not in desk.world.shelf.volumes:
        return Remark("out_of_date")
    start.begin(desk, slug)
    blocks = desk.regulation.blocks
    kept = [row for row in rows if row.answers.get("growth_point") in blocks]
    if kept:
        desk.keep(kept)
        step = next_of_draft(desk.regulation, desk.facts)
        desk.go(ask(step, "draft") if step else Place("draft_ready"))
    return Remark("new_route_begun", {"points": len(kept)})


def _open_rows(desk: Desk) -> list[AddEntry]:
    """The points of growth that nothing shows closed, with what was said of them at the beginning."""
    case = own(desk)
    keys = [q.key for q in case.regulation.fields("growth") if q.when != "finish"]
    left = open_points(case.regulation, case.facts, case.journey)
    return [
        AddEntry("growth", {key: said for key in keys if (said := case.facts.value(key, row)) is not None})
        for row in left
    ]
