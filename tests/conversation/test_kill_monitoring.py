"""Interim monitoring with a bot that dies at every word: each answer is kept once, nothing is sent twice."""

from pathlib import Path

import pytest

from bot.iom.checkpoint import Interim
from tests.conversation.given_life import planned_notices
from tests.conversation.given_monitoring import answers, asks, checkpoints, watched
from tests.conversation.test_kill_points import Dying
from tests.databases import Databases
from tests.processes import asleep, rebuilt


@pytest.mark.parametrize("said", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_a_bot_that_dies_between_the_answers_keeps_them_all_once(
    databases: Databases, tmp_path: Path, said: bool
) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as play:
        async with rebuilt(play):
            life, by = await watched(play, "methodist")
            await asks(play, life)
        async with rebuilt(play, speaker=lambda speaker: Dying(speaker, play.app.voice, said=said)):
            await answers(life, "Пока нет", "Болела", "С чего начать?", "Уже есть")
        async with rebuilt(play, speaker=lambda speaker: Dying(speaker, play.app.voice, said=said)):
            await life.teacher.says("Пропустить")
            await life.teacher.settled()
            await life.teacher.presses("Отправить")
            await life.teacher.settled()
        course, lesson, article = life.lines
        (one,) = await checkpoints(life)
        assert {said.entry_id: said for said in one.answers} == {
            article: Interim(article, "not_yet", "", "Болела", "yes", "С чего начать?"),
            course: Interim(course, "have"),
            lesson: Interim(lesson, ""),
        }
        assert [asked.text for asked in (await life.journey()).inquiries] == ["С чего начать?"]
        assert await planned_notices(play, by["methodist"]) == [("monitoring_given", "waiting")]
        assert [kind for kind, _ in await planned_notices(play, by["mentor"])] == ["asked"]
