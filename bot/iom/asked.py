"""What passes between a question and the one who judges its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from bot.iom.branch import blocks_of
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, Value
from bot.iom.interview import Step
from bot.iom.regulation import CompetenceBlock, Key, Question, Regulation


@dataclass(frozen=True, slots=True)
class Said:
    """What came from the phone: typed `text`, or the `choice` of a pressed button.

    `about`: the block key or the name of the one competence that is on screen.
    """

    text: str = ""
    choice: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to store. `stay`: the question has more parts (blocks, chips), so it stays on screen.

    `but`: what of the same message could not be taken, and why; or what is taken against advice.
    """

    changes: tuple[Change, ...]
    stay: bool = False
    but: "Refused | None" = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not: `reason` names a text in templates/texts/refusal.j2, `values` fill it."""

    reason: str
    values: Mapping[str, object] = field(default_factory=dict)


Outcome = Accepted | Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its place: everything a kind needs to judge an answer."""

    regulation: Regulation
    facts: Facts
    step: Step
    question: Question
    today: date

    @property
    def blocks(self) -> Mapping[Key, CompetenceBlock]:
        """The blocks of competences this route is asked about."""
        return blocks_of(self.regulation, self.facts)

    def store(self, value: Value, *, stay: bool = False) -> Accepted:
        """Answer the step: on its row, on the route, or as a new row under its parent."""
        question, step = self.question, self.step
        if question.each and not step.row:
            links = frozenset({step.parent} - {0})
            return Accepted((AddEntry(question.each, {question.key: value}, links),), stay)
        return Accepted((SetAnswer(question.key, value, step.row),), stay)


def suggestion_id(text: str) -> str:
    """A short stable id of a suggested text, for a button: never an index."""
    return sha256(text.encode()).hexdigest()[:10]


def suggested(texts: tuple[str, ...], said: Said) -> str:
    """The suggested text a button or its typed words mean, in any case; the typed words when none."""
    if said.choice:
        return next((text for text in texts if suggestion_id(text) == said.choice), "")
    typed = " ".join(said.text.split()).casefold()
    return next((text for text in texts if text.casefold() == typed), said.text.strip())
