"""The demonstration's lives of both regulations: a whole cast from the invitation to the conclusion."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import docx
import pytest
import pytest_asyncio
from docx.oxml.ns import qn

from bot.demo.cast import Cast
from bot.demo.run import FORMS, life
from bot.iom.facts import State
from bot.phone.person import Person
from storage import journeys
from tests.conversation.given import facts_of, stored
from tests.databases import Databases
from tests.stage import Play, stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRITTEN = {
    "stavropol": (
        "Е. С. Еленина",
        "Д. И. Дмитриев",
        "изменилась рабочая нагрузка",  # the correction
        "мероприятие отменено организатором",  # the refusal
        "№ 180000123456",
        "банк из 40 разноуровневых заданий",  # mended after the remark
        "Выполнено мероприятий: 2 из 3",  # the conclusion
        "Милова Мила Андреевна",
        "выполнено, 22 ноября 2026 г.",  # the final event
    ),
    "ust_ilimsk": (
        "Иванова Инна Игоревна",
        "Павлов Павел Петрович",
        "мероприятие отменено или перенесено организатором",
        "занятие совпало с аттестацией в саду",
        "№ С-17",
        "родительского собрания «Общаемся с ребёнком в игре»",
        "Маршрут пройден: проведены родительские собрания",
        "Рощин Тимур Андреевич",
        "продлён на 2 мес.",
    ),
}

# Words, and the only people on whose phones the bot may ever have shown them.
PRIVATE = {
    "stavropol": {
        "Стала спокойнее давать": {"anna"},  # a reflection
        "Не успеваю проверить понимание": {"anna"},
        "Подойдёт ли конспект": {"anna", "boris"},
        "180000123456": {"anna", "boris", "kira"},  # the curator may confirm (001)
        "сколько заданий будет в банке": {"anna", "boris", "elena", "dmitry"},
        "Светлова": {"galina", "anna", "boris", "kira", "mila", "elena", "dmitry"},
    },
    "ust_ilimsk": {
        "На собрания стали приходить": {"vera"},
        "Трудно начать разговор": {"vera"},
        "показать собрание коллегам в записи": {"vera", "timur"},
        "№ С-17": {"vera", "timur"},
        "Уточните тему": {"vera", "timur", "inna", "pavel"},
        "Лугова": {"zoya", "vera", "timur", "inna", "pavel"},
    },
}


@dataclass(frozen=True)
class Lived:
    """A life that is over."""

    slug: str
    cast: Cast
    play: Play


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=sorted(WRITTEN))
async def lived(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Lived]:
    """The bot with an operator, and everybody at the end of the route."""
    slug: str = request.param
    async with (
        databases.url("sqlite", tmp_path_factory.mktemp("life"), empty=True) as url,
        stage(url) as play,
    ):
        script = life(slug, play.clock.now().date())
        operators = frozenset({script.people[script.operator][1]})
        object.__setattr__(play.app.voice._world, "admins", operators)
        cast = Cast(play.telegram, script, lambda *_: play.clock.passes(seconds=20))
        await cast.live()
        yield Lived(slug, cast, play)


def final(teacher: Person) -> str:
    """Everything the last Word card says."""
    words = [file for file in teacher.documents if file.name.endswith("docx")]
    data = [file.data for file in words if file.name.removeprefix("IOM-")[:-5] not in FORMS][-1]
    body = docx.Document(io.BytesIO(data)).element.body  # the head is a table inside a table
    return "\n".join("".join(node.itertext()) for node in body.iter(qn("w:p")))


async def test_the_route_is_completed_with_everybody_in_it(lived: Lived) -> None:
    facts = await facts_of(lived.play, lived.cast.teacher)
    assert facts.state is State.COMPLETED
    journey = await stored(lived.play, lambda conn: journeys.load(conn, facts.route_id))
    kinds = [one.kind for one in journey.decisions if not one.entry_id and not one.correction_id]
    assert kinds == [
        "sent",
        "returned",
        "sent",
        "agreed",
        "agreed",
        "concluded",
        "agreed",
        "acknowledged",
    ]
    assert len(journey.corrections) == 1
    assert len(journey.hours) == 1
    assert [one.answer != "" for one in journey.inquiries] == [True]


async def test_the_final_card_tells_the_whole_route(lived: Lived) -> None:
    card = final(lived.cast.teacher)
    assert [words for words in WRITTEN[lived.slug] if words not in card] == []


async def test_nobody_was_shown_what_is_not_for_her(lived: Lived) -> None:
    for words, may in PRIVATE[lived.slug].items():
        for key in lived.cast.people.keys() - may:
            lived.cast.people[key].never_sees(words)


async def test_the_transcript_shows_each_persons_phone(lived: Lived) -> None:
    for person in lived.cast.people.values():
        assert f"## {person.user.first_name}: " in lived.cast.chat
