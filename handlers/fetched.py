"""What a file that was sent leads to: verb of a `Fetch` → what it does with the rows, once they were read."""

from collections.abc import Callable, Mapping

from bot.iom.workbook import Row, TableError
from handlers import people_file
from handlers.desk import Desk

# True when the person still looks at this file, so that the outcome is to be shown.
FetchAct = Callable[[Desk, int, tuple[Row, ...] | TableError], bool]

FETCHED: Mapping[str, FetchAct] = {"people": people_file.fetched}
