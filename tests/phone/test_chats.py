"""Who can be written to, and the words when nobody can."""

import pytest

from bot.phone.person import Person
from bot.phone.server import Telegram
from tests.phone.api import Api


async def refused(api: Api, chat_id: object) -> str:
    return await api.refusal("sendMessage", chat_id=chat_id, text="x")


async def test_a_chat_nobody_knows_is_not_found(api: Api) -> None:
    assert await api.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await refused(api, 404) == "Bad Request: chat not found"
    assert await refused(api, "@anna") == "Bad Request: chat not found"


async def test_a_person_who_never_started_cannot_be_written_to(api: Api, telegram: Telegram) -> None:
    telegram.person(5, "Борис")
    assert await refused(api, 5) == "Forbidden: bot can't initiate conversation with a user"


async def test_a_deactivated_account_is_forbidden(api: Api, anna: Person) -> None:
    anna.user.deactivated = True
    assert await refused(api, anna.id) == "Forbidden: user is deactivated"


async def test_blocking_is_told_once_and_writing_again_is_a_violation(api: Api, anna: Person) -> None:
    await anna.blocks_bot()
    [update] = await api("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await refused(api, anna.id) == "Forbidden: bot was blocked by the user"
    assert api.telegram.violations == []
    await refused(api, anna.id)
    assert api.telegram.violations == ["message to 1001 repeated although the person blocked the bot"]


async def test_starting_again_unblocks(api: Api, anna: Person) -> None:
    await anna.blocks_bot()
    await anna.start()
    kinds = [next(key for key in update if key != "update_id") for update in await api("getUpdates")]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    await api("sendMessage", chat_id=anna.id, text="x")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("group", "group chat"), ("supergroup", "supergroup chat"), ("channel", "channel chat")],
)
async def test_a_group_may_refuse(api: Api, kind: str, name: str) -> None:
    group = api.telegram.group(-7, "Отдел", kind)
    await api("sendMessage", chat_id=-7, text="x")
    group.left = True
    assert await refused(api, -7) == f"Forbidden: bot is not a member of the {name}"
    group.kicked = True
    assert await refused(api, -7) == f"Forbidden: bot was kicked from the {name}"


async def test_a_group_may_have_moved(api: Api) -> None:
    api.telegram.group(-7, "Отдел").migrated_to = -1007
    envelope = await api.raw("sendMessage", chat_id=-7, text="x")
    assert envelope["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert envelope["parameters"] == {"migrate_to_chat_id": -1007}


async def test_typing_lasts_five_seconds_or_until_the_message(api: Api, anna: Person) -> None:
    words = await api.refusal("sendChatAction", chat_id=anna.id, action="thinking")
    assert words == "Bad Request: wrong parameter action in request"
    await api("sendChatAction", chat_id=anna.id, action="typing")
    assert anna.screen.typing
    api.telegram.clock.advance(6)
    assert not anna.screen.typing


async def test_message_ids_have_gaps_and_a_start_of_their_own(api: Api, anna: Person) -> None:
    ids = [(await api("sendMessage", chat_id=anna.id, text="x"))["message_id"] for _ in range(20)]
    assert ids == sorted(ids)
    assert ids[0] > 50
    assert ids[-1] - ids[0] > 19
