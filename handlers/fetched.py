"""What a file that was sent leads to: verb of a `Fetch` → what it does with the rows, once they were read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.speech.screen import Read
from handlers import import_file, people_file
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Done:
    """What a unit of work did with its part of a file. `shown`: the person still looks at this file, so that
    it is to be shown; `following`: where the next part begins, 0 when it was the last."""

    shown: bool
    following: int = 0


# The desk, the id of the Fetch, what was read, where this part begins.
FetchAct = Callable[[Desk, int, Read, int], Done]


def _people(desk: Desk, batch_id: int, found: Read, _: int) -> Done:
    return Done(people_file.fetched(desk, batch_id, found))


FETCHED: Mapping[str, FetchAct] = {
    "people": _people,
    "import": lambda desk, id_, found, start: Done(*import_file.looked(desk, id_, found, start)),
    "import_write": lambda desk, id_, found, start: Done(*import_file.written(desk, id_, found, start)),
}
