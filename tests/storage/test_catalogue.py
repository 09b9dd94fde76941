"""Events, texts of regulations and files that Telegram has."""

from dataclasses import replace
from datetime import date

from bot.iom.catalogue import Event
from bot.iom.people import Person
from storage import events, printed, regulations
from tests.storage.house import DIGEST, FORGED, LATER, LESSON, NOW, Store

COURSE = Event(
    id=99,
    code="E-2",
    title="Курсы «Функциональная грамотность»",
    blocks=("method",),
    level="regional",
    form="online",
    education="formal",
    organiser="ИРО",
    starts_on=date(2026, 10, 5),
    ends_on=date(2026, 10, 16),
    hours=36.5,
    result="удостоверение",
    topics="чтение, математика",
    audience="school",
)


async def test_events_come_back_as_they_were_put(store: Store) -> None:
    assert await store.write(events.put, [LESSON, COURSE]) == 2
    lesson, course = await store.read(events.every)
    assert (replace(lesson, id=0), replace(course, id=99)) == (LESSON, COURSE)


async def test_the_same_import_again_changes_nothing(store: Store) -> None:
    await store.write(events.put, [LESSON, COURSE])
    before = await store.read(events.every)
    assert await store.write(events.put, before) == 0
    assert await store.write(events.put, iter([LESSON, COURSE])) == 0
    assert await store.read(events.every) == before


async def test_a_changed_event_keeps_its_id(store: Store) -> None:
    await store.write(events.put, [LESSON, COURSE])
    old = await store.read(events.every)
    assert await store.write(events.put, [replace(COURSE, hours=None), LESSON]) == 1
    assert await store.read(events.every) == (old[0], replace(old[1], hours=None))


async def test_of_one_code_twice_the_last_counts(store: Store) -> None:
    assert await store.write(events.put, [LESSON, replace(LESSON, title="Мастер-класс")]) == 1
    (found,) = await store.read(events.every)
    assert found.title == "Мастер-класс"


async def test_nothing_to_put_is_fine(store: Store) -> None:
    assert await store.write(events.put, []) == 0


async def test_an_event_is_found_by_its_id(store: Store) -> None:
    await store.write(events.put, [LESSON])
    (lesson,) = await store.read(events.every)
    assert await store.read(events.by_id, lesson.id) == lesson


async def test_a_forged_event_is_none(store: Store) -> None:
    await store.write(events.put, [LESSON])
    for forged in FORGED:
        assert await store.read(events.by_id, forged) is None


async def test_a_regulation_is_remembered_by_its_digest(store: Store) -> None:
    await store.write(regulations.remember, DIGEST, "stavropol", "title = 'ИОМ'", NOW)
    assert await store.read(regulations.source, DIGEST) == "title = 'ИОМ'"
    assert await store.read(regulations.source, "e" * 64) is None


async def test_a_known_digest_changes_nothing(store: Store) -> None:
    await store.write(regulations.remember, DIGEST, "stavropol", "old", NOW)
    await store.write(regulations.remember, DIGEST, "stavropol", "new", LATER)
    assert await store.read(regulations.source, DIGEST) == "old"


async def test_a_file_is_kept_under_its_key(store: Store, anna: Person) -> None:
    await store.write(printed.keep, "card/1/3/docx", "BQACAgIA", NOW, anna.id)
    assert await store.read(printed.file_id, "card/1/3/docx") == "BQACAgIA"
    assert await store.read(printed.file_id, "card/1/4/docx") is None


async def test_a_newer_upload_replaces_the_file(store: Store) -> None:
    await store.write(printed.keep, "memo", "old", NOW)
    await store.write(printed.keep, "memo", "new", LATER)
    assert await store.read(printed.file_id, "memo") == "new"
