"""The profile of deficits: how many people are at which level of each block (I05; 000 VI.9.1.1, 001 L161).

Raw results in, levels by the scale of the regulation each was measured by: «высокий» is bad in one and good
in another, so regulations are never mixed. A block of fewer than five people is hidden whoever looks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from bot.iom.facts import Value
from bot.iom.figures import LEAST
from bot.iom.plain import plain
from bot.iom.regulation import Key, Level, Regulation


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """One diagnosis of one person, by a version of a regulation. `day`: ISO, "" unknown; `scores` as they
    were answered; `subject` that she teaches, "" unknown."""

    person_id: int
    digest: str
    entry_id: int
    day: str
    scores: Value
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its people. `levels`: (level, people), the worst first; `mean` percent, None where nothing
    was measured in percent."""

    key: Key
    title: str
    people: int
    levels: tuple[tuple[Level, int], ...]
    mean: float | None = None

    @property
    def known(self) -> bool:
        """Whether there are enough people to say anything."""
        return self.people >= LEAST

    @property
    def weak(self) -> int:
        """People at the worst level."""
        return self.levels[0][1] if self.levels else 0


@dataclass
class _Found:
    title: str
    levels: dict[Key, int]
    ranks: tuple[Level, ...]
    people: set[int] = field(default_factory=set)
    percents: list[float] = field(default_factory=list)


def profile(
    regulations: Mapping[str, Regulation], diagnosed: Iterable[Diagnosed]
) -> Mapping[str, tuple[Block, ...]]:
    """Blocks by the regulation's slug, in printed order; those nobody was measured in are left out.

    `regulations` by digest; the newest result of a person counts, a diagnosis by an unknown version does not.
    """
    found: dict[str, dict[Key, _Found]] = defaultdict(dict)
    for one in sorted(diagnosed, key=lambda one: (one.day, one.entry_id), reverse=True):
        regulation = regulations.get(one.digest)
        if regulation is not None:
            _count(regulation, one, found[regulation.slug])
    return {slug: tuple(_block(key, one) for key, one in blocks.items()) for slug, blocks in found.items()}


def _count(regulation: Regulation, one: Diagnosed, blocks: dict[Key, _Found]) -> None:
    scores = one.scores if isinstance(one.scores, dict) else {}
    for key, block in regulation.blocks.items():
        told = scores.get(key)
        level, percent = _level(regulation, told) if isinstance(told, dict) else ("", None)
        if not level:
            continue
        ranks = regulation.scale.levels
        into = blocks.setdefault(key, _Found(block.title, {rank.key: 0 for rank in ranks}, ranks))
        if one.person_id not in into.people and level in into.levels:
            into.people.add(one.person_id)
            into.levels[level] += 1
            into.percents += [] if percent is None else [percent]


def _level(regulation: Regulation, told: Mapping[str, Value]) -> tuple[Key, float | None]:
    """The key of a level and the percent beside it."""
    scale, total = regulation.scale, told.get("total", told.get("percent"))
    percent = float(total) if isinstance(total, int | float) and not isinstance(total, bool) else None
    if percent is not None and scale.kind == "percent":
        return scale.level(percent).key, percent
    named = told.get("level")
    return str(named) if named else "", percent


def _block(key: Key, found: _Found) -> Block:
    mean = fmean(found.percents) if len(found.percents) >= LEAST else None
    levels = tuple((rank, found.levels.get(rank.key, 0)) for rank in found.ranks)
    return Block(key, found.title, len(found.people), levels, mean)


@dataclass(frozen=True, slots=True)
class Beside:
    """A result of pupils beside that of their teachers (I23; 000 VI.5). `pupils`: percent, an aggregate;
    `teachers`: the mean percent of at least five of them, None where it can't be said; `people` of it."""

    name: str
    pupils: float
    teachers: float | None = None
    people: int = 0


def beside(
    pupils: Mapping[str, float], regulations: Mapping[str, Regulation], diagnosed: Iterable[Diagnosed]
) -> tuple[Beside, ...]:
    """Each aggregate beside the diagnoses of the block of that name, or of those who teach that subject."""
    every = tuple(diagnosed)
    blocks = [block for known in profile(regulations, every).values() for block in known]
    return tuple(_beside(name, percent, blocks, regulations, every) for name, percent in pupils.items())


def _beside(
    name: str,
    percent: float,
    blocks: Iterable[Block],
    regulations: Mapping[str, Regulation],
    diagnosed: Iterable[Diagnosed],
) -> Beside:
    called = plain(name, 100)
    same = next((one for one in blocks if plain(one.title, 200) == called), None)
    if same is None:
        theirs = [one for one in diagnosed if called and called in (plain(one.subject, 200) or "")]
        means = [one for known in profile(regulations, theirs).values() for one in known if one.mean]
        whole = fmean(one.mean or 0.0 for one in means) if means else None
        return Beside(name, percent, whole, max((one.people for one in means), default=0))
    return Beside(name, percent, same.mean, same.people if same.mean is not None else 0)
