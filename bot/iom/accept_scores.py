"""Judging results by block and by competences named freely, and the self-assessment."""

from collections.abc import Mapping
from dataclasses import replace

from bot.iom import numbers, numbers_own, own_competences
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said
from bot.iom.facts import ForgetAnswer, Value
from bot.iom.numbers_own import Known, parse_named
from bot.iom.regulation import Key


def scores(asked: Asked, said: Said) -> Outcome:
    """Results by block: «П 49, М 50» for several, or one number for the block that was tapped.

    `choice` "block.level" is a tap of a level; the answer stays on screen until every block has a value.
    What was clear in a message is stored even when a piece of it was not. Where competences may be named
    freely, a new name is a competence of one's own; a tapped level keeps the percent, typed words replace it.
    """
    if said.choice:
        tapped = _tapped(asked, said)
        return _merged(asked, tapped) if tapped else Refused("not_option", {"options": []})
    try:
        return _merged(asked, _read(asked, said))
    except numbers.ScoresError as error:
        first = error.problems[0]
        refused = Refused("not_scores", {"problem": first.fault.value, "piece": first.piece})
        clear: dict[str, Value] = {block: {**columns} for block, columns in error.understood.items()}
        kept = _merged(asked, clear) if clear else refused
        return replace(kept, stay=True, but=refused) if isinstance(kept, Accepted) else kept


def _read(asked: Asked, said: Said) -> dict[str, Value]:
    if not asked.regulation.names_own:
        return numbers.scores_value(said.text, tuple(asked.blocks.values()), asked.regulation.scale)
    return {key: {**score} for key, score in parse_named(said.text, _known(asked), said.about).items()}


def _known(asked: Asked) -> Known:
    return numbers_own.known_of(asked.blocks.values(), asked.regulation.scale.levels, named_so_far(asked))


def named_so_far(asked: Asked) -> tuple[str, ...]:
    """Competences of one's own in these results, then those of other diagnoses while there is room."""
    here = own_competences.of(asked.regulation, _had(asked))
    known = {own_competences.same(name) for name in here}
    told = own_competences.names(asked.regulation, asked.facts)
    others = [name for name in told if own_competences.same(name) not in known]
    return (*here, *others[: own_competences.LIMIT - len(here)])


def _merged(asked: Asked, new: Mapping[str, Value]) -> Outcome:
    """With what is there; after a competence of one's own the screen stays, to read it and to add more."""
    merged: dict[str, Value] = {**_had(asked), **new}
    own = own_competences.of(asked.regulation, merged)
    if len(own) > own_competences.LIMIT:
        return Refused("too_many_own", {"limit": own_competences.LIMIT})
    blocks = set(asked.blocks)
    return asked.store(merged, stay=not blocks <= set(merged) or not blocks >= set(new))


def naming(asked: Asked, text: str) -> Outcome | Key:
    """What was typed as the name of one's own competence: the name, or the key of the block it equals.

    A whole statement («Умение вести диалог – средний») is judged at once; a level or a percent alone is
    no name.
    """
    outcome = scores(asked, Said(text=text))
    name = own_competences.tidy(text)
    if isinstance(outcome, Accepted) or outcome.reason != "not_scores":
        return outcome
    if known := _known(asked).find(name):
        return known
    if not own_competences.fits(name) or outcome.values["problem"] == "no_name":
        return Refused("own_name", {"low": own_competences.SHORTEST, "high": own_competences.LONGEST})
    return outcome if outcome.values["problem"] == "only_percent" else _room_for(asked, name)


def _room_for(asked: Asked, name: str) -> Outcome | Key:
    full = len(own_competences.of(asked.regulation, _had(asked))) >= own_competences.LIMIT
    return Refused("too_many_own", {"limit": own_competences.LIMIT}) if full else name


def without(asked: Asked, wanted: str) -> Outcome:
    """Take one's own competence out of these results, by its id; the last one leaves nothing answered."""
    had = _had(asked)
    name = own_competences.by_id(own_competences.of(asked.regulation, had), wanted)
    if not name:
        return Refused("use_buttons")
    left = {key: score for key, score in had.items() if key != name}
    if left:
        return asked.store(left, stay=True)
    return Accepted((ForgetAnswer(asked.question.key, asked.step.row),), stay=True)


def self_scores(asked: Asked, said: Said) -> Outcome:
    """Self-assessment, one block at a time: `choice` "block.level", or the level's words typed for the
    block on screen: the first without a level, the first of all when every one has it."""
    had = _had(asked)
    tapped = _self_tapped(asked, said)
    if tapped is None:
        options = [level.chat for level in asked.regulation.scale.self_levels]
        return Refused("not_option", {"options": options})
    block, level = tapped
    merged: dict[str, Value] = {**had, block: {"self": level}}
    # Blocks of before a change of mind keep their levels and are not waited for (`bot.iom.branch`).
    return asked.store(merged, stay=not set(asked.blocks) <= set(merged))


def open_block(asked: Asked) -> Key:
    """The first block of a self-assessment without a level, "" when all have one."""
    had = _had(asked)
    return next((block for block in asked.blocks if block not in had), "")


def _had(asked: Asked) -> Mapping[str, Value]:
    value = asked.facts.value(asked.question.key, asked.step.row)
    return value if isinstance(value, dict) else {}


def _tapped(asked: Asked, said: Said) -> dict[str, Value] | None:
    tapped, _, level = said.choice.partition(".")
    key = tapped if tapped in asked.blocks else _tapped_own(asked, tapped, said.about)
    known = {lv.key for lv in asked.regulation.scale.levels}
    if asked.regulation.scale.kind != "level" or not key or level not in known:
        return None
    had = _had(asked).get(key)
    percent = had.get("percent") if isinstance(had, dict) else None
    return {key: {"level": level} if percent is None else {"level": level, "percent": percent}}


def _tapped_own(asked: Asked, tapped: str, about: str) -> str:
    """The name behind the id of a button: told before, or just typed and on screen."""
    if not asked.regulation.names_own:
        return ""
    new = [about] if own_competences.fits(about) else []
    return own_competences.by_id([*named_so_far(asked), *new], tapped)


def _self_tapped(asked: Asked, said: Said) -> tuple[Key, Key] | None:
    levels = {level.key: level for level in asked.regulation.scale.self_levels}
    if said.choice:
        block, _, level = said.choice.partition(".")
        return (block, level) if block in asked.blocks and level in levels else None
    words = said.text.strip().casefold()
    found = next(
        (key for key, lv in levels.items() if words in {lv.chat.casefold(), lv.official.casefold()}), ""
    )
    block = open_block(asked) or next(iter(asked.blocks))
    return (block, found) if found else None
