"""Whoever comes by an invitation: who invites and what is seen, consent, a free choice, no leak."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.phone.person import Person
from handlers.place import Place
from storage import codes, invitations, memberships
from storage.progress import Stage, progress
from tests.conversation.given import (
    ONE_LOOP,
    OWN_LOOP,
    bring,
    facts_of,
    id_of,
    newcomer,
    of_hers,
    puts,
    stored,
    texts,
)
from tests.conversation.given_roles import helper, invites, rainbow, roles_of
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

UNFIT = "она уже использована, истекла или введена с ошибкой"
UNFIT_CODE = "он уже использован, истёк или введён с ошибкой"
TWINS = str.maketrans("ACEHKMPTX", "АСЕНКМРТХ")


async def stage_of(play: Play, organisation_id: int) -> list[Stage]:
    """What the coordinator sees of everybody she invited."""
    now = play.clock.now()
    return [one.stage for one in await stored(play, lambda conn: progress(conn, organisation_id, now))]


async def test_a_teacher_reads_who_invites_agrees_and_begins(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher", name="Светлова Анна")
    anna = newcomer(sqlite_play)
    await anna.start(token)
    shown = await anna.sees("Гимназия «Радуга»")
    assert "педагог" in shown.text
    assert "Кто что увидит" in shown.text
    assert "Светлова" not in shown.text  # whoever has the link is not told whose it is
    await anna.presses("Дальше")
    await anna.sees("Вы согласны на хранение ответов?")
    await anna.presses("Согласен")
    await anna.sees("Гимназия «Радуга»")
    assert texts(anna) == ["Участвую", "Подумаю", "Отказаться"]
    await anna.presses("Участвую")
    await anna.sees("Кем вы работаете?")
    facts = await facts_of(sqlite_play, anna)
    assert (facts.slug, facts.organisation_id) == ("ust_ilimsk", where.organisation.id)
    assert await stage_of(sqlite_play, where.organisation.id) == [Stage.BEGUN]


async def test_before_consent_only_the_place_knows_of_the_invitation(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher", name="Светлова Анна")
    anna = newcomer(sqlite_play)
    await anna.start(token)
    await anna.presses("Дальше")
    await anna.presses("Не согласен")
    await anna.sees("ничего не храню")
    assert set(await stored(sqlite_play, lambda conn: of_hers(conn, anna))) == {"person", "cursor"}
    await anna.says("/privacy")
    await anna.presses("На главную")
    await anna.presses("Согласен")
    await anna.sees("Гимназия «Радуга»")
    await anna.presses("Участвую")
    await anna.sees("Кем вы работаете?")


async def test_thinking_and_declining_are_answers_and_can_be_changed(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher")
    anna = await bring(sqlite_play, "ust_ilimsk", "position")
    await anna.start(token)
    await anna.presses("Подумаю")
    await anna.sees("Хорошо, подумайте")
    assert await stage_of(sqlite_play, where.organisation.id) == [Stage.CONSENTED]
    await anna.presses("Отказаться")
    await anna.sees("ваше решение записано")
    assert await stage_of(sqlite_play, where.organisation.id) == [Stage.DECLINED]
    await anna.says("/settings")
    await anna.presses("Моё участие")
    await anna.presses("Участвую")
    await anna.sees("Рады, что вы участвуете")


async def test_a_helper_puts_the_hat_on_and_says_how_she_is_printed(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "mentor", name="Громов Борис", post="методист")
    boris = newcomer(sqlite_play, "Борис")
    await boris.start(token)
    shown = await boris.sees("тьютор")
    assert "педагог," not in shown.text
    await boris.presses("Дальше")
    await boris.presses("Согласен")
    await boris.presses("Принять")
    await boris.sees("Громов Борис, методист")
    assert await roles_of(sqlite_play, boris) == ["mentor"]
    await boris.says("/settings")
    await boris.presses("Как меня печатают")
    await boris.presses("Должность")
    await boris.says("старший методист")
    await boris.sees("Должность: старший методист")
    held = await stored(sqlite_play, lambda conn: memberships.of_person(conn, id_of(conn, boris)))
    assert (held[0].name, held[0].post) == ("Громов Борис", "старший методист")


async def test_a_helper_who_declines_has_no_role_and_the_coordinator_sees_it(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "mentor")
    boris = await bring(sqlite_play, "ust_ilimsk", "position", newcomer(sqlite_play, "Борис"))
    await boris.start(token)
    await boris.presses("Отказаться от роли")
    await boris.sees("увидит, что вы отказались")
    assert await roles_of(sqlite_play, boris) == []
    assert await stage_of(sqlite_play, where.organisation.id) == [Stage.DECLINED]


@pytest.mark.parametrize("how", ["as it is", "cyrillic", "no dash", "pasted link"])
async def test_a_code_is_typed_at_the_very_first_screen(sqlite_play: Play, how: str) -> None:
    where = await rainbow(sqlite_play)
    token, code = await invites(sqlite_play, where, "teacher")
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.sees("Вы согласны")
    said = {
        "as it is": code,
        "cyrillic": code.translate(TWINS).lower(),
        "no dash": code.replace("-", " "),
        "pasted link": f"https://t.me/iom_test_bot?start={token}",
    }
    await anna.says(said[how])
    await anna.sees("Гимназия «Радуга»")


async def test_a_code_is_typed_in_its_room(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    _, code = await invites(sqlite_play, where, "mentor")
    anna = await bring(sqlite_play, "ust_ilimsk", "position")
    await anna.says("/menu")
    await anna.presses("У меня есть код")
    await anna.says("не помню")
    await anna.sees(UNFIT_CODE)
    await anna.says(code)
    await anna.sees("тьютор")


async def test_what_is_no_good_is_said_in_the_same_word(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    used, _ = await invites(sqlite_play, where, "mentor")
    expired, _ = await invites(sqlite_play, where, "mentor", valid=timedelta(seconds=-1))
    revoked, _ = await invites(sqlite_play, where, "mentor")
    boris = await bring(sqlite_play, "ust_ilimsk", "position", newcomer(sqlite_play, "Борис"))
    await boris.start(used)
    await boris.presses("Принять")
    await boris.sees("вы теперь в роли")

    def revoke(conn: Connection) -> None:
        found = invitations.find(conn, revoked)
        assert found is not None
        invitations.revoke(conn, found.id, sqlite_play.clock.now())

    await sqlite_play.app.database.write(revoke)
    vera = await bring(sqlite_play, "ust_ilimsk", "position", newcomer(sqlite_play, "Вера"))
    foreign = codes.token(b"of another bot", 1, "nonce")
    for payload in (used, expired, revoked, foreign, "z" * 40):
        await vera.start(payload)
        await vera.sees(UNFIT)
        await vera.settled()
    vera.never_sees("Радуга")
    assert await roles_of(sqlite_play, vera) == []


async def test_who_used_it_herself_comes_home(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "mentor")
    boris = await helper(sqlite_play, where, "expert", "Борис")
    await boris.start(token)
    await boris.presses("Принять")
    await boris.sees("вы теперь в роли")
    await boris.start(token)
    await boris.sees("Вас никто не ждёт")
    boris.never_sees(UNFIT)


@pytest.mark.parametrize("payload", ["7", "abc_123"])
async def test_a_short_payload_is_a_plain_start(sqlite_play: Play, payload: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "hinders")
    await anna.start(payload)
    await anna.sees("Черновик карты")
    anna.never_sees(UNFIT)


async def test_who_guesses_is_asked_to_wait(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    _, good = await invites(sqlite_play, where, "mentor")
    vera = await bring(sqlite_play, "ust_ilimsk", "position", newcomer(sqlite_play, "Вера"))
    await vera.says("/menu")
    await vera.presses("У меня есть код")
    for _ in range(10):
        await vera.says("AAAAA-AAAAA")
        await vera.sees(UNFIT_CODE)
        await vera.settled()
    await vera.says(good)
    await vera.sees("сделать перерыв на час")
    sqlite_play.clock.passes(hours=1, minutes=1)
    await vera.says(good)
    await vera.sees("Гимназия «Радуга»")


async def accepts(person: Person) -> None:
    """Presses what she has been looking at."""
    await person.presses("Принять")
    await person.settled()


@OWN_LOOP
async def test_two_at_once_and_exactly_one_wins(play: Play) -> None:
    where = await rainbow(play)
    token, _ = await invites(play, where, "mentor")
    both = [await helper(play, where, "expert", name) for name in ("Борис", "Вера")]
    for person in both:
        await person.start(token)
        await person.sees("тьютор")
    await asyncio.gather(*(accepts(person) for person in both))
    held = [await roles_of(play, person) for person in both]
    assert sorted(held) == [["expert"], ["expert", "mentor"]]
    loser = both[held.index(["expert"])]
    assert any(UNFIT in message.text for message in loser.messages)


async def test_an_invitation_revoked_while_she_reads_it(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher")
    anna = newcomer(sqlite_play)
    await anna.start(token)
    await anna.presses("Дальше")
    await anna.sees("Вы согласны")

    def revoke(conn: Connection) -> None:
        found = invitations.find(conn, token)
        assert found is not None
        invitations.revoke(conn, found.id, sqlite_play.clock.now())

    await sqlite_play.app.database.write(revoke)
    await anna.presses("Согласен")
    await anna.sees(UNFIT)
    await anna.presses("На главную")
    await anna.sees("По какому положению")
    assert await roles_of(sqlite_play, anna) == []


async def test_after_a_restart_the_invitation_is_shown_again(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher")
    anna = newcomer(sqlite_play)
    await anna.start(token)
    await anna.sees("Гимназия «Радуга»")
    found = await stored(sqlite_play, lambda conn: invitations.find(conn, token))
    assert found is not None
    await puts(sqlite_play, anna, Place("invited", row=found.id))
    await anna.presses("Дальше")
    await anna.sees("Вы согласны")


async def test_a_card_begun_alone_comes_along(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher")
    anna = await bring(sqlite_play, "ust_ilimsk", "term")
    before = await facts_of(sqlite_play, anna)
    await anna.start(token)
    await anna.presses("Участвую")
    await anna.settled()
    after = await facts_of(sqlite_play, anna)
    assert (before.organisation_id, after.organisation_id) == (None, where.organisation.id)
    assert (after.route_id, after.answers) == (before.route_id, before.answers)


async def test_a_card_of_another_regulation_stays_hers_alone(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(sqlite_play, where, "teacher")
    anna = await bring(sqlite_play, "stavropol", "term")
    await anna.start(token)
    await anna.presses("Участвую")
    await anna.settled()
    assert (await facts_of(sqlite_play, anna)).organisation_id is None


async def test_what_the_list_says_is_not_asked_again(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    token, _ = await invites(
        sqlite_play, where, "teacher", name="Светлова Анна Ильинична", post="воспитатель"
    )
    anna = newcomer(sqlite_play)
    await anna.start(token)
    await anna.presses("Дальше")
    await anna.presses("Согласен")
    await anna.presses("Участвую")
    await anna.sees("С какой возрастной группой")
    facts = await facts_of(sqlite_play, anna)
    said = [facts.text(key) for key in ("last_name", "first_name", "patronymic", "position")]
    assert said == ["Светлова", "Анна", "Ильинична", "воспитатель"]
