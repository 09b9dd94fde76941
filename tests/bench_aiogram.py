"""What `tests.bench` measures us against: a form as aiogram's documentation writes one."""

from aiogram import Dispatcher, F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message


class Form(StatesGroup):
    """Where a person is in the form."""

    answering = State()


def documented() -> Dispatcher:
    """A new form: magic filters, memory storage."""
    router = Router()
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Дальше", callback_data="go")]]
    )

    @router.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await state.set_state(Form.answering)
        await message.answer("Вопрос 1", reply_markup=keyboard)

    @router.message(Form.answering, F.text)
    async def text(message: Message, state: FSMContext) -> None:
        data = await state.update_data({str(message.message_id): message.text})
        await message.answer(f"Вопрос {len(data)}", reply_markup=keyboard)

    @router.callback_query(Form.answering, F.data == "go")
    async def press(query: CallbackQuery, state: FSMContext) -> None:
        data = await state.get_data()
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Вопрос {len(data)}", reply_markup=keyboard)
        await query.answer()

    made = Dispatcher()
    made.include_router(router)
    return made
