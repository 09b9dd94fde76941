"""Confirming on two phones: one tap, partly, back with a remark, all at once, undo; and who may not."""

import asyncio

import pytest
from sqlalchemy import Connection

from bot.iom.journey import Evidence
from bot.phone.person import Person
from handlers.cases import own
from handlers.evidence import tell_confirmers
from handlers.place import Place
from handlers.turn import desk_of
from storage import journeys
from tests.conversation.given import ONE_LOOP, OWN_LOOP, forged, here, newcomer, puts
from tests.conversation.given_life import (
    LINES,
    Life,
    carried_out,
    closes,
    fact_press,
    helper,
    planned_notices,
    told,
)
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
COURSE, LESSON, ARTICLE = (title for title, _ in LINES)


async def hands_in(life: Life, number: int = 0, words: str = "Сделала всё") -> None:
    """Anna tells in words that a line is done, and sends it."""
    anna = life.teacher
    await puts(life.play, anna, Place("evidence", row=life.lines[number], view={"part": "kind"}))
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says(words)
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("✓ Отправлено на проверку")
    await anna.settled()


async def claimed(play: Play, *numbers: int, **more: str) -> tuple[Life, Person, Person]:
    """Anna has handed in these lines, Boris was told."""
    boris = newcomer(play, "Борис")
    life = await carried_out(play, mentor=boris, **more)  # type: ignore[arg-type]
    for number in numbers or (0,):
        await hands_in(life, number)
    await told(play, boris)
    await boris.sees("сделано:")
    return life, life.teacher, boris


@pytest.mark.parametrize("slug", REAL)
async def test_one_tap_under_the_notice_confirms_and_the_teacher_is_told(
    sqlite_play: Play, slug: str
) -> None:
    life, anna, boris = await claimed(sqlite_play, slug=slug)
    await boris.presses(data=fact_press(boris, "Подтвердить"))
    await boris.sees("✓ Подтверждено: " + COURSE)
    await told(sqlite_play, anna)
    await anna.sees("Подтверждено. Спасибо за работу!")
    await anna.presses("Открыть")
    await anna.sees("Подтверждено: Ольхов Борис Игнатьевич, 23 ноября 2026 г.")
    made = (await life.journey()).decided("confirmed", entry_id=life.lines[0])
    assert made is not None
    assert (made.role, made.name) == ("mentor", "Ольхов Борис Игнатьевич")
    assert await life.state() == "confirmed"


async def test_a_double_tap_under_the_notice_decides_once(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    press = fact_press(boris, "Подтвердить")
    for _ in range(3):
        await boris.presses(data=press, hurry=True)
    await boris.sees("Здесь уже решили")
    await told(sqlite_play, anna)
    decided = [one for one in (await life.journey()).decisions if one.entry_id]
    assert len(decided) == 1
    assert [kind for kind, _ in await planned_notices(sqlite_play, anna)] == ["line_judged"]


async def test_partly_says_what_is_left(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Частично"))
    await boris.sees("Что ещё осталось сделать?")
    await boris.says("...")
    await boris.sees("Не вижу слов")
    await boris.says("итоговая работа")
    await boris.sees("✓ Принято частично")
    await told(sqlite_play, anna)
    await anna.sees("Осталось: итоговая работа")
    line = (await life.journey()).lines[life.lines[0]]
    assert (line.state.value, line.left) == ("partly", "итоговая работа")
    sqlite_play.clock.passes(hours=1)
    await hands_in(life, 0, "И итоговую сдала")
    await told(sqlite_play, boris)
    await boris.sees("И итоговую сдала")


@pytest.mark.parametrize("own", [False, True])
async def test_returned_with_a_remark_and_sent_again(sqlite_play: Play, own: bool) -> None:
    life, anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Вернуть"))
    await boris.sees("Что поправить?")
    if own:
        await boris.says("Нет подписи директора")
    else:
        await boris.presses("Нечитаемое фото")
    await boris.sees("✓ Возвращено с замечанием")
    await told(sqlite_play, anna)
    await anna.sees("Нужно поправить: " + ("Нет подписи директора" if own else "Нечитаемое фото"))
    await anna.presses("Открыть")
    await anna.sees("вернулось с замечанием")
    sqlite_play.clock.passes(hours=1)
    await hands_in(life, 0, "Поправила")
    await told(sqlite_play, boris)
    await boris.sees("Поправила")
    assert await life.state() == "claimed"


async def test_what_changed_since_is_never_confirmed_unseen(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    old = fact_press(boris, "Подтвердить")
    sqlite_play.clock.passes(minutes=5)
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.presses("Забрать")
    await anna.sees("Забрали")
    await boris.presses(data=old)
    await boris.sees("строку забрали, чтобы поправить")
    assert await life.state() == "planned"
    await hands_in(life, 0, "Теперь точно всё")
    await boris.presses(data=old)
    await boris.sees("Строка изменилась после того сообщения")
    await boris.sees("Теперь точно всё")
    assert await life.state() == "claimed"
    await boris.presses("Подтвердить")
    await boris.sees("✓ Подтверждено")
    assert await life.state() == "confirmed"


async def test_the_teacher_may_edit_another_line_meanwhile(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[1]))
    await anna.presses("Открытый урок")
    await anna.says("вчера")
    await anna.sees("пришлите файл")
    await boris.presses(data=fact_press(boris, "Подтвердить"))
    await boris.sees("✓ Подтверждено")
    await anna.says("Конспект в общей папке")
    await anna.sees("✓ Записано")
    assert [await life.state(0), await life.state(1)] == ["confirmed", "planned"]


async def test_an_old_screen_of_the_line_confirms_nothing_new(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Открыть"))
    await boris.sees("Сейчас: на проверке")
    data = {button.text: button.data for row in here(boris).buttons for button in row}
    sqlite_play.clock.passes(minutes=5)
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.presses("Забрать")
    await anna.sees("Забрали")
    await hands_in(life, 0, "Иначе")
    await told(sqlite_play, boris)
    await boris.presses(data=data["Подтвердить"], stale=True)
    await boris.sees("Строка изменилась после того сообщения")
    await boris.presses(data=data["Частично"], stale=True)
    await boris.settled()
    boris.never_sees("Что ещё осталось сделать?")
    assert await life.state() == "claimed"


async def test_words_about_a_line_that_changed_meanwhile_decide_nothing(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Частично"))
    await boris.sees("Что ещё осталось сделать?")
    sqlite_play.clock.passes(minutes=5)
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.presses("Забрать")
    await anna.sees("Забрали")
    await hands_in(life, 0, "Иначе")
    await boris.says("всё остальное")
    await boris.sees("Строка изменилась после того сообщения")
    assert await life.state() == "claimed"


async def test_all_of_one_teacher_at_once_and_undo(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play, 0, 1, 2)
    await puts(sqlite_play, boris, Place("claims", row=life.route_id))
    await boris.sees("ждут проверки – 3")
    await boris.presses("Подтвердить все (3)")
    await boris.sees("✓ Подтверждено: 3 строки")
    assert [await life.state(number) for number in range(3)] == ["confirmed"] * 3
    await boris.presses("Отменить решение")
    await boris.sees("Снова на проверке: 3 строки")
    assert [await life.state(number) for number in range(3)] == ["claimed"] * 3
    await told(sqlite_play, anna)
    await anna.sees("снова на проверке")


async def test_all_is_all_that_was_seen(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play, 0, 1)
    await puts(sqlite_play, boris, Place("claims", row=life.route_id))
    button = await boris.sees_button("Подтвердить все (2)")
    await hands_in(life, 2)
    await boris.presses(data=button.data, message_id=here(boris).message_id, stale=True)
    await boris.sees("ждут проверки – 3")
    assert await life.state(0) == "claimed"


async def test_undo_only_while_nothing_happened_since(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Вернуть"))
    await boris.presses("Нет даты")
    undo = await boris.sees_button("Отменить решение")
    sqlite_play.clock.passes(minutes=1)
    await hands_in(life, 0, "Дата есть")
    await boris.presses(data=undo.data, message_id=here(boris).message_id, stale=True)
    await boris.sees("Отменить уже нельзя")
    assert await life.state() == "claimed"


async def test_a_decision_taken_back_at_once_is_not_announced(sqlite_play: Play) -> None:
    """What the courier finds undone is dropped; nothing is told that is not stored."""
    life, _anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Открыть"))
    await boris.presses("Подтвердить")
    await boris.presses("Отменить решение")
    await boris.sees("Снова на проверке: 1 строка")
    assert await life.state() == "claimed"
    made = (await life.journey()).decided("confirmed", entry_id=life.lines[0])
    assert made is None


async def test_of_two_mentors_the_second_sees_who_and_when(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play)
    curator = newcomer(sqlite_play, "Ксения")
    await helper(sqlite_play, curator, "curator", life.organisation, name="Кедрова Ксения Юрьевна")
    await puts(sqlite_play, curator, Place("claim", row=life.route_id, parent=life.lines[0]))
    await curator.sees("Сделала всё")
    await boris.presses(data=fact_press(boris, "Подтвердить"))
    await boris.sees("✓ Подтверждено")
    await curator.presses("Подтвердить")
    await curator.sees("Здесь уже решили. Подтверждено: Ольхов Борис Игнатьевич, 23 ноября 2026 г. в ")
    decided = [one for one in (await life.journey()).decisions if one.entry_id]
    assert len(decided) == 1


async def test_a_curator_confirms_without_the_files(sqlite_play: Play) -> None:
    curator = newcomer(sqlite_play, "Ксения")
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    await helper(sqlite_play, curator, "curator", life.organisation, name="Кедрова Ксения Юрьевна")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[0]))
    await anna.presses("Разработка или конспект")
    await anna.sees("пришлите файл")
    await anna.sends_file("план.pdf", b"pdf")
    await anna.sees("✓ Файл принят")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await told(sqlite_play, anna, curator)
    await curator.sees("Сами файлы видит тот")
    assert curator.documents == []
    await curator.presses(data=fact_press(curator, "Подтвердить"))
    await curator.sees("✓ Подтверждено")
    made = (await life.journey()).decided("confirmed", entry_id=life.lines[0])
    assert made is not None
    assert made.role == "curator"


async def test_nobody_else_confirms_and_refusals_look_alike(sqlite_play: Play) -> None:
    life, anna, boris = await claimed(sqlite_play)
    press = fact_press(boris, "Подтвердить")
    strangers = [newcomer(sqlite_play, "Вера"), newcomer(sqlite_play, "Ольга"), newcomer(sqlite_play, "Глеб")]
    await helper(sqlite_play, strangers[1], "mentor", life.organisation)  # of another teacher
    await carried_out(sqlite_play, mentor=strangers[1], organisation=life.organisation)
    await helper(sqlite_play, strangers[2], "coordinator", life.organisation)
    await strangers[0].start()
    await strangers[0].presses("Согласен")
    await strangers[0].sees("По какому положению")
    absent = press.rsplit(":", 2)[0] + ":zzzzzz:1"
    for one in [*strangers, anna]:
        for data in (press, press.replace("confirm", "open_claim"), absent):
            await one.presses(data=data, stale=True)
            await one.sees("Та кнопка уже не действует")
        await puts(sqlite_play, one, Place("claim", row=life.route_id, parent=life.lines[0]))
        if one is not anna:
            one.never_sees("Сделала всё")
    assert await life.state() == "claimed"


async def test_a_mentor_whose_access_was_closed_sees_and_decides_nothing(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play)
    press = fact_press(boris, "Подтвердить")
    await boris.presses(data=fact_press(boris, "Вернуть"))
    await boris.sees("Что поправить?")
    await closes(life)
    await boris.says("Нет подписи")
    await boris.presses(data=press, stale=True)
    await boris.sees("Та кнопка уже не действует")
    assert await life.state() == "claimed"
    await puts(sqlite_play, boris, Place("claims", row=life.route_id))
    boris.never_sees("ждут проверки")


async def test_a_notice_that_is_no_longer_true_is_not_sent(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await closes(life)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("evidence", row=life.lines[0]))
    await anna.presses("Расскажу словами")
    await anna.sees("пришлите файл")
    await anna.says("Тайна")
    await anna.sees("✓ Записано")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await anna.sees("Проверить пока некому")
    await told(sqlite_play, boris)
    boris.never_sees("Тайна")


async def test_forged_marks_and_chips_write_nothing(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play)
    await puts(sqlite_play, boris, Place("claim", row=life.route_id, parent=life.lines[0]))
    for verb, arg in [
        ("confirm", "1"),
        ("confirm", "x" * 20),
        ("remark", "number"),
        ("undo", "1"),
        ("undo", ""),
    ]:
        await boris.presses(data=forged(boris, verb, arg), stale=True)
        await boris.settled()
    assert await life.state() == "claimed"
    assert [one for one in (await life.journey()).decisions if one.entry_id] == []


async def test_a_command_in_the_middle_of_a_remark(sqlite_play: Play) -> None:
    life, _anna, boris = await claimed(sqlite_play)
    await boris.presses(data=fact_press(boris, "Вернуть"))
    await boris.sees("Что поправить?")
    await boris.says("/help")
    await boris.sees("Бот пишет бумагу")
    await boris.says("это уже не замечание")
    assert await life.state() == "claimed"


async def test_a_photo_comes_as_a_photo(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.sends_file("photo.jpg", b"jpeg", kind="photo")
    await anna.presses("Разработка или конспект")
    await anna.sees("пришлите файл")
    await anna.presses("Готово")
    await anna.presses("Отправить на проверку")
    await told(sqlite_play, anna, boris)
    assert photos(boris) == 1
    await boris.presses(data=fact_press(boris, "Открыть"))
    await boris.presses("Показать файлы")
    await boris.settled()
    assert photos(boris) == 2


def photos(person: Person) -> int:
    """How many photos the bot has sent her."""
    return sum("photo" in message.content for message in person.messages if message.by_bot)


@OWN_LOOP
async def test_two_mentors_pressing_at_the_same_time(play: Play) -> None:
    """On both databases one of them wins; the other is told, nothing is decided twice."""
    life, anna, boris = await claimed(play)
    curator = newcomer(play, "Ксения")
    await helper(play, curator, "curator", life.organisation, name="Кедрова Ксения Юрьевна")
    await puts(play, curator, Place("claim", row=life.route_id, parent=life.lines[0]))
    button = await curator.sees_button("Подтвердить")
    await asyncio.gather(
        boris.presses(data=fact_press(boris, "Подтвердить")),
        curator.presses(data=button.data),
    )
    await told(play, boris, curator, anna)
    decided = [one for one in (await life.journey()).decisions if one.entry_id]
    assert len(decided) == 1
    seen = [m.text for one in (boris, curator) for m in one.messages]
    assert sum("✓ Подтверждено: " + COURSE in text for text in seen) == 1
    assert any("Здесь уже решили" in text or "уже не действует" in text for text in seen)


@OWN_LOOP
async def test_a_mentor_confirms_while_the_teacher_edits(play: Play) -> None:
    """The confirmation and a new file of another line at the same instant: both are stored."""
    life, anna, boris = await claimed(play)
    await puts(play, anna, Place("evidence", row=life.lines[1]))
    await anna.presses("Разработка или конспект")
    await anna.sees("пришлите файл")
    for number in range(3):
        await anna.sends_file(f"{number}.pdf", f"{number}".encode())
    await boris.presses(data=fact_press(boris, "Подтвердить"))
    await told(play, anna, boris)
    if await life.state() == "claimed":  # it lost the race and was shown again
        await boris.presses("Подтвердить")
        await boris.sees("✓ Подтверждено")
    assert await life.state() == "confirmed"
    files = [one.file for one in (await life.journey()).of_line(life.lines[1]) if one.file]
    assert len(files) == 3


@OWN_LOOP
async def test_a_crash_between_the_commit_and_the_notice_loses_no_notice(play: Play) -> None:
    """The notice is planned in the transaction of «Отправить»: whoever lives next sends it, once."""
    boris = newcomer(play, "Борис")
    life = await carried_out(play, mentor=boris)

    def unit(conn: Connection) -> None:
        desk = desk_of(conn, play.app.voice._world, life.teacher.id, play.clock.now())
        given = Evidence(0, life.lines[0], "words", play.clock.now(), text="Сделала")
        journeys.claim_line(conn, desk.facts, life.lines[0], play.clock.now(), given=[given])
        desk.forget()
        tell_confirmers(own(desk), life.lines[0])

    await play.app.database.write(unit)  # committed; this process never wakes its courier
    assert ("claimed", "waiting") in await planned_notices(play, boris)
    for _ in range(2):
        await play.app.courier.deliver()
    await boris.sees("сделано: " + COURSE)
    assert len([m for m in boris.messages if "сделано: " + COURSE in m.text]) == 1
