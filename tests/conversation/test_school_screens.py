"""Every screen of a coordinator and of the operator renders, fits a phone, and says where to go."""

import re

from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told
from handlers.house import HOUSE
from tests.conversation.given import ONE_LOOP
from tests.conversation.screens_school import ROOMS, screens
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

LATE = 36**7
SHORT = 600
LISTS = {"setup"}  # with an example, or with the regulations: read once
OUT = {"back", "menu", "home", "keep", "cancel", "again"}


async def test_every_screen_fits_and_leads_somewhere(sqlite_play: Play) -> None:
    speaker = sqlite_play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    shown = await screens(sqlite_play)
    assert {place.name for place, _ in shown} == ROOMS | {"home", "menu"}
    for place, screen in shown:
        text = re.sub(r"<[^>]+>", "", speaker.rendered(Told(1, 1, LATE, screen)))
        keyboard = speaker.keyboard(screen, LATE)
        where = (place, text)
        assert 0 < utf16(text) <= 4096, where
        plain = not place.view and not place.walk and screen.text not in LISTS
        assert not plain or len(re.sub(r"https://\S+|Щ+", "", text)) <= SHORT, where
        assert keyboard is not None, where
        data = [button.callback_data or "" for row in keyboard.inline_keyboard for button in row]
        assert all(len(one.encode()) <= 64 for one in data), where
        assert len(data) == len(set(data)), where
        assert len(keyboard.model_dump_json(exclude_none=True).encode()) <= 10_000, where
        verbs = {button.verb for row in screen.rows for button in row}
        assert verbs <= set(HOUSE[place.name].pressed), where
        assert verbs & OUT, where
        assert "\n\n\n" not in text, where
