"""The organisation decides: by which regulation one works, and whether names are kept at all."""

import json

import pytest
from sqlalchemy import Connection

from bot.iom.facts import SetAnswer
from storage import routes
from tests.conversation.given import (
    ONE_LOOP,
    bring,
    facts_of,
    here,
    id_of,
    newcomer,
    school,
    shelf_of,
    stored,
)
from tests.documents.reading import docx_text
from tests.regulations.given import REAL, given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


def personal(slug: str) -> dict[str, str]:
    """Keys and words of the questions about the person."""
    return {question.key: question.ask for question in given(slug).question if question.personal}


@pytest.mark.parametrize("slug", REAL)
async def test_a_bound_organisation_decides_the_regulation_without_asking(
    sqlite_play: Play, slug: str
) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug=slug)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("Кем вы работаете?")
    anna.never_sees("По какому положению")
    assert (await facts_of(sqlite_play, anna)).slug == slug


async def test_a_regulation_nobody_has_here_is_asked_about(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug="nowhere")
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("По какому положению")


async def test_the_name_of_the_school_is_known_and_not_asked(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug="stavropol", region="Ставропольский край")
    await bring(sqlite_play, "stavropol", "position", anna)
    await anna.says("/settings")
    await anna.presses("Начать новую карту")
    await anna.presses("Да, начать новую")
    await anna.sees("Кем вы работаете?")
    facts = await facts_of(sqlite_play, anna)
    assert (facts.text("org_name"), facts.text("region")) == ("Гимназия «Радуга»", "Ставропольский край")


@pytest.mark.parametrize("slug", REAL)
async def test_where_no_names_are_kept_no_personal_question_is_ever_asked(
    sqlite_play: Play, slug: str
) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug=slug, keeps_names=False)
    await bring(sqlite_play, slug, "final_title", anna)
    await anna.says("Педагогический совет")
    await anna.sees("Черновик готов")
    await anna.presses("Заполнить ещё немного")
    for _ in range(80):
        await anna.settled(quiet=0.03)
        button = next((b for row in here(anna).buttons for b in row if b.text in GOING_ON), None)
        if button is None:
            break
        await anna.presses(data=button.data)
    await anna.sees("Черновик помечен на каждой странице")
    for ask in personal(slug).values():
        anna.never_sees(ask)
    assert not set(personal(slug)) & {key for _, key in (await facts_of(sqlite_play, anna)).answers}


GOING_ON = {"Пропустить", "Готово", "Ещё три вопроса"}


async def test_without_names_the_card_the_summary_and_the_gaps_do_without_them(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug="stavropol", keeps_names=False)
    await bring(sqlite_play, "stavropol", "", anna)
    await anna.says("/menu")
    await anna.presses("Сводка")
    await anna.presses("Сведения о педагоге")
    shown = await anna.sees("Нажмите, что исправить.")
    assert given("stavropol").questions["full_name"].title not in shown.text
    await anna.says("/privacy")
    await anna.sees("Имя и контакты не спрашиваю и не храню: ваша организация работает по кодам.")


async def test_a_personal_answer_is_refused_by_the_table_too(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug="stavropol", keeps_names=False)
    await bring(sqlite_play, "stavropol", "subject", anna)
    facts = await facts_of(sqlite_play, anna)

    def writes(conn: Connection) -> None:
        change = [SetAnswer("full_name", "Светлова")]
        routes.apply(conn, facts, change, facts.person_id, sqlite_play.clock.now(), personal={"full_name"})

    with pytest.raises(ValueError, match="keeps no names"):
        await sqlite_play.app.database.write(writes)


async def test_joining_a_school_without_names_carries_no_name_into_the_new_card(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", full_name="Светлова Анна", position="тьютор")
    await school(sqlite_play, anna, slug="stavropol", keeps_names=False)
    await anna.says("/settings")
    await anna.presses("Начать новую карту")
    await anna.presses("Да, начать новую")
    await anna.sees("Есть результат диагностики?")
    facts = await facts_of(sqlite_play, anna)
    assert (facts.text("position"), facts.answer("full_name")) == ("тьютор", None)
    await anna.says("/card")
    await anna.presses("Черновик Word")
    assert "Светлова" not in docx_text((await anna.sees_document("draft.docx")).data)


async def test_the_school_is_in_the_export(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    made = await school(sqlite_play, anna, slug="stavropol")
    await anna.says("/privacy")
    await anna.presses("Выгрузить мои данные")
    told = json.loads((await anna.sees_document("iom-data.json")).data)
    assert [one["organisation_id"] for one in told["memberships"]] == [made.id]
    assert await stored(sqlite_play, lambda conn: id_of(conn, anna))
    assert set(REAL) <= set(shelf_of(sqlite_play).volumes)


async def test_the_time_zone_of_the_school_counts_until_she_chooses_her_own(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await school(sqlite_play, anna, slug="stavropol", timezone="Asia/Kamchatka")
    await bring(sqlite_play, "stavropol", "position", anna)
    await anna.says("/settings")
    await anna.sees("Asia/Kamchatka, сейчас у вас 18:00")
    await anna.presses("Часовой пояс")
    await anna.presses("Омск")
    await anna.sees("Asia/Omsk, сейчас у вас 12:00")
