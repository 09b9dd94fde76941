"""Diagnoses as rows of a card: each in one row, with its results in words (002 «Результаты тестирования»)."""

from collections.abc import Iterator, Mapping

from bot.iom import competence, own_competences
from bot.iom.card_sources import Row, Sources
from bot.iom.facts import Entry
from bot.iom.regulation import Key
from bot.iom.summary import score_words

Scores = Mapping[Key, Mapping[str, float | str]]

COLUMNS: Mapping[str, frozenset[str]] = {
    "all_diagnoses": frozenset({"n", "diagnosis_name", "taken_on", "scores"}),
}


def named(sources: Sources, entry: Entry, prefix: str) -> Row:
    """Day and name with the level of a diagnosis; a name that is not known is not there."""
    parts = (sources.answer(f"{prefix}diagnosis_{part}", entry.id) for part in ("name", "level"))
    row = {"taken_on": sources.answer(f"{prefix}taken_on", entry.id)}
    name = ", ".join(filter(None, parts))
    return {**row, "diagnosis_name": name} if name else row


def all_diagnoses(sources: Sources) -> Iterator[Row]:
    """Every diagnosis by its day, then those on the way out; a self-assessment is named so."""
    known = [(entry, "") for entry in competence.by_date(sources.facts)]
    known += [(entry, "final_") for entry in competence.by_date(sources.facts, competence.FINAL)]
    for number, (entry, prefix) in enumerate(known, 1):
        tested = competence.scores(sources.facts, entry.id)
        own = {} if tested else competence.self_scores(sources.facts, entry.id)
        said = _of_test(sources, tested) if tested else _of_oneself(sources, own)
        title = {"diagnosis_name": sources.regulation.self_title} if own else {}
        yield {"n": str(number), **title, **named(sources, entry, prefix), "scores": "\n".join(said)}


def _of_test(sources: Sources, tested: Scores) -> Iterator[str]:
    """«Предметная компетенция – 49 %», «Речь – средний 64 %»."""
    for key in (*sources.regulation.blocks, *own_competences.of(sources.regulation, tested)):
        score = tested.get(key, {})
        said = score_words(sources.regulation, score)
        if said:
            percent = "\u00a0%" if "total" in score else ""
            yield f"{own_competences.title(sources.regulation, key)} – {said}{percent}"


def _of_oneself(sources: Sources, own: Mapping[Key, str]) -> Iterator[str]:
    words = {level.key: level.official for level in sources.regulation.scale.self_levels}
    for key in sources.regulation.blocks:
        if key in own:
            yield f"{sources.regulation.blocks[key].title} – {words.get(own[key], '')}"
