"""Answers of interim monitoring: a tap or words, each stored at once; «Отправить» hands all of it on.

Three questions about each open line (`bot.iom.monitoring_walk`): is there a result, what hinders, is help
needed. What help is needed with becomes a question to the companion when it is sent, not before.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.iom.asked import Refused
from bot.iom.checkpoint import HAVE, NO, NOTHING, PROGRESS, SKIPPED, TOLD, YES, Interim
from bot.iom.evidence_typed import words
from bot.iom.monitoring_walk import Part, Step, counted
from bot.speech.screen import Remark
from handlers import line_words
from handlers.cases import Case, holders, tell
from handlers.desk import Desk
from handlers.monitoring import Walk, here, is_sent, judge_title, judges
from handlers.place import Place
from storage import checkpoints, exchanges

LONGEST = 300
LONGEST_REFLECTION = 800


def options(case: Case, part: Part) -> tuple[str, ...]:
    """What may be pressed as an answer to this question."""
    reasons = tuple(one.key for one in case.regulation.life.not_done)
    return {
        Part.RESULT: PROGRESS,
        Part.HINDERS: (*reasons, NOTHING),
        Part.HELP: (YES, NO),
        Part.REFLECTION: (),
    }[part]


def pick(desk: Desk, arg: str) -> Remark | None:
    """An answer in one tap."""
    walk = here(desk)
    if walk.step is None or is_sent(walk) or arg not in options(walk.case, walk.step.part):
        return Remark("out_of_date")
    return _keep(walk, walk.step, _PICKED[walk.step.part], arg)


def typed(desk: Desk, text: str) -> Remark | None:
    """The same in own words."""
    walk = here(desk)
    if walk.step is None or is_sent(walk):
        return Remark("please_choose")
    limit = LONGEST_REFLECTION if walk.step.part is Part.REFLECTION else LONGEST
    said = words(text, limit)
    if isinstance(said, Refused):
        return Remark("refusal", {"reason": said.reason, "example": "", **said.values})
    return _keep(walk, walk.step, _TYPED[walk.step.part], said)


def skip(desk: Desk, _: str) -> Remark | None:
    """No answer; of a line that is not spoken of at all nothing else is asked."""
    walk = here(desk)
    if walk.step is None or is_sent(walk):
        return Remark("out_of_date")
    return _keep(walk, walk.step, _PICKED[walk.step.part], SKIPPED)


Put = Callable[[Interim, str], Interim]
_PICKED: dict[Part, Put] = {
    Part.RESULT: lambda said, word: replace(said, progress=word, result=""),
    Part.HINDERS: lambda said, word: replace(said, hinders=word),
    Part.HELP: lambda said, word: replace(said, help=word, question=""),
    Part.REFLECTION: lambda said, word: said,
}
_TYPED: dict[Part, Put] = {
    Part.RESULT: lambda said, word: replace(said, progress=TOLD, result=word),
    Part.HINDERS: lambda said, word: replace(said, hinders=word),
    Part.HELP: lambda said, word: replace(said, help=YES, question=word),
    Part.REFLECTION: lambda said, word: said,
}


def _keep(walk: Walk, step: Step, put: Put, word: str) -> Remark | None:
    """Store it at once; the next question without an answer follows."""
    case, desk = walk.case, walk.case.desk
    if step.part is Part.REFLECTION:
        checkpoints.say(desk.conn, case.facts, walk.checkpoint.id, word)
    else:
        said = put(walk.checkpoint.of(step.entry_id), word)
        if said.progress in {HAVE, SKIPPED}:  # nothing hinders what is there
            said = replace(said, hinders=None, help=None, question="")
        checkpoints.tell(desk.conn, case.facts, walk.checkpoint.id, said)
    desk.forget()
    desk.go(desk.place.seen(at="", page=""))
    return Remark("interim_noted", {"part": step.part.value, "value": word_of(case, step.part, word)})


def word_of(case: Case, part: Part, said: str) -> str:
    """An answer in the words of its button, own words as they are; "" when skipped."""
    if said in options(case, part) and part is Part.HINDERS and said != NOTHING:
        return line_words.reason(case, said)
    return case.desk.world.caption(f"interim_{said}") if said in options(case, part) else said


def send(desk: Desk, _: str) -> Remark | None:
    """Hand it to whoever judges; what help is needed with becomes questions to the companion."""
    walk = here(desk)
    if walk.step is not None or is_sent(walk):
        return Remark("out_of_date")
    case, one = walk.case, walk.checkpoint
    facts, asked = case.facts, 0
    companions = holders(case, "mentor")
    for said in one.answers:
        if said.help == YES and companions and line_words.plan_line(case, said.entry_id):
            facts, made = exchanges.ask(
                desk.conn, facts, _question(case, said), desk.now, entry_id=said.entry_id
            )
            tell(case, companions, "asked", str(made.id), inquiry=made.id)
            asked += 1
    checkpoints.send(desk.conn, facts, one.id, desk.now)
    who = judges(case)
    tell(case, who, "monitoring_given", str(one.id), checkpoint=one.id)
    desk.forget()
    desk.go(Place("home"))
    told = {"whose": judge_title(case), "nobody": not who, "asked": asked}
    return Remark("interim_sent", {**told, "have": counted(one)[HAVE]})


def _question(case: Case, said: Interim) -> str:
    """Her own words, else what she told of the line."""
    values = {
        "progress": said.result or word_of(case, Part.RESULT, said.progress or ""),
        "hinders": word_of(case, Part.HINDERS, said.hinders or "") if said.hinders != NOTHING else "",
    }
    return said.question or case.desk.world.text("_interim_question", values)
