"""The card as a file: a draft at any time, marked on every page, the final one without a mark."""

import io
import zipfile

import pytest

from bot.phone.person import Person
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, newcomer, puts
from tests.documents.reading import DRAFT, docx_text, glued, pdf_text
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S, U = "stavropol", "ust_ilimsk"


async def prints(anna: Person, button: str) -> bytes:
    """Ask for a file and receive it."""
    known = len(anna.documents)
    await anna.presses(button)
    await anna.wait(lambda screen: len(screen.documents) > known, timeout=20)
    await anna.sees("Файл выше")
    return anna.documents[-1].data


def whole_docx(data: bytes) -> str:
    """The words of the page and of headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
    return "\n".join(docx_text(data, name) for name in names)


@pytest.mark.parametrize("slug", [S, U])
async def test_a_draft_can_be_printed_with_nothing_answered(sqlite_play: Play, slug: str) -> None:
    anna = await bring(sqlite_play, slug, "position")
    await anna.says("/card")
    await anna.sees("Черновик помечен на каждой странице")
    assert DRAFT in whole_docx(await prints(anna, "Черновик Word"))
    assert DRAFT in glued(pdf_text(await prints(anna, "Черновик PDF")))
    assert [file.name for file in anna.documents] == [f"IOM-{slug}-draft.docx", f"IOM-{slug}-draft.pdf"]


@pytest.mark.parametrize("slug", [S, U])
async def test_the_final_card_bears_no_mark(sqlite_play: Play, slug: str) -> None:
    anna = await bring(sqlite_play, slug, position="тьютор по физике")
    await anna.says("/card")
    await anna.sees("Черновик помечен")
    for text in (
        whole_docx(await prints(anna, "Чистовик Word")),
        pdf_text(await prints(anna, "Чистовик PDF")),
    ):
        assert DRAFT not in glued(text)
        assert glued("тьютор по физике") in glued(text)
    assert [file.name for file in anna.documents] == [f"IOM-{slug}.docx", f"IOM-{slug}.pdf"]


async def test_the_card_says_how_much_is_missing(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "full_name")
    await anna.says("/card")
    await anna.sees("Пока не хватает:")
    await anna.presses("Сводка")
    await anna.sees("Ваша карта по разделам")


async def test_after_a_change_the_same_button_prints_the_new_words(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, position="тьютор")
    await anna.says("/card")
    await anna.sees("Черновик помечен")
    before = docx_text(await prints(anna, "Черновик Word"))
    await puts(sqlite_play, anna, Place("summary", "work"))
    await anna.presses("Должность")
    await anna.says("завуч")
    await anna.sees("Должность: завуч")
    await anna.says("/card")
    await anna.sees("Черновик помечен")
    after = docx_text(await prints(anna, "Черновик Word"))
    assert ("тьютор" in before, "завуч" in before) == (True, False)
    assert ("тьютор" in after, "завуч" in after) == (False, True)


async def test_an_unchanged_card_is_uploaded_once(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "full_name")
    await anna.says("/card")
    await anna.sees("Черновик помечен")
    first = await prints(anna, "Черновик Word")
    uploads = len(sqlite_play.telegram.core.world.shelf.files)
    assert await prints(anna, "Черновик Word") == first
    assert len(sqlite_play.telegram.core.world.shelf.files) == uploads


HOSTILE = "{{7*7}} <w:p> & ]]> \u202eлево معلّم 🙂 %s #let x"


async def test_hostile_text_is_printed_as_text(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "position")
    await anna.says(HOSTILE)
    await anna.sees("✓ Должность")
    await anna.says("/card")
    await anna.sees("Черновик помечен")
    word, page = docx_text(await prints(anna, "Черновик Word")), pdf_text(await prints(anna, "Черновик PDF"))
    for part in ("{{7*7}}", "<w:p>", "& ]]>", "лево", "%s #let x"):
        assert part in word
        assert glued(part) in glued(page)
    assert (await facts_of(sqlite_play, anna)).text("position") == HOSTILE


async def test_the_draft_comes_by_itself_after_the_last_question(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "final_title")
    await anna.says("Педагогический совет")
    file = await anna.sees_document("IOM-stavropol-draft.docx")
    await anna.sees("Черновик готов – файл Word выше")
    assert "Педагогический совет" in docx_text(file.data)


async def test_a_sample_of_each_form_is_shown_before_choosing(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("По какому положению")
    await anna.presses("Образец")
    sample = await anna.sees_document(".pdf")
    assert "ОБРАЗЕЦ" in glued(pdf_text(sample.data))
    await anna.sees("По какому положению")


async def test_the_percent_of_a_self_assessment_is_never_printed(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "final_title", has_diagnosis="Пока нет")
    await anna.says("Педагогический совет")
    file = await anna.sees_document("draft.docx")
    assert "амодиагностика" in docx_text(file.data)
