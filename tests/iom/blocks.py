"""The competence blocks and scales that tests of this room share; no regulation's own words."""

from bot.iom.regulation import CompetenceBlock, Level, Scale


def block(key: str, short: str, title: str, chat: str) -> CompetenceBlock:
    return CompetenceBlock(
        key=key,
        short=short,
        title=title,
        chat=chat,
        deficit="",
        selfcheck={},
        tasks=("1", "2", "3", "4", "5"),
        results=("1",),
    )


BLOCKS = (
    block("subject", "П", "Предметные", "предмет"),
    block("methodical", "М", "Методические", "методика"),
    block("psych_ped", "ПП", "Психолого-педагогические", "психология"),
    block("communicative", "К", "Коммуникативные", "общение"),
    block("ict", "ИКТ", "ИКТ-компетентность", "цифровые инструменты"),
)
SELF_LEVELS = (
    Level(key="low", official="осваивает", chat="Пока осваиваю"),
    Level(key="high", official="передаёт опыт", chat="Помогаю коллегам"),
)
DEFICIT_PERCENT = Scale(
    kind="percent",
    direction="deficit",
    columns=("low", "medium", "high", "total"),
    levels=(
        Level(key="high", official="Высокий", chat="начнём с этого", below=60),
        Level(key="medium", official="Средний", chat="есть куда расти", below=81),
        Level(key="minimal", official="Минимальный/отсутствие дефицита", chat="ваша опора"),
    ),
    self_levels=SELF_LEVELS,
)
COMPETENCE_LEVEL = Scale(
    kind="level",
    direction="competence",
    levels=(
        Level(key="low", official="низкий", chat="начнём с этого"),
        Level(key="medium", official="средний", chat="есть куда расти"),
        Level(key="high", official="высокий", chat="ваша опора"),
    ),
    self_levels=SELF_LEVELS,
)
