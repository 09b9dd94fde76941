"""How results look: blocks and competences of one's own, a tapped one alone; the self-assessment."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.iom import accept_scores, competence, own_competences
from bot.iom.asked import Asked
from bot.iom.summary import score_words
from bot.speech.screen import Button
from handlers.desk import Desk

NAMING = own_competences.ID  # the open part while a name is being typed
LABEL = 36  # characters of a name on a button: its level stands after it

Row = tuple[Button, ...]


def scores(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    """All competences on one screen; the tapped one is asked alone."""
    part = desk.place.view.get("part", "")
    if part == NAMING:
        return {"naming": True}, []
    if part:
        return _alone(desk, asked, part)
    had = competence.scores(asked.facts, asked.step.row)
    buttons: list[Row] = [
        (Button("part", block.key, label=_scored(asked, block.title, had.get(block.key, {}))),)
        for block in asked.blocks.values()
    ]
    buttons += [
        (Button("part", own_competences.own_id(name), label=_scored(asked, _cut(name), had.get(name, {}))),)
        for name in accept_scores.named_so_far(asked)
    ]
    own = [(Button("own_competence"),)] if asked.regulation.names_own else []
    shorts = ", ".join(f"{block.short} – {block.title}" for block in asked.blocks.values())
    return {"shorts": shorts}, [*buttons, *own, *([(Button("done", word="further"),)] if had else [])]


def _alone(desk: Desk, asked: Asked, part: str) -> tuple[Mapping[str, Any], Sequence[Row]]:
    """Levels to tap; what one named oneself can be taken out again."""
    scale = asked.regulation.scale
    levels = scale.levels if scale.kind == "level" else ()
    buttons: list[Row] = [(Button("pick", f"{part}.{level.key}", label=level.official),) for level in levels]
    block = asked.regulation.blocks.get(part)
    had = own_competences.of(asked.regulation, competence.scores(asked.facts, asked.step.row))
    if own_competences.by_id(had, part):
        buttons.append((Button("remove_competence"),))
    return {"part": block.title if block else desk.place.view.get("name", "")}, buttons


def _cut(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"


def _scored(asked: Asked, title: str, score: Mapping[str, float | str]) -> str:
    total = score.get("total")
    if isinstance(total, (int, float)):
        return f"{title}: {total:g}\u00a0%".replace(".", ",")
    words = score_words(asked.regulation, score)
    return f"{title}: {words}" if words else title


def self_scores(desk: Desk, asked: Asked) -> tuple[Mapping[str, Any], Sequence[Row]]:
    """One block at a time, three observable descriptions; a whole one is changed block by block."""
    blocks, levels = asked.blocks, asked.regulation.scale.self_levels
    had = competence.self_scores(asked.facts, asked.step.row)
    key = desk.place.view.get("part", "") or accept_scores.open_block(asked)
    if key not in blocks:
        chats = {level.key: level.chat for level in levels}
        labels = {block.key: f"{block.title}: {chats.get(had[block.key], '')}" for block in blocks.values()}
        rows: list[Row] = [(Button("part", block, label=label),) for block, label in labels.items()]
        return {}, [*rows, (Button("done", word="further"),)]
    described = [(level.chat, blocks[key].selfcheck[level.key]) for level in levels]
    place = {"number": list(blocks).index(key) + 1, "total": len(blocks)}
    buttons: list[Row] = [(Button("pick", f"{key}.{level.key}", label=level.chat),) for level in levels]
    return {"part": blocks[key].title, "described": described, **place}, buttons
