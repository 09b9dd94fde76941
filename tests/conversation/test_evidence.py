"""«Сделано»: kinds, what they ask, files of every sort, sending, taking back and sending again."""

import pytest

from bot.phone.person import Person
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, here, newcomer, puts
from tests.conversation.given_life import LINES, Life, carried_out, told
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
COURSE = LINES[0][0]
MEGABYTE = 1024 * 1024


async def handing_in(play: Play, mentor: Person | None = None, **more: str) -> Life:
    """Anna is asked what shows that the course is done."""
    life = await carried_out(play, mentor=mentor or newcomer(play, "Борис"), **more)  # type: ignore[arg-type]
    await puts(play, life.teacher, Place("evidence", row=life.lines[0]))
    await life.teacher.sees("Чем подтвердим?")
    return life


async def sending_files(play: Play) -> Life:
    """She is asked for files of a lesson plan."""
    life = await handing_in(play)
    await life.teacher.presses("Разработка или конспект")
    await life.teacher.sees("пришлите файл")
    return life


@pytest.mark.parametrize("slug", REAL)
async def test_a_certificate_with_its_number_date_hours_and_two_pages(sqlite_play: Play, slug: str) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await handing_in(sqlite_play, boris, slug=slug)
    anna = life.teacher
    await anna.presses("Удостоверение о повышении")
    await anna.says("№ 180000-12")
    await anna.sees("Какого числа?")
    await anna.says("12 ноября")
    await anna.sees("Сколько часов?")
    await anna.says("36 часов")
    await anna.sees("пришлите файл")
    await anna.sends_file("страница 1.pdf", b"%PDF-1", caption="обе стороны")
    await anna.sees("✓ Файл принят: страница 1.pdf")
    await anna.sends_file("скан.jpg", b"jpeg", kind="photo")
    await anna.sees("Получено: 2")
    await anna.presses("Готово")
    await anna.sees("Удостоверение о повышении квалификации № 180000-12, 12 ноября 2026 г., 36 ч – 2 файла")
    assert await life.state() == "planned"
    await anna.presses("Отправить на проверку")
    await anna.sees("✓ Отправлено на проверку")
    assert await life.state() == "claimed"
    given = (await life.journey()).of_line(life.lines[0])
    assert {(one.number, one.hours) for one in given} == {("180000-12", 36.0)}
    await told(sqlite_play, boris)
    await boris.sees("сделано: " + COURSE)
    assert [file.name for file in boris.documents] == ["страница 1.pdf"]
    assert sum("photo" in message.content for message in boris.messages if message.by_bot) == 1


async def test_everything_asked_can_be_skipped_and_what_is_wrong_is_explained(sqlite_play: Play) -> None:
    life = await handing_in(sqlite_play)
    anna = life.teacher
    await anna.presses("Сертификат участника")
    await anna.says("???")
    await anna.sees("Не вижу слов")
    await anna.presses("Пропустить")
    await anna.says("когда-то")
    await anna.sees("Не понял дату")
    await anna.says("31 декабря 2026")
    await anna.sees("Этот день ещё не наступил")
    await anna.presses("Пропустить")
    await anna.says("много")
    await anna.sees("Не понял, сколько часов")
    await anna.says("полтора")
    await anna.sees("пришлите файл")
    assert (await life.journey()).of_line(life.lines[0])[0].hours == 1.5


async def test_nothing_is_sent_empty(sqlite_play: Play) -> None:
    life = await sending_files(sqlite_play)
    anna = life.teacher
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("Пока нечего отправить")
    assert await life.state() == "planned"


REFUSED = [
    ("setup.exe", "document", None, "Файл .exe приложить не получится"),
    ("отчёт.pdf.exe", "document", None, "Файл .exe приложить не получится"),
    ("архив.zip", "document", None, "Файл .zip приложить не получится"),
    ("без расширения", "document", None, "Файл приложить не получится"),
    ("большой.pdf", "document", 21 * MEGABYTE, "Файл большой: 21 МБ, а можно до 20 МБ"),
    ("\u202efdp.exe", "document", None, "Файл .exe приложить не получится"),
]


@pytest.mark.parametrize(("name", "kind", "size", "words"), REFUSED, ids=[one[3][:12] for one in REFUSED])
async def test_a_file_that_is_not_taken_is_refused_kindly(
    sqlite_play: Play, name: str, kind: str, size: int | None, words: str
) -> None:
    life = await sending_files(sqlite_play)
    await life.teacher.sends_file(name, b"MZ", kind=kind, size=size)
    await life.teacher.sees(words)
    await life.teacher.sees("пришлите файл")
    assert not [one for one in (await life.journey()).evidence if one.file]


TAKEN = [
    ("конспект.PDF", "document", 20 * MEGABYTE),
    ("таблица.ods", "document", None),
    ("снимок.heic", "document", None),
    ("фото.jpg", "photo", None),
]


@pytest.mark.parametrize(("name", "kind", "size"), TAKEN)
async def test_a_usual_file_is_taken(sqlite_play: Play, name: str, kind: str, size: int | None) -> None:
    life = await sending_files(sqlite_play)
    await life.teacher.sends_file(name, b"data", kind=kind, size=size)
    await life.teacher.sees("✓ Файл принят")
    assert len([one for one in (await life.journey()).evidence if one.file]) == 1


HOSTILE = [
    "<b>жирный</b>.pdf",
    "../../../etc/passwd.pdf",
    "а" * 240 + ".pdf",
    "{{ 7 * 7 }}.pdf",
    "a\u202eb\x00c.pdf",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_name_is_only_a_name(sqlite_play: Play, name: str) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await handing_in(sqlite_play, boris)
    anna = life.teacher
    await anna.presses("Разработка или конспект")
    await anna.sees("пришлите файл")
    await anna.sends_file(name, b"data")
    await anna.sees("✓ Файл принят")
    file = (await life.journey()).evidence[-1].file
    assert file is not None
    assert len(file.name) <= 80
    assert not {"/", "\\", "\u202e", "\x00"} & set(file.name)
    assert file.name.endswith(".pdf")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await told(sqlite_play, boris)
    await boris.sees("Разработка или конспект – 1 файл")


async def test_the_same_file_again_is_recognised(sqlite_play: Play) -> None:
    life = await sending_files(sqlite_play)
    anna = life.teacher
    for _ in range(2):
        await anna.sends_file("план урока.docx", b"the same bytes")
    await anna.sees("Этот файл уже приложен: план урока.docx")
    assert len([one for one in (await life.journey()).evidence if one.file]) == 1


async def test_a_sticker_and_an_empty_caption(sqlite_play: Play) -> None:
    life = await sending_files(sqlite_play)
    anna = life.teacher
    await anna.sends_sticker()
    await anna.sees("Такое сообщение приложить не получится")
    await anna.sends_file("голос.ogg", b"ogg", kind="voice")
    await anna.sees("Такое сообщение приложить не получится")
    await anna.sends_file("лист.pdf", b"pdf", caption="   ")
    await anna.sees("✓ Файл принят")
    assert (await life.journey()).evidence[-1].text == ""


async def test_files_that_came_before_the_kind_are_kept(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    anna = life.teacher
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.sends_file("сертификат.pdf", b"one")
    await anna.sees("Чем подтвердим?")
    await anna.sends_file("сертификат 2.pdf", b"two")
    await anna.sees("✓ Файл принят: сертификат 2.pdf")
    await anna.presses("Сертификат участника")
    await anna.says("77")
    await anna.sees("Какого числа?")
    await anna.presses("Пропустить")
    await anna.sees("Сколько часов?")
    await anna.presses("Пропустить")
    await anna.sees("пришлите файл")
    await anna.presses("Готово")
    await anna.sees("Сертификат участника № 77 – 2 файла")


async def test_two_documents_and_one_taken_away(sqlite_play: Play) -> None:
    life = await handing_in(sqlite_play)
    anna = life.teacher
    await anna.presses("Публикация")
    await anna.presses("Пропустить")
    await anna.sees("пришлите файл")
    await anna.says("https://example.org/1")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Добавить ещё документ")
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says("Выступила на педсовете")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.sees("Выступила на педсовете")
    await anna.presses("Убрать: Публикация")
    await anna.sees("Убрано: Публикация")
    assert {one.kind for one in (await life.journey()).evidence} == {"words"}


async def test_no_more_pieces_than_one_can_look_through(sqlite_play: Play) -> None:
    life = await sending_files(sqlite_play)
    anna = life.teacher
    for number in range(21):
        await anna.sends_file(f"{number}.pdf", f"{number}".encode())
    await anna.sees("Здесь уже 20")
    assert len((await life.journey()).evidence) == 20


async def test_taken_back_and_sent_again(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await handing_in(sqlite_play, boris)
    anna = life.teacher
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says("Прошла курс")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("✓ Отправлено на проверку")
    await told(sqlite_play, boris)
    await boris.sees("Прошла курс")
    sqlite_play.clock.passes(minutes=3)
    await anna.presses("Забрать")
    await anna.sees("Забрали")
    assert await life.state() == "planned"
    await anna.presses("Сделано")
    await anna.presses("Добавить ещё документ")
    await anna.presses("Разработка или конспект")
    await anna.sees("пришлите файл")
    await anna.sends_file("итог.pdf", b"pdf")
    await anna.sees("✓ Файл принят")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await told(sqlite_play, boris)
    await boris.sees("Разработка или конспект – 1 файл")
    assert await life.state() == "claimed"


async def test_a_double_tap_on_sending_claims_once(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await handing_in(sqlite_play, boris)
    anna = life.teacher
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says("Готово всё, что обещала")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    send = await anna.sees_button("Отправить на проверку")
    for _ in range(3):
        await anna.presses(data=send.data, message_id=here(anna).message_id, stale=True)
    await told(sqlite_play, anna, boris)
    boris_saw = [m for m in boris.messages if "сделано: " + COURSE in m.text]
    assert len(boris_saw) == 1


async def test_without_a_companion_the_claim_waits_for_one(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[0]))
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says("Сделала")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("Проверить пока некому")
    assert await life.state() == "claimed"
