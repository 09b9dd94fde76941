"""A row of a list of staff numbers: which organisation it is about and how many teachers it has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.iom import school_typed
from bot.iom.columns import lettered
from bot.iom.import_words import ImportForm
from bot.iom.imported import SHORT, Cells, No, Sifted, sift, text
from bot.iom.people import Organisation
from bot.iom.school_typed import SettingError
from bot.iom.workbook import Row


@dataclass(frozen=True, slots=True)
class StaffRow:
    """How many teachers an organisation has."""

    number: int
    organisation_id: int
    title: str
    staff: int


def staff_of(rows: Sequence[Row], form: ImportForm, known: Sequence[Organisation]) -> Sifted[StaffRow]:
    """Every row that names one of the known organisations by its title. Raises TableError."""
    titled: defaultdict[str, list[Organisation]] = defaultdict(list)
    for one in known:
        titled[lettered(one.title)].append(one)

    def judge(row: Row, said: Cells) -> tuple[str, StaffRow]:
        one = _organisation(text(form, "organisation", said), titled)
        typed = text(form, "staff", said)
        try:
            staff = school_typed.parse_staff(typed)
        except SettingError:
            raise No("not_staff", word=typed[:SHORT]) from None
        return str(one.id), StaffRow(row.number, one.id, one.title, staff)

    return sift(rows, form, judge)


def _organisation(title: str, known: Mapping[str, list[Organisation]]) -> Organisation:
    found = known.get(lettered(title), [])
    if len(found) != 1:
        raise No("several" if found else "nobody", word=title[:SHORT])
    return found[0]
