"""Screens of approval, recommendations, priorities and a coordinator's list, drawn by people around one card.

found = await drawn_recommending(play)      # (place, screen)
"""

from sqlalchemy import Connection

from bot.iom.facts import AddEntry, ForgetAnswer, State
from bot.iom.snapshot import frozen
from handlers.place import Place
from storage import routes, snapshots
from tests.conversation.given import bring, facts_of, here, puts
from tests.conversation.given_life import Life, carried_out
from tests.conversation.given_school import staffed
from tests.conversation.screens_ends import Drawn, notice, seen
from tests.stage import Play

# Rooms that a teacher to whom nothing was recommended has not.
ROOMS = {"recommending", "recommendation", "priorities", "review", "returning", "changes", "case"}
# Captions that stand in a label, with a name or a number beside them.
WORDS = {"recommendations", "days_short", "today"}
PREFIXES = ("state_", "waits_")


async def drawn_recommending(play: Play) -> Drawn:
    """Everything this area shows."""
    return [*await _recommendations(play), *await _approval(play)]


async def _approval(play: Play) -> Drawn:
    staff = await staffed(play, "stavropol")
    await bring(play, "stavropol", person=staff.anna)
    life = Life(play, staff.anna, None, staff.school, (await facts_of(play, staff.anna)).route_id, ())
    sending, review = Place("sending"), Place("review", row=life.route_id)
    case, returning = Place("case", row=life.route_id), Place("returning", row=life.route_id)
    facts = await facts_of(play, staff.anna)
    less = [ForgetAnswer("education")]  # a hint that holds nothing back
    await play.app.database.write(
        lambda conn: snapshots.keep(conn, facts, frozen(facts), play.clock.now())  # approved once before
    )
    await play.app.database.write(
        lambda conn: routes.apply(conn, facts, less, facts.person_id, play.clock.now(), personal=())
    )
    await carried_out(play, organisation=staff.school, state=State.ON_REVIEW)  # a second card waits too
    found = await seen(play, staff.anna, sending)
    found += await seen(play, staff.galina, Place("queue"))
    await puts(play, staff.anna, sending)
    await staff.anna.presses(
        next(b.text for row in here(staff.anna).buttons for b in row if "править" in b.text)
    )
    await staff.anna.sees("Карта на согласовании")
    found += await seen(play, staff.anna, Place("home"))
    found += await seen(
        play,
        staff.elena,
        Place("queue"),
        Place("queue", view={"undo": "1.1"}),
        Place("agree_all"),
        review,
        returning,
        case,
        Place("changes", row=life.route_id),
    )
    found += await seen(play, staff.mila, case)
    found += await notice(play, staff.elena, "review", life)
    await staff.elena.presses("Вернуть с замечанием")
    await staff.elena.says("Добавьте число")
    await staff.elena.sees("Карта возвращена")
    found += await notice(play, staff.anna, "returned", life)
    found += await notice(play, staff.boris, "returned_mentor", life)
    found += await seen(play, staff.anna, Place("home"), sending)
    returned = await facts_of(play, staff.anna)

    def agreed(conn: Connection) -> None:
        after = routes.move(conn, returned, State.APPROVED, 0, play.clock.now())
        snapshots.keep(conn, after, frozen(after), play.clock.now())

    await play.app.database.write(agreed)
    found += await notice(play, staff.anna, "approved", life)
    found += await notice(play, staff.boris, "approved_mentor", life)
    found += [*await seen(play, staff.mila, case), *await seen(play, staff.galina, case)]
    return [*found, *await seen(play, staff.anna, Place("home"))]


async def _recommendations(play: Play) -> Drawn:
    staff = await staffed(play, "stavropol")
    await bring(play, "stavropol", person=staff.anna)
    facts = await facts_of(play, staff.anna)
    new = AddEntry("growth", {"growth_point": "ict", "hinders": ["time"]})
    await play.app.database.write(
        lambda conn: routes.apply(conn, facts, [new], facts.person_id, play.clock.now(), personal=())
    )
    here = Place("recommending", row=facts.route_id)
    words, event = here.seen(kind="words"), here.seen(kind="event")
    titled = event.seen(title="Ж" * 200)
    found = await seen(
        play, staff.mila, here, words, words.seen(about="plan"), event, event.seen(q="урок"), titled,
        titled.seen(undated="1"), titled.seen(**{"from": "2027-03-01", "to": "2027-03-31"}),
    )  # fmt: skip
    await puts(play, staff.mila, titled.seen(undated="1"))
    await staff.mila.presses("Отправить")
    await staff.mila.sees("Совет отправлен")
    life = Life(play, staff.anna, None, staff.school, facts.route_id, ())
    made = (await life.journey()).recommendations[0].id
    one = Place("recommendation", row=facts.route_id, parent=made)
    found += await seen(play, staff.mila, here, Place("case", row=facts.route_id))
    found += await seen(
        play, staff.anna, Place("home"), Place("menu"), Place("recommendations"), one, one.seen(choosing="1")
    )
    found += await notice(play, staff.anna, "recommended", life, recommendation=made)
    await puts(play, staff.anna, one)
    await staff.anna.presses("Отклонить")
    await staff.anna.sees("Объяснять ничего не нужно")
    found += await seen(play, staff.anna, Place("recommendations"), one)
    every = Place("queue", view={"words": "*"})
    return [
        *found,
        *await seen(
            play, staff.galina, Place("priorities", row=staff.school.id), every, every.seen(words="ъ")
        ),
    ]
