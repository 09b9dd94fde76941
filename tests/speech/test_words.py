"""Words: compiled at start, escaped always, an unknown name is an error, a template can reach nothing."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.speech.words import Words, WordsError, plural

WORDS = Words()
HOSTILE = "<u>&\"' {{7*7}}</u>"
ESCAPED = "&lt;u&gt;&amp;"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of templates of one's own."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "buttons.toml").write_text('home = "На главную"\n', "utf-8")
    return tmp_path


def write(folder: Path, text: str, name: str = "one") -> Words:
    (folder / "texts" / f"{name}.j2").write_text(text, "utf-8")
    return Words(folder)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "вопросов"),
        (1, "вопрос"),
        (2, "вопроса"),
        (3, "вопроса"),
        (4, "вопроса"),
        (5, "вопросов"),
        (10, "вопросов"),
        (11, "вопросов"),
        (12, "вопросов"),
        (14, "вопросов"),
        (19, "вопросов"),
        (20, "вопросов"),
        (21, "вопрос"),
        (22, "вопроса"),
        (25, "вопросов"),
        (101, "вопрос"),
        (111, "вопросов"),
        (112, "вопросов"),
        (122, "вопроса"),
        (1001, "вопрос"),
    ],
)
def test_the_russian_plural(number: int, word: str) -> None:
    assert plural(number, "вопрос", "вопроса", "вопросов") == word


@given(number=st.integers(0, 10**6))
def test_the_plural_repeats_every_hundred(number: int) -> None:
    assert plural(number, "1", "2", "5") == plural(number + 100, "1", "2", "5")


def test_every_template_compiles() -> None:
    WORDS.check()
    assert {"question", "refusal", "home", "consent"} <= set(WORDS.names())
    assert not [name for name in WORDS.names() if name.startswith("_")]


@pytest.mark.parametrize("name", WORDS.names())
def test_no_template_forgives_a_name_nobody_gave(name: str) -> None:
    """With no values at all a template either says the same to everyone or fails."""
    try:
        said = WORDS.text(name, {})
    except UndefinedError:
        return
    assert said == WORDS.text(name, {"title": HOSTILE, "left": 1})


def test_a_typo_in_a_template_fails(folder: Path) -> None:
    words = write(folder, "Здравствуйте, {{ nmae }}")
    words.check()
    with pytest.raises(UndefinedError, match="nmae"):
        words.text("one", {"name": "Анна"})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("noted", {"title": HOSTILE, "value": HOSTILE}),
        ("skipped", {"title": HOSTILE}),
        ("deleted", {"title": HOSTILE}),
        ("begun", {"title": HOSTILE}),
        ("consent", {"operator": HOSTILE}),
        ("consent_whole", {"operator": HOSTILE}),
        ("help", {"operator": HOSTILE}),
        ("unknown_command", {"command": HOSTILE}),
        ("section", {"title": HOSTILE, "lines": [(HOSTILE, HOSTILE, False), (HOSTILE, "", True)]}),
        ("rows", {"rows_title": HOSTILE, "count": 2}),
        ("row", {"title": HOSTILE, "lines": [(HOSTILE, HOSTILE)], "sure": False}),
        (
            "plan",
            {
                "count": 1,
                "lines": [(HOSTILE, HOSTILE)],
                "warnings": [("overlap", HOSTILE, HOSTILE)],
                "sent": False,
            },
        ),
        ("regulation", {"abouts": [(HOSTILE, HOSTILE)]}),
        ("refusal", {"reason": "not_option", "options": [HOSTILE], "example": HOSTILE}),
        ("refusal", {"reason": "not_scores", "problem": "no_number", "piece": HOSTILE, "example": ""}),
        ("refusal", {"reason": "point_taken", "title": HOSTILE, "example": HOSTILE}),
    ],
)
def test_every_value_is_escaped(name: str, values: dict[str, object]) -> None:
    said = WORDS.text(name, {"total": 12, "left": 3, "minutes": 1, **values})
    assert ESCAPED in said
    assert "<u>" not in said
    assert "49" not in said


def test_what_is_cut_is_cut_before_it_is_escaped(folder: Path) -> None:
    """Half an entity would be an error at Telegram's."""
    words = write(folder, "{{ value | truncate(8, true, '…', 0) }}")
    assert words.text("one", {"value": "&" * 20}) == "&amp;" * 7 + "…"


REASONS = [
    ("too_long", {"length": 9, "limit": 5}),
    ("too_short", {"limit": 3}),
    ("no_words", {}),
    ("not_integer", {"low": 0, "high": 70}),
    ("not_date", {}),
    ("future_date", {}),
    ("not_email", {}),
    ("not_phone", {}),
    ("not_option", {"options": []}),
    ("use_buttons", {}),
    ("not_scores", {"problem": "twice", "piece": "П"}),
    ("own_name", {"low": 3, "high": 120}),
    ("too_many_own", {"limit": 15}),
    ("not_block", {"options": ["методика"]}),
    ("point_taken", {"title": "методика"}),
    ("over_hundred", {}),
    ("goal_not_higher", {"low": "49", "high": "40"}),
    ("not_period", {"problem": "past"}),
    ("outside_term", {"term": "сентябрь–май", "said": "июль"}),
    (
        "term_advised",
        {"problem": "too_short", "clause": "002 Пример 3", "reason_words": "от года", "said": "полгода"},
    ),
    ("term", {"problem": "too_long", "clause": "004 п. 1.8", "reason_words": "до года", "said": "2 года"}),
    ("period_length", {"low": 3, "high": 12, "clause": "003 п. 1", "said": "май", "problem": "too_short"}),
    ("one_link", {}),
    ("required", {}),
    ("gone", {}),
]


@pytest.mark.parametrize(("reason", "values"), REASONS, ids=[reason for reason, _ in REASONS])
def test_every_reason_of_a_refusal_has_words(reason: str, values: dict[str, object]) -> None:
    said = WORDS.text("refusal", {"reason": reason, "example": "", **values})
    assert len(said) > 10
    with_example = WORDS.text("refusal", {"reason": reason, "example": "12 лет", **values})
    assert "Пример: 12 лет" in with_example


def test_every_reason_the_rules_give_is_among_them() -> None:
    rules = Path(__file__).parents[2] / "bot" / "iom"
    source = "".join(path.read_text("utf-8") for path in rules.glob("accept*.py"))
    named = set(re.findall(r'Refused\(\s*"([a-z_]+)"', source))
    assert named == {reason for reason, _ in REASONS}


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ one.__init__.__globals__ }}",
        "{{ ().__class__.__base__.__subclasses__() }}",
    ],
)
def test_a_template_reaches_no_python(folder: Path, attack: str) -> None:
    """A region may bring its own words: they stay words."""
    with pytest.raises((SecurityError, UndefinedError)):
        write(folder, attack).text("one", {"one": WORDS})


def test_a_value_is_never_a_template(folder: Path) -> None:
    assert write(folder, "{{ said }}").text("one", {"said": "{{ 7*7 }}"}) == "{{ 7*7 }}"


@pytest.mark.parametrize(
    ("text", "line"), [("{% if %}", 1), ("\n\n{{ one", 3), ("{% nothing %}", 1), ("{{ one | no_such }}", 1)]
)
def test_a_bad_template_stops_the_start_with_file_and_line(folder: Path, text: str, line: int) -> None:
    with pytest.raises(WordsError) as refused:
        write(folder, text).check()
    assert str(refused.value).startswith(f"{folder / 'texts' / 'one.j2'}:{line}: ")


@pytest.mark.parametrize("captions", ["home = ", 'home = "a"\nhome = "b"', None])
def test_bad_captions_stop_the_start_with_their_file(folder: Path, captions: str | None) -> None:
    path = folder / "texts" / "buttons.toml"
    path.write_text(captions, "utf-8") if captions else path.unlink()
    with pytest.raises(WordsError, match=r"buttons\.toml: "):
        Words(folder)


@pytest.mark.parametrize("day", [date(2026, 10, 12), "2026-10-12"])
def test_a_day_is_said_in_words(folder: Path, day: object) -> None:
    assert write(folder, "{{ day | day }}").text("one", {"day": day}) == "12 октября 2026 г."


def test_captions(folder: Path) -> None:
    words = write(folder, "")
    assert words.caption("home") == "На главную"
    assert (words.has_caption("home"), words.has_caption("homme")) == (True, False)
    with pytest.raises(KeyError):
        words.caption("homme")


def test_every_command_has_a_caption() -> None:
    from handlers.house import COMMANDS

    for command in COMMANDS:
        assert 3 <= len(WORDS.caption(f"command_{command}")) <= 256
    assert len(WORDS.caption("bot_description")) <= 512
    assert len(WORDS.caption("bot_short_description")) <= 120
