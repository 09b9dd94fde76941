"""Every screen of a digest renders, fits a phone and is understood by its room."""

import re

from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told, printed
from handlers.house import HOUSE
from tests.conversation.given import ONE_LOOP
from tests.conversation.screens_digest import LONG, drawn_digest
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

LATE = 36**7
SHORT = 600
LISTS = {"digest_list", "deficits", "pupils"}  # eight rows of whatever length, or read now and then


async def test_every_screen_fits_and_its_papers_are_printed(sqlite_play: Play) -> None:
    speaker = sqlite_play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    papers = 0
    for place, screen in await drawn_digest(sqlite_play):
        text = re.sub(r"<[^>]+>", "", speaker.rendered(Told(1, 1, LATE, screen)))
        where = (place, text)
        assert 0 < utf16(text) <= 4096, where
        assert screen.text in LISTS or len(text.replace(LONG, "")) <= SHORT, where
        assert "\n\n\n" not in text, where
        keyboard = speaker.keyboard(screen, LATE)
        assert keyboard is not None, where
        data = [button.callback_data or "" for row in keyboard.inline_keyboard for button in row]
        assert all(len(one.encode()) <= 64 for one in data), where
        assert len(data) == len(set(data)), where
        assert len(keyboard.model_dump_json(exclude_none=True).encode()) <= 10_000, where
        if place.name in HOUSE and data[0].startswith("c:"):
            verbs = {button.verb for row in screen.rows for button in row}
            assert verbs <= set(HOUSE[place.name].pressed), where
        if screen.file is not None:
            papers += 1
            assert len(printed(screen.file)) > 1000
    assert papers == 7
