"""What the end of a route begins with: who stands around it, closed lines, results."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.iom.card import card_of
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, State, Value
from bot.iom.journey import Line, LineState
from bot.phone.person import Person
from handlers.place import Place
from storage import journeys, routes
from tests.conversation.given import id_of, newcomer, puts, shelf_of
from tests.conversation.given_life import Life, carried_out, helper
from tests.regulations.given import usual
from tests.stage import Play

NAMES = {
    "mentor": "Ольхов Борис Игнатьевич",
    "coordinator": "Галкина Галина Петровна",
    "curator": "Галкина Галина Петровна",
    "head": "Дубов Дмитрий Олегович",
    "methodist": "Милова Мила Андреевна",
    "expert": "Эрнст Элла Юрьевна",
}


async def school_of(
    play: Play, *roles: str, slug: str = "stavropol", state: State = State.ACTIVE
) -> tuple[Life, dict[str, Person]]:
    """Anna's route in a state, Boris who accompanies her, and a person for each of these roles."""
    boris = newcomer(play, "Борис")
    life = await carried_out(play, mentor=boris, slug=slug, state=state)
    found = {"mentor": boris}
    for role in roles:
        found[role] = newcomer(play, role)
        await helper(play, found[role], role, life.organisation, name=NAMES[role], post=role)
    return life, found


async def give(life: Life, *changes: Change) -> Facts:
    """Answers that are there already."""
    facts = await life.facts()

    def unit(conn: Connection) -> Facts:
        now = life.play.clock.now()
        return routes.apply(conn, facts, changes, facts.person_id, now, personal=())

    return await life.play.app.database.write(unit)


async def close_lines(life: Life, *states: LineState) -> None:
    """Each line in its state; without any all are confirmed by the mentor."""

    def unit(conn: Connection) -> None:
        facts = routes.load(conn, id_of(conn, life.teacher), life.route_id)
        assert facts is not None
        now = life.play.clock.now()
        for line, state in zip(life.lines, states or [LineState.CONFIRMED] * len(life.lines), strict=True):
            before = journeys.load(conn, life.route_id).state(line)
            reason = "workload" if state is LineState.NOT_DONE else ""
            facts = journeys.set_line(conn, facts, Line(line, state, now, reason), before)

    await life.play.app.database.write(unit)


async def finished(life: Life, percents: Mapping[str, int] | None = None) -> None:
    """Everything that the conclusion needs."""
    facts, regulation = await life.facts(), shelf_of(life.play).volumes[(await life.facts()).slug].regulation
    scores: dict[str, Value] = {}
    for key in usual(regulation):
        if regulation.scale.kind == "percent":
            scores[key] = {"total": (percents or {}).get(key, 85)}
        else:
            scores[key] = {"level": regulation.scale.levels[-1].key}
    row = AddEntry("diagnoses_final", {"final_scores": scores, "final_taken_on": "2026-11-20"})
    done = [SetAnswer("final_done", "done"), SetAnswer("final_done_on", "2026-11-20")]
    verdicts = [SetAnswer("verdict", "eliminated", one.id) for one in facts.rows("products")]
    known = verdicts if "verdict" in regulation.questions else []
    await give(life, row, *done, *known, SetAnswer("reflection_final", "Стало легче"))


async def card(life: Life) -> str:
    """Everything the printed card says now."""
    facts, journey = await life.facts(), await life.journey()
    regulation = shelf_of(life.play).volumes[facts.slug].regulation
    return str(card_of(regulation, facts, journey))


async def moves(life: Life, line: int = 0, reason: str = "Изменилась нагрузка") -> None:
    """Anna moves a line to March 2027, as far as the last tap."""
    await puts(life.play, life.teacher, Place("correcting", row=life.lines[line], back=Place("plan")))
    await life.teacher.presses("Перенести")
    await life.teacher.presses("март 2027")
    await life.teacher.presses(reason)
    await life.teacher.presses("Отправить")
    await life.teacher.settled()
