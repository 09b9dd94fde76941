"""Choosing events: toggling, pages, filters, a search that forgives, one's own, clashes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.iom.facts import Facts
from bot.phone.person import Person
from handlers.place import Place
from storage import events
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, puts, stored, texts
from tests.regulations.given import given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S, U = "stavropol", "ust_ilimsk"


def next_key(key: str) -> str:
    """The question of the draft after this one."""
    keys = [question.key for question in given(S).question if question.when == "draft"]
    return keys[keys.index(key) + 1]


def next_ask(key: str) -> str:
    return given(S).questions[next_key(key)].ask


def offered(anna: Person) -> list[str]:
    return [text for text in texts(anna) if text.startswith("＋")]


def planned(facts: Facts) -> list[str]:
    return [facts.text("title", entry.id) for entry in facts.rows("plan")]


async def test_at_least_three_are_offered_with_a_reason_each(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    assert len(offered(anna)) >= 3
    assert here(anna).text.count("по вашей точке роста") >= 3
    assert "Точка роста: содержание предмета." in here(anna).text


async def test_a_tap_chooses_and_a_second_one_takes_it_back(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    title = offered(anna)[0].removeprefix("＋ ")
    await anna.presses(f"＋ {title}")
    await anna.sees("Выбрано: 1")
    assert planned(await facts_of(sqlite_play, anna))[0].startswith(title[:40])
    await anna.presses(f"✓ {title}")
    await anna.sees_button(f"＋ {title}")
    assert planned(await facts_of(sqlite_play, anna)) == []


async def test_what_the_catalogue_knows_is_not_asked_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    await anna.presses(offered(anna)[0])
    await anna.sees("Выбрано: 1")
    facts = await facts_of(sqlite_play, anna)
    line = facts.rows("plan")[0]
    for key in ("title", "competences", "level", "organiser", "period", "result_form"):
        assert facts.value(key, line.id), key


async def test_three_events_take_no_more_than_four_taps_each(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    for number in (1, 2, 3):
        await anna.presses(offered(anna)[0])
        await anna.sees(f"Выбрано: {number}")
    await anna.presses("Готово")
    await anna.sees(next_ask("events"))
    assert len((await facts_of(sqlite_play, anna)).rows("plan")) == 3


async def test_more_pages_come_and_come_round(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    first = offered(anna)
    await anna.presses("Ещё")
    await anna.sees_button("Ещё")
    assert not set(offered(anna)) & set(first)
    for _ in range(60):
        if offered(anna) == first:
            return
        shown = here(anna).text
        await anna.presses("Ещё")
        await anna.wait(lambda screen, shown=shown: screen.text != shown)  # type: ignore[misc]
    raise AssertionError("the pages never came round")


FILTERS = [
    ("По направлению", "ИКТ-компетентность", lambda event: "ict" in event.blocks),
    ("По уровню", "Муниципальный", lambda event: event.level == "municipal"),
    ("По форме участия", "Дистанционно", lambda event: event.form == "online"),
    ("По месяцу", "март 2027", lambda event: not event.starts_on or event.starts_on.isoformat() < "2027-04"),
]


@pytest.mark.parametrize(("dimension", "value", "fits"), FILTERS, ids=[row[0] for row in FILTERS])
async def test_a_filter_leaves_only_what_fits(
    sqlite_play: Play, dimension: str, value: str, fits: object
) -> None:
    anna = await bring(sqlite_play, S, "events")
    before = here(anna).text
    await anna.presses("Отбор")
    await anna.presses(dimension)
    await anna.presses(value)
    await anna.sees("Что поможет вырасти?")
    assert here(anna).text != before
    found = [
        event for event in await stored(sqlite_play, events.every) if f"\n{event.title}\n" in here(anna).text
    ]
    assert len(found) >= 1
    assert all(fits(event) for event in found)  # type: ignore[operator]
    await anna.presses("Показать все")
    await anna.sees(before.splitlines()[3])


async def test_filters_add_up_and_an_empty_answer_says_what_to_do(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    await anna.says("стереометрия")
    await anna.sees("Ищу: «стереометрия»")
    await anna.presses("Отбор")
    await anna.presses("По уровню")
    await anna.presses("В организации")
    await anna.sees("Ничего не нашлось. Попробуйте другое слово, уберите отбор или добавьте своё.")
    await anna.presses("Показать все")
    await anna.sees("Стереометрия" if "Стереометрия" in here(anna).text else "по вашей точке роста")


async def test_the_filter_closes_without_a_choice(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    before = here(anna).text
    await anna.presses("Отбор")
    await anna.sees("Что показать?")
    await anna.presses("Назад")
    await anna.sees("Что поможет вырасти?")
    assert here(anna).text == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("функцианальная", "функциональн"),
        ("стериометрия", "Стереометрия"),
        ("ФУНКЦИОНАЛЬНАЯ ГРАМОТНОСТЬ", "функциональн"),
        ("  егэ ", "ЕГЭ"),
    ],
)
async def test_the_search_forgives(sqlite_play: Play, typed: str, found: str) -> None:
    anna = await bring(sqlite_play, S, "events")
    await anna.says(typed)
    shown = await anna.sees(f"Ищу: «{typed.strip()}»")
    assert found.casefold() in shown.text.casefold()
    assert planned(await facts_of(sqlite_play, anna)) == []


async def test_a_search_for_nonsense_finds_nothing_and_offers_ones_own(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    await anna.says("ъъъыыыщщщ" * 20)
    await anna.sees("Ничего не нашлось")
    await anna.presses("Своё мероприятие")
    await anna.sees("Как называется мероприятие?")


@pytest.mark.parametrize("slug", [S, U])
async def test_ones_own_event_has_the_same_columns(sqlite_play: Play, slug: str) -> None:
    anna = await bring(sqlite_play, slug, "events")
    await anna.presses("Своё мероприятие")
    await anna.sees("Как называется мероприятие?")
    await anna.says("Читаю книгу о смысловом чтении")
    answers = {"chips": "смысловое чтение", "choice": "", "period": "март 2027", "line": "конспект урока"}
    fields = [q for q in given(slug).fields("plan") if q.when != "finish"]
    asked = [q for q in fields if q.key != "title" and q.kind.value != "links"]
    for question in asked:
        await anna.sees(question.ask)
        await anna.says(answers[question.kind.value] or question.options[-1].title)
    await anna.sees("Выбрано: 1")
    facts = await facts_of(sqlite_play, anna)
    line = facts.rows("plan")[0]
    assert line.links == {facts.rows("growth")[0].id}
    assert all(facts.value(question.key, line.id) for question in asked)


async def test_ones_own_event_is_opened_changed_and_deleted(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, next_key("events"))
    await puts(sqlite_play, anna, Place("plan"))
    await anna.sees("В плане пока пусто")
    await anna.presses("Подобрать мероприятия")
    await anna.presses("Своё мероприятие")
    await anna.says("Посещаю уроки коллеги")
    await anna.sees("Какие компетенции развивает")
    await anna.says("/plan")
    await anna.presses("Посещаю уроки коллеги")
    await anna.presses("Удалить")
    await anna.presses("Да, удалить")
    await anna.sees("Удалено: Посещаю уроки коллеги")
    assert planned(await facts_of(sqlite_play, anna)) == []


async def test_one_event_serves_two_points_of_growth_as_one_line(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "growth_more")
    await anna.presses("Добавить")
    await anna.presses("методика урока")
    await anna.sees("Что чаще всего мешает здесь?")
    facts = await facts_of(sqlite_play, anna)
    event = next(
        e for e in await stored(sqlite_play, events.every) if {"subject", "methodical"} <= set(e.blocks)
    )
    for point in facts.rows("growth"):
        await puts(sqlite_play, anna, Place("ask", "events", point.id, walk="fix"))
        await anna.presses(data=forged(anna, "pick", str(event.id)), stale=True)
        await anna.sees_button(f"✓ {event.title}"[:30])
    after = await facts_of(sqlite_play, anna)
    assert [e.links for e in after.rows("plan") if e.event] == [{p.id for p in facts.rows("growth")}]
    await anna.presses(f"✓ {event.title}"[:30])
    await anna.settled()
    after = await facts_of(sqlite_play, anna)
    assert [e.links for e in after.rows("plan") if e.event] == [{facts.rows("growth")[0].id}]


async def test_what_is_over_is_never_offered_and_not_taken(sqlite_play: Play) -> None:
    today = sqlite_play.clock.now().date()
    known = next(e for e in await stored(sqlite_play, events.every) if "subject" in e.blocks)
    over = replace(known, code="over", title="Вчерашний семинар", starts_on=today - timedelta(9))
    over = replace(over, ends_on=today - timedelta(1))
    await sqlite_play.app.database.write(lambda conn: events.put(conn, [over]))
    anna = await bring(sqlite_play, S, "events")
    await anna.says("Вчерашний семинар")
    await anna.sees("Ищу:")
    assert not [text for text in offered(anna) if "Вчерашний" in text]
    known = next(e for e in await stored(sqlite_play, events.every) if e.code == "over")
    await anna.presses(data=forged(anna, "pick", str(known.id)), stale=True)
    await anna.sees("Это мероприятие уже прошло")
    assert planned(await facts_of(sqlite_play, anna)) == []


async def test_an_event_that_is_not_in_the_catalogue_is_not_taken(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    for arg in ("0", "999999", "9" * 30, "одно"):
        await anna.presses(data=forged(anna, "pick", arg), stale=True)
        await anna.sees("Этого мероприятия больше нет в каталоге")
    assert planned(await facts_of(sqlite_play, anna)) == []


async def plans(play: Play, anna: Person, *whens: str) -> None:
    """Own events with these periods."""
    for number, when in enumerate(whens, 1):
        await puts(play, anna, Place("plan"))
        await anna.presses("Подобрать мероприятия")
        await anna.presses("Своё мероприятие")
        await anna.sees("Как называется мероприятие?")
        await anna.says(f"Семинар {number}")
        await anna.sees("Какие компетенции развивает")
        facts = await facts_of(play, anna)
        await puts(play, anna, Place("ask", "period", facts.rows("plan")[-1].id, walk="fix"))
        await anna.says(when)
        await anna.sees("✓ Срок мероприятия")


async def test_the_plan_warns_of_two_at_the_same_time(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, next_key("events"))
    await plans(sqlite_play, anna, "10.03.2027 – 14.03.2027", "12.03.2027")
    await anna.says("/plan")
    await anna.sees("Пересекаются по датам: «Семинар 1» и «Семинар 2».")


async def test_the_plan_warns_of_a_month_with_too_much(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, next_key("events"))
    days = [f"{day}.04.2027" for day in (1, 5, 9, 13, 17, 21)]
    await plans(sqlite_play, anna, *days)
    await anna.says("/plan")
    await anna.sees("Много сразу: апрель 2027 – 6 мероприятий. Может, что-то перенести?")


async def test_the_plan_is_in_the_order_of_dates_with_the_undated_last(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, next_key("events"))
    await plans(sqlite_play, anna, "май 2027", "март 2027")
    await anna.says("/plan")
    shown = (await anna.sees("План: 2 мероприятия")).text
    assert shown.index("Семинар 2 – март 2027") < shown.index("Семинар 1 – май 2027")


async def test_without_events_the_question_may_be_left_to_the_pen(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    await anna.presses("Пропустить")
    await anna.sees(next_ask("events"))
