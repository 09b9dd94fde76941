"""The lists behind a digest's numbers, by name: one row is one route, person or thing that is counted.

`storage.figures` counts them by organisation, `storage.behind` reads them page by page, so that a number and
its list can't differ. The names are stored contracts: places of the conversation name them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select

from storage import counted_lines, counted_people, counted_routes, waits
from storage.counting import Terms

LISTS: Mapping[str, Callable[[Terms], Select[Any]]] = {
    "people": counted_routes.everybody,
    "states": counted_routes.states,
    "approved": counted_routes.approved,
    "diagnosed": counted_routes.diagnosed,
    "corrections": counted_routes.corrections,
    "extensions": counted_routes.extensions,
    "concluded": counted_routes.concluded,
    "overdue": counted_lines.overdue,
    "coming": counted_lines.coming,
    "done": counted_lines.done,
    "meetings": counted_lines.meetings,
    "studied": counted_lines.studied,
    "unpaired": counted_people.unpaired,
    "silent": counted_people.silent,
    "unreachable": counted_people.unreachable,
    "lost": counted_people.lost,
    "waits": waits.waiting,
    "monitorings": counted_routes.monitorings,
}
OF_YEAR = ("concluded",)  # said once a year
OF_WEEK = tuple(name for name in LISTS if name not in OF_YEAR)
OF_MENTOR = ("people", "overdue", "coming")  # all that a mentor's own digest has
