"""Who is meant by a mentor's name in a list: full name, last name with initials, or code."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.iom.people_person import Named, person_key
from bot.iom.people_rows import KnownMentor, RowProblem

_PARTS: Final = re.compile(r"[ .]+")
_MOST_PARTS: Final = 5  # of a name: every more doubles the ways to write it
Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A mentor: `name` as rows will hold it, `number` of her row; 0 and a `code` if known before."""

    key: str
    name: str
    number: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """No mentor, or more than one."""

    reason: RowProblem
    values: Mapping[str, str | int] = field(default_factory=dict)


class Guides:
    """Mentors by every way to write them, so that a list of any length is read in one pass."""

    def __init__(
        self, known: Sequence[KnownMentor], people: Sequence[Named], capabilities: Collection[str]
    ) -> None:
        self._guides: defaultdict[Form, list[Guide]] = defaultdict(list)
        self._others: defaultdict[Form, list[Guide]] = defaultdict(list)
        before = set()
        for one in dict.fromkeys(known):
            guide = Guide(person_key(one.name), one.name, code=one.code)
            before.add(guide.key)
            self._add(self._guides, guide, {*_forms(guide.key), *_forms(person_key(one.code))})
        for row in people:
            guide = Guide(row.key, row.row.name, row.row.number)
            if row.row.role not in capabilities:
                self._add(self._others, guide, set(_forms(row.key)))
            elif guide.key not in before:  # invited before and brought again: the same person
                self._add(self._guides, guide, set(_forms(row.key)))

    @staticmethod
    def _add(index: defaultdict[Form, list[Guide]], guide: Guide, forms: Collection[Form]) -> None:
        for form in forms:
            index[form].append(guide)

    def find(self, one: Named) -> Guide | Miss:
        """The mentor that `one` names."""
        form = self._form(one.mentor)
        named = self._guides.get(form, [])
        found = [guide for guide in named if guide.key != one.key]
        if len(found) == 1:
            return found[0]
        if found:
            return Miss(RowProblem.MENTOR_AMBIGUOUS, {"mentor": one.mentor})
        others = self._others.get(form, [])
        if named or any(other.key == one.key for other in others):
            return Miss(RowProblem.MENTOR_HERSELF)
        if others:
            return Miss(RowProblem.MENTOR_OTHER_ROLE, {"mentor": others[0].name, "row": others[0].number})
        return Miss(RowProblem.MENTOR_UNKNOWN, {"mentor": one.mentor})

    def _form(self, typed: str) -> Form:
        """«А. И. Светлова, учитель» as («светлова», «а», «и»); a code is looked for first."""
        key = person_key(typed.partition(",")[0])
        if (key,) in self._guides or (key,) in self._others:
            return (key,)
        parts = _split(key)
        initials = next((place for place, part in enumerate(parts) if len(part) > 1), 0)
        return (*parts[initials:], *parts[:initials])


def _split(key: str) -> Form:
    return tuple(part for part in _PARTS.split(key) if part)


def _forms(key: str) -> Iterator[Form]:
    """Every way to write a name: the last name, then each next part whole or as an initial, or not at all."""
    if not key:
        return
    yield (key,)
    parts = _split(key)[:_MOST_PARTS]
    ways: list[Form] = [parts[:1]]
    for part in parts[1:]:
        yield from ways
        ways = [(*way, ending) for way in ways for ending in {part, part[0]}]
    yield from ways
