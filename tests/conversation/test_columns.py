"""Columns of a plan that belong to others (000 п. V.5–V.7): the teacher chooses, their owners take and fill
in; what is planned for one is offered to a group (000 п. II.2)."""

import re

import pytest
from sqlalchemy import Connection

from bot.iom.facts import Facts, State
from bot.iom.owners import proposed
from bot.phone.person import Person
from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told
from bot.speech.screen import Button
from handlers.fact_presses import FACT_PRESSES
from handlers.house import HOUSE
from handlers.place import Place
from storage import memberships, routes
from tests.conversation.given import (
    ONE_LOOP,
    bring,
    facts_of,
    forged,
    id_of,
    newcomer,
    puts,
    texts,
)
from tests.conversation.given_life import planned_notices
from tests.conversation.given_school import Staff
from tests.conversation.screens_columns import SLUG, drafted, drawn_columns, puts_lines
from tests.regulations.given import given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

CITY = {"title": "Городской семинар", "column": "municipal"}
SCHOOL = {"title": "Взаимные посещения уроков", "column": "in_school"}
BOOKS = {"title": "Чтение пособий", "column": "self_study"}


def waiting(facts: Facts) -> list[str]:
    """Titles of what the teacher merely proposes."""
    return [facts.text("title", row.id) for row in facts.entries if proposed(given(SLUG), facts, row)]


async def opens(play: Play, person: Person, facts: Facts) -> None:
    await puts(play, person, Place("case", row=facts.route_id, back=Place("queue")))
    await person.presses("Заполнить план")
    await person.sees("Ниже – то, что по положению заполняете вы")


async def test_each_owner_takes_what_is_hers_and_nobody_else_can(sqlite_play: Play) -> None:
    staff, _ = await drafted(sqlite_play)
    facts = await puts_lines(sqlite_play, staff, CITY, SCHOOL, BOOKS)
    assert waiting(facts) == ["Городской семинар", "Взаимные посещения уроков"]
    await opens(sqlite_play, staff.mila, facts)
    assert "Взаимные посещения" not in staff.mila.screen.text
    await staff.mila.presses("＋ Городской семинар")
    await staff.mila.sees("Взято в план: Городской семинар")
    assert waiting(await facts_of(sqlite_play, staff.anna)) == ["Взаимные посещения уроков"]
    await opens(sqlite_play, staff.kira, facts)
    await staff.kira.presses("＋ Взаимные посещения уроков")
    await staff.kira.sees("Взято в план")
    after = await facts_of(sqlite_play, staff.anna)
    assert waiting(after) == []
    assert [row.id for row in after.rows("plan")] == [row.id for row in facts.rows("plan")]


async def test_all_are_taken_at_once_and_a_changed_card_is_looked_at_again(sqlite_play: Play) -> None:
    staff, _ = await drafted(sqlite_play)
    facts = await puts_lines(sqlite_play, staff, CITY, SCHOOL)
    await opens(sqlite_play, staff.galina, facts)
    await puts_lines(sqlite_play, staff, {"title": "Ещё семинар", "column": "municipal"})
    await staff.galina.presses("Взять все")
    await staff.galina.sees("изменилась, пока была открыта")
    assert len(waiting(await facts_of(sqlite_play, staff.anna))) == 3
    await staff.galina.presses("Взять все")
    await staff.galina.sees("Взято в план: Городской семинар; Взаимные посещения уроков; Ещё семинар")
    assert waiting(await facts_of(sqlite_play, staff.anna)) == []


async def test_what_the_teacher_changes_is_a_proposal_again(sqlite_play: Play) -> None:
    staff, _ = await drafted(sqlite_play)
    facts = await puts_lines(sqlite_play, staff, CITY)
    await opens(sqlite_play, staff.mila, facts)
    await staff.mila.presses("＋ Городской семинар")
    await staff.mila.sees("Взято в план")
    line = facts.rows("plan")[-1]
    await puts(sqlite_play, staff.anna, Place("row", row=line.id, back=Place("plan")))
    await staff.anna.presses("Название мероприятия")
    await staff.anna.says("Другой семинар")
    await staff.anna.sees("Другой семинар")
    assert waiting(await facts_of(sqlite_play, staff.anna)) == ["Другой семинар"]


async def test_consultation_hours_are_filled_in_by_their_owners_by_role(sqlite_play: Play) -> None:
    """000 V.7: hours and who gives them; the teacher is never asked."""
    staff, facts = await drafted(sqlite_play)
    assert facts.rows("consultations") == ()
    await opens(sqlite_play, staff.mila, facts)
    await staff.mila.presses(next(text for text in texts(staff.mila) if "Кто консультирует" in text))
    await staff.mila.sees("Кто будет консультировать")
    await staff.mila.presses("Наставник")
    await staff.mila.sees("Сколько часов консультаций")
    await staff.mila.says("много")
    await staff.mila.sees("Нужно целое число")
    await staff.mila.says("6")
    await staff.mila.sees("✓ Сколько часов консультаций: 6 ч.")
    after = await facts_of(sqlite_play, staff.anna)
    (row,) = after.rows("consultations")
    assert (after.text("consultant", row.id), after.value("consult_hours", row.id)) == ("mentor", 6)
    assert row.links == {after.rows("growth")[0].id}
    await staff.mila.presses("✓ Кто консультирует: наставник")
    await staff.mila.presses("Удалить")
    await staff.mila.sees("Ниже – то, что")
    assert (await facts_of(sqlite_play, staff.anna)).rows("consultations") == ()


async def test_the_deficit_is_worded_by_the_deputy_and_not_by_the_teacher(sqlite_play: Play) -> None:
    """000 V.6: the column «Профессиональный дефицит»."""
    staff, facts = await drafted(sqlite_play)
    point = facts.rows("growth")[0]
    await opens(sqlite_play, staff.kira, facts)
    await staff.kira.presses(next(text for text in texts(staff.kira) if "Запись в плане" in text))
    await staff.kira.sees("Сейчас: Недостаточное развитие")
    await staff.kira.says("Недостаточное развитие предметных компетенций: решение задач")
    await staff.kira.sees("✓ Запись в плане")
    after = await facts_of(sqlite_play, staff.anna)
    assert after.text("wording", point.id).endswith("решение задач")
    await opens(sqlite_play, staff.mila, facts)
    assert not any("Запись в плане" in text for text in texts(staff.mila))


async def test_a_line_that_its_owner_recommends_is_hers_once_it_is_accepted(sqlite_play: Play) -> None:
    staff, facts = await drafted(sqlite_play)
    await puts(sqlite_play, staff.mila, Place("recommending", row=facts.route_id, back=Place("queue")))
    await staff.mila.presses("Совет словами")
    await staff.mila.sees("О чём совет?")
    await staff.mila.presses(next(t for t in texts(staff.mila) if t.startswith("Методические мероприятия")))
    await staff.mila.sees("строка встанет в этот столбец плана")
    await staff.mila.says("Стажировка на городской площадке")
    await staff.mila.sees("Совет отправлен")
    await staff.anna.sees("Вам советуют – Методические мероприятия муниципального уровня")
    await staff.anna.presses("Принять")
    await staff.anna.sees("В план добавлено: Стажировка на городской площадке")
    after = await facts_of(sqlite_play, staff.anna)
    line = after.rows("plan")[-1]
    assert after.text("column", line.id) == "municipal"
    assert waiting(after) == []


async def test_before_sending_the_teacher_sees_what_waits_and_asks_its_owners(sqlite_play: Play) -> None:
    staff, _ = await drafted(sqlite_play)
    await puts_lines(sqlite_play, staff, CITY)
    await puts(sqlite_play, staff.anna, Place("sending"))
    await staff.anna.sees("которые ещё не взяли в план: 1")
    await staff.anna.presses("Попросить взять в план")
    await staff.anna.sees("Попросили взять ваши предложения")
    for person in (staff.mila, staff.kira, staff.galina):
        await person.sees("педагог предлагает в план")
    assert ("proposed", "sent") not in await planned_notices(sqlite_play, staff.boris)
    await staff.mila.presses("Открыть")
    await staff.mila.presses("Заполнить план")
    await staff.mila.presses("＋ Городской семинар")
    await staff.mila.sees("Взято в план")
    await puts(sqlite_play, staff.anna, Place("sending"))
    assert "Попросить взять в план" not in texts(staff.anna)


@pytest.mark.parametrize("name", ["boris", "dmitry", "elena"])
async def test_who_owns_no_column_has_no_way_in(sqlite_play: Play, name: str) -> None:
    staff, _ = await drafted(sqlite_play)
    facts = await puts_lines(sqlite_play, staff, CITY)
    person: Person = getattr(staff, name)
    await puts(sqlite_play, person, Place("case", row=facts.route_id, back=Place("queue")))
    assert "Заполнить план" not in texts(person)
    await puts(sqlite_play, person, Place("marking", row=facts.route_id, back=Place("queue")))
    assert "Городской семинар" not in person.screen.text
    line = facts.rows("plan")[-1]
    await person.presses(data=forged(person, "take", f"{line.id}.{facts.version}"), stale=True)
    assert waiting(await facts_of(sqlite_play, staff.anna)) == ["Городской семинар"]


async def test_a_card_that_was_sent_is_filled_in_no_more(sqlite_play: Play) -> None:
    staff, _ = await drafted(sqlite_play)
    facts = await puts_lines(sqlite_play, staff, CITY)
    await opens(sqlite_play, staff.mila, facts)
    late = forged(staff.mila, "take", f"{facts.rows('plan')[-1].id}.{facts.version + 1}")

    def sent(conn: Connection) -> Facts:
        return routes.move(conn, facts, State.ON_REVIEW, 0, sqlite_play.clock.now())

    await sqlite_play.app.database.write(sent)
    await staff.mila.presses(data=late, stale=True)
    await staff.mila.settled()
    assert waiting(await facts_of(sqlite_play, staff.anna)) == ["Городской семинар"]


# --- A group -------------------------------------------------------------------------------------------


async def colleague(play: Play, staff: Staff, name: str, growth_point: str = "Предметные") -> Person:
    """Another teacher of the school with a card of her own."""
    person = newcomer(play, name)
    await bring(play, SLUG, "position", person=person)

    def unit(conn: Connection) -> None:
        hers, now = id_of(conn, person), play.clock.now()
        memberships.join(conn, hers, staff.school.id, "teacher", now, name=f"{name} Н. Н.")
        facts = routes.current(conn, hers)
        assert facts is not None
        routes.withdraw(conn, facts, now)

    await play.app.database.write(unit)
    return await bring(play, SLUG, person=person, growth_point=growth_point)


async def test_what_is_planned_for_one_is_offered_to_the_group_and_each_decides(sqlite_play: Play) -> None:
    staff, facts = await drafted(sqlite_play)
    same = await colleague(sqlite_play, staff, "Нина")
    other = await colleague(sqlite_play, staff, "Ольга", growth_point="Коммуникативные")
    await puts(sqlite_play, staff.mila, Place("recommending", row=facts.route_id, back=Place("queue")))
    await staff.mila.presses("Мероприятие")
    await staff.mila.sees("Какое мероприятие?")
    await staff.mila.says("Городская мастерская")
    await staff.mila.presses("Записать как название")
    await staff.mila.sees("Когда оно пройдёт?")
    await staff.mila.says("март 2027")
    await staff.mila.sees("Отправить совет?")
    await staff.mila.presses("Предложить группе (2)")
    await staff.mila.sees("Предложено педагогам: 2")
    await staff.anna.sees("Вам советуют")
    await same.sees("Вам советуют")
    await same.presses("Принять")
    await same.sees("В план добавлено: Городская мастерская")
    await staff.anna.presses("Отклонить")
    await staff.anna.sees("Объяснять ничего не нужно")
    cards = [await facts_of(sqlite_play, person) for person in (same, staff.anna, other)]
    titles = [[card.text("title", row.id) for row in card.rows("plan")] for card in cards]
    assert ["Городская мастерская" in found for found in titles] == [True, False, False]
    assert await planned_notices(sqlite_play, other) == []


# --- How it looks ----------------------------------------------------------------------------------------


async def test_every_screen_is_short_and_understood(sqlite_play: Play) -> None:
    speaker = sqlite_play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    for place, screen in await drawn_columns(sqlite_play):
        text = re.sub(r"<[^>]+>", "", speaker.rendered(Told(1, 1, 36**7, screen)))
        assert 0 < utf16(text) <= 700, (place, text)
        assert "\n\n\n" not in text, (place, text)
        for button in (button for row in screen.rows for button in row):
            known = HOUSE[place.name].pressed if isinstance(button, Button) else FACT_PRESSES
            assert button.verb in known, (place, button)
