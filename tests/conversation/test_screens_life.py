"""Screens of a plan that is carried out fit, and every button is understood by its room."""

import re
from collections.abc import Awaitable, Callable

import pytest

from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told
from bot.speech.screen import Button
from handlers.fact_presses import FACT_PRESSES
from handlers.house import HOUSE
from tests.conversation import screens_monitoring
from tests.conversation.given import ONE_LOOP
from tests.conversation.screens_life import ROOMS, Drawn, drawn_life
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
LATE = 36**7


@pytest.mark.parametrize(
    ("draw", "rooms"), [(drawn_life, ROOMS), (screens_monitoring.drawn_monitoring, screens_monitoring.ROOMS)]
)
async def test_every_screen_is_short_and_understood(
    sqlite_play: Play, draw: Callable[[Play], Awaitable[Drawn]], rooms: frozenset[str]
) -> None:
    speaker = sqlite_play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    drawn = await draw(sqlite_play)
    assert {place.name for place, _ in drawn} >= rooms
    for place, screen in drawn:
        text = re.sub(r"<[^>]+>", "", speaker.rendered(Told(1, 1, LATE, screen)))
        # The longest words there are may take more, never more than a screen and a half.
        assert 0 < utf16(text) <= 900, (place, utf16(text), text)
        assert "\n\n\n" not in text, (place, text)
        keyboard = speaker.keyboard(screen, LATE)
        buttons = [button for row in screen.rows for button in row]
        for button in buttons:
            known = HOUSE[place.name].pressed if isinstance(button, Button) else FACT_PRESSES
            assert button.verb in known, (place, button)
        data = [b.callback_data for row in (keyboard.inline_keyboard if keyboard else []) for b in row]
        assert len(data) == len(set(data)), place
        assert buttons or screen.text == "notice_answer", place
