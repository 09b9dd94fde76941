"""Cross checks of a regulation: what types can't say. Each problem names the place in the file."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.iom.competence import FINAL
from bot.iom.regulation import Condition, Kind, Level, Question, Regulation
from bot.iom.regulation_check_card import Problem, card
from bot.iom.regulation_check_life import life

TABLES = ("diagnoses", "growth", "tasks", "plan")
_OPTION_KINDS = {Kind.CHOICE, Kind.CHIPS}
_ROW_KINDS = {Kind.ROWS, Kind.LINKS, Kind.EVENTS}
_CONTRACT = {
    Kind.SELF_SCORES: ("self_scores", "diagnoses"),
    Kind.POINT: ("growth_point", "growth"),
    Kind.TASK: ("task", "tasks"),
    Kind.EXPECTED: ("expected", "tasks"),
    Kind.TERM: ("term", ""),
}


def problems(regulation: Regulation) -> Iterator[Problem]:
    """Every broken promise: (path in the file, reason in Russian for a methodist)."""
    yield from _zone(regulation)
    yield from _unique(regulation)
    yield from _tables(regulation)
    for number, question in enumerate(regulation.question):
        for field, reason in _question(regulation, question, number):
            yield ("question", number, field), reason
    yield from _rules(regulation)
    yield from _scale(regulation)
    yield from _term(regulation)
    yield from card(regulation)
    yield from life(regulation)


def _zone(regulation: Regulation) -> Iterator[Problem]:
    try:
        ZoneInfo(regulation.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reason = f"нет часового пояса «{regulation.timezone}»; пишут, например, Europe/Moscow"
        yield ("timezone",), reason


def _unique(regulation: Regulation) -> Iterator[Problem]:
    for name in ("section", "block", "table", "question"):
        items: Sequence[object] = getattr(regulation, name)
        keys = [getattr(item, "key", "") for item in items]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                yield (name, number, "key"), f"ключ «{key}» уже занят выше"
    shorts = [block.short.casefold() for block in regulation.block]
    for number, block in enumerate(regulation.block):
        if shorts[number] in shorts[:number]:
            yield ("block", number, "short"), f"сокращение «{block.short}» стоит у двух блоков"


def _tables(regulation: Regulation) -> Iterator[Problem]:
    for key in TABLES:
        if key not in regulation.tables:
            yield ("table",), f"нет таблицы «{key}»"
        elif not regulation.fields(key):
            yield ("table",), f"у таблицы «{key}» нет ни одного вопроса с each = «{key}»"
    for number, table in enumerate(regulation.table):
        if table.section not in regulation.sections:
            yield ("table", number, "section"), f"нет раздела «{table.section}»"
        if table.per and table.per not in regulation.tables:
            yield ("table", number, "per"), f"нет таблицы «{table.per}»"
        if table.asked_if:
            yield from _condition(regulation, table.asked_if, len(regulation.question), ("table", number))


def _condition(
    regulation: Regulation, condition: Condition, number: int, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    earlier = {question.key: question for question in regulation.question[:number]}
    asked = earlier.get(condition.question)
    if asked is None:
        yield (*path, "asked_if"), f"условие смотрит на вопрос «{condition.question}», которого нет выше"
    elif (asked.kind not in _OPTION_KINDS and not asked.suggestions) or asked.each:
        yield (*path, "asked_if"), f"условие может смотреть только на выбор, а «{asked.key}» – не выбор"
    elif condition.answer not in {*asked.suggestions, *(option.key for option in asked.options)}:
        yield (*path, "asked_if"), f"у вопроса «{asked.key}» нет варианта «{condition.answer}»"


def _question(regulation: Regulation, question: Question, number: int) -> Iterator[tuple[str, str]]:
    """(key of the question, reason)."""
    if question.section not in regulation.sections:
        yield "section", f"нет раздела «{question.section}»"
    if question.personal and not question.why:
        yield "personal", "для личных данных нужно «why» – зачем они"
    if question.each and question.each not in regulation.tables:
        yield "each", f"нет таблицы «{question.each}»"
    if question.kind in _ROW_KINDS and question.rows not in regulation.tables:
        yield "rows", f"нет таблицы «{question.rows}»"
    if question.kind in _OPTION_KINDS and not question.options and not question.own:
        yield "kind", "нет ни вариантов, ни своих слов: ответить нельзя"
    keys = [option.key for option in question.options]
    if len(keys) != len(set(keys)):
        yield "options", "два варианта с одним ключом"
    if question.min is not None and question.max is not None and question.min > question.max:
        yield "min", "min больше max"
    if question.lacking and question.option(question.lacking) is None:
        yield "lacking", f"нет варианта «{question.lacking}»"
    if question.not_above and regulation.questions.get(question.not_above) is None:
        yield "not_above", f"нет вопроса «{question.not_above}»"
    if question.asked_if:
        for _, reason in _condition(regulation, question.asked_if, number, ()):
            yield "asked_if", reason


def _rules(regulation: Regulation) -> Iterator[Problem]:
    """Questions that rules look up: their key and table are a contract of their kind."""
    for number, question in enumerate(regulation.question):
        key, each = _contract(question)
        if question.key != key:
            yield (
                ("question", number, "key"),
                f"вопрос вида «{question.kind}» зовут «{key}», так его ищут правила",
            )
        elif question.each != each:
            yield ("question", number, "each"), f"вопрос вида «{question.kind}» задают с each = «{each}»"
    for kind in (Kind.POINT, Kind.TASK, Kind.TERM):
        if regulation.of_kind(kind) is None:
            yield ("question",), f"нет вопроса вида «{kind}», без него маршрута не построить"
    for number, block in enumerate(regulation.block):
        if block.asked_if:
            yield from _condition(regulation, block.asked_if, len(regulation.question), ("block", number))
        if len(set(block.tasks)) < len(block.tasks):
            yield ("block", number, "tasks"), "одна и та же задача написана дважды"


def _contract(question: Question) -> tuple[str, str]:
    """The key and table a question of this kind must have; results are asked on the way in and out."""
    if question.kind is Kind.SCORES:
        final = question.key == "final_scores" or question.each == FINAL
        return ("final_scores", FINAL) if final else ("scores", "diagnoses")
    return _CONTRACT.get(question.kind, (question.key, question.each))


def _scale(regulation: Regulation) -> Iterator[Problem]:
    scale, own = regulation.scale, regulation.own_deficit
    if scale.kind == "percent":
        yield from _thresholds(scale.levels)
    if all(block.asked_if for block in regulation.block):
        yield ("block", 0, "asked_if"), "хоть один блок нужен без условия: другие его заменяют"
    if own and scale.kind == "percent":
        yield ("own_deficit",), 'свои компетенции бывают только у шкалы уровней: kind = "level"'
    if own and own.count("{name}") != 1:
        yield ("own_deficit",), "нужно одно {name} – место, где встанет название компетенции"
    known = {level.key for level in scale.self_levels}
    for number, block in enumerate(regulation.block):
        if set(block.selfcheck) != known:
            yield ("block", number, "selfcheck"), f"нужны описания уровней: {', '.join(sorted(known))}"


def _thresholds(levels: Sequence[Level]) -> Iterator[Problem]:
    """Levels must cover 0–100 with no hole: rising bounds, none for the last (C08)."""
    last, reached = len(levels) - 1, 0.0
    for number, level in enumerate(levels):
        bound = level.below
        if (bound is None) != (number == last):
            wrong = (
                "у последнего уровня below не ставят" if number == last else "нужен below – верхняя граница"
            )
        elif bound is not None and not reached < bound <= 100:
            wrong = "пороги должны расти от 0 до 100"
        else:
            reached = bound or reached
            continue
        yield ("scale", "levels", number, "below"), f"{wrong}, чтобы уровни покрыли 0–100 без дыр"


def _term(regulation: Regulation) -> Iterator[Problem]:
    term = regulation.term
    if term.min_months > term.max_months:
        yield ("term", "min_months"), "min_months больше max_months"
    for field in ("year_starts", "year_ends"):
        if not _is_day(getattr(term, field)):
            yield ("term", field), "пишут месяц и день, например 05-31"
    for number, option in enumerate(term.options):
        if bool(option.months) == option.school_year:
            yield ("term", "options", number), f"у срока «{option.title}» нужно либо months, либо school_year"
        elif term.strict and option.months > term.max_months:
            yield ("term", "options", number), f"срок «{option.title}» длиннее {term.max_months} мес."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True
