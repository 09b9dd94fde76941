"""The table of methods, by lower-case name, and one call from parameters to the envelope."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from bot.phone import methods_bot as about
from bot.phone import methods_edit as edit
from bot.phone import methods_send as send
from bot.phone import methods_updates as updates
from bot.phone.core import Core
from bot.phone.params import Params

Method = Callable[[Core, Params], Awaitable[Any]]

NAMED: dict[str, Method] = {
    "getMe": about.get_me,
    "logOut": about.log_out,
    "close": about.log_out,
    "getFile": about.get_file,
    "getChat": about.get_chat,
    "getChatMember": about.get_chat_member,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setChatMenuButton": about.set_chat_menu_button,
    "getChatMenuButton": about.get_chat_menu_button,
    "setMyName": functools.partial(about.set_my_text, field="name"),
    "getMyName": functools.partial(about.get_my_text, field="name"),
    "setMyDescription": functools.partial(about.set_my_text, field="description"),
    "getMyDescription": functools.partial(about.get_my_text, field="description"),
    "setMyShortDescription": functools.partial(about.set_my_text, field="short_description"),
    "getMyShortDescription": functools.partial(about.get_my_text, field="short_description"),
    "answerInlineQuery": about.answer_inline_query,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "sendMessage": send.send_message,
    "sendDocument": send.send_document,
    "sendPhoto": send.send_photo,
    "sendMediaGroup": send.send_media_group,
    "sendChatAction": send.send_chat_action,
    "copyMessage": send.copy_message,
    "forwardMessage": send.forward_message,
    "editMessageText": edit.edit_message_text,
    "editMessageCaption": edit.edit_message_caption,
    "editMessageReplyMarkup": edit.edit_message_reply_markup,
    "editMessageMedia": edit.edit_message_media,
    "deleteMessage": edit.delete_message,
    "deleteMessages": edit.delete_messages,
    "pinChatMessage": edit.pin_chat_message,
    "answerCallbackQuery": edit.answer_callback_query,
}
BY_LOWER_NAME = {name.lower(): (name, method) for name, method in NAMED.items()}
