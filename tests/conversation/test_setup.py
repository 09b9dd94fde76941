"""A coordinator's first hour: ten questions, each with bad answers, a way back and a rest in the middle."""

import pytest

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.iom.period import words
from bot.phone.person import Person
from handlers.coordinating import settings
from handlers.place import Place
from storage import invitations, signatories
from tests.conversation.coordinators import coordinator, invited, organisation, set_up
from tests.conversation.given import ONE_LOOP, forged, here, newcomer, puts, stored, texts
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def asked(play: Play, step: str, slug: str = "") -> tuple[Person, Organisation]:
    """Galina before a question, in walk order."""
    galina, school = await coordinator(play)
    if slug:
        school = await set_up(play, galina, school, slug)
    await puts(play, galina, Place("setup", step, school.id))
    return galina, school


async def test_the_whole_hour_by_words_and_taps(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play, "Школа")
    shown = await galina.sees("Как называется организация?")
    assert "шаг 1 из 10" in shown.text
    await galina.says("МБОУ «Средняя школа № 5»")
    await galina.sees("Какой регион?")
    await galina.says("Иркутская область")
    await galina.sees("Какой часовой пояс?")
    await galina.says("Иркутск")
    await galina.sees("Когда учебный год?")
    await galina.presses("1 сентября – 31 мая")
    await galina.sees("Когда каникулы?")
    await galina.presses("Взять обычные")
    await galina.sees("Имена или коды?")
    await galina.presses("С именами")
    await galina.sees("По какому положению")
    title = play_title(sqlite_play, "ust_ilimsk")
    await galina.presses(title)
    shown = await galina.sees("Кто согласует и утверждает карты?")
    assert "шаг 8 из 10" in shown.text
    await galina.presses("Дальше")
    await galina.sees("Сколько у вас педагогов?")
    await galina.says("45 педагогов")
    await galina.sees("Когда присылать вам сводку?")
    await galina.says("по понедельникам в 9 утра")
    shown = await galina.sees("Настройка закончена")
    assert "МБОУ «Средняя школа № 5»" in shown.text
    found = await organisation(sqlite_play, school)
    told = settings(found)
    assert (found.title, found.region, found.timezone) == (
        "МБОУ «Средняя школа № 5»",
        "Иркутская область",
        "Asia/Irkutsk",
    )
    assert (found.keeps_names, found.slug) == (True, "ust_ilimsk")
    assert (told.school_year_from, told.school_year_to) == ("09-01", "05-31")
    assert [words(one) for one in told.holidays][:2] == ["24.10.2026 – 01.11.2026", "31.12.2026 – 10.01.2027"]
    assert (told.staff, told.digest_day, told.digest_hour, told.setup) == (45, 0, 9, "done")


def play_title(play: Play, slug: str) -> str:
    return play.app.voice._world.shelf.volumes[slug].regulation.title


async def test_menu_in_the_middle_and_back_to_the_same_question(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await galina.presses("Оставить так")
    await galina.sees("Какой регион?")
    await galina.presses("Пропустить")
    await galina.sees("Какой часовой пояс?")
    await galina.says("/menu")
    await galina.presses("На главную")
    await galina.sees("Какой часовой пояс?")
    assert settings(await organisation(sqlite_play, school)).setup == "zone"


async def test_going_back_forgets_nothing(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await galina.presses("Оставить так")
    await galina.says("Иркутская область")
    await galina.sees("Какой часовой пояс?")
    await galina.presses("Назад")
    shown = await galina.sees("Какой регион?")
    assert "Сейчас: Иркутская область" in shown.text
    await galina.says("/start")
    await galina.sees("Какой часовой пояс?")
    assert (await organisation(sqlite_play, school)).region == "Иркутская область"


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("title", "5", "Нужно название с буквами"),
        ("title", "Ш" * 201, "Нужно название с буквами"),
        ("region", "38", "Нужно название региона"),
        ("zone", "Марс/Кратер", "Не знаю такого часового пояса"),
        ("zone", "../../etc/passwd", "Не знаю такого часового пояса"),
        ("year", "когда-нибудь", "Не понял учебный год"),
        ("year", "1 сентября – 2 сентября", "Не понял учебный год"),
        ("holidays", "26.10 – 03.11, потом", "Не понял каникулы – «потом»"),
        ("names", "как-нибудь", "Здесь проще нажать"),
        ("regulation", "положение о премиях", "Не нашёл такого положения"),
        ("signers", "Дмитриев Д. П.", "Здесь проще нажать"),
        ("staff", "много", "Нужно одно число"),
        ("staff", "0", "Нужно одно число"),
        ("staff", "9" * 400, "Нужно одно число"),
        ("digest", "понедельник и вторник в 9", "Нужны один день недели"),
        ("digest", "понедельник 9:30", "Нужны один день недели"),
    ],
)
async def test_a_bad_answer_is_refused_and_nothing_is_stored(
    sqlite_play: Play, step: str, typed: str, said: str
) -> None:
    galina, school = await asked(sqlite_play, step)
    before = await organisation(sqlite_play, school)
    await galina.says(typed)
    await galina.sees(said)
    assert await organisation(sqlite_play, school) == before


@pytest.mark.parametrize("step", [step for step in first_hour.STEPS if step != "signers"])
async def test_every_question_takes_a_forged_tap_calmly(sqlite_play: Play, step: str) -> None:
    galina, school = await asked(sqlite_play, step)
    before = await organisation(sqlite_play, school)
    for arg in ("", "-1", "9" * 40, "nobody", "0.99"):
        await galina.presses(data=forged(galina, "pick", arg), stale=True)
        await galina.settled()
    found = await organisation(sqlite_play, school)
    if step not in {"year", "holidays"}:  # there the one tap there is means the usual
        assert found == before


async def test_a_question_that_must_be_answered_is_not_skipped(sqlite_play: Play) -> None:
    galina, _ = await asked(sqlite_play, "regulation")
    assert "Пропустить" not in texts(galina)
    await galina.presses(data=forged(galina, "skip"), stale=True)
    await galina.sees("По какому положению")


async def test_an_example_is_one_tap_away(sqlite_play: Play) -> None:
    galina, _ = await asked(sqlite_play, "holidays")
    await galina.presses("Пример")
    await galina.sees("Пример: 26.10 – 03.11")


async def test_the_regulation_is_shown_by_pages_before_it_is_chosen(sqlite_play: Play) -> None:
    galina, _ = await asked(sqlite_play, "regulation")
    await galina.presses("Образец")
    await galina.sees_document("-sample.pdf")
    await galina.says("усть-илимск")
    await galina.settled()
    await galina.sees("Кто согласует")


async def test_a_school_inherits_the_regulation_of_its_municipality(sqlite_play: Play) -> None:
    _, above = await coordinator(sqlite_play, "Город", slug="stavropol", kind="municipality")
    galina, school = await coordinator(sqlite_play, "Школа города", parent_id=above.id)
    await puts(sqlite_play, galina, Place("setup", "regulation", school.id))
    await galina.sees("Над вами работают по положению")
    await galina.presses("Как у вышестоящей")
    await galina.sees("Кто согласует")
    assert (await organisation(sqlite_play, school)).slug == ""


async def test_names_and_codes_can_not_be_exchanged_once_somebody_is_invited(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await puts(sqlite_play, galina, Place("people", row=school.id))
    await galina.says("Светлова Анна Ильинична, учитель математики")
    await galina.sees("приглашение готово")
    await puts(sqlite_play, galina, Place("setup", "names", school.id, walk="fix"))
    await galina.presses("По кодам")
    await galina.sees("переключить нельзя")
    assert (await organisation(sqlite_play, school)).keeps_names


async def test_one_answer_is_changed_in_the_settings_of_the_school(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await galina.presses("Настройки школы")
    await galina.sees("Сколько педагогов: не указано")
    await galina.presses("Сколько педагогов")
    shown = await galina.sees("Сколько у вас педагогов?")
    assert "шаг" not in shown.text
    await galina.says("38")
    shown = await galina.sees("Сколько педагогов: 38")
    assert "✓ Записал." in shown.text
    assert settings(await organisation(sqlite_play, school)).setup == "done"


async def test_a_double_tap_answers_one_question_only(sqlite_play: Play) -> None:
    galina, school = await asked(sqlite_play, "year")
    data = next(b.data for row in here(galina).buttons for b in row if b.text.startswith("1 сентября"))
    await galina.presses(data=data)
    await galina.presses(data=data, stale=True)
    await galina.sees("Когда каникулы?")
    told = settings(await organisation(sqlite_play, school))
    assert (told.school_year_from, told.holidays) == ("09-01", ())


async def test_a_stranger_and_another_coordinator_have_no_such_rooms(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play, "Чужая школа")
    await set_up(sqlite_play, galina, school)
    before = await organisation(sqlite_play, school)
    vera, other = newcomer(sqlite_play, "Вера"), newcomer(sqlite_play, "Дарья")
    await vera.start()
    await vera.presses("Согласен")
    await vera.settled()
    await coordinator(sqlite_play, "Своя школа", other)
    for person in (vera, other):
        for place in (
            Place("setup", "title", school.id),
            Place("school", row=school.id),
            Place("school_settings", row=school.id),
            Place("people", row=school.id),
            Place("invitations", row=school.id),
        ):
            await puts(sqlite_play, person, place)
            await person.says("Захвачено")
            for verb in ("pick", "keep", "done", "open", "change", "sheet", "template", "try"):
                await person.presses(data=forged(person, verb, "title"), stale=True)
            await person.settled()
    for person in (vera, other):
        person.never_sees("Чужая школа")
    assert await organisation(sqlite_play, school) == before
    assert await invited(sqlite_play, school) == ()


async def test_a_coordinator_who_left_has_no_school_any_more(sqlite_play: Play) -> None:
    from storage import memberships, people

    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await sqlite_play.app.database.write(
        lambda conn: memberships.leave(
            conn,
            people.arrive(conn, galina.id, sqlite_play.clock.now()).id,
            school.id,
            sqlite_play.clock.now(),
        )
    )
    await galina.presses("Настройки школы")
    await galina.settled()
    galina.never_sees("Что изменить?")
    await galina.says("/menu")
    await galina.settled()
    assert "Моя школа" not in texts(galina)


async def held(play: Play, school: Organisation) -> list[tuple[str, str, str, str, bool]]:
    every = await stored(play, lambda conn: signatories.of(conn, school.id))
    return [(one.step, one.post, one.place, one.name, one.substitute) for one in every]


async def test_a_curator_is_named_and_invited(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await galina.presses("Указать согласующих")
    await galina.sees("Кто согласует")
    curator = next(text for text in texts(galina) if "куратор" in text.lower())
    await galina.presses(curator)
    await galina.says("Лугова")
    await galina.sees("Не вижу фамилии с инициалами")
    await galina.says("заместитель директора, М. О. Лугова")
    await galina.sees("✓ заместитель директора")
    found = await invited(sqlite_play, school)
    assert [(one.invitation.role, one.invitation.name) for one in found] == [("curator", "М. О. Лугова")]


async def test_who_is_named_instead_makes_the_first_link_dead(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await galina.presses("Указать согласующих")
    for name in ("М. О. Лугова", "П. С. Борисов"):
        await galina.sees("Кто согласует")
        await galina.presses(next(text for text in texts(galina) if "куратор" in text.lower()))
        await galina.says(f"методист, {name}")
        await galina.sees(f"✓ методист, Гимназия «Радуга», {name}")
    every = await stored(sqlite_play, lambda conn: invitations.of_organisation(conn, school.id))
    now = sqlite_play.clock.now()
    assert [invitations.state(one, now) for one in every] == ["revoked", "waiting"]


async def test_holder_and_substitute_of_a_step_as_documents_print_them(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school)
    await galina.presses("Указать согласующих")
    await galina.presses("＋ Согласование")
    await galina.presses("Пример")
    await galina.sees("Пример: директор, Гимназия «Радуга», Д. П. Дмитриев")
    await galina.says("директор\nМБОУ «Школа, корпус 2»\nД. П. Дмитриев")
    await galina.sees("✓ директор, МБОУ «Школа, корпус 2», Д. П. Дмитриев")
    await galina.presses("＋ Согласование: замещает")
    await galina.says("заместитель директора, О. В. Ленская")
    await galina.sees("✓ заместитель директора")
    steps = {step for step, *_ in await held(sqlite_play, school)}
    assert len(steps) == 1
    assert [one[1:] for one in await held(sqlite_play, school)] == [
        ("директор", "МБОУ «Школа, корпус 2»", "Д. П. Дмитриев", False),
        ("заместитель директора", "Гимназия «Радуга»", "О. В. Ленская", True),
    ]
    found = await invited(sqlite_play, school)
    assert [(one.invitation.role, one.invitation.step) for one in found] == [("approver", *steps)] * 2
    assert {one.stage.value for one in found} == {"sent"}


async def test_where_no_names_are_kept_no_name_of_a_signer_is_asked(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play, keeps_names=False)
    await set_up(sqlite_play, galina, school)
    await galina.presses("Указать согласующих")
    await galina.presses("＋ Согласование")
    await galina.sees("Имён не нужно")
    await galina.says("директор, МБОУ «Радуга»")
    await galina.sees("✓ директор, МБОУ «Радуга».")
    assert [one[1:4] for one in await held(sqlite_play, school)] == [("директор", "МБОУ «Радуга»", "")]
