"""How far each of the invited has come: what a coordinator sees of them, and whom she reminds in person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, literal, select

from bot.iom.facts import State
from storage import consents
from storage.invitation_rows import APPLIED, COLUMNS, Invitation, state
from storage.statements import fits
from storage.tables import invitation, membership, pairing, person, route


class Stage(StrEnum):
    """Where an invited person is. The first four need a coordinator, the others have a route's own pace."""

    SENT = "sent"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LEFT = "left"
    DECLINED = "declined"
    OPENED = "opened"
    CONSENTED = "consented"
    BEGUN = "begun"
    SENT_FOR_REVIEW = "sent_for_review"
    RETURNED = "returned"
    APPROVED = "approved"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Progress:
    """An invitation and what became of it. `person_id` 0: nobody accepted it; `mentor` is what her companion
    is called by, an invited one included, "" for none; `mentor_id` 0: he has not joined.
    `since`: when the stage began, as far as it is known."""

    invitation: Invitation
    stage: Stage
    person_id: int = 0
    code: str = ""
    mentor: str = ""
    mentor_id: int = 0
    route_id: int = 0
    unreachable: bool = False
    since: datetime | None = None


_OF_STATE = {
    State.DRAFT: Stage.BEGUN,
    State.ON_REVIEW: Stage.SENT_FOR_REVIEW,
    State.RETURNED: Stage.RETURNED,
    State.COMPLETED: Stage.COMPLETED,
    State.ARCHIVED: Stage.COMPLETED,
}
_HIS_INVITATION = invitation.alias("his")
_COMPANION, _CALLED = person.alias("companion"), membership.alias("called")
_ANY_ROUTE, _ANY_PAIR = route.alias("any_route"), pairing.alias("any_pair")
_ROUTE = (
    select(func.max(_ANY_ROUTE.c.id))
    .where(
        _ANY_ROUTE.c.person_id == invitation.c.person_id,
        _ANY_ROUTE.c.organisation_id == invitation.c.organisation_id,
        _ANY_ROUTE.c.state != State.WITHDRAWN,
        _ANY_ROUTE.c.trial.is_(False),
        invitation.c.role == "teacher",
    )
    .correlate(invitation)
    .scalar_subquery()
)
_PAIR = (
    select(func.max(_ANY_PAIR.c.id))
    .where(
        _ANY_PAIR.c.ended_at.is_(None),
        _ANY_PAIR.c.teacher_id == invitation.c.person_id,
        _ANY_PAIR.c.organisation_id == invitation.c.organisation_id,
        invitation.c.role == "teacher",
    )
    .correlate(invitation)
    .scalar_subquery()
)
_PROGRESS = (
    select(
        *COLUMNS,
        person.c.code.label("hers"),
        person.c.unreachable_at,
        membership.c.role.label("joined"),
        consents.newest(invitation.c.person_id, literal("storage")).label("consent"),
        route.c.id.label("route_id"),
        route.c.state.label("route_state"),
        route.c.state_since,
        _COMPANION.c.id.label("companion_id"),
        func.coalesce(
            func.nullif(_CALLED.c.name, ""),
            _COMPANION.c.code,
            func.nullif(_HIS_INVITATION.c.name, ""),
            invitation.c.mentor,
        ).label("companion"),
    )
    .outerjoin_from(invitation, person, person.c.id == invitation.c.person_id)
    .outerjoin(
        membership,
        and_(
            membership.c.person_id == invitation.c.person_id,
            membership.c.organisation_id == invitation.c.organisation_id,
            membership.c.role == invitation.c.role,
        ),
    )
    .outerjoin(route, route.c.id == _ROUTE)
    .outerjoin(pairing, pairing.c.id == _PAIR)
    .outerjoin(_COMPANION, _COMPANION.c.id == pairing.c.companion_id)
    .outerjoin(
        _CALLED,
        and_(
            _CALLED.c.person_id == pairing.c.companion_id,
            _CALLED.c.organisation_id == pairing.c.organisation_id,
            _CALLED.c.role == "mentor",
        ),
    )
    .outerjoin(_HIS_INVITATION, _HIS_INVITATION.c.id == invitation.c.mentor_invitation_id)
    .where(invitation.c.organisation_id == bindparam("organisation"), invitation.c.answer != APPLIED)
    .order_by(invitation.c.id)
)


def progress(conn: Connection, organisation_id: int, now: datetime) -> tuple[Progress, ...]:
    """Everybody who was invited there, in the order of invitations; one SELECT.

    Only routes of this organisation count: what she does elsewhere is not this coordinator's to see.
    """
    if not fits(organisation_id):
        return ()
    return tuple(_progress(row, now) for row in conn.execute(_PROGRESS, {"organisation": organisation_id}))


def _progress(row: Row[*tuple[Any, ...]], now: datetime) -> Progress:
    one = Invitation(*row[: len(COLUMNS)])
    stage = _stage(one, row, now)
    moved = row.state_since if stage not in (Stage.LEFT, Stage.DECLINED) else None
    return Progress(
        invitation=one,
        stage=stage,
        person_id=one.person_id or 0,
        code=row.hers or "",
        mentor=row.companion or "",
        mentor_id=row.companion_id or 0,
        route_id=row.route_id or 0,
        unreachable=row.unreachable_at is not None,
        since=moved or one.used_at or one.created_at,
    )


def _stage(one: Invitation, row: Row[*tuple[Any, ...]], now: datetime) -> Stage:
    worth = state(one, now)
    if worth != "used":
        return {"waiting": Stage.SENT, "expired": Stage.EXPIRED, "revoked": Stage.REVOKED}[worth]
    if one.answer == "declined":
        return Stage.DECLINED
    if one.person_id is None or row.joined is None:
        return Stage.LEFT
    if row.route_state is not None:
        return _OF_STATE.get(State(row.route_state), Stage.APPROVED)
    return Stage.CONSENTED if row.consent is not None else Stage.OPENED
