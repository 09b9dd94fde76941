"""Everything else that is printed of a route: for the phone, for the calendar, in parts, by another form."""

import io
import re

import pypdf
import pytest
from icalendar import Calendar

from bot.iom.journey import LineState
from bot.phone.person import Person
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, newcomer, puts, texts
from tests.conversation.given_finish import close_lines
from tests.conversation.given_life import LINES, carried_out
from tests.conversation.test_card import prints, whole_docx
from tests.documents.reading import glued, pdf_pages, pdf_text
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S, U = "stavropol", "ust_ilimsk"


async def file_after(anna: Person, button: str) -> bytes:
    """Ask for a file and receive it."""
    known = len(anna.documents)
    await anna.presses(button)
    await anna.wait(lambda screen: len(screen.documents) > known, timeout=20)
    await anna.sees("Файл выше")
    return anna.documents[-1].data


def lines_of(data: bytes) -> dict[str, object]:
    """UIDs of the lines in a calendar file, with their days."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return {str(event["uid"]): event.start for event in calendar.events}


async def test_a_card_for_the_phone_is_small_and_whole(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, position="тьютор по физике")
    await puts(sqlite_play, anna, Place("card"))
    printed = await prints(anna, "PDF для телефона")
    assert anna.documents[-1].name == "IOM-stavropol-phone.pdf"
    page = pypdf.PdfReader(io.BytesIO(printed)).pages[0].mediabox
    assert (round(float(page.width) / 72 * 25.4), round(float(page.height) / 72 * 25.4)) == (100, 178)
    assert glued("тьютор по физике") in glued(pdf_text(printed))


async def test_word_and_pdf_of_one_version_have_one_code(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S)
    await puts(sqlite_play, anna, Place("card"))
    word = whole_docx(await prints(anna, "Чистовик Word"))
    code = re.search(r"П-[0-9A-Z]{4,} · (\d+) · [0-9a-f]{4}", word)
    assert code is not None
    assert int(code[1]) == (await facts_of(sqlite_play, anna)).version
    for button in ("Чистовик PDF", "PDF для телефона"):
        assert all(glued(code[0]) in glued(page) for page in pdf_pages(await prints(anna, button)))


async def test_the_plan_goes_into_the_calendar_and_again_updates_it(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play)
    await puts(sqlite_play, life.teacher, Place("plan"))
    plan = await file_after(life.teacher, "В календарь")
    assert sorted(map(str, lines_of(plan).values())) == sorted(str(day) for _, day in LINES)
    quiet = await file_after(life.teacher, "Без напоминаний")
    assert (b"VALARM" in plan, b"VALARM" in quiet) == (True, False)
    assert lines_of(plan) == lines_of(quiet)
    await puts(sqlite_play, life.teacher, Place("line", row=life.lines[1]))
    one = await file_after(life.teacher, "В календарь")
    assert lines_of(one).items() <= lines_of(plan).items()
    assert list(map(str, lines_of(one).values())) == [str(LINES[1][1])]


async def test_an_undated_plan_offers_no_calendar(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "full_name")
    await puts(sqlite_play, anna, Place("plan"))
    assert "В календарь" not in texts(anna)


async def test_what_was_done_makes_a_picture_and_a_paper(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await puts(sqlite_play, life.teacher, Place("papers"))
    assert "Материалы для аттестации" not in texts(life.teacher)
    await close_lines(life, LineState.CONFIRMED, LineState.NOT_DONE, LineState.CONFIRMED)
    await puts(sqlite_play, life.teacher, Place("papers"))
    text = glued(pdf_text(await file_after(life.teacher, "Материалы для аттестации")))
    told = [glued(title) in text for title in life.titles]
    assert told == [True, False, True]
    await life.teacher.presses("Динамика картинкой")
    await life.teacher.sees("Картинка выше")
    assert [message for message in life.teacher.messages if message.content.get("photo")]


async def test_an_attachment_is_printed_alone(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S)
    await puts(sqlite_play, anna, Place("papers"))
    await anna.presses("Приложения отдельно")
    await anna.sees("Какое напечатать?")
    title = texts(anna)[0]
    printed = whole_docx(await file_after(anna, title))
    assert title in printed
    assert "УТВЕРЖДАЮ" not in printed


@pytest.mark.parametrize(("own", "other", "title"), [(S, U, "Усть-Илимск"), (U, S, "Ставропол")])
async def test_the_same_answers_by_the_form_of_another_region(
    sqlite_play: Play, own: str, other: str, title: str
) -> None:
    anna = await bring(sqlite_play, own, org_name="Гимназия «Берег»")
    before = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, anna, Place("papers"))
    await anna.presses("По форме другого региона")
    await anna.sees("Какая форма нужна?")
    await anna.presses(next(text for text in texts(anna) if title in text))
    await anna.sees("Не хватает")
    word = whole_docx(await file_after(anna, "Напечатать Word"))
    assert anna.documents[-1].name == f"IOM-{other}.docx"
    assert "Гимназия «Берег»" in word
    assert await facts_of(sqlite_play, anna) == before
