"""The certificate: only in the model that gives one, checked by anybody who holds the paper."""

import re

from sqlalchemy import Connection

from bot.iom.facts import State
from bot.phone.person import Person
from handlers.place import Place
from storage import decisions, routes, versions
from storage.decisions import Hand
from tests.conversation.given import ONE_LOOP, bring, id_of, newcomer, puts, texts
from tests.conversation.given_life import Life, carried_out
from tests.documents.reading import glued, pdf_text
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

U = "ust_ilimsk"


async def over(
    play: Play, outcome: str = "achieved", *, model: str = "ais", keeps_names: bool = True
) -> Life:
    """A completed route whose goals were reached, Anna at the certificate."""
    life = await carried_out(play, slug=U, state=State.CONCLUSION, keeps_names=keeps_names)

    def unit(conn: Connection) -> None:
        facts = routes.load(conn, id_of(conn, life.teacher), life.route_id)
        assert facts is not None
        by = Hand(facts.person_id, "mentor", "Ольхов Борис Игнатьевич")
        to = (State.COMPLETED, 0)
        facts = versions.choose(conn, facts, model=model)
        decisions.decide(conn, facts, "concluded", by, play.clock.now(), to=to, remark=outcome)

    await play.app.database.write(unit)
    await puts(play, life.teacher, Place("certificate"))
    return life


async def paper(anna: Person) -> tuple[str, str]:
    """The words of her certificate and its code."""
    await anna.presses("Получить сертификат")
    file = await anna.sees_document("IOM-certificate.pdf")
    message = await anna.sees("Код проверки:")
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", message.text)
    assert code is not None
    return glued(pdf_text(file.data)), code[0]


async def test_the_paper_is_checked_by_a_stranger_who_learns_little(sqlite_play: Play) -> None:
    life = await over(sqlite_play)
    await life.teacher.sees("Сертификат готов")
    words, code = await paper(life.teacher)
    facts = await life.facts()
    name = facts.text("last_name")
    assert name
    for told in (name, life.organisation.title, code):
        assert glued(told) in words
    again = await paper(life.teacher)
    assert again == (words, code)
    vera = newcomer(sqlite_play, "Вера")
    await vera.start(f"v-{code.replace('-', '')}")
    await vera.sees("Сертификат подлинный")
    await vera.sees(life.organisation.title)
    vera.never_sees(name)
    await vera.says(code.lower())  # without the link, letter by letter
    await vera.sees("Сертификат подлинный")
    await vera.presses("На главную")
    await vera.sees_button("Согласен")


async def test_the_school_model_gives_none(sqlite_play: Play) -> None:
    for model, said in (("school", "По вашей модели сертификат не выдают"), ("", "ваша не отмечена")):
        life = await over(sqlite_play, model=model)
        await life.teacher.sees(said)
        assert texts(life.teacher) == ["Назад"]


async def test_goals_that_were_not_reached_give_none(sqlite_play: Play) -> None:
    life = await over(sqlite_play, "not")
    await life.teacher.sees("Сертификат дают за достигнутые цели")
    assert texts(life.teacher) == ["Назад"]


async def test_where_no_names_are_kept_it_bears_a_code(sqlite_play: Play) -> None:
    life = await over(sqlite_play, keeps_names=False)
    words, code = await paper(life.teacher)
    vera = newcomer(sqlite_play, "Вера")
    await vera.start(f"v-{code.replace('-', '')}")
    told = await vera.sees("Кому: П-")
    assert glued(told.text.partition("Кому: ")[2]) in words


async def test_a_region_without_certificates_says_nothing_of_them(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol")
    await puts(sqlite_play, anna, Place("papers"))
    assert "Сертификат" not in texts(anna)


async def test_who_guesses_has_to_wait(sqlite_play: Play) -> None:
    vera = newcomer(sqlite_play, "Вера")
    for number in range(10):
        await vera.start(f"v-AAAAAAAA{number:02d}")
        await vera.sees("Такого сертификата нет")
    await vera.start("v-AAAAAAAAAA")
    await vera.sees("перерыв на час")
