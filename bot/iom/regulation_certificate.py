"""The certificate of a completed route, where a regulation gives one (004 п. 4.2)."""

from pydantic import Field

from bot.iom.regulation_questions import Key, Model


class Certificate(Model):
    """What is printed, from top to bottom: `title`, `given`, the teacher's name, `text`.

    `models` are keys of `[[life.models]]` in which it is given; none: in any. `step` is the key of the
    approval step whose holder signs; "" leaves the line without a post.
    """

    title: str = Field(max_length=60)
    given: str = Field(default="", max_length=200)
    text: str = Field(max_length=400)
    models: tuple[Key, ...] = ()
    step: Key = ""
    clause: str = ""
