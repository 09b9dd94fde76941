"""The card of 001 Прил. 4 built by hand from blocks, empty and full; people and schools are invented."""

from bot.iom.blocks import (
    Approval,
    ApprovalHead,
    AttachmentHead,
    Block,
    Column,
    Document,
    Page,
    Pairs,
    Signature,
    Signatures,
    Table,
    Text,
    Title,
)

Rows = tuple[tuple[str, ...], ...]

TEACHER = "Соколова Марина Андреевна"
LEVELS = ("низкий", "средний", "высокий")
COMPETENCES = (
    "Предметные",
    "Методические",
    "Психолого-педагогические",
    "Коммуникативные",
    "ИКТ-компетентность",
)
EVENT = "Мероприятия, обеспечивающие повышение уровня профессиональных компетенций"
EVENTS: Rows = tuple(
    (
        f"Семинар-практикум № {number} «Формирующее оценивание на уроке математики»",
        "Методические, психолого-педагогические",
        ("институциональный", "муниципальный", "региональный", "федеральный")[number % 4],
        "ЦНППМ СКИРО ПК и ПРО",
        f"{number:02}.10.2026 – {number + 14:02}.10.2026",
        "Конспект занятия, самоанализ, выступление на заседании методического объединения",
    )
    for number in range(1, 13)
)


def _caption_head() -> ApprovalHead:
    """001 Прил. 4: both columns are lines with small captions."""
    approvals = (
        Approval(
            heading,
            post_caption="наименование должности",
            organisation_caption="наименование организации",
            sign_caption="подпись",
            name_caption="имя, отчество, фамилия",
        )
        for heading in ("СОГЛАСОВАНО", "УТВЕРЖДАЮ")
    )
    return ApprovalHead(tuple(approvals))


def _filled_head() -> ApprovalHead:
    return ApprovalHead(
        (
            Approval(
                "СОГЛАСОВАНО",
                post="Заведующий центром непрерывного повышения профессионального мастерства",
                organisation="СКИРО ПК и ПРО",
                name="Ольга Викторовна Железнова",
                date="12 октября 2026 г.",
                sign_caption="подпись",
                name_caption="имя, отчество, фамилия",
            ),
            Approval(
                "УТВЕРЖДАЮ",
                post="Директор",
                organisation="МБОУ «Средняя школа № 99» города Примерска",
                name="Пётр Иванович Горин",
                sign_caption="подпись",
                name_caption="имя, отчество, фамилия",
            ),
        )
    )


def _levels(rows: Rows) -> Table:
    levels = tuple(Column(("Уровень (%)", level), 13, "center") for level in (*LEVELS, "общий"))
    return Table((Column(("Компетенции",), 26), Column(("Затруднения",), 26), *levels), rows)


def _attachment(number: int, values: tuple[str, str, str]) -> AttachmentHead:
    captions = (
        "ФИО педагогического работника",
        "должность педагогического работника",
        "название образовательной организации",
    )
    lines = (f"Приложение {number}", "к Карте индивидуального", "образовательного маршрута")
    return AttachmentHead(lines, tuple(zip(values, captions, strict=True)))


def _plan(rows: Rows) -> Table:
    return Table(
        (
            Column((EVENT,), 28),
            Column(("Формируемые компетенции",), 16),
            Column(("Уровень мероприятия",), 14),
            Column(("Организатор мероприятия",), 14),
            Column(("Сроки проведения",), 12),
            Column(("Результат / форма представления результата",), 18),
        ),
        rows,
        blank_rows=4,
    )


def _corrections() -> Table:
    return Table(
        (
            Column(("№ п/п",), 5, "center"),
            Column(("Дата внесения изменения/ дополнения в ИОМ",), 18),
            Column(("Причины внесения изменения/дополнения в ИОМ",), 30),
            Column(("Подпись регионального методиста",), 17),
            Column(("Отметка об ознакомлении", "Дата"), 12),
            Column(("Отметка об ознакомлении", "Подпись педагогического работника"), 18),
        ),
        (("1", "", "", "", "", ""),),
    )


def _monitoring(rows: Rows) -> Table:
    headers = (
        ("№ п/п", 4, "center"),
        (EVENT, 18, "left"),
        ("Формируемые компетенции", 12, "left"),
        ("Уровень мероприятия", 11, "left"),
        ("Организатор мероприятия", 11, "left"),
        ("Сроки проведения", 10, "center"),
        ("Отметка о выполнении", 10, "left"),
        ("Причины невыполнения", 11, "left"),
        ("Результат/форма представления результата", 13, "left"),
    )
    done = tuple((str(number), *row[:5], "выполнено", "", row[5]) for number, row in enumerate(rows, start=1))
    return Table(tuple(Column((text,), width, align) for text, width, align in headers), done, 3)


def _conclusion(text: str) -> tuple[Block, ...]:
    captions = ("подпись", "фамилия, инициалы")
    return (
        Text("2. Выводы:", text, blank_lines=5),
        Signatures(
            (
                Signature("Региональный методист", "", *captions),
                Signature("Руководитель образовательной организации", "Горин П. И.", *captions),
                Signature("С выводами ознакомлен (а)", "", "подпись педагогического работника", captions[1]),
            ),
            date_line=True,
        ),
    )


def stavropol(*, rich: bool = False, mark: str = "") -> Document:
    """The card of 001 Прил. 4 with its two attachments."""
    about = (
        ("Название учебного заведения, регион", "МБОУ «Средняя школа № 99», Примерский край"),
        ("ФИО педагога, занимаемая должность", f"{TEACHER}, учитель математики"),
        ("Образование", "высшее, Примерский государственный университет, 2009"),
        ("Педагогический стаж", "16 лет"),
        ("Квалификационная категория", "первая"),
        ("Дата аттестации", "14.03.2024"),
        (
            "Курсы повышения квалификации (за последние 3 года)",
            "2024 – «Функциональная грамотность», 36 ч.\n2025 – «Обновлённые ФГОС», 72 ч.",
        ),
        ("Учёная степень", ""),
        ("Звание", ""),
        ("Награды, поощрения", "Почётная грамота министерства"),
        ("Дополнительные сведения", ""),
        ("Год реализации ИОМ (учебный)", "2026/2027"),
    )
    events = EVENTS if rich else ()
    values = (TEACHER, "учитель математики", "МБОУ «Средняя школа № 99»") if rich else ("", "", "")
    before = tuple(
        (
            name,
            "Отбор заданий разного уровня" if rich else "",
            *(("20", "50", "30", "55") if rich else ("",) * 4),
        )
        for name in COMPETENCES
    )
    conclusion = (
        "Маршрут пройден полностью, затруднения преодолены.\nРекомендовано наставничество." if rich else ""
    )
    blocks: tuple[Block, ...] = (
        _filled_head() if rich else _caption_head(),
        Title("Карта индивидуального образовательного маршрута педагога"),
        Title("1. Информационная справка о педагоге", 2),
        Pairs(tuple((label, value if rich else "") for label, value in about)),
        Title("2. Результаты входной диагностики профессиональных дефицитов", 2),
        _levels(before),
        Page("landscape"),
        Title("4. План мероприятий", 2),
        _plan(events),
        Page("portrait"),
        _attachment(1, values),
        Title("1. Сведения о корректировке\nиндивидуального образовательного маршрута", 2),
        _corrections(),
        _plan(()),
        Page("landscape"),
        Title("2. Мониторинг реализации мероприятий индивидуального образовательного маршрута", 2),
        _monitoring(events),
        Title("3. Заключительное публичное мероприятие", 2),
        Table(
            (
                Column(("Мероприятие, демонстрирующее повышение уровня профессиональных компетенций",), 40),
                Column(("Уровень проведения",), 20),
                Column(("Сроки проведения",), 20),
                Column(("Отметка о выполнении",), 20),
            ),
            (("Открытый урок «Функции вокруг нас»", "муниципальный", "21.04.2027", "выполнено"),)
            if rich
            else (),
        ),
        Page("portrait"),
        _attachment(2, values),
        Title("Итоги прохождения индивидуального образовательного маршрута"),
        Title("1. Результаты итоговой диагностики профессиональных компетенций", 2),
        _levels(before),
        *_conclusion(conclusion),
    )
    footer = f"{TEACHER}, 2026/2027" if rich else ""
    return Document("Карта ИОМ педагога", blocks, mark=mark, footer=footer, author="Бот ИОМ")
