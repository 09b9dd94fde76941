"""Typed words that mean a button: its caption, or its number in a list."""

from bot.speech.screen import Button
from handlers.desk import Desk
from handlers.rooms import Room

LONGEST_CAPTION = 200


def meant(desk: Desk, room: Room, text: str) -> Button | None:
    """The button whose words were typed, or whose number in the list; words are always as good as a tap."""
    word = text.strip().casefold()
    if not word or len(word) > LONGEST_CAPTION:
        return None
    screen = room.show(desk)
    buttons = [
        button
        for row in screen.rows
        for button in row
        if isinstance(button, Button) and button.verb in room.pressed
    ]
    for button in buttons:
        label = button.label or desk.world.caption(button.word or button.verb)
        if word == label.lstrip("＋✓ ").casefold():
            return button
    listed = [button for button in buttons if button.verb == "pick"] if screen.values.get("lines") else []
    number = int(word) if word.isascii() and word.isdigit() else 0
    return listed[number - 1] if 0 < number <= len(listed) else None
