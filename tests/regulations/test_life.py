"""What the regulations say about life: the chain, who owns what, what the way out asks and of whom."""

from dataclasses import replace

import pytest

from bot.iom import interview, summary
from bot.iom.accept import accept
from bot.iom.asked import Accepted, Refused, Said
from bot.iom.facts import State
from bot.iom.interview import CARRIED_OUT, Step
from bot.iom.owners import may_propose, may_write
from tests.regulations.given import ALL, REAL, SHIPPED, given
from tests.rules.memory import TODAY, Walker

S, U = REAL
SAID = (S, U, "tiny")


def test_the_chain_of_each_form() -> None:
    """001 Прил. 4: posts are written in; 004: заместитель директора по ДО, then директор (C14)."""
    chains = {
        slug: [(step.key, step.head, step.post) for step in given(slug).life.approval]
        for slug in (S, U, "odintsovo", "tiny")
    }
    assert chains == {
        S: [("agree", 0, ""), ("approve", 1, "")],
        U: [("agree", 0, "Заместитель директора по ДО"), ("approve", 1, "Директор")],
        "odintsovo": [("approve", 0, "")],
        "tiny": [
            ("council", 0, "Совет наставников"),
            ("curator", 1, "Куратор наставничества"),
            ("head", 2, "Руководитель"),
        ],
    }


def test_when_a_companion_is_needed() -> None:
    """C15, C19."""
    needed = {
        slug: (given(slug).life.companion.required, given(slug).life.companion.before)
        for slug in (S, U, "odintsovo", "tiny")
    }
    assert needed == {
        S: (True, "approval"),
        U: (True, "planning"),
        "odintsovo": (True, "planning"),
        "tiny": (True, "none"),
    }


def test_corrections_extensions_and_ends() -> None:
    """001 этап 5; 004 п. 1.9, 1.11, 1.13, 2.6 (C02, C18, C28)."""
    stavropol, ilimsk = given(S).life, given(U).life
    assert (stavropol.correction.steps, stavropol.correction.acknowledge) == (
        ("mentor", "curator", "methodist"),
        True,
    )
    assert (ilimsk.correction.steps, ilimsk.correction.acknowledge) == ((), False)
    assert stavropol.extension is None
    assert ilimsk.extension is not None
    assert (ilimsk.extension.months, ilimsk.extension.count) == (6, 1)
    assert (stavropol.completion.all, stavropol.completion.any) == (("final_diagnosis", "final_event"), ())
    assert (ilimsk.completion.all, ilimsk.completion.any) == (
        ("final_event",),
        ("product", "final_diagnosis"),
    )
    assert (stavropol.conclusion.writers, stavropol.conclusion.agree) == (("methodist", "mentor"), ("head",))
    assert (ilimsk.conclusion.writers, ilimsk.conclusion.agree) == (("mentor",), ("coordinator",))
    assert stavropol.conclusion.acknowledge
    assert ilimsk.conclusion.acknowledge
    assert [model.key for model in ilimsk.models] == ["school", "ais"]
    assert ilimsk.many_routes
    assert not stavropol.many_routes


def test_who_judges_an_interim_result_and_how_often() -> None:
    """001 этап 5; 004 п. 2.8.4 (C22, R24)."""
    judges = {slug: given(slug).life.monitoring.judges for slug in (S, U, "tiny")}
    assert judges == {S: ("methodist", "curator"), U: ("mentor",), "tiny": ("curator",)}
    assert {given(slug).rhythm.monitoring_months for slug in (S, U, "tiny")} == {6}
    assert all(given(slug).life.monitoring.clause for slug in (S, U, "tiny"))
    assert {slug for slug in (S, U, "tiny") if given(slug).rhythm.reflection_per_activity} == {U}


@pytest.mark.parametrize("slug", ALL)
def test_every_role_has_a_capability(slug: str) -> None:
    assert all(role.capability for role in given(slug).role)


def test_helpers_are_called_as_the_regulation_calls_them() -> None:
    assert given(S).role_title("methodist", "region") == "региональный методист"
    assert given(S).role_title("curator", "school") == "куратор ИОМ в образовательной организации"
    assert given(U).role_title("mentor") == "тьютор"
    assert given(U).role_title("coordinator", "municipality") == "муниципальный координатор"


@pytest.mark.parametrize("slug", SHIPPED)
def test_evidence_asks_for_what_a_paper_has(slug: str) -> None:
    kinds = {kind.key: kind for kind in given(slug).life.evidence}
    assert kinds["certificate"].asks == ("number", "issued_on", "hours")
    assert {"attendance", "lesson", "publication", "protocol", "words"} <= set(kinds)
    assert all(kind.official for kind in kinds.values())
    assert len(given(slug).life.not_done) >= 5


OWNED = [
    # regulation, question, who writes it while drafted or, of the finish, while carried out
    (S, "task", {"teacher"}),
    (S, "period", {"teacher"}),
    (S, "full_name", {"teacher"}),
    (S, "final_scores", {"teacher", "methodist"}),
    (S, "final_hinders", {"teacher"}),
    (S, "reflection_final", {"teacher"}),
    (S, "final_done", {"methodist", "mentor"}),
    (S, "conclusion", {"methodist", "mentor"}),
    (U, "task", {"teacher"}),
    (U, "events", {"teacher"}),
    (U, "reflection", {"teacher"}),
    (U, "final_scores", {"teacher", "mentor"}),
    (U, "final_done", {"mentor"}),
    (U, "verdict", {"expert", "mentor", "methodist"}),
    (U, "conclusion", {"mentor"}),
    ("tiny", "title", {"teacher"}),
    ("tiny", "reflection_point", {"teacher"}),
    ("tiny", "task", {"teacher"}),
]
CAPABILITIES = ("teacher", "mentor", "coordinator", "curator", "head", "approver", "methodist", "expert")


@pytest.mark.parametrize(("slug", "key", "writers"), OWNED)
def test_who_owns_what(slug: str, key: str, writers: set[str]) -> None:
    regulation, walker = given(slug), Walker(slug)
    late = regulation.questions[key].when == "finish"
    facts = replace(walker.facts, state=State.FINALIZING if late else State.DRAFT)
    assert {one for one in CAPABILITIES if may_write(regulation, facts, key, one)} == writers
    assert regulation.writers[key] == writers


@pytest.mark.parametrize(("key", "proposed"), [("goals", "methodist"), ("plan", "coordinator")])
def test_region_and_city_propose_and_the_teacher_writes(key: str, proposed: str) -> None:
    """001 Прил. 3, этапы 3 и 4."""
    walker = Walker(S)
    assert may_propose(walker.regulation, walker.facts, key, proposed)
    assert not may_propose(walker.regulation, walker.facts, key, "head")


@pytest.mark.parametrize("slug", ALL)
def test_nothing_of_the_finish_is_asked_of_a_draft(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    late = {question.key for question in walker.regulation.question if question.when == "finish"}
    assert late
    for state in set(State) - CARRIED_OUT:
        facts = replace(walker.facts, state=state)
        assert interview.remaining(walker.regulation, facts) == ()
        assert not late & {step.key for step in interview.steps(walker.regulation, facts)}
        assert not late & {gap.step.key for gap in summary.gaps(walker.regulation, facts)}


@pytest.mark.parametrize("slug", REAL)
def test_the_way_out_asks_the_teacher_only_for_what_is_hers(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    facts = replace(walker.facts, state=State.ACTIVE)
    hers = {step.key for step in interview.remaining(walker.regulation, facts)}
    assert {"final_scores", "reflection_final"} <= hers
    assert not {"final_done", "conclusion", "verdict"} & hers
    theirs = interview.remaining(walker.regulation, facts, writer="mentor")
    assert {"final_done", "conclusion"} <= {step.key for step in theirs}
    assert "reflection_final" not in {step.key for step in theirs}


@pytest.mark.parametrize("slug", SHIPPED)
def test_the_teacher_cannot_write_her_own_conclusion(slug: str) -> None:
    walker = Walker(slug)
    facts = replace(walker.facts, state=State.CONCLUSION)
    step, said = Step("conclusion"), Said(text="Маршрут пройден полностью")
    assert accept(walker.regulation, facts, step, said, TODAY) == Refused("gone")
    writer = walker.regulation.life.conclusion.writers[-1]
    assert isinstance(accept(walker.regulation, facts, step, said, TODAY, writer), Accepted)


@pytest.mark.parametrize("slug", SHIPPED)
def test_nothing_to_add_is_an_answer(slug: str) -> None:
    walker = Walker(slug)
    walker.facts = replace(walker.facts, state=State.FINALIZING)
    walker.on("reflection_final").says("Нечего добавить")
    assert walker.on("reflection_final").value == "Нечего добавить"


@pytest.mark.parametrize("slug", REAL)
def test_an_exit_diagnosis_is_told_as_the_first_one(slug: str) -> None:
    walker = Walker(slug)
    walker.facts = replace(walker.facts, state=State.FINALIZING)
    example = walker.regulation.questions["final_scores"].example
    assert isinstance(walker.on("final_scores").says(example), Accepted)
    (row,) = walker.facts.rows("diagnoses_final")
    words = summary.in_words(walker.regulation, walker.facts, Step("final_scores", row.id))
    assert words.split(", ")[0] == example.split(", ")[0]
    assert {step.key for step in interview.row_steps(walker.regulation, walker.facts, row.id)} == {
        "final_scores",
        "final_diagnosis_name",
        "final_diagnosis_level",
        "final_taken_on",
    }
