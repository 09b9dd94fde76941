"""Lists a coordinator brings by file: shown, written once, refused kindly; nothing of them is kept."""

import csv
import io

import pytest
from sqlalchemy import Connection, func, select

from bot.documents import xlsx
from bot.iom.people import Organisation
from bot.iom.school import settings_of
from bot.iom.workbook import Sheet
from bot.phone.person import Person
from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Fetch, Read
from handlers.place import Place
from storage import events, memberships, people
from storage.tables import metadata
from tests.conversation.coordinators import coordinator, organisation, set_up
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, id_of, newcomer, puts, stored, texts
from tests.conversation.test_people_list import bomb
from tests.databases import Databases
from tests.processes import asleep, rebuilt
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

HEADER = ("Название", "Компетенции", "Форма участия", "Вид образования", "Начало", "Организатор")
COURSE = ("Курс о чтении", "Методические", "дистанционно", "формальное", "12.04.2027", "ИРО")
LESSON = ("Открытый урок", "предметные", "очно", "информальное", "", "")
PAST = ("Прошлогоднее", "предметные", "очно", "информальное", "12.04.2020", "")
ODD = ("Странное", "волшебные", "очно", "информальное", "", "")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    return xlsx.write([Sheet("Лист", header, rows)])


async def at_list(play: Play, kind: str, **facts: object) -> tuple[Person, Organisation]:
    """Galina where this list is brought in, the first hour behind her."""
    galina, school = await coordinator(play, **facts)  # type: ignore[arg-type]
    school = await set_up(play, galina, school, slug="stavropol")
    await puts(play, galina, Place("imports", kind, school.id))
    return galina, school


async def teaches(play: Play, person: Person, school: Organisation) -> None:
    """She is a teacher there from now on."""

    def unit(conn: Connection) -> None:
        now = play.clock.now()
        memberships.join(conn, people.arrive(conn, person.id, now).id, school.id, "teacher", now)

    await play.app.database.write(unit)


async def brought(play: Play, school: Organisation) -> list[tuple[str, str]]:
    """Titles and states of what this organisation brought."""
    every = await stored(play, events.every)
    return [(one.title, one.state) for one in every if one.proposer == school.id]


async def test_the_way_to_the_lists_and_their_tables(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    await set_up(sqlite_play, galina, school, slug="stavropol")
    await galina.presses("Загрузить файлом")
    await galina.sees("Что загружаем?")
    await galina.sends_file("a.xlsx", table(LESSON))
    await galina.sees("Сначала выберите, что загружаем")
    for button, name, caption in (
        ("Загрузить списком", "catalogue.xlsx", "Название"),
        ("Результаты диагностики", "diagnostics.xlsx", "ФИО или код"),
        ("Численность педагогов", "staff.xlsx", "Организация"),
    ):
        await galina.presses(button)
        await galina.presses("Скачать таблицу")
        file = await galina.sees_document(name)
        assert xlsx.read(file.data, name)[0].cells[0] == caption
        await galina.presses("Назад")
        await galina.sees("Что загружаем?")
    await galina.presses("Назад")
    await galina.sees_button("Мероприятия")


async def test_events_are_shown_then_written_once(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    await galina.sends_file("план.xlsx", table(COURSE, LESSON, LESSON, PAST, ODD))
    shown = await galina.sees("Принято 2, отклонено 2")
    assert "Новых: 2, изменённых: 0, уже есть такие же: 0." in shown.text
    assert "Повторов строка в строку: 1" in shown.text
    assert "строка 5: Уже прошло" in shown.text
    assert "строка 6: Не знаю таких компетенций: «волшебные»" in shown.text
    assert await brought(sqlite_play, school) == []
    await galina.presses("Скачать отклонённые")
    file = await galina.sees_document("rejected.xlsx")
    rows = [row.cells for row in xlsx.read(file.data, file.name)]
    assert rows[0][:3] == ("Строка", "Что исправить", "Название")
    assert [row[0] for row in rows[1:]] == ["5", "6"]
    await galina.presses("Загрузить (2)")
    await galina.sees("Готово: новых 2, изменённых 0")
    written = await brought(sqlite_play, school)
    assert written == [("Курс о чтении", "published"), ("Открытый урок", "published")]
    await galina.presses("Готово")
    await galina.sends_file("план.xlsx", table(COURSE, LESSON))
    await galina.sees("Всё это уже загружено, менять нечего.")
    assert not [text for text in texts(galina) if text.startswith("Загрузить (")]
    await galina.presses(data=forged(galina, "take"), stale=True)
    await galina.sees("Готово, менять было нечего")
    assert len(await brought(sqlite_play, school)) == 2


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8-sig", ";"), ("cp1251", ";"), ("utf-8", ",")])
async def test_a_csv_of_excel_is_read_as_well(sqlite_play: Play, encoding: str, sign: str) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows([HEADER, COURSE, LESSON])
    await galina.sends_file("план.csv", text.getvalue().encode(encoding))
    await galina.sees("Принято 2, отклонено 0")
    await galina.presses("Загрузить (2)")
    await galina.sees("Готово: новых 2")
    assert len(await brought(sqlite_play, school)) == 2


HOSTILE = [
    ("бомба.xlsx", bomb(), "распаковывается в слишком большой"),
    ("битый.xlsx", b"PK\x03\x04nothing", "Файл не открывается"),
    ("макрос.xlsm", table(LESSON), "есть макросы"),
    ("приказ.pdf", b"%PDF-1.4", "Это не таблица"),
    ("чужое.xlsx", table(("1", "2"), header=("А", "Б")), "Не нашлась строка с названиями столбцов"),
    ("формула.csv", ";".join(HEADER).encode() + b"\n=cmd|calc;=1+1;;;;\n", "Принято 0, отклонено 1"),
]


@pytest.mark.parametrize(("name", "data", "said"), HOSTILE, ids=[row[0] for row in HOSTILE])
async def test_a_hostile_file_is_answered_and_leads_nowhere(
    sqlite_play: Play, name: str, data: bytes, said: str
) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    await galina.sends_file(name, data)
    await galina.sees(said)
    assert not [text for text in texts(galina) if text.startswith("Загрузить")]
    assert await brought(sqlite_play, school) == []


async def test_a_hundred_megabytes_are_not_even_asked_for(sqlite_play: Play) -> None:
    galina, _ = await at_list(sqlite_play, "catalogue")
    await galina.sends_file("огромный.xlsx", b"x", size=100 * 1024 * 1024)
    await galina.sees("можно до 20 МБ")


async def test_no_formula_comes_back_in_the_rejected_rows(sqlite_play: Play) -> None:
    galina, _ = await at_list(sqlite_play, "catalogue")
    evil = ('=HYPERLINK("http://evil.example")', "=1+1", "очно", "формальное")
    await galina.sends_file("a.xlsx", table(evil))
    await galina.sees("Принято 0, отклонено 1")
    await galina.presses("Скачать отклонённые")
    file = await galina.sees_document("rejected.xlsx")
    assert b"<f>" not in file.data
    assert xlsx.read(file.data, file.name)[1].cells[2].startswith("=HYPERLINK")


class Listening:
    """Says everything, and remembers how far it was told to be."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self.told: list[tuple[bool, int, bool]] = []

    async def speak(self, told: Told) -> int | None:
        if told.screen is not None and told.screen.text == "import_reading":
            values = told.screen.values
            self.told.append((bool(values["writing"]), int(str(values["at"])), told.edit is not None))
        return await self._speaker.speak(told)

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        return await self._speaker.fetch(chat_id, wanted)


async def test_a_long_list_goes_in_by_parts_and_the_message_counts(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("long")
    async with databases.url("sqlite", folder, empty=True) as url, asleep(url) as play:
        galina, school = await at_list(play, "catalogue")
        ears: list[Listening] = []

        def listening(speaker: Speaker) -> Speaker:
            ears.append(Listening(speaker))
            return ears[0]

        rows = [(f"Событие {n}", "Предметные", "очно", "курсы", "", "ИРО") for n in range(4_100)]
        async with rebuilt(play, speaker=listening):
            await galina.sends_file("каталог.xlsx", table(*rows))
            await galina.sees("Принято 4100, отклонено 0", timeout=60)
            await galina.presses("Загрузить (4100)")
            await galina.sees("Готово: новых 4100", timeout=60)
        assert ears[0].told == [(False, 0, False), (False, 4000, True), (True, 0, True), (True, 4000, True)]
        assert len(await brought(play, school)) == 4_100


async def test_whoever_went_elsewhere_is_not_called_back(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    await galina.sends_file("план.xlsx", table(LESSON))
    await galina.says("/menu")
    await galina.settled()
    assert await brought(sqlite_play, school) == []


async def test_results_become_recommendations_that_the_teacher_takes(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "diagnostics")
    anna = newcomer(sqlite_play)
    await teaches(sqlite_play, anna, school)
    await bring(sqlite_play, "stavropol", "has_diagnosis", person=anna)
    code = await stored(sqlite_play, lambda conn: _code(conn, anna))
    data = table((code, "12.09.2026", "49,5"), ("Никто", "", "50"), header=("Код", "Дата", "Предметные"))
    await galina.sends_file("итоги.xlsx", data)
    await galina.sees("Принято 1, отклонено 1")
    await galina.presses("Загрузить (1)")
    await galina.sees("Педагоги получили их как рекомендации.")
    before = await facts_of(sqlite_play, anna)
    assert before.rows("diagnoses") == ()
    await puts(sqlite_play, anna, Place("recommendations"))
    await anna.sees("Предметные – 49,5")
    await anna.presses("12 сентября")
    await anna.presses("Принять")
    await anna.sees("Результаты записаны в карту")
    facts = await facts_of(sqlite_play, anna)
    (row,) = facts.rows("diagnoses")
    assert facts.value("scores", row.id) == {"subject": {"total": 49.5}}
    assert facts.value("taken_on", row.id) == "2026-09-12"
    assert facts.value("has_diagnosis") == "yes"
    await galina.presses("Готово")
    await galina.sends_file("итоги.xlsx", data)
    await galina.sees("Всё это уже загружено")


def _code(conn: Connection, person: Person) -> str:
    found = people.known(conn, person.id)
    assert found is not None
    return found.code


async def test_where_no_names_are_kept_rejected_rows_leave_none(sqlite_play: Play) -> None:
    galina, _ = await at_list(sqlite_play, "diagnostics", keeps_names=False)
    await galina.sends_file("итоги.xlsx", table(("Тайнова Вера", "50"), header=("ФИО", "Предметные")))
    await galina.sees("строка 2: «…» не нахожу")

    def content(conn: Connection) -> str:
        return str(conn.execute(select(metadata.tables["import_batch"])).all())

    assert "Тайнова" not in await stored(sqlite_play, content)


async def test_staff_numbers_stand_in_the_settings(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "staff", title="Лицей «Число»")
    await galina.sends_file("штат.csv", "Школа;Численность\nлицей «Число»;45\nЧужая;3\n".encode("cp1251"))
    shown = await galina.sees("Принято 1, отклонено 1")
    assert "Нет такой организации среди ваших: «Чужая»" in shown.text
    await galina.presses("Загрузить (1)")
    await galina.sees("Готово: новых 1")
    assert settings_of((await organisation(sqlite_play, school)).settings).staff == 45


async def test_a_list_of_a_colleague_is_nobody_elses(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    await galina.sends_file("план.xlsx", table(LESSON))
    await galina.sees("Принято 1")

    def newest(conn: Connection) -> int:
        rows = metadata.tables["import_batch"]
        return int(conn.execute(select(func.max(rows.c.id))).scalar_one())

    batch = await stored(sqlite_play, newest)
    daria, other = await at_list(sqlite_play, "catalogue", title="Другая")
    for row in (school.id, other.id):
        await puts(sqlite_play, daria, Place("import_file", "catalogue", row, batch))
        for verb in ("take", "rejected", "again", "cancel"):
            await daria.presses(data=forged(daria, verb), stale=True)
        await daria.settled()
    daria.never_sees("Принято")
    assert await brought(sqlite_play, school) == await brought(sqlite_play, other) == []
    await galina.presses("Загрузить (1)")
    await galina.sees("Готово: новых 1")


async def test_who_is_no_coordinator_any_more_writes_nothing(sqlite_play: Play) -> None:
    galina, school = await at_list(sqlite_play, "catalogue")
    await galina.sends_file("план.xlsx", table(LESSON))
    await galina.sees("Принято 1")
    hers = await stored(sqlite_play, lambda conn: id_of(conn, galina))
    now = sqlite_play.clock.now()
    await sqlite_play.app.database.write(lambda conn: memberships.leave(conn, hers, school.id, now))
    await galina.presses("Загрузить (1)")
    await galina.settled()
    assert await brought(sqlite_play, school) == []
