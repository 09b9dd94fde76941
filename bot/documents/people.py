"""Files about people: the list to fill in and the rows that were not taken, as workbooks."""

from functools import cache

from bot.documents.places import templates
from bot.documents.xlsx import write
from bot.iom import people_words
from bot.iom.people_rows import Judged
from bot.iom.people_sheets import people_template, rejected_sheet
from bot.iom.people_words import PeopleWords


@cache
def words() -> PeopleWords:
    """The words of `templates/people.toml`, read once. Raises PeopleWordsError."""
    return people_words.read((templates() / "people.toml").read_text(encoding="utf-8"))


def template_file(*, keeps_names: bool) -> bytes:
    """The workbook a coordinator fills in."""
    return write(people_template(words(), keeps_names=keeps_names))


def rejected_file(judged: Judged) -> bytes:
    """The workbook of rows that were not taken, with the reasons."""
    return write([rejected_sheet(judged, words())])
