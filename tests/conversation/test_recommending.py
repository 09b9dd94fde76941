"""A recommendation is given, signed, and taken or not by the teacher: nothing is written for her."""

import pytest
from sqlalchemy import Connection

from bot.iom.facts import AddEntry, Facts, State
from bot.iom.journey import Recommendation
from bot.phone.person import Person
from handlers.place import Place
from storage import exchanges, journeys, memberships, organisations, routes
from storage.tables import audit as journal
from storage.tables import organisation
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, id_of, newcomer, puts, stored
from tests.conversation.given_life import carried_out, fact_press, helper, planned_notices, told
from tests.conversation.given_school import Staff, staffed
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def drafted(play: Play, slug: str = "stavropol", **more: bool) -> Staff:
    """A staffed school; Anna's card is written and still hers."""
    staff = await staffed(play, slug, **more)
    await bring(play, slug, person=staff.anna)
    return staff


async def opens_case(play: Play, person: Person, anna: Person) -> None:
    """Somebody opens Anna's route and presses «Рекомендация»."""
    route_id = (await facts_of(play, anna)).route_id
    await puts(play, person, Place("case", row=route_id, back=Place("queue")))
    await person.presses("Рекомендация")
    await person.sees("Что посоветовать?")


async def advises_in_words(play: Play, person: Person, anna: Person, topic: str, text: str) -> None:
    await opens_case(play, person, anna)
    await person.presses("Совет словами")
    await person.sees("О чём совет?")
    await person.presses(topic)
    await person.says(text)
    await person.sees("Совет отправлен")


async def advises_event(play: Play, person: Person, anna: Person, title: str, when: str) -> None:
    await opens_case(play, person, anna)
    await person.presses("Мероприятие")
    await person.sees("Какое мероприятие?")
    await person.says(title)
    await person.sees(f"Искали: «{title}»")
    await person.presses("Записать как название")
    await person.sees("Когда оно пройдёт?")
    await person.says(when)
    await person.sees("Отправить совет?")
    await person.presses("Отправить")
    await person.sees("Совет отправлен")


async def given(play: Play, anna: Person) -> tuple[Recommendation, ...]:
    """Everything that was recommended to Anna."""
    facts = await facts_of(play, anna)
    return (await stored(play, lambda conn: journeys.load(conn, facts.route_id))).recommendations


async def another_point(play: Play, anna: Person) -> Facts:
    """A second point of growth."""
    facts = await facts_of(play, anna)
    new = AddEntry("growth", {"growth_point": "ict", "hinders": ["time"]})

    def unit(conn: Connection) -> Facts:
        return routes.apply(conn, facts, [new], facts.person_id, play.clock.now(), personal=())

    return await play.app.database.write(unit)


def content(facts: Facts) -> object:
    """What the card says, without its version."""
    return facts.answers, facts.entries, facts.state


@pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])
async def test_a_mentors_proposal_is_a_recommendation_and_never_a_silent_write(
    sqlite_play: Play, slug: str
) -> None:
    staff = await drafted(sqlite_play, slug)
    before = await facts_of(sqlite_play, staff.anna)
    await advises_in_words(
        sqlite_play, staff.boris, staff.anna, "Точки роста и задачи", "Возьмите тему <b>дробей</b>"
    )
    await advises_event(sqlite_play, staff.boris, staff.anna, "Неделя математики в школе", "март 2027")
    assert content(await facts_of(sqlite_play, staff.anna)) == content(before)
    words, event = await given(sqlite_play, staff.anna)
    assert (words.key, words.text, words.wanted, words.open) == (
        "goals", "Возьмите тему <b>дробей</b>", {}, True,
    )  # fmt: skip
    assert (words.level, words.role, words.name, words.post) == (
        "school", "mentor", "Борисов Борис Петрович", "должность boris",
    )  # fmt: skip
    assert event.key == "plan"
    assert event.text.startswith("Неделя математики в школе, ")
    await opens_case(sqlite_play, staff.boris, staff.anna)
    await staff.boris.sees("Неделя математики в школе, март 2027")
    await staff.boris.sees("ждёт ответа")


async def test_an_event_that_is_accepted_becomes_a_line_for_the_only_point(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    (point,) = (await facts_of(sqlite_play, staff.anna)).rows("growth")
    await advises_event(sqlite_play, staff.mila, staff.anna, "Неделя математики в школе", "март 2027")
    await staff.anna.sees("Вам советуют – План мероприятий")
    await staff.anna.sees("Милова Мила Юрьевна")
    await staff.anna.presses("Принять")
    await staff.anna.sees("В план добавлено: Неделя математики в школе")
    facts = await facts_of(sqlite_play, staff.anna)
    line = facts.rows("plan")[-1]
    assert facts.text("title", line.id) == "Неделя математики в школе"
    assert facts.value("period", line.id) == {"from": "2027-03-01", "to": "2027-03-31"}
    assert line.links == {point.id}
    (one,) = await given(sqlite_play, staff.anna)
    assert one.accepted_at is not None


async def test_with_several_points_she_says_for_which(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    facts = await another_point(sqlite_play, staff.anna)
    lines = len(facts.rows("plan"))
    await advises_event(sqlite_play, staff.mila, staff.anna, "Неделя математики в школе", "март 2027")
    await staff.anna.sees("Вам советуют")
    await staff.anna.presses("Принять")
    await staff.anna.sees("К какой точке роста добавить?")
    assert len((await facts_of(sqlite_play, staff.anna)).rows("plan")) == lines
    wanted = facts.rows("growth")[-1]
    await staff.anna.presses(data=forged(staff.anna, "point", str(wanted.id)))
    await staff.anna.sees("В план добавлено")
    assert (await facts_of(sqlite_play, staff.anna)).rows("plan")[-1].links == {wanted.id}


async def test_an_event_of_the_catalogue_keeps_what_is_known_of_it(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await opens_case(sqlite_play, staff.kira, staff.anna)
    await staff.kira.presses("Мероприятие")
    await staff.kira.sees("Какое мероприятие?")
    choice = next(one for row in here(staff.kira).buttons for one in row if ":pick:" in (one.data or ""))
    await staff.kira.presses(choice.text)
    await staff.kira.settled()
    if "Когда" in here(staff.kira).text:
        await staff.kira.presses("Без даты")
    await staff.kira.sees("Отправить совет?")
    await staff.kira.presses("Отправить")
    await staff.kira.sees("Совет отправлен")
    await staff.anna.sees("Вам советуют")
    await staff.anna.presses("Принять")
    await staff.anna.sees("В план добавлено")
    line = (await facts_of(sqlite_play, staff.anna)).rows("plan")[-1]
    assert line.event > 0


async def test_levels_follow_where_the_role_is_held_and_the_post_is_the_regulations(
    sqlite_play: Play,
) -> None:
    staff = await drafted(sqlite_play)
    rita = newcomer(sqlite_play, "Рита")

    def above(conn: Connection) -> object:
        now = sqlite_play.clock.now()
        town = organisations.create(conn, "Управление образования", now, kind="municipality")
        centre = organisations.create(conn, "Центр", now, kind="region")
        for child, parent in ((staff.school, town), (town, centre)):
            conn.execute(
                organisation.update().where(organisation.c.id == child.id).values(parent_id=parent.id)
            )
        memberships.join(conn, id_of(conn, staff.mila), centre.id, "methodist", now, name="Милова М. Ю.")
        memberships.leave(conn, id_of(conn, staff.mila), staff.school.id, now)
        return town

    town = await sqlite_play.app.database.write(above)
    await helper(sqlite_play, rita, "coordinator", town, name="Ритова Рита")  # type: ignore[arg-type]
    for person, words in ((staff.mila, "от центра"), (rita, "от города"), (staff.galina, "от школы")):
        await advises_in_words(sqlite_play, person, staff.anna, "План мероприятий", words)
    found = await given(sqlite_play, staff.anna)
    assert [(one.level, one.role, one.text) for one in found] == [
        ("regional", "methodist", "от центра"),
        ("municipal", "coordinator", "от города"),
        ("school", "coordinator", "от школы"),
    ]
    assert found[0].post == "региональный методист"
    assert "муниципал" in found[1].post


async def test_declining_is_without_blame_and_once(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await advises_in_words(sqlite_play, staff.galina, staff.anna, "План мероприятий", "Добавьте курс")
    await staff.anna.sees("Вам советуют")
    press = fact_press(staff.anna, "Отклонить")
    yes = fact_press(staff.anna, "Принять")
    await staff.anna.presses(data=press)
    await staff.anna.sees("Объяснять ничего не нужно")
    for again in (press, yes):
        await staff.anna.presses(data=again, stale=True)
        await staff.anna.sees("вы уже ответили")
    (one,) = await given(sqlite_play, staff.anna)
    assert one.declined_at is not None
    assert one.accepted_at is None
    await opens_case(sqlite_play, staff.galina, staff.anna)
    await staff.galina.sees("Добавьте курс – отклонено")


async def test_a_double_tap_adds_one_line(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    lines = len((await facts_of(sqlite_play, staff.anna)).rows("plan"))
    await advises_event(sqlite_play, staff.mila, staff.anna, "Неделя математики в школе", "март 2027")
    await staff.anna.sees("Вам советуют")
    press = fact_press(staff.anna, "Принять")
    await staff.anna.presses(data=press)
    await staff.anna.presses(data=press, stale=True)
    await staff.anna.sees("вы уже ответили")
    assert len((await facts_of(sqlite_play, staff.anna)).rows("plan")) == lines + 1


async def test_a_double_tap_of_the_recommender_sends_one(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await opens_case(sqlite_play, staff.mila, staff.anna)
    await staff.mila.presses("Мероприятие")
    await staff.mila.says("Неделя математики в школе")
    await staff.mila.presses("Записать как название")
    await staff.mila.says("март 2027")
    button = await staff.mila.sees_button("Отправить")
    await staff.mila.presses(data=button.data)
    await staff.mila.presses(data=button.data, stale=True)
    await staff.mila.settled()
    assert len(await given(sqlite_play, staff.anna)) == 1


async def test_the_teacher_has_a_list_with_who_and_when(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await advises_in_words(sqlite_play, staff.galina, staff.anna, "План мероприятий", "Добавьте курс")
    await told(sqlite_play, staff.anna)
    await puts(sqlite_play, staff.anna, Place("home"))
    await staff.anna.presses("Советы (1)")
    await staff.anna.sees("Добавьте курс – должность galina, Галкина Галина Олеговна")
    await staff.anna.sees("ждёт вашего ответа")
    await staff.anna.presses("Добавьте курс")
    await staff.anna.sees("Советует: должность galina, Галкина Галина Олеговна")
    await staff.anna.presses("Принять")
    await staff.anna.sees("останется в карте")
    await staff.anna.sees("принят")
    await staff.anna.presses("На главную")
    await staff.anna.settled()
    assert "Советы" not in str(staff.anna.screen)
    await staff.anna.presses("Меню")
    await staff.anna.presses("Советы")
    await staff.anna.sees("Добавьте курс")


async def test_strangers_and_helpers_do_not_answer_for_her(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await advises_event(sqlite_play, staff.mila, staff.anna, "Неделя математики в школе", "март 2027")
    await staff.anna.sees("Вам советуют")
    before = await facts_of(sqlite_play, staff.anna)
    presses = [fact_press(staff.anna, caption) for caption in ("Принять", "Отклонить", "Открыть")]
    vera = await bring(sqlite_play, "stavropol", person=newcomer(sqlite_play, "Вера"))
    for other in (staff.boris, staff.galina, staff.mila, vera):
        for press in presses:
            await other.presses(data=press, stale=True)
            await other.sees("не действует")
    assert await facts_of(sqlite_play, staff.anna) == before
    assert (await given(sqlite_play, staff.anna))[0].open
    vera.never_sees("Неделя математики")


async def test_who_may_not_advise_has_no_button_and_no_room(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play, open_card=False)
    route_id = (await facts_of(sqlite_play, staff.anna)).route_id
    vera = await bring(sqlite_play, "stavropol", person=newcomer(sqlite_play, "Вера"))
    for person in (staff.boris, staff.dmitry, vera):  # access is closed · a head · a stranger
        await puts(sqlite_play, person, Place("case", row=route_id, back=Place("queue")))
        await person.settled()
        assert "Рекомендация" not in str(person.screen)
        await puts(sqlite_play, person, Place("recommending", row=route_id, view={"kind": "words"}))
        await person.says("Совет со стороны")
        await person.settled()
    assert await given(sqlite_play, staff.anna) == ()
    assert await planned_notices(sqlite_play, staff.anna) == []


async def test_only_what_the_regulation_gives_her_is_a_topic(sqlite_play: Play) -> None:
    """001: a curator advises on the plan; the goals are the mentor's, the methodist's, the coordinator's."""
    staff = await drafted(sqlite_play)
    await opens_case(sqlite_play, staff.kira, staff.anna)
    await staff.kira.presses("Совет словами")
    await staff.kira.sees_button("План мероприятий")
    assert "Точки роста и задачи" not in str(staff.kira.screen)
    await staff.kira.presses(data=forged(staff.kira, "about", "7"), stale=True)
    await staff.kira.sees("О чём совет?")
    route_id = (await facts_of(sqlite_play, staff.anna)).route_id
    view = {"kind": "words", "about": "goals"}
    await puts(sqlite_play, staff.kira, Place("recommending", row=route_id, view=view))
    await staff.kira.says("Поменяйте цель")
    await staff.kira.sees("О чём совет?")
    assert await given(sqlite_play, staff.anna) == ()


async def test_words_have_limits_and_refusals_are_kind(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await opens_case(sqlite_play, staff.galina, staff.anna)
    await staff.galina.says("сразу текстом")
    await staff.galina.sees("Что посоветовать?")
    await staff.galina.presses("Совет словами")
    await staff.galina.presses("План мероприятий")
    await staff.galina.says("...")
    await staff.galina.sees("Не вижу слов")
    await staff.galina.says("ж" * 501)
    await staff.galina.sees("помещается 500")
    await staff.galina.presses("Назад")
    await staff.galina.sees("О чём совет?")
    assert await given(sqlite_play, staff.anna) == ()


async def test_a_date_outside_the_term_is_refused(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await opens_case(sqlite_play, staff.mila, staff.anna)
    await staff.mila.presses("Мероприятие")
    await staff.mila.says("Неделя математики в школе")
    await staff.mila.presses("Записать как название")
    await staff.mila.says("март 2035")
    await staff.mila.sees("не помещается в срок")
    await staff.mila.says("когда-нибудь")
    await staff.mila.sees("Не записал")
    await staff.mila.presses("Без даты")
    await staff.mila.sees("Отправить совет?")


async def test_on_review_an_event_waits_and_nothing_is_lost(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await advises_event(sqlite_play, staff.mila, staff.anna, "Неделя математики в школе", "март 2027")
    await staff.anna.sees("Вам советуют")
    facts = await facts_of(sqlite_play, staff.anna)
    await sqlite_play.app.database.write(
        lambda conn: routes.move(conn, facts, State.ON_REVIEW, 0, sqlite_play.clock.now())
    )
    await staff.anna.presses("Принять")
    await staff.anna.sees("Карта на согласовании")
    assert (await given(sqlite_play, staff.anna))[0].open
    assert (await facts_of(sqlite_play, staff.anna)).rows("plan") == facts.rows("plan")


async def test_in_an_approved_plan_it_goes_through_a_correction(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await advises_event(sqlite_play, boris, anna, "Неделя математики в школе", "март 2027")
    await anna.sees("Вам советуют")
    await anna.presses("Принять")
    await anna.sees("строка добавляется корректировкой")
    assert len((await life.facts()).rows("plan")) == len(life.lines)
    assert (await given(sqlite_play, anna))[0].accepted_at is not None
    await anna.sees("Неделя математики в школе")
    await anna.sees_button("Назад")


async def test_what_is_over_keeps_it_as_advice(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris, state=State.CONCLUSION)
    await advises_event(sqlite_play, boris, life.teacher, "Неделя математики в школе", "март 2027")
    await life.teacher.sees("Вам советуют")
    await life.teacher.presses("Принять")
    await life.teacher.sees("останется в карте")
    assert len((await life.facts()).rows("plan")) == len(life.lines)


async def test_ten_open_ones_are_enough(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    for number in range(10):
        facts = await facts_of(sqlite_play, staff.anna)

        def unit(conn: Connection, facts: Facts = facts, number: int = number) -> None:
            hand = journeys.Hand(id_of(conn, staff.mila), "methodist", "Мила")
            exchanges.recommend(
                conn, facts, "school", "plan", f"совет {number}", hand, sqlite_play.clock.now()
            )

        await sqlite_play.app.database.write(unit)
    await opens_case(sqlite_play, staff.mila, staff.anna)
    await staff.mila.presses("Совет словами")
    await staff.mila.presses("План мероприятий")
    await staff.mila.says("ещё один")
    await staff.mila.sees("новый пока не ушёл")
    assert len(await given(sqlite_play, staff.anna)) == 10


async def test_every_act_leaves_a_row_in_the_journal(sqlite_play: Play) -> None:
    staff = await drafted(sqlite_play)
    await advises_in_words(sqlite_play, staff.galina, staff.anna, "План мероприятий", "Добавьте курс")
    await staff.anna.sees("Вам советуют")
    await staff.anna.presses("Принять")
    await staff.anna.sees("останется")
    (one,) = await given(sqlite_play, staff.anna)

    def rows(conn: Connection) -> list[str]:
        return [
            row.detail for row in conn.execute(journal.select().where(journal.c.action == "recommendation"))
        ]

    assert {f"recommendation {one.id}: plan", f"recommendation {one.id}: accepted"} <= set(
        await stored(sqlite_play, rows)
    )
