"""Who was invited and how far each is; links, codes, the sheet; the sandbox; the operator's organisations."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.iom.facts import Facts
from bot.iom.people import Organisation
from bot.phone.person import Person
from handlers.place import Place
from storage import invitations, organisation_lists, people
from storage.invitations import Invitation
from storage.progress import Stage
from tests.conversation.coordinators import coordinator, invited, set_up
from tests.conversation.given import (
    ONE_LOOP,
    bring,
    facts_of,
    forged,
    here,
    id_of,
    newcomer,
    of_hers,
    puts,
    stored,
    texts,
)
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def with_people(play: Play, *names: str, role: str = "teacher") -> tuple[Person, Organisation]:
    """Galina before her list of invitations."""
    galina, school = await coordinator(play)
    school = await set_up(play, galina, school)

    def unit(conn: Connection) -> None:
        wanted = [invitations.Wanted(role, name=name, post="учитель") for name in names]
        secret, now = play.app.voice._world.secret, play.clock.now()
        invitations.create_many(conn, secret, school.id, wanted, now=now, valid=timedelta(days=90))

    await play.app.database.write(unit)
    await puts(play, galina, Place("invitations", row=school.id))
    return galina, school


async def only(play: Play, school: Organisation) -> Invitation:
    """The newest invitation of the school."""
    return (await invited(play, school))[-1].invitation


async def accepts(play: Play, person: Person, one: Invitation) -> None:
    """Somebody came by the link."""

    def unit(conn: Connection) -> None:
        now = play.clock.now()
        assert invitations.accept(conn, one, people.arrive(conn, person.id, now).id, now)

    await play.app.database.write(unit)


async def test_link_code_and_message_of_one_person(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Светлова Анна Ильинична")
    shown = await galina.sees("не открыли: 1")
    await galina.presses("Светлова Анна Ильинична · не открыл(а)")
    shown = await galina.sees("Действует до 21 февраля 2027")
    one, secret = await only(sqlite_play, school), sqlite_play.app.voice._world.secret
    assert invitations.token_of(secret, one) in shown.text
    assert invitations.code_of(secret, one) in shown.text
    await galina.presses("Сообщение для пересылки")
    shown = await galina.sees("Здравствуйте, Светлова Анна Ильинична!")
    name = (await sqlite_play.app.bot.me()).username
    assert f"https://t.me/{name}?start={invitations.token_of(secret, one)}" in shown.text
    assert invitations.code_of(secret, one) in shown.text
    await galina.presses("Назад")
    await galina.sees("Действует до")


async def test_a_new_link_makes_the_old_one_dead(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Светлова Анна")
    old, secret = await only(sqlite_play, school), sqlite_play.app.voice._world.secret
    await galina.presses("Светлова Анна")
    await galina.sees("Действует до")
    data = next(b.data for row in here(galina).buttons for b in row if b.text == "Новая ссылка")
    await galina.presses("Новая ссылка")
    shown = await galina.sees("Прежние больше не действуют")
    await galina.presses(data=data, stale=True)
    await galina.settled()
    new = await only(sqlite_play, school)
    assert invitations.token_of(secret, new) in shown.text
    found = await stored(sqlite_play, lambda conn: invitations.find(conn, invitations.token_of(secret, old)))
    assert found is None


async def test_taking_back_asks_once_more(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Светлова Анна")
    await galina.presses("Светлова Анна")
    await galina.presses("Отозвать")
    await galina.sees("Отозвать? Ссылка и код перестанут открываться.")
    await galina.presses("Назад")
    assert (await invited(sqlite_play, school))[-1].stage is Stage.SENT
    await galina.presses("Отозвать")
    await galina.presses("Да, отозвать")
    await galina.sees("✓ Приглашение отозвано: Светлова Анна.")
    assert (await invited(sqlite_play, school))[-1].stage is Stage.REVOKED
    assert not [text for text in texts(galina) if "Светлова" in text]


async def test_the_role_of_an_unused_invitation_changes_with_its_link(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Борисов Пётр")
    await galina.presses("Борисов Пётр")
    await galina.presses("Сменить роль")
    await galina.presses("тьютор")
    await galina.sees("✓ Борисов Пётр – тьютор. Ссылка новая")
    found = await invited(sqlite_play, school)
    assert [(one.invitation.role, one.stage) for one in found] == [
        ("teacher", Stage.REVOKED),
        ("mentor", Stage.SENT),
    ]


async def test_the_role_of_somebody_who_joined_changes_at_once(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Борисов Пётр", role="mentor")
    boris = newcomer(sqlite_play, "Борис")
    await accepts(sqlite_play, boris, await only(sqlite_play, school))
    await puts(sqlite_play, galina, Place("invitations", row=school.id))
    await galina.presses("Борисов Пётр · открыл(а)")
    assert "Отозвать" not in texts(galina)
    await galina.presses("Сменить роль")
    await galina.sees("Прежние права кончатся сразу")
    await galina.presses("координатор")
    await galina.sees("теперь координатор")

    def roles(conn: Connection) -> set[str]:
        from storage import memberships

        return {one.role for one in memberships.of_person(conn, id_of(conn, boris))}

    assert await stored(sqlite_play, roles) == {"coordinator"}


async def test_states_go_from_sent_to_a_card_begun(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Светлова Анна")
    anna = newcomer(sqlite_play)
    await accepts(sqlite_play, anna, await only(sqlite_play, school))
    await puts(sqlite_play, galina, Place("invitations", row=school.id))
    await galina.sees("открыли: 1")
    await bring(sqlite_play, "ust_ilimsk", "position", anna)
    await puts(sqlite_play, galina, Place("invitations", row=school.id))
    shown = await galina.sees("начали карту: 1")
    assert "не открыли" not in shown.text
    await puts(sqlite_play, galina, Place("school", row=school.id))
    await galina.sees("Приглашены: 1, вошли: 1, начали карту: 1.")


async def test_pages_search_and_whom_to_remind(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, *[f"Учителева{chr(1072 + n)} Анна" for n in range(19)])
    shown = await galina.sees("Страница 1 из 3")
    assert len([text for text in texts(galina) if text.startswith("Учителева")]) == 8
    await galina.presses("Ещё")
    await galina.sees("Страница 2 из 3")
    await galina.says("учителевав")
    shown = await galina.sees("По словам «учителевав»: 1.")
    await galina.presses("Показать всех")
    await accepts(sqlite_play, newcomer(sqlite_play), await only(sqlite_play, school))
    await galina.presses("Кому напомнить лично")
    shown = await galina.sees("Кому напомнить лично: 18")
    assert "Бот не может написать первым" in shown.text
    await galina.says("ъыь")
    await galina.sees("По словам «ъыь»: 0.")


async def test_the_sheet_with_codes_is_a_pdf_of_those_who_have_not_started(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play, "Светлова Анна", "Борисов Пётр")
    await accepts(sqlite_play, newcomer(sqlite_play), await only(sqlite_play, school))
    await galina.presses("Лист с QR")
    file = await galina.sees_document("invitations.pdf", timeout=30)
    words = pdf_words(file.data)
    first = (await invited(sqlite_play, school))[0].invitation
    assert "Светлова Анна" in words
    assert "Борисов" not in words
    assert invitations.code_of(sqlite_play.app.voice._world.secret, first) in words


def pdf_words(data: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("verb", ["one", "sheet", "remind", "more", "all"])
async def test_forged_ids_open_nothing_of_another_school(sqlite_play: Play, verb: str) -> None:
    _, school = await with_people(sqlite_play, "Скрытная Анна")
    theirs = await only(sqlite_play, school)
    daria, own = await coordinator(sqlite_play, "Своя", newcomer(sqlite_play, "Дарья"))
    own = await set_up(sqlite_play, daria, own)
    for place in (
        Place("invitations", row=own.id),
        Place("invitations", row=school.id),
        Place("invitation", row=own.id, parent=theirs.id),
        Place("invitation", row=own.id, parent=theirs.id, view={"sure": "1", "roles": "1"}),
    ):
        await puts(sqlite_play, daria, place)
        for other in (verb, "renew", "really_revoke", "pick", "message"):
            arg = "coordinator" if other == "pick" else str(theirs.id)
            await daria.presses(data=forged(daria, other, arg), stale=True)
            await daria.settled(quiet=0.05)
    daria.never_sees("Скрытная")
    assert await only(sqlite_play, school) == theirs


async def trial_of(play: Play, person: Person) -> Facts:
    return await facts_of(play, person)


async def test_a_sandbox_says_so_on_every_screen_and_is_gone_in_one_tap(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play)
    await puts(sqlite_play, galina, Place("school", row=school.id))
    await galina.presses("Попробовать как педагог")
    shown = await galina.sees("Это проба: так бот видит педагог.")
    assert "ПРОБА – не настоящая карта" in shown.text
    facts = await trial_of(sqlite_play, galina)
    assert (facts.trial, facts.slug, facts.organisation_id) == (True, "ust_ilimsk", school.id)
    await galina.says("/menu")
    await galina.presses("На главную")
    shown = await galina.sees("ПРОБА – не настоящая карта")
    await galina.presses("Закончить пробу")
    await galina.sees("Проба удалена.")
    assert "route" not in await stored(sqlite_play, lambda conn: of_hers(conn, galina))
    await galina.sees("Гимназия «Радуга»")
    await galina.says("/start")
    await galina.sees("Пока никто не приглашён")


async def test_who_has_a_card_of_her_own_needs_no_sandbox(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play)
    await bring(sqlite_play, "ust_ilimsk", "position", galina)
    before = await facts_of(sqlite_play, galina)
    await puts(sqlite_play, galina, Place("school", row=school.id))
    await galina.presses("Попробовать как педагог")
    await galina.sees("У вас есть своя карта")
    await puts(sqlite_play, galina, Place("home"))
    await galina.presses(data=forged(galina, "end_trial"), stale=True)
    await galina.settled()
    assert await facts_of(sqlite_play, galina) == before


async def test_an_operator_makes_an_organisation_and_its_first_link(sqlite_play: Play) -> None:
    fedor = newcomer(sqlite_play, "Фёдор")
    admins = frozenset({fedor.id})
    world = sqlite_play.app.voice._world
    object.__setattr__(world, "admins", admins)
    try:
        await fedor.start()
        await fedor.presses("Согласен")
        await fedor.says("/menu")
        await fedor.presses("Организации")
        await fedor.presses("Новая")
        await fedor.says("5")
        await fedor.sees("Нужно название с буквами")
        await fedor.says("МБОУ «Радуга-7»")
        await fedor.presses("школа или детский сад")
        if "Ни к чему" in texts(fedor):
            await fedor.presses("Ни к чему")
        shown = await fedor.sees("✓ МБОУ «Радуга-7» – создана.")
        made = (await stored(sqlite_play, lambda conn: organisation_lists.titled(conn, "мбоу «радуга-7»")))[0]
        one = await only(sqlite_play, made)
        token = invitations.token_of(world.secret, one)
        assert token in shown.text
        assert (one.role, made.kind) == ("coordinator", "school")
        await fedor.presses("Сообщение для пересылки")
        await fedor.sees("Вы – координатор ИОМ")
        await fedor.presses("Назад")
        await fedor.presses("Новая ссылка")
        await fedor.sees("Прежние больше не действуют")
        assert await stored(sqlite_play, lambda conn: invitations.find(conn, token)) is None
        await fedor.presses("Отозвать")
        await fedor.sees("Действующего приглашения координатора нет.")
        await fedor.presses("Назад")
        await fedor.presses("Новая")
        await fedor.says("мбоу «радуга-7»")
        await fedor.sees("Такая организация уже есть")
    finally:
        object.__setattr__(world, "admins", frozenset())


async def test_nobody_else_has_the_operators_rooms(sqlite_play: Play) -> None:
    galina, school = await with_people(sqlite_play)
    before = len(await stored(sqlite_play, organisation_lists.every))
    await galina.says("/menu")
    await galina.settled()
    assert "Организации" not in texts(galina)
    for place in (Place("organisations"), Place("new_organisation"), Place("organisation", row=school.id)):
        await puts(sqlite_play, galina, place)
        for verb in ("new", "kind", "parent", "renew", "revoke", "one", "open"):
            await galina.presses(data=forged(galina, verb, "organisations"), stale=True)
        await galina.says("Захвачено")
        await galina.settled()
    assert len(await stored(sqlite_play, organisation_lists.every)) == before
    galina.never_sees("Новая организация")
