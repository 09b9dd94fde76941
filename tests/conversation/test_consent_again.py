"""Consent is to a text: another text is asked about again; before consent nothing is stored."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.desk import World
from tests.conversation.given import bring, newcomer, of_hers, school, stored
from tests.databases import Databases
from tests.processes import asleep, rebuilt
from tests.stage import Play


@pytest.fixture
async def play(databases: Databases, tmp_path: Path) -> AsyncIterator[Play]:
    """Everything but a running bot."""
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as sleeping:
        yield sleeping


def of_another_text(world: World) -> World:
    """The same world after the text of consent was changed."""
    return replace(world, consent_digest="f" * 64)


async def test_another_text_is_asked_about_again(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    async with rebuilt(play, world=of_another_text):
        await anna.says("учитель")
        await anna.sees("Вы согласны")
        await anna.presses("Согласен")
        await anna.sees("согласие записано")
        await anna.settled()


@pytest.mark.parametrize("word", ["/cancel", "/start", "/menu"])
async def test_a_school_decides_nothing_before_consent(play: Play, word: str) -> None:
    vera = newcomer(play, "Вера")
    await school(play, vera, slug="stavropol", region="Ставропольский край")
    async with rebuilt(play):
        await vera.says(word)
        await vera.settled()
        if word == "/menu":
            await vera.presses("На главную")
        await vera.sees("Вы согласны")
        await vera.settled()
    assert "route" not in await stored(play, lambda conn: of_hers(conn, vera))
