"""An event: the school proposes it, the town looks at it, the teacher is offered it."""

import pytest

from bot.iom.people import Organisation
from bot.phone.person import Person
from handlers.place import Place
from storage import events
from tests.conversation.coordinators import coordinator, set_up
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, newcomer, puts, stored, texts
from tests.conversation.test_imports import teaches
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S = "stavropol"
ASKED = {"title": "Курс", "block": "ict", "form": "online", "education": "formal"}


async def town_and_school(play: Play) -> tuple[Person, Organisation, Person, Organisation]:
    """Marina coordinates a town, Galina a school in it."""
    marina, town = await coordinator(play, "Город Приозёрск", newcomer(play, "Марина"), kind="municipality")
    town = await set_up(play, marina, town, slug=S)
    galina, school = await coordinator(play, "Школа № 7", parent_id=town.id)
    school = await set_up(play, galina, school, slug=S)
    return marina, town, galina, school


async def proposes(galina: Person, title: str) -> None:
    """Six questions from her list of events."""
    await galina.presses("Предложить одно")
    await galina.says(title)
    await galina.presses("Методические")
    await galina.presses("Очно")
    await galina.presses("Неформальное")
    await galina.says("12.04.2027 – 14.04.2027")
    await galina.presses("Пропустить")
    await galina.sees("Отправить на проверку?")
    await galina.presses("Отправить")
    await galina.sees(f"«{title}» – на проверке.")


async def states(play: Play, school: Organisation) -> dict[str, str]:
    every = await stored(play, events.every)
    return {one.title: one.state for one in every if one.proposer == school.id}


async def test_six_questions_then_the_town_publishes_and_the_teacher_is_offered_it(sqlite_play: Play) -> None:
    marina, town, galina, school = await town_and_school(sqlite_play)
    await galina.presses("Мероприятия")
    await galina.sees("Пока ни одного")
    await proposes(galina, "Мастерская вопросов")
    anna = newcomer(sqlite_play)
    await teaches(sqlite_play, anna, school)
    await bring(sqlite_play, S, "events", person=anna, growth_point="методика урока")
    await anna.says("Мастерская вопросов")
    await anna.sees("Ищу:")
    assert "＋ Мастерская вопросов" not in texts(anna)

    await puts(sqlite_play, marina, Place("school", row=town.id))
    await marina.presses("Ждёт меня (1)")
    await marina.presses("Школа № 7 · мероприятия")
    await marina.sees("Школа № 7: на проверке 1")
    await marina.presses("Мастерская вопросов")
    shown = await marina.sees("12.04.2027 – 14.04.2027")
    assert "Школа № 7" in shown.text
    assert "Компетенции: Методические." in shown.text
    await marina.presses("Опубликовать и рекомендовать")
    await marina.sees("✓ Опубликовано: 1.")
    await puts(sqlite_play, anna, (await place_of_events(sqlite_play, anna)))
    await anna.says("Мастерская вопросов")
    await anna.sees("рекомендовано муниципалитетом")
    await anna.presses("＋ Мастерская вопросов")
    await anna.sees("Выбрано: 1")

    await puts(sqlite_play, galina, Place("events", row=school.id))
    await galina.presses("опубликовано · Мастерская вопросов")
    await galina.presses("Снять с публикации")
    await galina.sees("в планах, где оно уже есть, останется")
    await galina.presses("Да, снять")
    await galina.sees("Снято: 1.")
    await puts(sqlite_play, anna, (await place_of_events(sqlite_play, anna)))
    await anna.sees_button("✓ Мастерская вопросов")
    await anna.presses("✓ Мастерская вопросов")
    await anna.settled()
    assert "✓ Мастерская вопросов" not in texts(anna)


async def place_of_events(play: Play, anna: Person) -> Place:
    facts = await facts_of(play, anna)
    return Place("ask", "events", facts.rows("growth")[0].id, walk="fix")


async def test_the_town_publishes_everything_at_once_or_sends_one_away(sqlite_play: Play) -> None:
    marina, _, galina, school = await town_and_school(sqlite_play)
    for title in ("Первое дело", "Второе дело", "Третье дело"):
        await puts(sqlite_play, galina, Place("events", row=school.id))
        await proposes(galina, title)
    await puts(sqlite_play, marina, Place("moderation", row=school.id, back=Place("queue")))
    await marina.presses("Первое дело")
    await marina.presses("Отклонить")
    await marina.sees("на проверке 2")
    await marina.presses("Опубликовать все (2)")
    await marina.sees("Опубликовать все 2 как есть?")
    await marina.presses("Да, опубликовать")
    await marina.sees("✓ Опубликовано: 2.")
    await marina.sees("Вас никто не ждёт")
    assert await states(sqlite_play, school) == {
        "Первое дело": "declined",
        "Второе дело": "published",
        "Третье дело": "published",
    }
    await puts(sqlite_play, galina, Place("events", row=school.id))
    await galina.presses("отклонено · Первое дело")
    await galina.sees("Можно исправить и предложить снова.")


async def test_the_same_event_twice_is_said_to_be_known(sqlite_play: Play) -> None:
    _, _, galina, school = await town_and_school(sqlite_play)
    await puts(sqlite_play, galina, Place("events", row=school.id))
    await proposes(galina, "Одно и то же")
    view = {"title": "одно и то же", "block": "methodical", "form": "onsite", "education": "nonformal"}
    view |= {"days": "2027-04-12 2027-04-14", "link": "-"}
    view["title"] = "Одно и то же"
    await puts(sqlite_play, galina, Place("propose", row=school.id, view=view))
    await galina.presses("Отправить")
    await galina.sees("уже есть среди ваших мероприятий")
    assert len(await states(sqlite_play, school)) == 1


@pytest.mark.parametrize(
    ("view", "typed", "said"),
    [
        ({}, "ы", "от 3 до 200 знаков"),
        ({"title": "Курс"}, "волшебство", "Выберите кнопкой"),
        ({"title": "Курс", "block": "ict"}, "как-нибудь", "Выберите кнопкой"),
        (
            {"title": "Курс", "block": "ict", "form": "online", "education": "formal"},
            "когда-то",
            "Не понимаю срок",
        ),
        (
            {"title": "Курс", "block": "ict", "form": "online", "education": "formal"},
            "12.04.2020",
            "Это уже прошло",
        ),
        (
            {**ASKED, "days": "-"},
            "тут: javascript",
            "Не похоже на адрес",
        ),
    ],
)
async def test_bad_answers_lose_nothing(
    sqlite_play: Play, view: dict[str, str], typed: str, said: str
) -> None:
    galina, school = await coordinator(sqlite_play)
    school = await set_up(sqlite_play, galina, school, slug=S)
    await puts(sqlite_play, galina, Place("propose", row=school.id, view=view))
    await galina.says(typed)
    await galina.sees(said)
    await galina.sees(f"вопрос {len(view) + 1} из 6")


async def test_words_answer_as_well_as_buttons_and_each_step_goes_back(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play, title="Сама по себе школа")
    school = await set_up(sqlite_play, galina, school, slug=S)
    await puts(sqlite_play, galina, Place("events", row=school.id))
    await galina.presses("Предложить одно")
    await galina.presses("Пример")
    await galina.sees("Мастер-класс «Вопрос вместо ответа»")
    for words in ("Курс о чтении", "предметные", "Дистанционно", "курсы", "апрель 2027"):
        await galina.says(words)
    await galina.sees("Есть ссылка на регистрацию?")
    await galina.presses("Назад")
    await galina.sees("Когда?")
    await galina.presses("Без даты")
    await galina.says("https://courses.example.org/x")
    await galina.sees("Опубликовать? Мероприятие сразу увидят")
    await galina.presses("Отправить")
    await galina.sees("«Курс о чтении» опубликовано.")
    assert await states(sqlite_play, school) == {"Курс о чтении": "published"}


async def test_another_town_judges_nothing_here(sqlite_play: Play) -> None:
    _, _, galina, school = await town_and_school(sqlite_play)
    await puts(sqlite_play, galina, Place("events", row=school.id))
    await proposes(galina, "Чужое дело")
    known = next(one for one in await stored(sqlite_play, events.every) if one.title == "Чужое дело")
    nina = newcomer(sqlite_play, "Нина")
    _, other = await coordinator(sqlite_play, "Другой город", nina, kind="municipality")
    await set_up(sqlite_play, nina, other, slug=S)
    for person in (nina, galina):
        for parent in (known.id, 0):
            place = Place("moderation", row=school.id, parent=parent, view={"sure": "1"})
            await puts(sqlite_play, person, place)
            for verb in ("publish", "decline_event", "really_publish_all"):
                await person.presses(data=forged(person, verb), stale=True)
            await person.settled()
    assert await states(sqlite_play, school) == {"Чужое дело": "proposed"}
