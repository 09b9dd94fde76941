"""A room is a place of the conversation: how it looks, what may be typed there, what may be pressed.

Buttons are judged by the room the person is in now and the revision they were shown with, so one table
from room to functions is the whole routing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.speech.screen import Remark, Screen
from handlers.desk import Desk

Show = Callable[[Desk], Screen]
Act = Callable[[Desk, str], Remark | None]


@dataclass(frozen=True, slots=True)
class Room:
    """`show` draws; `typed` takes words; `pressed` takes the argument of a button by its verb; `filed`
    takes the file in `desk.file` with its caption.

    `open` rooms can be entered without consent; `needs_route` ones only when a route was begun; `exists`
    says whether the stored place can still be shown: its question, table or section may be gone.
    """

    show: Show
    typed: Act | None = None
    pressed: Mapping[str, Act] = field(default_factory=dict)
    open: bool = False
    needs_route: bool = False
    exists: Callable[[Desk], bool] = lambda desk: True
    filed: Act | None = None


def number(arg: str) -> int:
    """A row id of a button; 0 for anything else."""
    return int(arg) if arg.isascii() and arg.isdigit() and len(arg) < 19 else 0
