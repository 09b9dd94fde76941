"""Screens of lists by file, of an event's life and of what is shared fit, and every button is understood."""

import re

from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told
from bot.speech.screen import Button
from handlers.fact_presses import FACT_PRESSES
from handlers.house import HOUSE
from tests.conversation.given import ONE_LOOP
from tests.conversation.screens_bringing import ROOMS, drawn_bringing
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
LATE = 36**7
OUT = {"back", "menu", "cancel", "list"}


async def test_every_screen_is_short_and_understood(sqlite_play: Play) -> None:
    speaker = sqlite_play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    found = await drawn_bringing(sqlite_play)
    assert {place.name for place, _ in found} >= ROOMS
    for place, screen in found:
        text = re.sub(r"<[^>]+>", "", speaker.rendered(Told(1, 1, LATE, screen)))
        plain = re.sub(r"https://\S+|Щ+", "", text)
        assert 0 < utf16(text) <= 4096, (place, text)
        assert len(plain) <= 600, (place, text)
        assert "\n\n\n" not in text, (place, text)
        keyboard = speaker.keyboard(screen, LATE)
        buttons = [button for row in screen.rows for button in row]
        for button in buttons:
            known = HOUSE[place.name].pressed if isinstance(button, Button) else FACT_PRESSES
            assert button.verb in known, (place, button)
        assert place.name in {"home", "queue"} or {button.verb for button in buttons} & OUT, place
        data = [b.callback_data or "" for row in (keyboard.inline_keyboard if keyboard else []) for b in row]
        assert len(data) == len(set(data)), place
        assert all(len(one.encode()) <= 64 for one in data), place
