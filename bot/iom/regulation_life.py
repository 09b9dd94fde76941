"""How a regulation lets a card travel between people: chain, owners, evidence, corrections, conclusion."""

from typing import Literal

from pydantic import Field

from bot.iom.regulation_questions import Key, Model, Option

# What a person may be able to do; stored contracts. Titles are the regulation's own (`[[role]]`).
Capability = Literal["teacher", "mentor", "coordinator", "curator", "head", "approver", "methodist", "expert"]


class ApprovalStep(Model):
    """One step of the chain, in order. `head` is the number (from 0) of the column of the approval head
    where its date and name are printed; `title` names the step in chat («Согласование»)."""

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    title: str = Field(max_length=48)
    post: str = ""
    head: int = 0
    clause: str = ""


class Owner(Model):
    """Who may write, propose and approve a section or a column («plan.period») of the card."""

    key: Key
    write: tuple[Capability, ...] = ("teacher",)
    propose: tuple[Capability, ...] = ("mentor",)
    approve: tuple[Capability, ...] = ()
    clause: str = ""


class Companionship(Model):
    """Whether a companion is needed and by when (C15, C19); `direction`: several at once (002)."""

    required: bool = False
    before: Literal["planning", "approval", "none"] = "none"
    direction: tuple[Option, ...] = ()
    clause: str = ""


class EvidenceKind(Model):
    """A kind of evidence and what is asked of it besides a file or words. `course`: it shows that something
    was learnt, so one is asked later what of it came to a lesson; so does any evidence with hours."""

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    title: str = Field(max_length=48)
    official: str = ""
    course: bool = False
    asks: tuple[Literal["number", "issued_on", "hours"], ...] = ()


class CorrectionRule(Model):
    """A correction of an approved plan: who agrees, in order; whether the teacher acknowledges it."""

    steps: tuple[Capability, ...] = ()
    acknowledge: bool = False
    reasons: tuple[Option, ...] = ()
    clause: str = ""


class MonitoringRule(Model):
    """Who says of an interim result whether it is enough and whether its form fits (001 Прил. 3, этап 5);
    the first is waited for. `recommend`: a recommendation may go with it."""

    judges: tuple[Capability, ...] = ("mentor",)
    recommend: bool = True
    clause: str = ""


class ExtensionRule(Model):
    """A longer term, where the regulation has it (004 1.9, 1.13; C02)."""

    months: int
    count: int = 1
    own: bool = True
    offered: bool = True
    clause: str = ""
    offered_clause: str = ""


class Completion(Model):
    """What must be there before the conclusion (C18): all of `all`, and one of `any` when there are any."""

    all: tuple[Literal["lines", "final_event", "reflection", "final_diagnosis", "product"], ...] = ()
    any: tuple[Literal["lines", "final_event", "reflection", "final_diagnosis", "product"], ...] = ()
    clause: str = ""


class ConclusionRule(Model):
    """Who writes the conclusion, who agrees; the teacher acknowledges it when `acknowledge`."""

    writers: tuple[Capability, ...] = ("mentor",)
    agree: tuple[Capability, ...] = ()
    acknowledge: bool = True
    audit: bool = False
    title: str = ""
    clause: str = ""


class Life(Model):
    """All of it; the defaults are a regulation that says nothing: no chain, the companion confirms.

    `group`: a plan may be made for a group of teachers (000 II.2, C23): what is planned for one can be
    offered to others with the same point of growth, each of whom takes it into a route of her own.
    """

    many_routes: bool = False
    group: bool = False
    models: tuple[Option, ...] = ()
    quality: tuple[Capability, ...] = ()
    approval: tuple[ApprovalStep, ...] = ()
    owner: tuple[Owner, ...] = ()
    companion: Companionship = Companionship()
    confirm: tuple[Capability, ...] = ("mentor",)
    evidence: tuple[EvidenceKind, ...] = ()
    not_done: tuple[Option, ...] = ()
    monitoring: MonitoringRule = MonitoringRule()
    correction: CorrectionRule = CorrectionRule()
    extension: ExtensionRule | None = None
    completion: Completion = Completion()
    conclusion: ConclusionRule = ConclusionRule()
