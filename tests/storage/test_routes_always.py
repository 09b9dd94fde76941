"""Whatever is done to a route, what `apply` says is what the database holds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.iom.facts import AddEntry, Change, Facts, ForgetAnswer, RemoveEntry, SetAnswer, SetLinks
from bot.iom.people import Person
from storage.changes import Stale
from tests.storage.house import Store, begin_route

KEYS = st.sampled_from(["goal", "term", "text"])
TABLES = st.sampled_from(["points", "tasks"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def changes_of(facts: Facts) -> st.SearchStrategy[list[Change]]:
    """Changes to rows that are there, and now and then to one that is not."""
    row = st.sampled_from([0, *(entry.id for entry in facts.entries), 404])
    some = st.frozensets(row.filter(bool), max_size=2)
    change = st.one_of(
        st.builds(SetAnswer, KEYS, VALUES, row),
        st.builds(ForgetAnswer, KEYS, row),
        st.builds(AddEntry, TABLES, st.dictionaries(KEYS, VALUES, max_size=2), some),
        st.builds(RemoveEntry, row),
        st.builds(SetLinks, row, TABLES, some),
    )
    return st.lists(change, max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_apply_returns_what_load_finds(store: Store, anna: Person, data: st.DataObject) -> None:
    facts = await store.write(begin_route, anna.id)
    rows = data.draw(st.integers(0, 3))
    facts = await store.answers(facts, *[AddEntry("points", {"text": "а"})] * rows, AddEntry("tasks"))
    for _ in range(3):
        try:
            facts = await store.answers(facts, *data.draw(changes_of(facts)))
        except Stale:
            continue
        finally:
            assert await store.sees(facts) == facts
