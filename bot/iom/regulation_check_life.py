"""Cross checks of `[life]`: chain, owners, roles, the questions of the way out."""

from collections.abc import Iterator, Sequence
from typing import get_args

from bot.iom.competence import FINAL
from bot.iom.regulation import Capability, Regulation
from bot.iom.regulation_check_card import Problem

_OWN = {"teacher", "mentor", "approver"}  # titled without a role: `teacher`, `companion`, the post of a step
_PROVED_BY = {"final_event": "final_done", "final_diagnosis": "final_scores", "product": "verdict"}


def life(regulation: Regulation) -> Iterator[Problem]:
    """Every broken promise of `[life]` and of the questions it waits for."""
    yield from _approval(regulation)
    yield from _owners(regulation)
    yield from _writers(regulation)
    yield from _roles(regulation)
    yield from _options(regulation)
    yield from _monitoring(regulation)
    yield from _extension(regulation)
    yield from _completion(regulation)
    yield from _conclusion(regulation)
    yield from _certificate(regulation)


def _twice(keys: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((number, key) for number, key in enumerate(keys) if key in keys[:number])


def _approval(regulation: Regulation) -> Iterator[Problem]:
    steps = regulation.life.approval
    for number, key in _twice([step.key for step in steps]):
        yield ("life", "approval", number, "key"), f"шаг «{key}» уже есть выше"
    columns = next((len(block.approvals) for block in regulation.card if block.kind == "approvals"), 0)
    for number, step in enumerate(steps):
        if columns and not 0 <= step.head < columns:  # a form without an approval head prints none (002)
            reason = f"колонок утверждения в карте {columns}, считают их с 0, а head = {step.head}"
            yield ("life", "approval", number, "head"), reason


def _owners(regulation: Regulation) -> Iterator[Problem]:
    known = {*regulation.sections, *regulation.tables, *regulation.questions}
    rows = [question for question in regulation.question if question.each]
    known |= {f"{question.each}.{question.key}" for question in rows}
    known |= {f"{q.each}.{q.key}.{option.key}" for q in rows for option in q.options if not q.own}
    owners = regulation.life.owner
    for number, key in _twice([owner.key for owner in owners]):
        yield ("life", "owner", number, "key"), f"о «{key}» уже сказано выше"
    for number, owner in enumerate(owners):
        if owner.key not in known:
            yield ("life", "owner", number, "key"), f"нет ни раздела, ни таблицы, ни вопроса «{owner.key}»"
        elif not owner.write:
            yield ("life", "owner", number, "write"), "кто-то должен это писать, а список пуст"


def _writers(regulation: Regulation) -> Iterator[Problem]:
    known = get_args(Capability)
    for number, question in enumerate(regulation.question):
        if question.writer not in known:
            yield ("question", number, "writer"), f"«writer»: можно только: {', '.join(known)}"
        elif question.writer == "teacher" and question.when != "finish":
            continue  # of a draft whoever owns the question answers it (`bot.iom.filling`)
        elif question.writer not in regulation.writers[question.key]:
            reason = f"[[life.owner]] не даёт «{question.writer}» отвечать на «{question.key}»"
            yield ("question", number, "writer"), reason
        elif question.when != "finish":
            yield ("question", number, "writer"), 'не педагога спрашивают только с when = "finish"'
    for number, question in enumerate(regulation.question):
        if question.each == FINAL and question.when != "finish":
            yield ("question", number, "when"), f'вопросы таблицы «{FINAL}» задают с when = "finish"'


def _named(regulation: Regulation) -> Iterator[tuple[tuple[str | int, ...], Sequence[str]]]:
    """Every list of capabilities and where it stands."""
    rules = regulation.life
    yield ("life", "quality"), rules.quality
    yield ("life", "confirm"), rules.confirm
    yield ("life", "monitoring", "judges"), rules.monitoring.judges
    yield ("life", "correction", "steps"), rules.correction.steps
    yield ("life", "conclusion", "writers"), rules.conclusion.writers
    yield ("life", "conclusion", "agree"), rules.conclusion.agree
    for number, owner in enumerate(rules.owner):
        for field in ("write", "propose", "approve"):
            yield ("life", "owner", number, field), getattr(owner, field)
    for number, question in enumerate(regulation.question):
        yield ("question", number, "writer"), (question.writer,)


def _roles(regulation: Regulation) -> Iterator[Problem]:
    titled = _OWN | {role.capability for role in regulation.role}
    for path, capabilities in _named(regulation):
        for capability in capabilities:
            if capability not in titled:
                yield path, f"нет роли «{capability}»: добавьте [[role]] с такой capability и её названием"


def _options(regulation: Regulation) -> Iterator[Problem]:
    rules = regulation.life
    lists: dict[tuple[str, ...], Sequence[str]] = {
        ("life", "evidence"): [one.key for one in rules.evidence],
        ("life", "not_done"): [one.key for one in rules.not_done],
        ("life", "models"): [one.key for one in rules.models],
        ("life", "correction", "reasons"): [one.key for one in rules.correction.reasons],
        ("life", "companion", "direction"): [one.key for one in rules.companion.direction],
    }
    for path, keys in lists.items():
        for number, key in _twice(keys):
            yield (*path, number, "key"), f"ключ «{key}» уже занят выше"


def _monitoring(regulation: Regulation) -> Iterator[Problem]:
    rule, rhythm = regulation.life.monitoring, regulation.rhythm
    if rhythm.monitoring_months and not rule.judges:
        reason = "промежуточный результат кто-то должен оценить, а список пуст"
        yield ("life", "monitoring", "judges"), reason
    for judge in rule.judges:
        if judge in {"teacher", "approver"}:
            yield ("life", "monitoring", "judges"), f"«{judge}» промежуточный результат не оценивает"
    if rhythm.reflection_per_activity and not any(
        question.key.startswith("reflection") for question in regulation.fields("plan")
    ):
        reason = "рефлексию по мероприятиям ждут, а вопроса «reflection…» с each = «plan» нет"
        yield ("rhythm", "reflection_per_activity"), reason


def _extension(regulation: Regulation) -> Iterator[Problem]:
    rule, longest = regulation.life.extension, regulation.term.max_months
    if rule is None:
        return
    if not 1 <= rule.months <= longest:
        reason = f"продлевают на 1–{longest} мес.: не дольше, чем длится сам маршрут"
        yield ("life", "extension", "months"), reason
    if rule.count < 1:
        yield ("life", "extension", "count"), "count – сколько раз можно продлить, не меньше 1"
    if not rule.own and not rule.offered:
        yield ("life", "extension", "own"), "продлить некому: и own, и offered – false"


def _completion(regulation: Regulation) -> Iterator[Problem]:
    for field in ("all", "any"):
        for what in getattr(regulation.life.completion, field):
            key = _PROVED_BY.get(what, "")
            reflects = any(question.key.startswith("reflection") for question in regulation.question)
            if what == "reflection" and not reflects:
                yield ("life", "completion", field), "рефлексию ждут, а вопроса «reflection…» нет"
            elif key and key not in regulation.questions:
                yield ("life", "completion", field), f"«{what}» ничем не подтвердить: нет вопроса «{key}»"


def _conclusion(regulation: Regulation) -> Iterator[Problem]:
    if "conclusion" not in regulation.questions:
        return
    for writer in regulation.life.conclusion.writers:
        if writer not in regulation.writers["conclusion"]:
            reason = f"[[life.owner]] с key = «conclusion» не даёт писать «{writer}»"
            yield ("life", "conclusion", "writers"), reason


def _certificate(regulation: Regulation) -> Iterator[Problem]:
    rule = regulation.certificate
    if rule is None:
        return
    models = [one.key for one in regulation.life.models]
    for number, key in enumerate(rule.models):
        if key not in models:
            yield ("certificate", "models", number), f"нет модели «{key}» в [[life.models]]"
    if rule.step and rule.step not in [one.key for one in regulation.life.approval]:
        yield ("certificate", "step"), f"нет шага «{rule.step}» в [[life.approval]]"
