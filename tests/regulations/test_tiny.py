"""A third regulation, unlike both: it proves that no rule knows a region by name."""

from tests.regulations.given import draft, given

TINY = given("tiny")


def test_it_begins_with_an_image_of_oneself() -> None:
    """003 Пол. 4.2.1: самоопределение comes before any diagnosis."""
    keys = draft(TINY)
    assert keys[0] == "ideal_self"
    assert len(keys) <= 9


def test_it_has_nine_areas_of_its_own() -> None:
    assert [block.title for block in TINY.block] == [
        "Научно-теоретические",
        "Нормативные правовые",
        "Предметно-профессиональные",
        "Психолого-педагогические",
        "Методические",
        "ИКТ-компетенции",
        "Цифровизация образования",
        "Внеурочная и воспитательная деятельность",
        "Здоровьесбережение",
    ]


def test_it_names_its_own_levels_and_asks_for_no_test() -> None:
    assert [level.key for level in TINY.scale.self_levels] == ["try", "can"]
    assert all(set(block.selfcheck) == {"try", "can"} for block in TINY.block)
    assert "scores" not in TINY.questions


def test_it_is_approved_by_three() -> None:
    heads = [block for block in TINY.card if block.kind == "approvals"]
    assert [approval.heading for approval in heads[0].approvals] == [
        "РАССМОТРЕНО",
        "СОГЛАСОВАНО",
        "УТВЕРЖДАЮ",
    ]


def test_it_keeps_a_table_no_other_region_has() -> None:
    assert TINY.tables["trials"].title == "Пробы"
    assert [question.key for question in TINY.fields("trials")] == ["trial", "trial_on", "trial_hours"]


def test_its_route_is_long_and_its_limit_only_warns() -> None:
    assert (TINY.term.min_months, TINY.term.max_months, TINY.term.strict) == (48, 60, False)
