"""A file asked for, or read, once more: the place changes, so the screen is new and its file goes with it."""

from bot.speech.screen import Remark
from handlers.desk import Desk


def send(desk: Desk, _: str) -> Remark | None:
    """Send the file of this room with its screen."""
    desk.go(desk.place.seen(file="1", times=_again(desk)))
    return None


def read(desk: Desk, _: str) -> Remark | None:
    """Read it once more: the first attempt may have been lost on the way."""
    desk.go(desk.place.seen(times=_again(desk)))
    return None


def _again(desk: Desk) -> str:
    return str(int(desk.place.view.get("times", "0")) + 1)
