"""003 and the managers' branch of 001 on the phone: nine areas, four parts of the road map, five blocks."""

from tests.conversation.given import ONE_LOOP, bring, facts_of, newcomer, texts
from tests.documents.reading import docx_text
from tests.regulations.given import given
from tests.rules.test_branch import MANAGERS, MANAGES
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

Z = given("znamenka")
DRAFT = (
    ("Чем вы здесь гордитесь?", "Трое призёров муниципального этапа олимпиады"),
    ("С какой точки роста начнём?", "методики и технологии"),
    ("Что чаще всего мешает здесь?", "Первый год в этой школе"),
    ("Какую задачу поставим?", "Освоить приёмы формирующего оценивания"),
    ("По какому результату поймём", "4 открытых урока с листом наблюдения"),
)


async def test_a_young_teacher_walks_to_the_draft_in_twelve_answers(sqlite_play: Play) -> None:
    masha = newcomer(sqlite_play)
    await masha.start()
    await masha.presses("Согласен")
    await masha.presses(Z.title)
    await masha.sees("12 коротких вопросов")
    await masha.sees("Каким профессионалом вы хотите стать")
    await masha.says("Веду любой класс спокойно, дети спрашивают и спорят по делу")
    await masha.says("учитель")
    await masha.says("математика")
    for number in range(1, 10):
        await masha.sees(f"({number} из 9)")
        await masha.presses("Пока осваиваю" if number == 5 else "Делаю уверенно")
    await masha.sees("В какой области вы сильны?")
    await masha.presses("Предмет")
    for ask, says in DRAFT:
        await masha.sees(ask)
        await masha.says(says)
    await masha.says("3 года")
    await masha.sees("003 п. 1, понятия: маршрут наставляемого – долгосрочная программа на 4–5 лет")
    await masha.says("4 года")
    await masha.sees("Что поможет вырасти?")
    chosen = next(text for text in texts(masha) if text.startswith("＋"))
    await masha.presses(chosen)
    await masha.presses("Готово")
    file = await masha.sees_document("IOM-znamenka-draft.docx")
    printed = docx_text(file.data)
    for words in ("Веду любой класс спокойно", "Трое призёров", "Часть дорожной карты ещё не выбрана"):
        assert words in printed
    assert [row.table for row in (await facts_of(sqlite_play, masha)).entries].count("strengths") == 1


async def test_the_part_of_the_road_map_is_a_tap(sqlite_play: Play) -> None:
    masha = await bring(sqlite_play, "znamenka", "part")
    await masha.sees("К какой части дорожной карты")
    await masha.presses("Пробую новое вместе с детьми")
    await masha.sees("✓ Часть дорожной карты: пробно-поисковые действия")


async def test_a_programme_is_added_field_by_field_and_its_length_is_kept(sqlite_play: Play) -> None:
    masha = await bring(sqlite_play, "znamenka", "programmes_more")
    await masha.presses("Добавить")
    await masha.sees("Как назовём программу наставничества?")
    await masha.says("Оценивание, которое помогает учиться")
    await masha.says("01.02.2027 – 28.02.2027")
    refused = await masha.sees("нужен срок от 3 до 12 месяцев")
    assert "003 п. 1" in refused.text
    await masha.says("01.02.2027 – 30.11.2027")
    await masha.sees("Какая это форма наставничества?")
    await masha.presses("Педагог – педагог")
    facts = await facts_of(sqlite_play, masha)
    row = facts.rows("programmes")[0].id
    assert facts.value("programme_term", row) == {"from": "2027-02-01", "to": "2027-11-30"}


async def test_a_deputy_head_is_asked_about_five_blocks_of_management(sqlite_play: Play) -> None:
    galina = await bring(sqlite_play, "stavropol", "subject")
    await galina.presses(MANAGES)
    await galina.presses("Пока нет")
    for number in range(1, 6):
        await galina.sees(f"({number} из 5)")
        await galina.presses("Пока осваиваю" if number == 3 else "Делаю уверенно")
    await galina.sees("Начнём с этого: управление командой")
    facts = await facts_of(sqlite_play, galina)
    assert list(facts.value("self_scores", facts.rows("diagnoses")[0].id) or ()) == MANAGERS  # type: ignore[arg-type]


async def test_a_deputy_head_types_her_percents(sqlite_play: Play) -> None:
    galina = await bring(sqlite_play, "stavropol", "scores", subject=MANAGES)
    await galina.sees_button("Управление кадрами")
    await galina.says("УП 49, УК 70")
    await galina.sees_button("Управление кадрами: 70")
    await galina.presses("Дальше")
    await galina.sees("Начнём с этого: управление процессами")
