"""A teacher and her companion: the introduction, the second consent, taking it back, handing over."""

from hashlib import sha256

import pytest

from bot.iom.people import Consent
from bot.phone.person import Person
from bot.speech.presses import pack_fact
from handlers.place import Place
from storage import consents, pairings, routes, viewings
from tests.conversation.given import ONE_LOOP, facts_of, here, id_of, newcomer, puts, stored, texts
from tests.conversation.given_roles import School, helper, invites, joins, paired, rainbow, teacher
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def pairs_of(play: Play, person: Person, *, ended: bool = False) -> list[pairings.Pairing]:
    """Her companions, as committed."""
    return list(await stored(play, lambda conn: pairings.of_teacher(conn, id_of(conn, person), ended=ended)))


async def met(play: Play) -> tuple[School, Person, Person]:
    """Anna and Boris, introduced by Galina."""
    where = await rainbow(play)
    anna = await teacher(play, where)
    boris = await helper(play, where, "mentor", "Борис", "Громов Борис")
    galina = where.galina
    await puts(play, galina, Place("pairing", row=where.organisation.id))
    await galina.sees("без пары: 1")
    await galina.presses("＋ Светлова Анна")
    await galina.presses("Назначить")
    await galina.presses("Громов Борис")
    await galina.sees("теперь пара")
    return where, anna, boris


async def test_both_are_introduced_and_the_teacher_is_asked(sqlite_play: Play) -> None:
    _, anna, boris = await met(sqlite_play)
    asked = await anna.sees("Знакомьтесь: Громов Борис")
    assert "тьютор" in asked.text
    await boris.sees("Знакомьтесь: Светлова Анна")
    await anna.presses("Открыть карту")
    await anna.sees("Доступ открыт")
    await boris.sees("карта открыта для вас")
    assert [pair.open for pair in await pairs_of(sqlite_play, anna)] == [True]
    words = sqlite_play.app.words
    digest = sha256(words.text("access_whole", {"operator": "Школа «Проба»"}).encode()).hexdigest()
    given = await stored(sqlite_play, lambda conn: consents.current(conn, id_of(conn, anna), "tutor"))
    assert given == Consent("tutor", words.caption("companion_version"), digest, sqlite_play.clock.now())


async def test_not_now_leaves_it_closed_and_the_whole_text_can_be_read(sqlite_play: Play) -> None:
    where, anna, boris = await met(sqlite_play)
    await anna.sees("Знакомьтесь: Громов Борис")
    await anna.presses("Прочитать")
    await anna.sees("Согласие на доступ сопровождающего")
    await anna.presses("Не сейчас")
    await anna.sees("Хорошо, карта закрыта")
    assert [pair.open for pair in await pairs_of(sqlite_play, anna)] == [False]
    assert await stored(sqlite_play, lambda conn: consents.current(conn, id_of(conn, anna), "tutor")) is None
    facts = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, boris, Place("case", row=facts.route_id, back=Place("queue")))
    await boris.settled()
    assert "Карта файлом" not in texts(boris)
    assert where.galina.id


async def test_taking_access_back_ends_the_view_at_once(sqlite_play: Play) -> None:
    _, anna, boris = await met(sqlite_play)
    await anna.presses("Открыть карту")
    await anna.sees("Доступ открыт")
    facts = await facts_of(sqlite_play, anna)
    await boris.sees("карта открыта для вас")
    await puts(sqlite_play, boris, Place("case", row=facts.route_id, back=Place("queue")))
    await boris.sees_button("Карта файлом")
    await boris.presses("Карта файлом")
    await boris.sees_document()
    await anna.says("/menu")
    await anna.presses("Кто мне помогает")
    await anna.presses("Кто смотрел мою карту")
    await anna.sees("Громов Борис")
    await anna.presses("Назад")
    await anna.presses("Громов Борис · карта открыта")
    await anna.presses("Закрыть доступ")
    await anna.sees("Доступ закрыт")
    assert [pair.open for pair in await pairs_of(sqlite_play, anna)] == [False]
    assert await stored(sqlite_play, lambda conn: consents.current(conn, id_of(conn, anna), "tutor")) is None
    before = len(boris.documents)
    await boris.presses("Карта файлом")
    await boris.settled()
    assert len(boris.documents) == before
    assert "Карта файлом" not in texts(boris)
    seen = await stored(sqlite_play, lambda conn: viewings.of_route(conn, facts.route_id))
    assert [(one.role, one.name) for one in seen] == [("mentor", "Громов Борис")]


async def test_nobody_opens_the_card_of_another(sqlite_play: Play) -> None:
    where, anna, _ = await met(sqlite_play)
    vera = await teacher(sqlite_play, where, "Весна Вера")
    (pair,) = await pairs_of(sqlite_play, anna)
    await puts(sqlite_play, vera, Place("companion", row=pair.id))
    await vera.sees("первый вопрос карты")
    await vera.presses(data=pack_fact("open_access", pair.id, 0), stale=True)

    await vera.settled()
    assert [one.open for one in await pairs_of(sqlite_play, anna)] == [False]


async def test_reflections_are_shown_and_hidden(sqlite_play: Play) -> None:
    _, anna, _ = await met(sqlite_play)
    await anna.says("/menu")
    await anna.presses("Кто мне помогает")
    await anna.presses("Показывать рефлексию")
    await anna.sees("видна тем, кому карта открыта")
    assert (await facts_of(sqlite_play, anna)).shares_reflections
    await anna.presses("Не показывать рефлексию")
    await anna.sees("видна только вам")
    assert not (await facts_of(sqlite_play, anna)).shares_reflections


async def test_handing_over_keeps_history_and_asks_again(sqlite_play: Play) -> None:
    where, anna, boris = await met(sqlite_play)
    await anna.presses("Открыть карту")
    await anna.sees("Доступ открыт")
    vera = await helper(sqlite_play, where, "mentor", "Вера", "Весна Вера")
    await where.galina.presses("Передать другому")
    await where.galina.presses("Весна Вера")
    await where.galina.sees("теперь пара")
    await vera.sees("Знакомьтесь: Светлова Анна")
    await anna.sees("Знакомьтесь: Весна Вера")
    every = await pairs_of(sqlite_play, anna, ended=True)
    assert [(one.companion, one.ended_at is not None, one.open) for one in every] == [
        ("Громов Борис", True, False),
        ("Весна Вера", False, False),
    ]
    facts = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, boris, Place("case", row=facts.route_id, back=Place("queue")))
    await boris.sees("Вас никто не ждёт")


async def test_a_pair_is_ended_in_two_steps(sqlite_play: Play) -> None:
    where, anna, _ = await met(sqlite_play)
    await where.galina.presses("Закончить пару")
    await where.galina.sees("Закончить эту пару?")
    await where.galina.presses("Закончить пару")
    await where.galina.sees("Пара закончена")
    assert await pairs_of(sqlite_play, anna) == []


async def test_a_coordinator_of_another_school_pairs_nobody(sqlite_play: Play) -> None:
    where, anna, _ = await met(sqlite_play)
    other = await rainbow(sqlite_play)
    vera = other.galina
    for place in (
        Place("pairing", row=where.organisation.id),
        Place("pairing_one", row=where.organisation.id, parent=1),
        Place("door", row=where.organisation.id),
    ):
        await puts(sqlite_play, vera, place)
        await vera.settled()
        assert "Светлова" not in here(vera).text
    assert len(await pairs_of(sqlite_play, anna)) == 1


async def test_a_teacher_who_thinks_is_not_introduced_until_she_takes_part(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    boris = await helper(sqlite_play, where, "mentor", "Борис", "Громов Борис")
    token, _ = await invites(sqlite_play, where, "teacher", name="Светлова Анна")
    anna = newcomer(sqlite_play)
    await sqlite_play.app.database.write(
        lambda conn: joins(conn, sqlite_play, anna, where.organisation, "expert")
    )
    await anna.start(token)
    await anna.presses("Подумаю")
    await anna.sees("подумайте")
    await paired(sqlite_play, where, anna, boris)
    boris.never_sees("Светлова")
    await anna.presses("Участвую")
    await anna.sees("Знакомьтесь: Громов Борис")
    await boris.sees("Знакомьтесь: Светлова Анна")


@pytest.mark.parametrize("keeps", [False])
async def test_where_no_names_are_kept_people_are_codes(sqlite_play: Play, keeps: bool) -> None:
    where = await rainbow(sqlite_play, keeps_names=keeps)
    anna = await teacher(sqlite_play, where)
    boris = await helper(sqlite_play, where, "mentor", "Борис", "Громов Борис")
    await puts(sqlite_play, where.galina, Place("pairing", row=where.organisation.id))
    await where.galina.presses("＋ П-")
    await where.galina.presses("Назначить")
    await where.galina.presses("П-")
    await where.galina.sees("теперь пара")
    await anna.sees("Знакомьтесь: П-")
    await boris.sees("Знакомьтесь: П-")
    for person in (anna, boris, where.galina):
        person.never_sees("Светлова")
        person.never_sees("Громов")
    assert (await stored(sqlite_play, lambda conn: routes.current(conn, id_of(conn, anna)))) is not None
