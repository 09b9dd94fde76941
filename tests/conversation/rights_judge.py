"""Plays one case of `test_rights` and says what was wrong with it.

A case is undone, so the next one finds the same school. What people who may know nothing hear of Anna's ids
is compared with what they hear of ids that nobody has.
"""

import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Table, event, select

from bot.iom.access import Fact, Standing, may
from bot.iom.facts import State
from bot.speech.presenter import Told
from handlers.place import Place
from storage import standings
from storage.tables import metadata
from tests.conversation.rights import (
    ABSENT,
    LOOKS_ONLY,
    MARKS,
    NOBODY,
    Cast,
    arrival_of,
    arrives,
    fact_press,
    in_state,
    shown,
    undone,
)

HERS = ("cursor", "seen_update", "printed", "audit")  # what a press always writes of the presser's own


@dataclass(frozen=True)
class PressRoom:
    """Somebody stands in a room and presses a verb of it."""

    who: str
    state: State
    step: int
    place: Place
    verb: str
    arg: str


@dataclass(frozen=True)
class PressFact:
    """Somebody presses a button under a notice; version -1 is the one of now."""

    who: str
    state: State
    step: int
    verb: str
    id: int
    version: int


Case = PressRoom | PressFact
Outcome = tuple[str, tuple[str, ...], str]


@dataclass
class Judge:
    """Plays cases on a connection; `wrong` says what went wrong, `writers` who changed Anna's rows."""

    conn: Connection
    cast: Cast
    played: int = 0
    wrong: list[tuple[str, Case]] = field(default_factory=list)
    writers: set[str] = field(default_factory=set)
    _twins: dict[str, Outcome] = field(default_factory=dict)
    _standings: dict[tuple[str, State, int], Standing] = field(default_factory=dict)
    _wrote: bool = False

    def __post_init__(self) -> None:
        self._before = self._held()
        event.listen(self.conn, "before_cursor_execute", self._note)

    def play(self, case: Case) -> None:
        """One case, and its twin where that must sound alike."""
        self.played += 1
        self._wrote = False
        with undone(self.conn):
            in_state(self.conn, self.cast, case.state, case.step)
            self._wrote = False
            try:
                told = self._told(case)
            except Exception:
                self.wrong.append((traceback.format_exc(limit=-3), case))
                return
            self._judge(case, told)
        if case.who in NOBODY and case.verb != "more":  # its argument is a page, not an id
            self._compare(case, self._outcome(told))

    def _judge(self, case: Case, told: Told) -> None:
        words, files = shown(self.cast, told)
        if self._wrote and self._held() != self._expected(case):
            self.writers.add(case.who)
            if case.who in (*NOBODY, *LOOKS_ONLY):
                self.wrong.append(("wrote", case))
        known = self._known(case)
        for fact, mark in MARKS.items():
            if mark in words + files and fact not in known:
                told_by = [remark.text for remark in told.remarks]
                self.wrong.append((f"shown {fact}: {told.screen and told.screen.text} {told_by}", case))

    def _known(self, case: Case) -> set[Fact]:
        """What the person may know, the route being in the state of the case; hers is the teacher's."""
        if case.who == "anna":
            return set(Fact)
        standing = self._standings.get((case.who, case.state, case.step))
        if standing is None:
            standing = standings.of(self.conn, self.cast.person[case.who], self.cast.route_id)
            assert standing is not None
            self._standings[case.who, case.state, case.step] = standing
        known = {fact for fact in Fact if may(standing, fact)}
        # A number of a certificate is printed in the card and said with its file; so are interim results.
        known = known | {Fact.CONFIRM} if known & {Fact.CARD, Fact.EVIDENCE} else known
        return known | {Fact.MONITOR} if Fact.CARD in known else known

    def _compare(self, case: Case, outcome: Outcome) -> None:
        twin = self._twin(case)
        if twin == case:
            return
        if repr(twin) not in self._twins:
            with undone(self.conn):
                in_state(self.conn, self.cast, case.state, case.step)
                self._twins[repr(twin)] = self._outcome(self._told(twin))
        if self._twins[repr(twin)] != outcome:
            self.wrong.append((f"known from absent: {outcome} / {self._twins[repr(twin)]}", case))

    def _told(self, case: Case) -> Told:
        if isinstance(case, PressRoom):
            arrival = arrival_of(self.cast, case.who, case.verb, case.arg)
            return arrives(self.conn, self.cast, case.who, case.place, arrival)
        version = case.version if case.version >= 0 else self._version()
        arrival = fact_press(self.cast, case.who, case.verb, case.id, version)
        return arrives(self.conn, self.cast, case.who, Place("menu"), arrival)

    def _twin(self, case: Case) -> Case:
        """The same with ids that nobody has."""
        real = set(map(str, self.cast.ids.values())) - self._own(case.who)
        if isinstance(case, PressFact):
            return replace(case, id=ABSENT) if str(case.id) in real else case
        place = replace(case.place, row=ABSENT, parent=ABSENT if case.place.parent else 0)
        parts = case.arg.split(".")
        arg = ".".join(str(ABSENT) if part in real else part for part in parts)
        return replace(case, place=place, arg=arg)

    def _own(self, who: str) -> set[str]:
        """Ids that are the presser's too: her own, of her routes, of her pairs."""
        hers, route, pairing = self.cast.person[who], metadata.tables["route"], metadata.tables["pairing"]
        routes = select(route.c.id).where(route.c.person_id == hers)
        pairs = select(pairing.c.id).where((pairing.c.teacher_id == hers) | (pairing.c.companion_id == hers))
        found = [*self.conn.execute(routes).scalars(), *self.conn.execute(pairs).scalars(), hers]
        return set(map(str, found))

    def _outcome(self, told: Told) -> Outcome:
        words, files = shown(self.cast, told)
        names = tuple(remark.text for remark in told.remarks)
        return (told.screen.text if told.screen else "", names, words.replace(str(ABSENT), "№") + files)

    def _version(self) -> int:
        route = metadata.tables["route"]
        hers = select(route.c.version).where(route.c.id == self.cast.route_id)
        return int(self.conn.execute(hers).scalar_one())

    def _note(self, _conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        head = statement.split(maxsplit=3)[:3]
        writes = head[0] in {"INSERT", "UPDATE", "DELETE"}
        if writes and not any(name in head for name in HERS):
            self._wrote = True

    def _expected(self, case: Case) -> object:
        """Anna's rows as they were, the route in the state of the case."""
        with undone(self.conn):
            return self._before_in(case)

    def _before_in(self, case: Case) -> object:
        found = dict(self._before)
        rows = [{**row, "state": case.state.value, "step": case.step} for row in found["route"]]
        return {**found, "route": rows}

    def _held(self) -> dict[str, list[dict[str, object]]]:
        """Every row about Anna's route, her school and its city, whoever wrote it."""
        return {table.name: self._rows(table) for table in metadata.sorted_tables if table.name not in HERS}

    def _rows(self, table: Table) -> list[dict[str, object]]:
        ids, found = self.cast.ids, select(table)
        places = [ids["school"], ids["city"]]
        if table.name == "route":
            found = found.where(table.c.id == ids["route"])
        elif "route_id" in table.c:
            found = found.where(table.c.route_id == ids["route"])
        elif "organisation_id" in table.c:
            found = found.where(table.c.organisation_id.in_(places))
        elif table.name == "organisation":
            found = found.where(table.c.id.in_(places))
        else:
            return []
        return [dict(row._mapping) for row in self.conn.execute(found.order_by(*table.primary_key))]

    def told(self, limit: int = 25) -> Iterable[str]:
        """What was wrong, alike ones together."""
        kinds = Counter(self._kind(what, case) for what, case in self.wrong)
        return [f"{number} × {kind}" for kind, number in kinds.most_common(limit)]

    def _kind(self, what: str, case: Case) -> str:
        where = case.place.name if isinstance(case, PressRoom) else "f:"
        return f"{case.who} {case.state} {where} {case.verb}: {what[-900:]}"
