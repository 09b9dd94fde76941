"""A file a methodist has spoilt: each is refused with the line to look at and a reason to act on."""

from dataclasses import dataclass

import pytest

from bot.iom.regulation_file import RegulationError, parse
from tests.regulations.given import source

GOOD = source("stavropol")


@dataclass(frozen=True)
class Spoilt:
    """One edit of the good file; `at` begins the line that must be blamed, `far` from the edit or not."""

    what: str
    was: str
    now: str
    at: str
    reason: str
    far: bool = False


SUBJECT = 'key = "subject"\nsection = "work"\nkind = "line"\n'
TERM = 'key = "term"\nsection = "term"\nkind = "term"\n'
SCORES_IF = 'each = "diagnoses"\nasked_if = { question = "has_diagnosis", answer = "yes" }\nwhen = "draft"\n'
DONE_IF = 'asked_if = { question = "final_done", answer = "done" }\n'
EVENTS = 'rows = "plan"\nwhen = "draft"\nmandatory = true\n'
WHY = 'why = "Имя печатается в карте и в приложениях к ней, под ним ставят подпись."\n'
OWNER = 'key = "conclusion"\nwrite = ["methodist", "mentor"]\n'
OWNER_BUT = OWNER.replace("methodist", "curator")
WRITER = 'when = "finish"\nwriter = "methodist"\nmandatory = true\n'
MEDIUM = 'medium = "На каждом уроке обучающиеся сами'
TASKS = GOOD[GOOD.index("tasks = [") : GOOD.index("results = [")]
ONLY_TAPS = """options = [
    { key = "yes", title = "Да, есть" },
    { key = "no", title = "Пока нет" },
]
own = false
"""

SPOILT = [
    Spoilt("no quotes", 'key = "subject"\nsection', "key = subject\nsection", "key = subject", "в кавычках"),
    Spoilt("open quote", 'title = "Должность"', 'title = "Должность', 'title = "Должность', "кавычка"),
    Spoilt("same key", SUBJECT, SUBJECT + 'kind = "text"\n', 'kind = "text"', "уже задан"),
    Spoilt("no sign", 'title = "Должность"', 'title "Должность"', 'title "Должность"', "знак «=»"),
    Spoilt(
        "no comma",
        '"no", title = "Пока нет" },\n]',
        '"no", title = "Пока нет" },\n',
        "own = false",
        "скобкой ]",
    ),
    Spoilt("misprint", SUBJECT, SUBJECT + 'hnit = "?"\n', 'hnit = "?"', "«hnit»: такого ключа"),
    Spoilt("no words", 'ask = "Кем вы работаете?"\n', "", "[[question]]", "«ask»: не хватает ключа"),
    Spoilt("no scale", 'direction = "complexity"\n', "", "[scale]", "«direction»: не хватает"),
    Spoilt(
        "kind", SUBJECT, SUBJECT.replace('"line"', '"lines"'), 'kind = "lines"', "можно только: line, text"
    ),
    Spoilt(
        "capitals", SUBJECT, SUBJECT.replace("subject", "Subject"), 'key = "Subject"', "строчные латинские"
    ),
    Spoilt("long", "Кем вы работаете?", "Кем? " * 200, 'ask = "Кем?', "длиннее 500 знаков"),
    Spoilt(
        "yes in words",
        "required = true\nmandatory = true\ncarry",
        'required = "ага"\ncarry',
        'required = "ага"',
        "true или false",
    ),
    Spoilt("same question", SUBJECT, SUBJECT.replace("subject", "position"), 'key = "position"', "уже занят"),
    Spoilt("same short", 'short = "М"', 'short = "п"', 'short = "п"', "сокращение «п» стоит"),
    Spoilt("hole", "below = 60\n", "", "[[scale.levels]]", "нужен below"),
    Spoilt("falling", "below = 81", "below = 55", "below = 55", "пороги должны расти"),
    Spoilt(
        "ceiling", 'key = "minimal"', 'key = "minimal"\nbelow = 101', "below = 101", "у последнего уровня"
    ),
    Spoilt(
        "no section",
        'section = "term"\nkind',
        'section = "trem"\nkind',
        'section = "trem"',
        "нет раздела «trem»",
    ),
    Spoilt(
        "no table", 'rows = "courses_3y"\n', 'rows = "courses"\n', 'rows = "courses"', "нет таблицы «courses»"
    ),
    Spoilt("no each", 'each = "products"', 'each = "goods"', 'each = "goods"', "нет таблицы «goods»"),
    Spoilt("no events", EVENTS, EVENTS.replace("plan", "plans"), 'rows = "plans"', "нет таблицы «plans»"),
    Spoilt(
        "later", SCORES_IF, SCORES_IF.replace("has_diagnosis", "category"), "asked_if", "которого нет выше"
    ),
    Spoilt("no option", SCORES_IF, SCORES_IF.replace('"yes"', '"maybe"'), "asked_if", "нет варианта «maybe»"),
    Spoilt("no choice", DONE_IF, DONE_IF.replace("final_done", "full_name"), "asked_if", "не выбор"),
    Spoilt("no such words", SCORES_IF, SCORES_IF.replace("has_diagnosis", "subject"), "asked_if", "варианта"),
    Spoilt("silence", ONLY_TAPS, "own = false\n", 'kind = "choice"', "ответить нельзя"),
    Spoilt(
        "two of one",
        'key = "no", title = "Пока',
        'key = "yes", title = "Пока',
        "options = [",
        "два варианта с одним ключом",
    ),
    Spoilt("no reason", WHY, "", "personal = true", "зачем"),
    Spoilt("upside down", "min = 4\nmax = 60", "min = 300\nmax = 60", "min = 300", "min больше max"),
    Spoilt(
        "renamed rule", TERM, TERM.replace('key = "term"', 'key = "years"'), 'key = "years"', "зовут «term»"
    ),
    Spoilt("four tasks", TASKS, "tasks = ['Освоить новое']\n", "tasks = [", "не меньше 5"),
    Spoilt("same task", TASKS, f"tasks = {['Освоить новое'] * 5}\n", "tasks = [", "дважды"),
    Spoilt("no level", MEDIUM, MEDIUM.replace("medium", "middle"), "[block.selfcheck]", "high, low, medium"),
    Spoilt("half a year", "months = 6 }", "months = 16 }", '    { key = "half_year"', "длиннее 12 мес."),
    Spoilt("no length", ", months = 6 }", " }", '    { key = "half_year"', "либо months, либо school_year"),
    Spoilt("no such day", '"05-31"', '"31.05"', "year_ends", "например 05-31"),
    Spoilt("zone", "Europe/Moscow", "Europe/Stavropol", "timezone", "нет часового пояса"),
    Spoilt(
        "prints air",
        'value = ["degree"]',
        'value = ["degre"]',
        '    { label = "Учёная степень"',
        "печатает «degre»",
    ),
    Spoilt(
        "wrong rows",
        'rows = "blocks_final"',
        'rows = "blocks_last"',
        'rows = "blocks_last"',
        "нет строк «blocks_last»",
    ),
    Spoilt(
        "wrong column",
        'value = "n", width = 0.4',
        'value = "number", width = 0.4',
        '    { header = ["№ п/п"], value = "number"',
        "столбец печатает «number»",
    ),
    Spoilt(
        "wrong item",
        'value = ["products.product"]',
        'value = ["products.name"]',
        'value = ["products.name"]',
        "печатает «products.name»",
    ),
    Spoilt("same step", 'key = "approve"', 'key = "agree"', 'key = "agree"', "шаг «agree» уже есть"),
    Spoilt("no such column", "head = 1", "head = 2", "head = 2", "утверждения в карте 2, считают их с 0"),
    Spoilt("owner of air", 'key = "goals"\nwrite', 'key = "goal"\nwrite', 'key = "goal"', "вопроса «goal»"),
    Spoilt(
        "two owners",
        'key = "goals"\nwrite',
        'key = "plan"\nwrite',
        'key = "plan"',
        "о «plan» уже сказано",
    ),
    Spoilt(
        "nobody writes",
        OWNER,
        OWNER.replace('["methodist", "mentor"]', "[]"),
        "write = []",
        "список пуст",
    ),
    Spoilt(
        "no role",
        'agree = ["head"]',
        'agree = ["expert"]',
        'agree = ["expert"]',
        "нет роли «expert»: добавьте [[role]]",
    ),
    Spoilt(
        "no capability", 'capability = "head"', 'capability = "boss"', 'capability = "boss"', "можно только"
    ),
    Spoilt(
        "same evidence",
        'key = "attendance"',
        'key = "certificate"',
        'key = "certificate"',
        "ключ «certificate» уже занят",
    ),
    Spoilt(
        "too long an extension",
        "[life.completion]\n",
        "[life.extension]\nmonths = 18\n\n[life.completion]\n",
        "months = 18",
        "продлевают на 1–12 мес.",
    ),
    Spoilt(
        "a certificate of no model",
        "[life.completion]\n",
        '[certificate]\ntitle = "С"\ntext = "т"\nmodels = ["ais"]\n\n[life.completion]\n',
        'models = ["ais"]',
        "нет модели «ais»",
    ),
    Spoilt(
        "a certificate nobody signs",
        "[life.completion]\n",
        '[certificate]\ntitle = "С"\ntext = "т"\nstep = "nobody"\n\n[life.completion]\n',
        'step = "nobody"',
        "нет шага «nobody»",
    ),
    Spoilt(
        "more than everybody",
        "[life.completion]\n",
        "[application]\nshare = 110\n\n[life.completion]\n",
        "share = 110",
        "100",
    ),
    Spoilt(
        "nobody extends",
        "[life.completion]\n",
        "[life.extension]\nmonths = 6\nown = false\noffered = false\n\n[life.completion]\n",
        "own = false",
        "продлить некому",
    ),
    Spoilt(
        "nobody judges",
        'judges = ["methodist", "curator"]',
        "judges = []",
        "judges = []",
        "кто-то должен оценить",
    ),
    Spoilt(
        "judges herself",
        'judges = ["methodist", "curator"]',
        'judges = ["teacher"]',
        'judges = ["teacher"]',
        "«teacher» промежуточный результат не оценивает",
    ),
    Spoilt(
        "thinks of nothing",
        "monitoring_months = 6",
        "reflection_per_activity = true",
        "reflection_per_activity = true",
        "а вопроса «reflection…»",
    ),
    Spoilt(
        "goes backwards", "monitoring_months = 6", "monitoring_months = -6", "monitoring_months = -6", "0"
    ),
    Spoilt(
        "waits for nothing",
        '"final_diagnosis", "final_event"]',
        '"product", "final_event"]',
        'all = ["product", "final_event"]',
        "нет вопроса «verdict»",
    ),
    Spoilt(
        "not hers to write",
        'writers = ["methodist", "mentor"]',
        'writers = ["methodist", "curator"]',
        'writers = ["methodist", "curator"]',
        "не даёт писать «curator»",
    ),
    Spoilt(
        "not asked of her", OWNER, OWNER_BUT, 'writer = "methodist"', "не даёт «methodist» отвечать", far=True
    ),
    Spoilt(
        "writer unknown",
        WRITER,
        WRITER.replace("methodist", "boss"),
        'writer = "boss"',
        "«writer»: можно только: teacher, mentor",
    ),
    Spoilt(
        "asked too early",
        WRITER,
        WRITER.replace("finish", "later"),
        'writer = "methodist"',
        "только с when",
    ),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt.what)
def test_a_spoilt_file_is_refused_at_its_line(spoilt: Spoilt) -> None:
    assert GOOD.count(spoilt.was) == 1, "the edit must have one place in the file"
    broken = GOOD.replace(spoilt.was, spoilt.now)
    with pytest.raises(RegulationError, match=r"^строка \d+: ") as refused:
        parse(broken, "stavropol")
    assert spoilt.reason in refused.value.reason
    line = broken.splitlines()[refused.value.line - 1]
    assert line.startswith(spoilt.at), line
    assert spoilt.far or near(broken, refused.value.line, GOOD.index(spoilt.was), 6)


def near(text: str, line: int, place: int, within: int) -> bool:
    """Whether a line stands near a place in the text, so that a header blamed is the right one."""
    return abs(text.count("\n", 0, place) + 1 - line) <= within


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt.what)
def test_a_reason_is_in_russian(spoilt: Spoilt) -> None:
    with pytest.raises(RegulationError) as refused:
        parse(GOOD.replace(spoilt.was, spoilt.now), "stavropol")
    for english in ("Input", "should", "Expected", "Field", "(at"):
        assert english not in refused.value.reason


def test_an_empty_file_says_what_is_missing() -> None:
    with pytest.raises(RegulationError, match="не хватает ключа"):
        parse("", "empty")


def test_a_good_file_keeps_its_slug() -> None:
    assert parse(GOOD, "stavropol").slug == "stavropol"
