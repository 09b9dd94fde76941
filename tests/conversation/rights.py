"""Everybody who may press something of Anna's, and presses without Telegram.

cast = await cast_of(play, "stavropol", PEOPLE)
with undone(conn): told = pressed(conn, play, cast, "vera", place, "confirm", "12")

Anna's card, her evidence, her questions and her reflections are full of unmistakable words (`MARKS`), each of
a fact of `bot.iom.access`: whoever may not know the fact must never be shown its word.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from sqlalchemy import Connection, update

from bot.iom.access import Fact
from bot.iom.checkpoint import CheckpointKind, Interim
from bot.iom.corrections import CorrectionKind, Wanted
from bot.iom.facts import Change, Facts, SetAnswer, State
from bot.iom.handed import seen_mark
from bot.iom.journey import Evidence, File, Line, LineState
from bot.iom.monitoring import Due
from bot.iom.people import Consent
from bot.iom.regulation import Kind, Regulation
from bot.speech.presenter import Presenter, Told
from bot.speech.presses import Press
from handlers.place import Place
from handlers.turn import Arrival, take_turn
from storage import (
    checkpoints,
    consents,
    cursors,
    decisions,
    exchanges,
    invitations,
    journeys,
    memberships,
    organisations,
    pairings,
    people,
    routes,
    signatories,
)
from storage.decisions import Hand
from storage.tables import organisation, route
from tests.conversation.given import newcomer, shelf_of
from tests.conversation.given_life import LINES, carried_out, own_route
from tests.stage import Play

MARKS: Mapping[Fact, str] = {
    Fact.STATE: "Невидимкина",
    Fact.PLAN: "планотайна",
    Fact.CARD: "картотайна",
    Fact.REFLECTIONS: "рефлексотайна",
    Fact.EVIDENCE: "уликотайна",
    Fact.CONFIRM: "номеротайна",
    Fact.ANSWER: "вопросотайна",
    Fact.MONITOR: "мониторотайна",
}
NAMES = {"full_name", "last_name", "first_name", "patronymic"}
ABSENT = 10**9 + 7
# Who is where: first name → (role, organisation). Elena and Dmitry sign; Zoya's access is closed.
ROLES = {
    "boris": ("mentor", "school"),
    "zoya": ("mentor", "school"),
    "galina": ("coordinator", "school"),
    "kira": ("curator", "school"),
    "mila": ("methodist", "school"),
    "elena": ("approver", "school"),
    "dmitry": ("head", "school"),
    "ella": ("expert", "school"),
    "marina": ("coordinator", "city"),
    "pavel": ("mentor", "school"),  # of another teacher
    "olga": ("teacher", "school"),  # a colleague with a card of her own
    "nina": ("coordinator", "other"),
    "nikita": ("head", "other"),
    "lidia": ("coordinator", "school"),  # has left
    "ivan": ("mentor", "school"),  # was Anna's mentor and has left
    "vera": ("", ""),  # has agreed to be remembered, nothing else
}
NOBODY = ("pavel", "olga", "nina", "nikita", "lidia", "ivan", "vera")
LOOKS_ONLY = ("zoya", "dmitry")
SHOULD_WRITE = ("anna", "boris", "galina", "kira", "mila", "elena", "ella")


@dataclass(frozen=True)
class Cast:
    """Ids of the people by first name, of Anna's things by what they are."""

    play: Play
    slug: str
    telegram: Mapping[str, int]
    person: Mapping[str, int]
    ids: Mapping[str, int]
    mark: int

    @property
    def regulation(self) -> Regulation:
        """The regulation of Anna's route."""
        return shelf_of(self.play).volumes[self.slug].regulation

    @property
    def route_id(self) -> int:
        """Anna's route."""
        return self.ids["route"]


async def cast_of(play: Play, slug: str) -> Cast:
    """A school in a city, another school, Anna's route that is being carried out, and everybody else."""
    phones = {name: newcomer(play, name) for name in ("anna", *ROLES)}
    lines = ((f"Курсы {MARKS[Fact.PLAN]}", LINES[0][1]), *LINES[1:], ("Семинар", date(2027, 3, 1)))
    boris = phones["boris"]
    life = await carried_out(play, phones["anna"], boris, slug=slug, lines=lines)
    await own_route(play, phones["olga"], slug=slug)

    def unit(conn: Connection) -> Cast:
        now = play.clock.now()
        person = {name: people.arrive(conn, phone.id, now).id for name, phone in phones.items()}
        places = _places(conn, play, life.organisation.id)
        _joined(conn, play, person, places)
        _paired(conn, play, person, places["school"])
        _signs(conn, play, slug, person, places["school"])
        facts = routes.current(conn, person["anna"])
        assert facts is not None
        facts = _marked(conn, play, slug, facts)
        ids = {**_happened(conn, play, slug, facts, person), **_lists(conn, play, places, person)}
        ids |= {"route": facts.route_id, "pairing": life.pairing_id, "anna": person["anna"], **places}
        ids |= {"boris": person["boris"], "olga": person["olga"]}
        ids |= {f"line{n}": id_ for n, id_ in enumerate(life.lines)}
        ids |= {"growth": facts.rows("growth")[0].id}
        journey, after = journeys.load(conn, facts.route_id), routes.current(conn, person["anna"])
        assert after is not None
        telegram = {name: phone.id for name, phone in phones.items()}
        return Cast(play, slug, telegram, person, ids, seen_mark(after, journey, [life.lines[0]]))

    return await play.app.database.write(unit)


def _places(conn: Connection, play: Play, school: int) -> dict[str, int]:
    now = play.clock.now()
    city = organisations.create(conn, "Город", now, kind="municipality")
    other = organisations.create(conn, "Школа № 2", now, parent_id=city.id)
    conn.execute(organisation.update().where(organisation.c.id == school).values(parent_id=city.id))
    return {"school": school, "city": city.id, "other": other.id}


def _joined(conn: Connection, play: Play, person: Mapping[str, int], places: Mapping[str, int]) -> None:
    now, digest = play.clock.now(), play.app.voice._world.consent_digest
    for name, (role, where) in ROLES.items():
        if consents.current(conn, person[name], "storage") is None:
            consents.give(conn, person[name], Consent("storage", "2026-11-22", digest, now))
        if role:
            printed = f"{name.title()}ова"
            memberships.join(conn, person[name], places[where], role, now, name=printed, post="должность")
            people.wear(conn, person[name], "" if role == "teacher" else role)


def _paired(conn: Connection, play: Play, person: Mapping[str, int], school: int) -> None:
    """Zoya's access is closed, Pavel accompanies Olga, Ivan was there and has left, and so has Lidia."""
    now = play.clock.now()
    for teacher, mentor in (("anna", "zoya"), ("anna", "ivan"), ("olga", "pavel")):
        pair = pairings.pair(conn, school, person[teacher], person[mentor], now)
        assert pair is not None
        if mentor != "zoya":
            pairings.open(conn, pair.id, person[teacher], now)
    for name in ("ivan", "lidia"):
        memberships.leave(conn, person[name], school, now)


def _signs(conn: Connection, play: Play, slug: str, person: Mapping[str, int], school: int) -> None:
    """Elena holds every step, so that each state of the chain has somebody who acts."""
    now = play.clock.now()
    for step in shelf_of(play).volumes[slug].regulation.life.approval:
        signatories.put(conn, school, step.key, now, post="завуч", place="школа", name="Еленина Елена")
        signatories.bind(conn, school, step.key, person["elena"], now)


def _marked(conn: Connection, play: Play, slug: str, facts: Facts) -> Facts:
    """Each of Anna's words says which fact it belongs to."""
    regulation, changes = shelf_of(play).volumes[slug].regulation, list[Change]()
    wordy = {Kind.LINE, Kind.TEXT, Kind.TASK, Kind.EXPECTED}
    for (row, key), answer in facts.answers.items():
        question = regulation.questions.get(key)
        entry = facts.entry(row)
        of_plan = entry is not None and entry.table == "plan"
        if question is None or question.kind not in wordy or of_plan or not isinstance(answer.value, str):
            continue
        fact = Fact.STATE if key in NAMES else Fact.CARD
        changes.append(SetAnswer(key, f"{MARKS[fact]} {key}", row))
    reflections = [q for q in regulation.question if q.key.startswith("reflection")]
    for question in reflections:
        for row in [e.id for e in facts.rows(question.each)] if question.each else [0]:
            changes.append(SetAnswer(question.key, f"{MARKS[Fact.REFLECTIONS]} {question.key}", row))
    return routes.apply(conn, facts, changes, facts.person_id, play.clock.now(), personal=())


def _happened(
    conn: Connection, play: Play, slug: str, facts: Facts, person: Mapping[str, int]
) -> dict[str, int]:
    """One of everything: a claimed line, one decided upon, a question, an advice, a correction, an offer."""
    now, plan = play.clock.now(), [entry.id for entry in facts.rows("plan")]
    kind = shelf_of(play).volumes[slug].regulation.life.evidence[0].key
    mark, said = MARKS[Fact.EVIDENCE], MARKS[Fact.CONFIRM]
    for line in plan[:2]:
        file = File(f"file-{mark}-{line}", f"u{line}", f"{said}.pdf", "application/pdf", 10)
        given = Evidence(0, line, kind, now, number=said, text=said, file=file)
        facts, _ = journeys.add_evidence(conn, facts, given)
        facts = journeys.set_line(conn, facts, Line(line, LineState.CLAIMED, now), LineState.PLANNED)
    later, hand = now + timedelta(seconds=1), Hand(person["boris"], "mentor", "Ольхов Борис")
    done = Line(plan[1], LineState.CONFIRMED, later)
    facts, decided = decisions.decide(conn, facts, "confirmed", hand, later, line=done)
    facts, first = exchanges.ask(conn, facts, "Когда встретимся?", now)
    facts = exchanges.answer_inquiry(conn, facts, first.id, person["boris"], "Завтра", now)
    facts, asked = exchanges.ask(conn, facts, f"Как быть, {MARKS[Fact.ANSWER]}?", now, entry_id=plan[0])
    if shelf_of(play).volumes[slug].regulation.life.models:
        facts, _ = decisions.decide(conn, facts, "model_offered", hand, later, step="model", remark="ais")
    signed = Hand(person["galina"], "coordinator", "Галина")
    facts, advice = exchanges.recommend(conn, facts, "school", "plan", "Сходите на семинар", signed, now)
    facts, watched = _watched(conn, play, facts)
    moved = journeys.draft_correction(
        conn,
        facts,
        CorrectionKind.CANCEL.value,
        "workload",
        Wanted().stored(),
        facts.person_id,
        now,
        entry_id=plan[2],
        state="waiting",
    )
    return {
        "decision": decided.id,
        "inquiry": asked.id,
        "answered": first.id,
        "recommendation": advice.id,
        "correction": moved[1].id,
        "checkpoint": watched,
    }


def _watched(conn: Connection, play: Play, facts: Facts) -> tuple[Facts, int]:
    """A monitoring that was handed in and waits for its conclusion."""
    today, now = play.clock.now().date(), play.clock.now()
    due = Due(f"monitoring/{facts.route_id}/{today}", CheckpointKind.MONITORING, today, today)
    facts, one = checkpoints.begin(conn, facts, due, now)
    mark, row = MARKS[Fact.MONITOR], facts.rows("plan")[0].id
    facts = checkpoints.tell(conn, facts, one.id, Interim(row, "told", mark, mark, "yes", mark))
    facts = checkpoints.say(conn, facts, one.id, MARKS[Fact.REFLECTIONS])
    return checkpoints.send(conn, facts, one.id, now), one.id


def _lists(
    conn: Connection, play: Play, places: Mapping[str, int], person: Mapping[str, int]
) -> dict[str, int]:
    """An invitation that waits in the school."""
    secret = play.app.voice._world.secret
    made = invitations.create(
        conn, secret, places["school"], "mentor", now=play.clock.now(), valid=timedelta(days=9), name="Громов"
    )
    return {"invitation": made.id}


_numbers = count(10**6)


@contextmanager
def undone(conn: Connection) -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with conn.begin_nested() as savepoint:
        yield
        savepoint.rollback()


def arrives(conn: Connection, cast: Cast, who: str, place: Place, arrival: Arrival) -> Told:
    """What is said to the person who stands at this place when this comes from her phone."""
    cursor = cursors.load(conn, cast.person[who])
    rev = max(cursor.rev, 1)
    cursors.save(conn, replace(cursor, place=place.stored(), rev=rev, shown_rev=rev))
    if arrival.press is not None and not arrival.press.id:
        arrival = replace(arrival, press=replace(arrival.press, rev=rev))
    told = take_turn(conn, cast.play.app.voice._world, arrival, cast.play.clock.now())
    assert told is not None
    return told


def arrival_of(cast: Cast, who: str, verb: str, arg: str = "") -> Arrival:
    """A press of this verb; «…» are words, «@» is a file."""
    base = Arrival(1, next(_numbers), cast.telegram[who], cast.telegram[who], query="q")
    if verb == "…":
        return replace(base, text=arg or "Слова", query="")
    if verb == "@":
        return replace(base, file=File("new-file", "new", "a.pdf", "application/pdf", 5), query="")
    return replace(base, press=Press(0, verb, arg))


def fact_press(cast: Cast, who: str, verb: str, id_: int, version: int) -> Arrival:
    """A press under a notice."""
    return replace(arrival_of(cast, who, ""), press=Press(-1, verb, id=id_, version=version))


def in_state(conn: Connection, cast: Cast, state: State, step: int) -> None:
    """Anna's route is in this state."""
    conn.execute(update(route).where(route.c.id == cast.route_id).values(state=state, step=step))


def shown(cast: Cast, told: Told) -> tuple[str, str]:
    """The words as they would be sent (text and captions), and everything that goes with them as files."""
    speaker = cast.play.app.voice._speaker
    assert isinstance(speaker, Presenter)
    if told.screen is None:
        return "", ""
    keyboard = speaker.keyboard(told.screen, 1)
    captions = [b.text for row in (keyboard.inline_keyboard if keyboard else []) for b in row]
    files = f"{told.screen.file or ''}{told.screen.files or ''}"
    return "\n".join((speaker.rendered(told), *captions)), files
