"""Invitations: one person, one role, once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.iom.people import Organisation, Person
from storage import audit, invitations, memberships, organisations, pairings, signatories
from storage.invitations import Invitation, Wanted, code_of, state, token_of
from storage.tables import invitation, membership
from tests.storage.house import FORGED, LATER, NOW, Store, statements

SECRET = b"s" * 32
WEEK = timedelta(days=7)


async def invite(store: Store, school: Organisation, role: str = "teacher", **about: Any) -> Invitation:
    return await store.write(invitations.create, SECRET, school.id, role, now=NOW, valid=WEEK, **about)


async def test_it_is_found_by_link_and_by_code(store: Store, school: Organisation) -> None:
    made = await invite(store, school, name="Анна", post="учитель", subject="химия", mentor="Борис")
    for text in (
        token_of(SECRET, made),
        code_of(SECRET, made),
        code_of(SECRET, made).lower().replace("-", " "),
    ):
        assert await store.read(invitations.find, text) == made
    assert (made.name, made.post, made.subject, made.mentor) == ("Анна", "учитель", "химия", "Борис")
    assert state(made, NOW) == "waiting"


async def test_another_secret_opens_nothing(store: Store, school: Organisation) -> None:
    made = await invite(store, school)
    assert await store.read(invitations.find, token_of(b"o" * 32, made)) is None
    assert await store.read(invitations.find, code_of(b"o" * 32, made)) is None


async def test_neither_link_nor_code_is_stored(store: Store, school: Organisation) -> None:
    made = await invite(store, school)
    rows = await store.read(lambda conn: conn.execute(select(invitation)).mappings().all())
    words = json.dumps([dict(row) for row in rows], default=str)
    assert token_of(SECRET, made) not in words
    assert code_of(SECRET, made).replace("-", "") not in words
    assert made.nonce not in repr(made)


async def test_a_forged_invitation_is_none(store: Store, school: Organisation) -> None:
    await invite(store, school)
    for forged in FORGED:
        assert await store.read(invitations.by_id, forged) is None
        assert await store.write(invitations.revoke, forged, NOW) is False
        assert await store.write(invitations.renew, SECRET, forged, NOW, WEEK) is None
        assert await store.read(invitations.of_organisation, forged) == ()
        assert await store.read(invitations.progress, forged, NOW) == ()


async def test_accepting_gives_the_role_with_name_and_post(
    store: Store, anna: Person, school: Organisation
) -> None:
    made = await invite(store, school, name="Анна Ивановна", post="учитель")
    accepted = await store.write(invitations.accept, made, anna.id, LATER)
    assert accepted is not None
    assert accepted.first
    assert (accepted.invitation.person_id, accepted.invitation.used_at) == (anna.id, LATER)
    (hers,) = await store.read(memberships.of_person, anna.id)
    assert (hers.organisation_id, hers.role, hers.name, hers.post) == (
        school.id,
        "teacher",
        "Анна Ивановна",
        "учитель",
    )
    assert (await store.read(audit.of_person, anna.id))[0].action == "invitation.accept"


async def test_no_name_is_kept_where_names_are_not(store: Store, anna: Person) -> None:
    coded = await store.write(organisations.create, "Школа № 3", NOW, keeps_names=False)
    made = await invite(store, coded, name="У-17", post="учитель")
    await store.write(invitations.accept, made, anna.id, NOW)
    (hers,) = await store.read(memberships.of_person, anna.id)
    assert (hers.name, hers.post) == ("", "учитель")


async def test_pressing_again_changes_nothing(store: Store, anna: Person, school: Organisation) -> None:
    made = await invite(store, school)
    await store.write(invitations.accept, made, anna.id, NOW)
    again = await store.write(invitations.accept, made, anna.id, LATER)
    assert again is not None
    assert not again.first
    assert again.invitation.used_at == NOW
    assert (await store.counts())["membership"] == 1


async def test_pressing_again_does_not_bring_back_what_was_left(
    store: Store, anna: Person, school: Organisation
) -> None:
    made = await invite(store, school)
    await store.write(invitations.accept, made, anna.id, NOW)
    await store.write(memberships.leave, anna.id, school.id, NOW)
    assert await store.write(invitations.accept, made, anna.id, LATER)
    assert await store.read(memberships.of_person, anna.id) == ()


async def test_a_used_one_is_nobody_elses(
    store: Store, anna: Person, vera: Person, school: Organisation
) -> None:
    made = await invite(store, school)
    await store.write(invitations.accept, made, anna.id, NOW)
    assert await store.write(invitations.accept, made, vera.id, NOW) is None
    assert await store.read(memberships.of_person, vera.id) == ()


async def test_a_revoked_or_expired_one_gives_nothing(
    store: Store, anna: Person, school: Organisation
) -> None:
    revoked, old = await invite(store, school), await invite(store, school)
    assert await store.write(invitations.revoke, revoked.id, NOW)
    assert not await store.write(invitations.revoke, revoked.id, NOW)
    assert await store.write(invitations.accept, revoked, anna.id, NOW) is None
    assert await store.write(invitations.accept, old, anna.id, NOW + WEEK) is None
    found = await store.read(invitations.by_id, revoked.id)
    assert found is not None
    assert (state(found, NOW), state(old, NOW + WEEK)) == ("revoked", "expired")
    assert await store.read(memberships.of_person, anna.id) == ()


async def test_a_renewed_one_has_a_new_link_and_the_old_one_is_dead(
    store: Store, anna: Person, school: Organisation
) -> None:
    old = await invite(store, school, name="Анна")
    await store.write(invitations.revoke, old.id, NOW)
    new = await store.write(invitations.renew, SECRET, old.id, LATER, WEEK)
    assert new is not None
    assert (new.id, new.name, new.expires_at, state(new, LATER)) == (old.id, "Анна", LATER + WEEK, "waiting")
    for dead in (token_of(SECRET, old), code_of(SECRET, old)):
        assert await store.read(invitations.find, dead) is None
    assert await store.write(invitations.accept, old, anna.id, LATER) is None
    assert await store.read(invitations.find, token_of(SECRET, new)) == new
    assert await store.write(invitations.accept, new, anna.id, LATER)
    assert await store.write(invitations.renew, SECRET, old.id, LATER, WEEK) is None


async def test_the_answer_is_hers_and_changeable(
    store: Store, anna: Person, vera: Person, school: Organisation
) -> None:
    made = await invite(store, school)
    await store.write(invitations.accept, made, anna.id, NOW)
    for given in ("thinking", "declined", "taking_part"):
        assert await store.write(invitations.answer, made.id, anna.id, given, NOW)
    assert not await store.write(invitations.answer, made.id, vera.id, "declined", NOW)
    (hers,) = await store.read(invitations.of_person, anna.id)
    assert hers.answer == "taking_part"


async def test_an_approver_gets_her_step(
    store: Store, vera: Person, dmitry: Person, school: Organisation
) -> None:
    await store.write(signatories.put, school.id, "approve", NOW, post="Директор", name="Дмитрий")
    made = await invite(store, school, "approver", step="approve")
    accepted = await store.write(invitations.accept, made, dmitry.id, NOW)
    assert accepted is not None
    assert accepted.signs
    assert await store.read(signatories.holders, school.id, "approve") == (dmitry.id,)
    late = await store.write(
        invitations.accept, await invite(store, school, "approver", step="approve"), vera.id, NOW
    )
    assert late is not None
    assert not late.signs
    assert await store.read(signatories.holders, school.id, "approve") == (dmitry.id,)


@pytest.mark.parametrize("mentor_first", [True, False])
async def test_a_pair_is_made_when_both_have_joined(
    store: Store, anna: Person, boris: Person, school: Organisation, mentor_first: bool
) -> None:
    wanted = [Wanted("teacher", mentor="Борис", mentor_row=1), Wanted("mentor", name="Борис")]
    hers, his = await store.write(
        invitations.create_many, SECRET, school.id, wanted, now=NOW, valid=WEEK, created_by=None
    )
    order = [(his, boris), (hers, anna)] if mentor_first else [(hers, anna), (his, boris)]
    first, second = [await store.write(invitations.accept, one, who.id, NOW) for one, who in order]
    assert first is not None
    assert second is not None
    assert first.pairings == ()
    (pair,) = second.pairings
    assert (pair.teacher_id, pair.companion_id, pair.open) == (anna.id, boris.id, False)
    assert await store.read(pairings.of_companion, boris.id) == (pair,)


async def test_a_mentor_of_the_city_may_accompany_a_teacher_of_its_school(
    store: Store, anna: Person, boris: Person, city: Organisation, school: Organisation
) -> None:
    await store.write(memberships.join, boris.id, city.id, "mentor", NOW)
    made = await invite(store, school, mentor_id=boris.id)
    accepted = await store.write(invitations.accept, made, anna.id, NOW)
    assert accepted is not None
    assert len(accepted.pairings) == 1


async def test_who_has_left_is_paired_with_nobody(
    store: Store, anna: Person, boris: Person, school: Organisation
) -> None:
    his = await invite(store, school, "mentor")
    hers = await invite(store, school, mentor_invitation_id=his.id)
    await store.write(invitations.accept, hers, anna.id, NOW)
    await store.write(memberships.leave, anna.id, school.id, NOW)
    accepted = await store.write(invitations.accept, his, boris.id, NOW)
    assert accepted is not None
    assert accepted.pairings == ()


async def test_nobody_accompanies_herself(store: Store, anna: Person, school: Organisation) -> None:
    his = await invite(store, school, "mentor")
    hers = await invite(store, school, mentor_invitation_id=his.id)
    for one in (his, hers):
        accepted = await store.write(invitations.accept, one, anna.id, NOW)
        assert accepted is not None
        assert accepted.pairings == ()


async def test_two_thousand_are_made_in_a_few_statements(store: Store, school: Organisation) -> None:
    wanted = [Wanted("mentor", name="Борис")]
    wanted += [Wanted("teacher", name=f"Учитель {number}", mentor_row=0) for number in range(1999)]

    def make(conn: Connection) -> tuple[tuple[Invitation, ...], int]:
        seen = statements(conn)
        made = invitations.create_many(conn, SECRET, school.id, wanted, now=NOW, valid=WEEK)
        return made, len(seen)

    made, number = await store.write(make)
    assert [one.name for one in made] == [one.name for one in wanted]
    assert {one.mentor_invitation_id for one in made[1:]} == {made[0].id}
    assert number <= 12
    assert len({code_of(SECRET, one) for one in made}) == 2000
    assert await store.read(invitations.find, code_of(SECRET, made[-1])) == made[-1]


async def test_no_people_are_no_invitations(store: Store, school: Organisation) -> None:
    assert await store.write(invitations.create_many, SECRET, school.id, [], now=NOW, valid=WEEK) == ()


async def test_wrong_codes_are_counted(store: Store, anna: Person, vera: Person) -> None:
    for at in (NOW, LATER, LATER):
        await store.write(invitations.wrong, vera.id, at)
    assert await store.read(invitations.attempts, vera.id, LATER) == 2
    assert await store.read(invitations.attempts, anna.id, NOW) == 0


async def test_the_person_of_a_membership_is_in_one_row(
    store: Store, anna: Person, school: Organisation
) -> None:
    """Two invitations to the same role are one role, with the newer name."""
    for name in ("Анна", "Анна Ивановна"):
        made = await invite(store, school, name=name)
        await store.write(invitations.accept, made, anna.id, NOW)
    names = await store.read(lambda conn: conn.execute(select(membership.c.name)).scalars().all())
    assert names == ["Анна Ивановна"]
