"""People brought in by a table or one by one: shown first, invited once, whatever the file is."""

import io
import zipfile

import pytest
from sqlalchemy import Connection, func, select

from bot.documents import xlsx
from bot.iom.people import Organisation
from bot.iom.workbook import Sheet
from bot.phone.person import Person
from bot.speech.presenter import Presenter, Speaker, Told
from bot.speech.screen import Fetch, Read
from handlers.place import Place
from storage.tables import metadata
from tests.conversation.coordinators import coordinator, invited, set_up, table
from tests.conversation.given import ONE_LOOP, forged, here, id_of, newcomer, puts, stored, texts
from tests.databases import Databases
from tests.processes import asleep, rebuilt
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

BORISOV = ("Борисов", "Пётр", "Сергеевич", "учитель", "наставник", "")
SVETLOVA = ("Светлова", "Анна", "Ильинична", "учитель", "педагог", "Борисов П. С.")
NOBODY = ("", "Мария", "", "учитель", "педагог", "")
LUGOVA = ("Лугова", "Мария", "Олеговна", "учитель", "волшебник", "")


async def at_people(play: Play, keeps_names: bool = True) -> tuple[Person, Organisation]:
    """Galina in the room of people, the first hour behind her."""
    galina, school = await coordinator(play, keeps_names=keeps_names)
    school = await set_up(play, galina, school)
    await puts(play, galina, Place("people", row=school.id))
    return galina, school


def batches(conn: Connection, person_id: int) -> int:
    """How many files of hers are remembered."""
    rows = metadata.tables["import_batch"]
    hers = select(func.count()).select_from(rows).where(rows.c.person_id == person_id)
    return int(conn.execute(hers).scalar_one())


async def test_the_table_to_fill_in_is_a_file(sqlite_play: Play) -> None:
    galina, _ = await at_people(sqlite_play)
    await galina.presses("Скачать таблицу")
    file = await galina.sees_document("people.xlsx")
    header = xlsx.read(file.data, file.name)[0].cells
    assert header[:3] == ("Фамилия", "Имя", "Отчество")
    assert "Наставник" in header


async def test_a_filled_table_is_shown_and_then_invited_once(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.sends_file("список.xlsx", table(BORISOV, SVETLOVA, NOBODY, LUGOVA))
    shown = await galina.sees("Принято 2, отклонено 2")
    assert "С наставником: 1" in shown.text
    assert "строка 4: Не хватает фамилии или имени." in shown.text
    assert await invited(sqlite_play, school) == ()
    data = next(b.data for row in here(galina).buttons for b in row if b.text == "Пригласить всех (2)")
    await galina.presses("Скачать отклонённые")
    file = await galina.sees_document("people-rejected.xlsx")
    rows = [row.cells for row in xlsx.read(file.data, file.name)]
    assert rows[0][:2] == ("Строка", "Что исправить")
    assert [row[0] for row in rows[1:]] == ["4", "5"]
    assert "волшебник" in rows[2][1]
    await galina.presses("Пригласить всех (2)")
    await galina.sees("Готово: приглашений 2")
    await galina.presses(data=data, stale=True)
    await galina.presses(data=forged(galina, "invite_all"), stale=True)
    await galina.settled()
    found = await invited(sqlite_play, school)
    assert [(one.invitation.role, one.invitation.name) for one in found] == [
        ("mentor", "Борисов Пётр Сергеевич"),
        ("teacher", "Светлова Анна Ильинична"),
    ]
    assert found[1].invitation.mentor_invitation_id == found[0].invitation.id
    assert "Скачать отклонённые" in texts(galina)


async def test_the_same_file_again_invites_nobody_twice(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    for _ in range(2):
        await galina.sends_file("список.xlsx", table(BORISOV, SVETLOVA))
        await galina.sees("Принято 2, отклонено 0")
        if "Пригласить всех (2)" in texts(galina):
            await galina.presses("Пригласить всех (2)")
            await galina.presses("Готово")
            await galina.sees("пришлите её сюда файлом")
    await galina.sees("Уже приглашены раньше: 2, второй раз не позову.")
    assert len(await invited(sqlite_play, school)) == 2


async def test_cancelling_forgets_the_names_at_once(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.sends_file("список.xlsx", table(BORISOV))
    await galina.sees("Принято 1")
    await galina.presses("Отмена")
    await galina.sees("Люди")
    hers = await stored(sqlite_play, lambda conn: id_of(conn, galina))
    assert await stored(sqlite_play, lambda conn: batches(conn, hers)) == 0
    assert await invited(sqlite_play, school) == ()


async def test_where_no_names_are_kept_codes_are_taken_and_names_leave_no_trace(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play, keeps_names=False)
    await galina.sends_file("с именами.xlsx", table(SVETLOVA))
    await galina.sees("Не нашлась строка с названиями столбцов")
    await galina.presses("Назад")
    header = ("Код", "Фамилия", "Роль", "Наставник")
    rows = (("П-01", "", "наставник", ""), ("П-02", "", "", "П-01"), ("П-03", "Тайнова", "", ""))
    await galina.sends_file("коды.xlsx", xlsx.write([Sheet("Люди", header, rows)]))
    shown = await galina.sees("Принято 2, отклонено 1")
    assert "Организация работает без имён" in shown.text

    def content(conn: Connection) -> str:
        return str(conn.execute(select(metadata.tables["import_batch"])).all())

    assert "Тайнова" not in await stored(sqlite_play, content)
    await galina.presses("Пригласить всех (2)")
    await galina.sees("Готово: приглашений 2")
    found = await invited(sqlite_play, school)
    assert [(one.invitation.name, one.mentor) for one in found] == [("П-01", ""), ("П-02", "П-01")]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("бомба.xlsx", bomb(), "распаковывается в слишком большой"),
        ("битый.xlsx", b"PK\x03\x04nothing", "Файл не открывается"),
        ("старый.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "таблица старого вида"),
        ("приказ.pdf", b"%PDF-1.4", "Это не таблица"),
        ("пустой.xlsx", xlsx.write([Sheet("Л", ("Фамилия", "Имя"))]), "нет ни одной строки"),
        ("формулы.csv", "Фамилия;Имя\n=cmd|calc;Анна\n".encode("cp1251"), "Принято 0, отклонено 1"),
    ],
)
async def test_a_hostile_file_is_answered_and_leads_nowhere(
    sqlite_play: Play, name: str, data: bytes, said: str
) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.sends_file(name, data)
    await galina.sees(said)
    assert not [text for text in texts(galina) if text.startswith("Пригласить")]
    assert await invited(sqlite_play, school) == ()


async def test_a_file_over_twenty_megabytes_is_not_even_asked_for(sqlite_play: Play) -> None:
    galina, _ = await at_people(sqlite_play)
    await galina.sends_file("огромный.xlsx", b"x", size=21 * 1024 * 1024)
    await galina.sees("можно до 20 МБ")


async def test_two_thousand_people_through_the_chat(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    letters = "абвгдежзиклмнопрстуф"
    names = [f"{a}{b}{c}".capitalize() for a in letters for b in letters for c in letters[:5]]
    rows = [(f"Учителев{name.lower()}", "Анна", "", "учитель", "", "Борисов П. С.") for name in names[:1999]]
    await galina.sends_file("две тысячи.xlsx", table(BORISOV, *rows))
    await galina.sees("Принято 2000, отклонено 0", timeout=60)
    await galina.presses("Пригласить всех (2000)")
    await galina.sees("Готово: приглашений 2000", timeout=60)
    found = await invited(sqlite_play, school)
    assert len({one.invitation.id for one in found}) == 2000
    assert {one.invitation.mentor_invitation_id for one in found[1:]} == {found[0].invitation.id}
    await galina.presses("Приглашения")
    shown = await galina.sees("Приглашения: 2000")
    assert "Страница 1 из 250" in shown.text
    await galina.says("учителевбав")
    await galina.sees("По словам «учителевбав»: 1.")


async def test_one_person_in_words(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.says("Борисов Пётр Сергеевич, учитель, наставник")
    await galina.sees("✓ Борисов Пётр Сергеевич – приглашение готово.")
    await galina.presses("Назад")
    await galina.says("Светлова Анна Ильинична, учитель математики, наставник Борисов П. С.")
    await galina.sees("Борисов Пётр Сергеевич (ещё не вошёл)")
    found = await invited(sqlite_play, school)
    assert [(one.invitation.role, one.invitation.post) for one in found] == [
        ("mentor", "учитель"),
        ("teacher", "учитель математики"),
    ]
    assert found[1].invitation.mentor_invitation_id == found[0].invitation.id
    await galina.presses("Назад")
    await galina.says("СВЕТЛОВА анна  ильинична")
    await galina.sees("уже в приглашениях")
    assert len(await invited(sqlite_play, school)) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Светлова", "Не хватает фамилии или имени"),
        ("Светлова 2 Анна", "есть цифры"),
        (", , ,", "Не хватает фамилии или имени"),
        ("Светлова Анна, наставник Никто Н. Н.", "не найден"),
        ("Светлова Анна, " + "щ" * 300, "Слишком длинно"),
    ],
)
async def test_bad_words_about_a_person(sqlite_play: Play, typed: str, said: str) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.says(typed)
    await galina.sees(said)
    assert await invited(sqlite_play, school) == ()


async def test_whoever_went_elsewhere_is_not_called_back(sqlite_play: Play) -> None:
    """The file is read while she is in the menu: nothing is pushed at her, nothing is invited."""
    galina, school = await at_people(sqlite_play)
    await galina.sends_file("список.xlsx", table(BORISOV))
    await galina.says("/menu")
    await galina.settled()
    assert await invited(sqlite_play, school) == ()


async def test_a_file_in_another_room_is_not_wanted(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    await puts(sqlite_play, galina, Place("school", row=school.id))
    await galina.sends_file("список.xlsx", table(BORISOV))
    await galina.settled()
    galina.never_sees("Принято")


async def test_the_list_of_a_colleague_can_be_neither_seen_nor_confirmed(sqlite_play: Play) -> None:
    galina, school = await at_people(sqlite_play)
    await galina.sends_file("список.xlsx", table((*SVETLOVA[:5], "")))
    await galina.sees("Принято 1")
    hers = await stored(sqlite_play, lambda conn: id_of(conn, galina))

    def newest(conn: Connection) -> int:
        rows = metadata.tables["import_batch"]
        which = select(func.max(rows.c.id)).where(rows.c.person_id == hers)
        return int(conn.execute(which).scalar_one())

    batch = await stored(sqlite_play, newest)
    daria, other = await coordinator(sqlite_play, "Другая школа", newcomer(sqlite_play, "Дарья"))
    other = await set_up(sqlite_play, daria, other)
    for row in (school.id, other.id):
        await puts(sqlite_play, daria, Place("people_file", row=row, parent=batch))
        for verb in ("invite_all", "rejected", "again", "cancel"):
            await daria.presses(data=forged(daria, verb), stale=True)
        await daria.settled()
    daria.never_sees("Принято")
    assert await invited(sqlite_play, school) == await invited(sqlite_play, other) == ()
    await galina.presses("Пригласить всех (1)")
    await galina.sees("Готово: приглашений 1")


class Died(Exception):
    """The process is no more."""


class Mute:
    """Says everything, but dies when a file is to be read."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self.deaths = 0

    async def speak(self, told: Told) -> int | None:
        return await self._speaker.speak(told)

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        self.deaths += 1
        raise Died


async def test_a_bot_killed_while_it_reads_reads_again_in_its_next_life(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    async with databases.url("sqlite", folder, empty=True) as url, asleep(url) as play:
        galina, school = await at_people(play)
        mouths: list[Mute] = []

        def mute(speaker: Speaker) -> Speaker:
            mouths.append(Mute(speaker))
            return mouths[0]

        async with rebuilt(play, speaker=mute):
            await galina.sends_file("список.xlsx", table(BORISOV, SVETLOVA))
            await galina.sees("Читаю список.xlsx")
            await galina.settled()
        assert mouths[0].deaths == 1
        assert isinstance(play.app.voice._speaker, Presenter)
        assert await play.app.voice.pay_debts() == 1
        await galina.sees("Принято 2, отклонено 0")
        async with rebuilt(play):
            await galina.presses("Пригласить всех (2)")
            await galina.sees("Готово: приглашений 2")
        # The bot has finished what was in hand: everything was said.
        assert await play.app.voice.pay_debts() == 0
        assert len(await invited(play, school)) == 2
