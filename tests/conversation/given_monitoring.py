"""What conversations of the way begin with: a route whose rhythm asks something today.

life, by = await watched(play, "methodist")          # Anna's term began half a year ago
await asks(play, life)                               # what the planner of notices would have planned
await life.teacher.presses("Ответить")
"""

from datetime import timedelta

from sqlalchemy import Connection, update

from bot.iom.checkpoint import Checkpoint
from bot.iom.facts import SetAnswer
from bot.iom.journey import Evidence, Line, LineState
from bot.iom.monitoring import asked_now
from bot.iom.period import add_months
from bot.phone.person import Person
from storage import journeys, notices, routes
from storage.tables import decision
from tests.conversation.given import shelf_of
from tests.conversation.given_finish import school_of
from tests.conversation.given_life import Life, told
from tests.stage import Play

MONTHS = 6


async def watched(play: Play, *roles: str, slug: str = "stavropol") -> tuple[Life, dict[str, Person]]:
    """A route of a school, carried out for half a year to the day, with its mentor and these helpers."""
    life, by = await school_of(play, *roles, slug=slug)
    await play.app.database.write(lambda conn: half_a_year(conn, play, life))
    return life, by


def half_a_year(conn: Connection, play: Play, life: Life) -> None:
    """The term began so that a monitoring is due today; the plan was agreed before."""
    today, before = play.clock.now().date(), play.clock.now() - timedelta(days=200)
    facts = life._load(conn)
    term = {"from": add_months(today, -MONTHS).isoformat(), "to": add_months(today, MONTHS).isoformat()}
    routes.apply(conn, facts, [SetAnswer("term", dict(term))], facts.person_id, play.clock.now(), personal=())
    conn.execute(update(decision).where(decision.c.route_id == life.route_id).values(at=before))


async def asks(play: Play, life: Life) -> None:
    """Every question that is due today is planned, delivered and seen."""

    def unit(conn: Connection) -> None:
        facts, journey = life._load(conn), journeys.load(conn, life.route_id)
        regulation, now = shelf_of(play).volumes[facts.slug].regulation, play.clock.now()
        for due in asked_now(regulation, facts, journey, play.app.voice._world.zone, now.date()):
            subject = dict(due.subject)
            notices.plan(
                conn, facts.person_id, due.key, due.notice, now, now, route_id=life.route_id, **subject
            )

    await play.app.database.write(unit)
    await told(play, life.teacher)


async def confirmed(play: Play, life: Life, number: int, *, days: int, hours: float | None = None) -> None:
    """A line was confirmed so many days ago, with a certificate."""

    def unit(conn: Connection) -> None:
        at = play.clock.now() - timedelta(days=days)
        row, facts = life.lines[number], life._load(conn)
        given = Evidence(0, row, "certificate" if hours else "words", at, text="Была", hours=hours)
        facts, _ = journeys.add_evidence(conn, facts, given)
        facts = journeys.set_line(conn, facts, Line(row, LineState.CLAIMED, at), LineState.PLANNED)
        journeys.set_line(conn, facts, Line(row, LineState.CONFIRMED, at), LineState.CLAIMED)

    await play.app.database.write(unit)


async def answers(life: Life, *words: str) -> None:
    """Anna opens what she is asked and answers: a caption of a button, or words of her own."""
    await life.teacher.presses("Ответить")
    for word in words:
        await life.teacher.settled()
        await life.teacher.says(word)
    await life.teacher.settled()


async def handed_in(play: Play, life: Life, *helpers: Person) -> None:
    """Anna has nothing to say of any line and hands it in; these people have their notices."""
    await asks(play, life)
    await answers(life, *["Пропустить"] * len(life.lines), "Отправить")
    await told(play, *helpers)


async def checkpoints(life: Life) -> tuple[Checkpoint, ...]:
    """What was begun, as the tables have it."""
    return (await life.journey()).checkpoints
