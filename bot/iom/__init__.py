"""The glossary: one word of the seeds, one name in the code, one place where it lives.

A name of this domain that is not here is a mistake in one of the two; both change in one commit. Sources:
000 Лангепас, 001 Ставрополь, 002 Одинцово, 003 Знаменка, 004 Усть-Илимск. The chat speaks softly (точка
роста, педагог), documents officially (дефицит, and the role names of their regulation).

The route and what it is made of

| термин | in code | where | words we do not use |
|---|---|---|---|
| ИОМ, маршрут | route, Facts | bot.iom.facts.Facts | plan (строки), trajectory, programme |
| карта ИОМ, бланк ИОМ | card, Document | bot.iom.card.card_of | form, blank; map |
| регламент (положение, приказ) | regulation | bot.iom.regulation.Regulation | profile, template, region |
| версия регламента | regulation_version, hash | storage.tables.regulation_version | revision |
| педагог, тьюторант, наставляемый | person, teacher | bot.iom.people.Person | user; учитель in the chat |
| организация | organisation | bot.iom.people.Organisation | school, tenant |
| код педагога «П-7K2M» | code | storage.people.new_code | nickname, pseudonym |
| раздел | section | bot.iom.regulation_rules.Section | chapter, step |
| вопрос | question | bot.iom.regulation_questions.Question | field (of a form), item |
| вопрос к строке, шаг разговора | step | bot.iom.interview.Step | state |
| ответ | answer | bot.iom.facts.Answer | reply, value (its content only) |
| пропуск, строка для ручки | skipped, pen | bot.iom.summary.Line | null, empty |
| строка таблицы | entry, row | bot.iom.facts.Entry | record, item |
| связь строк (задача – точка роста) | link | bot.iom.facts.SetLinks | relation, edge |
| черновик | draft | bot.iom.interview.of_draft | preview |
| чистовик | final card | handlers.card.FORMATS | clean copy |
| подход (до трёх вопросов за раз) | sitting | bot.iom.interview.SITTING | session |
| сводка | summary | bot.iom.summary.lines | overview, review |
| чего не хватает | gap | bot.iom.summary.Gap | error, validation |
| год реализации ИОМ (учебный) | academic year | bot.iom.period.school_year | school period |
| срок маршрута, период реализации | term | bot.iom.regulation_rules.Term | duration, deadline |
| срок мероприятия | period | bot.iom.period.Period | date, range |

Competences and their growth

| термин | in code | where | words we do not use |
|---|---|---|---|
| блок (группа) компетенций | block | bot.iom.regulation_rules.CompetenceBlock | area, group, skill |
| диагностика, тест | diagnosis (rows `diagnoses`) | bot.iom.competence.by_date | exam, quiz |
| результат диагностики | scores | bot.iom.competence.scores | marks, grades |
| самодиагностика, самооценка | self_scores | bot.iom.competence.self_scores | test; it has no percent |
| уровень (дефицита или компетенции) | level | bot.iom.regulation_rules.Level | a bare «высокий»: see C06 |
| направление шкалы | direction | bot.iom.regulation_rules.Scale | polarity |
| точка роста | growth, growth_point | bot.iom.accept_goals.point | weakness; дефицит in the chat |
| дефицит (официальная запись) | deficit, wording | bot.iom.card_sources.Sources | growth point in documents |
| затруднение, что мешает | hinders | bot.iom.accept_words.chips | problem, obstacle |
| задача проф. развития | task (rows `tasks`) | bot.iom.accept_goals.task | goal, todo |
| измеримый (планируемый) результат | expected | bot.iom.accept_goals.expected | outcome, KPI |
| мероприятие каталога | event | bot.iom.catalogue.Event | course (a kind of it), update |
| мероприятие в карте, дорожная карта | plan (rows `plan`) | handlers.plan.ROOMS | roadmap (means two) |
| самообразование, своё мероприятие | own event, form `self` | handlers.events.own | custom event |
| подбор мероприятий | suggestion | bot.iom.recommend.suggest | match, search result |
| потребность в восполнении | need | bot.iom.recommend_types.Need | priority |
| перегрузка, пересечение | warning | bot.iom.overload.warnings | conflict, error |
| методический продукт | product (rows `products`) | templates/regulations | artefact, deliverable |
| заключительное мероприятие | final_title and its kin | templates/regulations | exam, defence |
| курсы за 3 года | courses_3y | templates/regulations | trainings |

The conversation and the program

| термин | in code | where | words we do not use |
|---|---|---|---|
| место в разговоре | place | handlers.place.Place | state, scene |
| комната (вид и кнопки места) | room | handlers.rooms.Room | window, dialog, menu |
| курсор (где сейчас человек) | cursor | storage.cursors.Cursor | session, FSM |
| ревизия экрана | rev, shown_rev | storage.tables.cursor | version (facts have one) |
| экран | screen | bot.speech.screen.Screen | message, view |
| замечание над экраном | remark | bot.speech.screen.Remark | toast, notification |
| нажатие кнопки | press | bot.speech.presses.Press | callback, click |
| отказ принять ответ | Refused, reason | bot.iom.asked.Refused | error, exception |
| согласие на хранение | consent | bot.iom.people.Consent | agreement, licence |
| оператор персональных данных | operator | bot.settings.Settings | owner, admin |
| обработанное обновление | seen_update | storage.tables.seen_update | dedup, inbox |
| напечатанная карта (file_id) | printed | storage.tables.printed | cache |
| журнал действий | audit | storage.audit.record | log (that is structlog's) |

Stored contracts: never renamed without a migration

- keys of questions, options, tables, blocks and levels of every `regulation.toml`, and its folder's name;
- tables the rules look up: diagnoses, growth, tasks, plan; questions they look up: scores, self_scores,
  growth_point, task, expected, term, and by name: wording, hinders, competences, title, subject, taken_on,
  full_name or last_name, first_name, patronymic;
- kinds of questions and the shape of their answers (`regulation_questions.Kind`): line, text, integer, date,
  email, phone, choice, chips, scores, self_scores, point, expected, task, term, period, events, rows, links;
- states of a route (`facts.State`): draft, withdrawn;
- levels, forms and education of events: federal, regional, municipal, institutional; onsite, online, mixed,
  self; formal, nonformal, informal; the `code` of an event is the key of imports;
- kinds of consent: storage, tutor; roles of a membership: the keys of `[[role]]`, and teacher;
- names of places: ask, card, consent, declined, draft_ready, erase, erased, help, home, menu, new_card, plan,
  privacy, regulation, row, rows, sections, settings, sitting_over, summary, zones; an unknown one is home;
- walks of a place: draft, rest:<left>, section:<key>, row, fix;
- callback data: `c:<rev in base 36>:<verb>:<arg>`, at most 64 bytes; verbs belong to the room, and a press of
  another revision writes nothing, so verbs may change, the form may not;
- tables and columns of `storage.tables`; values of an answer are JSON as `Kind` says;
- keys of `templates/texts/buttons.toml` and names of the texts: screens name them.
"""
