"""The card of 004 built by hand from blocks, empty and full; people and schools are invented."""

from bot.iom.blocks import (
    Approval,
    ApprovalHead,
    Block,
    Column,
    Document,
    Fields,
    Items,
    Page,
    Signature,
    Signatures,
    Table,
    Text,
    Title,
)
from tests.documents.stavropol import COMPETENCES, EVENTS, LEVELS, TEACHER, Rows


def _diagnostics(final: bool, rows: Rows) -> Table:
    results, skill = "Результаты диагностик", "Уровень сформированности компетенций"
    competence = ("Компетенции",) if final else (results, "Компетенции")
    levels = "(федеральная, региональная, муниципальная, институциональная)"
    name = f"Наименование диагностики с указанием уровня {levels}"
    return Table(
        (
            Column(("Дата",), 12),
            Column((name,), 29),
            Column(competence, 20),
            *(Column((results, skill, level), 13, "center") for level in LEVELS),
        ),
        rows,
        blank_rows=3,
    )


def _road_map(rows: Rows) -> Table:
    headers = (
        "Наименование мероприятия",
        "Формируемые компетенции",
        "Дефициты, на устранение которых направлено мероприятие",
        "Уровень мероприятия",
        "Сроки проведения",
        "Форма участия",
        "Результат",
    )
    body = tuple((row[0], row[1], "Оценивание", row[2], row[4], "очно", "") for row in rows)
    return Table(tuple(Column((text,)) for text in headers), body, blank_rows=4)


def _title_page(rich: bool) -> tuple[Block, ...]:
    values = ("Соколова", "Марина", "Андреевна", "m.sokolova@example.org", "+7 900 000-00-00")
    work = ("МБОУ «Школа № 99» города Примерска", "учитель математики", "16", "9", "первая, 14.03.2024")
    labels = (
        "Фамилия",
        "Имя",
        "Отчество",
        "Адрес электронной почты",
        "Контактный телефон",
        "Место работы",
        "Должность",
        "Стаж работы (педагогический)",
        "Стаж работы (в данной должности)",
        "Квалификационная категория, дата",
    )
    filled = values + work if rich else ("",) * len(labels)
    return (
        ApprovalHead(
            (
                Approval("СОГЛАСОВАНО:", post="Заместитель директора по ДО:", name="Кольцова И. Н."),
                Approval("УТВЕРЖДАЮ:", post="Директор МБОУ «Школа № 99»", name="Буданова И. Ю."),
            )
        ),
        Title("Карта индивидуального образовательного маршрута"),
        Title("Информационная справка о педагоге:", 3),
        Fields(tuple(zip(labels, filled, strict=True))),
    )


def ust_ilimsk(*, rich: bool = False, mark: str = "") -> Document:
    """The card of 004: fields on ruled lines, three levels of header, tutor's conclusion."""
    rows: Rows = tuple(
        ("12.09.2026", "Оценка компетенций, региональная", name, "", "√", "") for name in COMPETENCES
    )
    name = "ФИО, должность"
    blocks: tuple[Block, ...] = (
        *_title_page(rich),
        Page("portrait"),
        Title("Результаты входной диагностики профессиональных дефицитов:", 3),
        _diagnostics(False, rows if rich else ()),
        Title(
            "Описание профессиональных дефицитов и определение задач профессионального развития "
            "(количество профессиональных задач неограниченно):",
            3,
        ),
        Table(
            (Column(("Выявленные дефициты",)), Column(("Задачи профессионального развития",))),
            (("Формирующее оценивание", "Освоить приёмы\nПрименить на уроке"),) if rich else (),
            blank_rows=3,
        ),
        Title("Планируемый(е) образовательный(е) (методический(е)) продукт(ы):", 3),
        Items(("Банк заданий для 7 класса", "Видеозапись урока") if rich else ()),
        Title("Планируемый срок реализации ИОМ:", 3),
        Fields(
            (
                ("Начало реализации ИОМ:", "01.10.2026" if rich else ""),
                ("Окончание реализации ИОМ:", "30.05.2027" if rich else ""),
            )
        ),
        Page("landscape"),
        Title("Дорожная карта профессионального развития:", 3),
        _road_map(EVENTS if rich else ()),
        Page("portrait"),
        Title("Итоги прохождения ИОМ", 2),
        Title("Результаты итоговой диагностики профессиональных компетенций:", 3),
        _diagnostics(True, rows if rich else ()),
        Text("Заключение (выводы/результаты/рекомендации):", "", blank_lines=6),
        Text("Информация о корректировке индивидуального образовательного маршрута:", "", blank_lines=3),
        Signatures(
            (
                Signature("Тьюторант", f"{TEACHER}, учитель" if rich else "", "подпись", name, True),
                Signature("Тьютор", "", "подпись", name, True),
                Signature("Директор", "", "подпись", "", True),
            )
        ),
    )
    return Document(
        "Карта ИОМ", blocks, mark=mark, footer="МБОУ «Школа № 99»" if rich else "", author="Бот ИОМ"
    )
