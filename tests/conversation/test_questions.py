"""Every kind of question: a bad answer is refused with a reason and an example, words count as buttons."""

import pytest

from bot.iom.facts import Answer, Value
from bot.iom.regulation import Kind
from tests.conversation.given import ONE_LOOP, bring, facts_of, here, shelf_of, texts
from tests.regulations.given import given, usual
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S, U = "stavropol", "ust_ilimsk"
TOO_LONG, TOO_SHORT, NO_WORDS = "а помещается", "Слишком коротко: нужно хотя бы", "Не вижу слов"

# regulation, question, how it was answered before, what is typed and the reason that is read
REFUSALS: list[tuple[str, str, dict[str, str], list[tuple[str, str]]]] = [
    (
        S,
        "position",
        {},
        [("у" * 121, TOO_LONG), ("ай", TOO_SHORT), ("!!! ...", NO_WORDS), ("🙂🙂🙂", NO_WORDS)],
    ),
    (S, "education", {}, [("в" * 401, TOO_LONG), ("ВО", TOO_SHORT), ("— … —", NO_WORDS)]),
    (
        S,
        "experience",
        {},
        [
            ("сто", "Нужно целое число от 0 до 70"),
            ("71", "от 0 до 70"),
            ("-1", "от 0"),
            ("3,5", "целое число"),
        ],
    ),
    (
        S,
        "taken_on",
        {},
        [("завтра", "ещё не наступил"), ("32.13.2026", "Не понял дату"), ("давно", "Не понял дату")],
    ),
    (U, "email", {}, [("anna@", "не похоже на адрес"), ("почта", "не похоже"), ("a b@c.ru", "не похоже")]),
    (
        U,
        "phone",
        {},
        [("123", "не похоже на телефон"), ("телефон", "не похоже"), ("+1 212 555", "не похоже")],
    ),
    (S, "has_diagnosis", {}, [("наверное", "Такого варианта нет"), ("!", "Можно: Да, есть, Пока нет")]),
    (S, "category", {}, [("?!", NO_WORDS), ("к" * 81, TOO_LONG)]),
    (S, "hinders", {}, [("м" * 301, TOO_LONG), ("???", NO_WORDS)]),
    (S, "competences", {}, [("к" * 201, TOO_LONG)]),
    (
        S,
        "scores",
        {},
        [
            ("П 101", "процент бывает от 0 до 100"),
            ("П: -5", "от 0 до 100"),
            ("Ж 50", "не узнал направление – «ж»"),
            ("П, М", "не вижу числа"),
            ("много", "не вижу"),
            ("40 50", "не понял, к какому направлению"),
            ("!!!", "не понял, к какому"),
        ],
    ),
    (U, "scores", {}, [("РД так себе", "не узнал"), ("высокий и ещё", "не"), ("55", "не")]),
    (S, "self_scores", {"has_diagnosis": "Пока нет"}, [("так себе", "Можно: Пока осваиваю, Делаю уверенно")]),
    (S, "growth_point", {}, [("биология", "Не узнал направление. Можно: содержание предмета")]),
    (S, "task", {}, [("учиться", TOO_SHORT), ("у" * 401, TOO_LONG), ("?" * 12, NO_WORDS)]),
    (
        S,
        "expected",
        {},
        [
            ("70 → 49", "Цель должна быть выше того, что есть: сейчас 70 %, а написано 49 %"),
            ("49 → 170", "Больше 100 % не бывает"),
            ("40", "Цель должна быть выше"),
            ("л" * 301, TOO_LONG),
        ],
    ),
    (
        S,
        "term",
        {},
        [
            ("01.12.2026 – 31.12.2027", "001 Прил. 4, §1"),
            ("никогда", "не понял срок"),
            ("до 15.11.2025", "уже прошёл"),
            ("31.02.2027", "такой даты нет в календаре"),
            ("май 2027 – март 2027", "конец раньше начала"),
        ],
    ),
    (U, "term", {}, [("01.12.2026 – 31.12.2027", "дольше, чем разрешает положение. 004")]),
    (
        S,
        "final_period",
        {},
        [("июнь 2030", "не помещается в срок маршрута"), ("потом", "не понял срок"), ("", "Не вижу")],
    ),
    (S, "courses", {}, [("никаких", "Здесь нужно нажать кнопку ниже")]),
]


async def test_every_kind_of_question_is_refused_something() -> None:
    kinds = {given(slug).questions[key].kind for slug, key, _, _ in REFUSALS}
    assert set(Kind) - kinds == {Kind.LINKS, Kind.EVENTS}  # words are no answer there, see below


@pytest.mark.parametrize(
    ("slug", "key", "answers", "said"), REFUSALS, ids=[f"{r[0]}-{r[1]}" for r in REFUSALS]
)
async def test_a_bad_answer_is_refused_with_its_reason_and_nothing_changes(
    sqlite_play: Play, slug: str, key: str, answers: dict[str, str], said: list[tuple[str, str]]
) -> None:
    anna = await bring(sqlite_play, slug, key, answers=answers)
    before, question = (
        await facts_of(sqlite_play, anna),
        shelf_of(sqlite_play).volumes[slug].regulation.questions[key],
    )
    for words, reason in said:
        if words:
            await anna.says(words)
            shown = (await anna.sees(reason)).text
            assert question.ask in shown
            assert not question.example or "Пример: " in shown
    assert await facts_of(sqlite_play, anna) == before


async def test_a_point_of_growth_is_taken_once(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "growth_more")
    await anna.presses("Добавить")
    await anna.sees("С какой точки роста начнём?")
    before = await facts_of(sqlite_play, anna)
    await anna.says("содержание предмета")
    await anna.sees("«содержание предмета» уже есть среди ваших точек роста. Выберите другую.")
    assert await facts_of(sqlite_play, anna) == before


async def test_words_at_the_links_of_a_task_are_no_answer(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "task_links")
    before = await facts_of(sqlite_play, anna)
    await anna.says("ко всем")
    await anna.sees("Здесь нужно нажать кнопку ниже")
    await anna.presses("✓ содержание предмета")
    await anna.sees("Хотя бы одна точка роста должна остаться")
    assert await facts_of(sqlite_play, anna) == before


async def test_thirteen_months_are_refused_with_the_clause_and_twelve_are_not(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, U, "term")
    await anna.says("13 месяцев")
    refused = await anna.sees("дольше, чем разрешает положение")
    assert given(U).term.clause in refused.text
    assert given(U).term.reason in refused.text
    await anna.says("12 месяцев")
    await anna.sees("✓ Срок маршрута")


# regulation, question, answers before, typed, stored
TYPED: list[tuple[str, str, dict[str, str], str, Value]] = [
    (S, "position", {}, "Педагог-психолог", "педагог-психолог"),
    (S, "position", {}, "  учитель \n химии ", "учитель химии"),
    (S, "has_diagnosis", {}, "да, есть", "yes"),
    (S, "has_diagnosis", {}, "ПОКА НЕТ", "no"),
    (S, "growth_point", {}, "методика урока", "methodical"),
    (S, "growth_point", {}, "ПП", "psych_ped"),
    (S, "hinders", {}, "Большой класс", ["Большой класс"]),
    (S, "task", {}, "Освоить приёмы устного счёта", "Освоить приёмы устного счёта"),
    (S, "expected", {}, "70", "49 % → 70 %"),
    (S, "expected", {}, "49% до 70,5 %", "49 % → 70,5 %"),
    (S, "expected", {}, "5 открытых уроков", "5 открытых уроков"),
    (S, "term", {}, "полгода", {"from": "2026-12-01", "to": "2027-05-31"}),
    (S, "has_diagnosis", {}, "да", "yes"),
    (S, "term", {}, "до конца мая", {"from": "2026-11-23", "to": "2027-05-31"}),
    (S, "final_period", {}, "апрель", {"from": "2027-04-01", "to": "2027-04-30"}),
    (S, "diagnosis_level", {}, "регион (цнппм)", "regional"),
    (S, "diagnosis_level", {}, "региональная", "regional"),
    (S, "taken_on", {}, "12 сентября", "2026-09-12"),
    (S, "experience", {}, "14 лет", 14),
    (S, "category", {}, "первая", "first"),
    (S, "category", {}, "молодой специалист", "молодой специалист"),
    (U, "email", {}, " Vera@Example.org ", "Vera@example.org"),
    (U, "phone", {}, "8 (900) 000 00 00", "+7 900 000-00-00"),
]


@pytest.mark.parametrize(("slug", "key", "answers", "words", "value"), TYPED)
async def test_words_are_taken_as_the_button(
    sqlite_play: Play, slug: str, key: str, answers: dict[str, str], words: str, value: Value
) -> None:
    anna = await bring(sqlite_play, slug, key, answers=answers)
    await anna.says(words)
    await anna.sees("✓")
    facts = await facts_of(sqlite_play, anna)
    table = given(slug).questions[key].each
    assert facts.value(key, facts.rows(table)[-1].id if table else 0) == value


async def test_results_come_block_by_block_by_taps(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "scores")
    await anna.presses("Предметные")
    await anna.sees("Предметные: выберите или напишите значение")
    await anna.says("49,5")
    await anna.sees_button("Предметные: 49,5")
    await anna.presses("Методические")
    await anna.says("61%")
    await anna.sees_button("Предметные: 49,5")
    await anna.presses("Дальше")
    await anna.sees("С какой точки роста начнём?")
    facts = await facts_of(sqlite_play, anna)
    assert facts.value("scores", facts.rows("diagnoses")[0].id) == {
        "subject": {"total": 49.5},
        "methodical": {"total": 61.0},
    }


async def test_a_part_of_the_results_is_taken_and_can_be_changed(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "scores")
    await anna.says("П 49, М 50")
    await anna.sees_button("Методические: 50")
    await anna.says("М 55; К 72")
    await anna.sees_button("Методические: 55")
    await anna.sees_button("Предметные: 49")
    facts = await facts_of(sqlite_play, anna)
    assert len(facts.rows("diagnoses")) == 1


async def test_what_was_clear_in_a_message_of_results_is_kept(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "scores")
    await anna.says("П 49, Ж 50")
    shown = await anna.sees("не узнал направление – «ж»")
    assert "Какие проценты по блокам?" in shown.text
    await anna.sees_button("Предметные: 49")
    await anna.says("М 40, М 50")
    await anna.sees("одно направление названо дважды")


async def test_a_bad_number_for_the_tapped_block_keeps_the_block_open(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "scores")
    await anna.presses("Методические")
    await anna.says("сто")
    refused = await anna.sees("Не записал: не вижу числа – «сто».")
    assert "Методические: выберите или напишите значение" in refused.text
    await anna.says("100")
    await anna.sees_button("Методические: 100")


async def test_levels_of_competence_are_tapped_block_by_block(sqlite_play: Play) -> None:
    vera = await bring(sqlite_play, U, "scores")
    regulation = given(U)
    for block in regulation.block:
        await vera.presses(block.title)
        await vera.presses(regulation.scale.levels[1].official)
    await vera.sees("С какой точки роста начнём?")
    facts = await facts_of(sqlite_play, vera)
    level = {"level": regulation.scale.levels[1].key}
    assert facts.value("scores", facts.rows("diagnoses")[0].id) == dict.fromkeys(regulation.blocks, level)


async def test_self_assessment_shows_what_can_be_observed_and_stores_no_percent(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "self_scores", has_diagnosis="Пока нет")
    for number, block in enumerate(usual(given(S)).values(), 1):
        screen = await anna.sees(f"({number} из 5)")
        assert all(words in screen.text for words in block.selfcheck.values())
        await (anna.says("Делаю уверенно") if number % 2 else anna.presses("Пока осваиваю"))
    await anna.sees("С какой точки роста начнём?")
    anna.never_sees("%")
    anna.never_sees("· П – Делаю уверенно")  # what was said is said once, below
    facts = await facts_of(sqlite_play, anna)
    levels = facts.value("self_scores", facts.rows("diagnoses")[0].id)
    assert isinstance(levels, dict)
    assert list(levels.values()) == [{"self": "medium"}, {"self": "low"}] * 2 + [{"self": "medium"}]


async def test_several_chips_are_ticked_and_one_is_taken_off_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "hinders")
    await anna.presses("＋ Не хватает времени")
    await anna.presses("＋ Не хватает знаний")
    await anna.presses("✓ Не хватает времени")
    await anna.presses("＋ Не с кем обсудить")
    await anna.says("В классе 32 человека")
    await anna.sees("шаг 7 из 12")
    facts = await facts_of(sqlite_play, anna)
    assert facts.value("hinders", facts.rows("growth")[0].id) == [
        "knowledge",
        "feedback",
        "В классе 32 человека",
    ]


async def test_a_chip_is_ticked_by_its_words_too(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "hinders")
    await anna.says("не хватает времени на подготовку")
    await anna.sees_button("✓ Не хватает времени на подготовку")
    await anna.says("дальше")
    await anna.sees("шаг 7 из 12")
    facts = await facts_of(sqlite_play, anna)
    assert facts.value("hinders", facts.rows("growth")[0].id) == ["time"]


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("пропустить", "Есть результат диагностики?"),
        ("НАЗАД", "Кем вы работаете?"),
        ("Пример", "Пример: математика"),
    ],
)
async def test_the_words_of_a_button_are_as_good_as_a_tap(sqlite_play: Play, word: str, seen: str) -> None:
    anna = await bring(sqlite_play, S, "subject")
    await anna.says(word)
    await anna.sees(seen)
    assert (await facts_of(sqlite_play, anna)).text("subject") == ""


async def test_a_suggestion_is_taken_by_its_number_in_the_list(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "task")
    await anna.says("2")
    await anna.sees(f"✓ Задача: {given(S).block[0].tasks[1]}")


async def test_no_chip_at_all_offers_no_way_further_but_to_skip(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "hinders")
    assert "Дальше" not in texts(anna)
    await anna.presses("＋ Не хватает времени")
    await anna.sees_button("Дальше")
    await anna.presses("✓ Не хватает времени")
    await anna.sees_button("＋ Не хватает времени")
    assert "Дальше" not in texts(anna)
    await anna.presses("Пропустить")
    await anna.sees("шаг 7 из 12")


async def test_back_walks_the_draft_and_shows_what_was_said(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "has_diagnosis", position="учитель")
    await anna.presses("Назад")
    await anna.sees("Какой предмет")
    await anna.presses("Назад")
    await anna.sees("Сейчас записано: учитель")
    await anna.says("завуч")
    await anna.sees("Есть результат диагностики?")
    assert (await facts_of(sqlite_play, anna)).text("position") == "завуч"


async def test_back_from_the_first_question_leads_home(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "position")
    await anna.presses("Назад")
    await anna.sees("Следующий шаг – первый вопрос карты")


async def test_skipping_leaves_a_line_for_the_pen(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "subject")
    await anna.presses("Пропустить")
    await anna.sees("Предмет: пропустили.")
    assert (await facts_of(sqlite_play, anna)).answer("subject") == Answer(None, skipped=True)


async def test_skipping_a_diagnosis_makes_its_row_with_an_empty_line(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "scores")
    await anna.presses("Пропустить")
    await anna.sees("С какой точки роста начнём?")
    facts = await facts_of(sqlite_play, anna)
    assert facts.answer("scores", facts.rows("diagnoses")[0].id) == Answer(None, skipped=True)


@pytest.mark.parametrize("key", ["position", "growth_point", "task", "term"])
async def test_what_a_draft_needs_has_no_button_to_skip(sqlite_play: Play, key: str) -> None:
    anna = await bring(sqlite_play, S, key)
    await anna.sees_button("Назад")
    assert "Пропустить" not in texts(anna)


@pytest.mark.parametrize("key", ["position", "scores", "task", "expected", "full_name", "experience"])
async def test_an_example_is_shown_on_request(sqlite_play: Play, key: str) -> None:
    anna = await bring(sqlite_play, S, key)
    assert "Пример:" not in here(anna).text
    await anna.presses("Пример")
    await anna.sees(f"Пример: {given(S).questions[key].example}")


async def test_suggestions_come_page_by_page_and_round_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "task")
    tasks = given(S).block[0].tasks
    assert tasks[0] in here(anna).text
    await anna.presses("Ещё")
    await anna.sees(tasks[3])
    await anna.presses("Ещё")
    await anna.sees(tasks[0])
    await anna.presses(tasks[1][:30])
    await anna.sees(f"✓ Задача: {tasks[1]}")


async def test_why_is_said_where_it_is_personal(sqlite_play: Play) -> None:
    for slug, key in ((S, "full_name"), (U, "email"), (U, "phone"), (U, "last_name")):
        anna = await bring(sqlite_play, slug, key)
        assert f"Зачем: {given(slug).questions[key].why}" in here(anna).text
