"""Whom a list means by a mentor: in the same file or invited before, by name, initials or code."""

import pytest

from bot.iom.people_rows import KnownMentor, Rejected, RowProblem
from tests.iom.test_people_file import BORIS, WORDS, _coded, _named, _only

PYOTR = "Борисов Пётр Сергеевич"
KNOWN = (KnownMentor("Кораблёва Алла Юрьевна", "К-7"), KnownMentor("Орлова Вера Ивановна", "К-8"))


@pytest.mark.parametrize(
    "typed",
    [
        "Борисов Пётр Сергеевич",
        "борисов петр сергеевич",
        "Борисов П. С.",
        "Борисов П.С.",
        "Борисов П С",
        "П. С. Борисов",
        "П.С.Борисов",
        "Борисов Пётр",
        "Борисов П.",
        "Борисов",
        "Борисов П. С., учитель математики",
        "Бopиcoв П.C.",
    ],
)
def test_a_mentor_of_the_file(typed: str) -> None:
    for lines in ((BORIS, f"Светлова;Анна;;;;;{typed}"), (f"Светлова;Анна;;;;;{typed}", BORIS)):
        mentors = {one.full_name: one.mentor for one in _named(*lines).valid}
        assert mentors == {PYOTR: "", "Светлова Анна": PYOTR}


@pytest.mark.parametrize("typed", ["Кораблева А. Ю.", "к-7", "K-7", "Кораблёва"])
def test_a_mentor_invited_before(typed: str) -> None:
    [row] = _named(f"Светлова;Анна;;;;;{typed}", known=KNOWN).valid
    assert (row.mentor, row.mentor_code) == ("Кораблёва Алла Юрьевна", "К-7")


@pytest.mark.parametrize("nothing", ["", "-", "—", "нет", "Не назначен"])
def test_no_mentor(nothing: str) -> None:
    [row] = _named(f"Светлова;Анна;;;;;{nothing}").valid
    assert row.mentor == ""


@pytest.mark.parametrize("typed", ["Борисов Н.", "Борис", "Борисов П. С. К.", ".", ",", "С. Борисов", "Пётр"])
def test_nobody_is_guessed(typed: str) -> None:
    assert _only(_named(BORIS, f"Светлова;Анна;;;;;{typed}")).reason is RowProblem.MENTOR_UNKNOWN


def test_two_who_may_be_meant() -> None:
    other = "Борисов;Павел;Семёнович;;;тьютор"
    rejected = _only(_named(BORIS, other, "Светлова;Анна;;;;;Борисов П. С."))
    assert (rejected.reason, rejected.number) == (RowProblem.MENTOR_AMBIGUOUS, 4)
    assert len(_named(BORIS, other, "Светлова;Анна;;;;;Борисов Павел").valid) == 3


def test_namesakes_are_told_by_their_codes() -> None:
    twins = (KnownMentor(PYOTR, "К-1"), KnownMentor(PYOTR, "К-2"))
    assert _only(_named(f"Светлова;Анна;;;;;{PYOTR}", known=twins)).reason is RowProblem.MENTOR_AMBIGUOUS
    [row] = _named("Светлова;Анна;;;;;К-2", known=twins).valid
    assert row.mentor_code == "К-2"


def test_one_brought_again_is_the_one_invited_before() -> None:
    judged = _named(BORIS, "Светлова;Анна;;;;;Борисов П.С.", known=(KnownMentor(PYOTR, "К-1"),))
    assert [one.mentor_code for one in judged.valid] == ["", "К-1"]


def test_nobody_is_her_own_mentor() -> None:
    for role in ("наставник", "педагог"):
        rejected = _only(_named(f"Борисов;Пётр;Сергеевич;;;{role};Борисов П.С."))
        assert rejected.reason is RowProblem.MENTOR_HERSELF


def test_a_namesake_by_initials_is_not_herself() -> None:
    judged = _named("Борисов;Павел;Семёнович;;;;Борисов П. С.", BORIS)
    assert [one.mentor for one in judged.valid] == [PYOTR, ""]


def test_a_teacher_is_no_mentor() -> None:
    rejected = _only(_named("Лугова;Мария", "Светлова;Анна;;;;;Лугова М."))
    assert rejected.reason is RowProblem.MENTOR_OTHER_ROLE
    assert rejected.values == {"mentor": "Лугова Мария", "row": 2}


def test_who_named_a_mentor_that_was_not_taken_waits_for_her() -> None:
    judged = _named(
        "Светлова;Анна;;;;;Лугова М.",
        "Лугова;Мария;;;;наставник;Борисов П.",
        "Борисов;Пётр;;;;наставник;Никто",
    )
    assert judged.valid == ()
    assert [(row.number, row.reason, dict(row.values)) for row in judged.rejected] == [
        (2, RowProblem.MENTOR_REJECTED, {"row": 3}),
        (3, RowProblem.MENTOR_REJECTED, {"row": 4}),
        (4, RowProblem.MENTOR_UNKNOWN, {"mentor": "Никто"}),
    ]


def test_mentors_of_each_other_are_both_taken() -> None:
    lines = ("Лугова;Мария;;;;наставник;Борисов", "Борисов;Пётр;;;;наставник;Лугова")
    assert [one.mentor for one in _named(*lines).valid] == ["Борисов Пётр", "Лугова Мария"]


def test_a_mentor_by_code_where_names_are_not_kept() -> None:
    [row] = _coded("П-02;;;;П-01", known=(KnownMentor("", "П-01"),)).valid
    assert (row.mentor, row.mentor_code) == ("П-01", "П-01")


@pytest.mark.parametrize("reason", RowProblem)
def test_every_reason_has_its_words(reason: RowProblem) -> None:
    values: dict[str, str | int] = {
        "name": "{x}",
        "column": "Имя",
        "most": 60,
        "code": "я",
        "email": "a",
        "role": "завхоз",
        "known": "педагог",
        "row": 3,
        "mentor": "Борисов",
    }
    assert len(WORDS.reason(Rejected(2, (), reason, values))) > 8
