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
| своя компетенция (не из блоков) | own competence | bot.iom.own_competences.names | custom, other |
| результат диагностики | scores | bot.iom.competence.scores | marks, grades |
| итоговая диагностика | final diagnosis, `diagnoses_final` | bot.iom.competence.FINAL | exit test |
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
| мероприятие на проверке | proposal, state | storage.proposals.Proposed | draft, request |
| чем могу поделиться | resource, own_resource | storage.sharing.Resource | file, gift |
| самообразование, своё мероприятие | own event, form `self` | handlers.events.own | custom event |
| подбор мероприятий | suggestion | bot.iom.recommend.suggest | match, search result |
| потребность в восполнении | need | bot.iom.recommend_types.Need | priority |
| перегрузка, пересечение | warning | bot.iom.overload.warnings | conflict, error |
| методический продукт | product (rows `products`) | templates/regulations | artefact, deliverable |
| заключительное мероприятие | final_title and its kin | templates/regulations | exam, defence |
| курсы за 3 года | courses_3y | templates/regulations | trainings |

The life of a route and who may what

| термин | in code | where | words we do not use |
|---|---|---|---|
| событие в жизни маршрута | life event | bot.iom.life.Event | action; a bare event is the catalogue's |
| куда пришёл маршрут | moved | bot.iom.life.Moved | transition |
| фаза черновика | phase | bot.iom.phase.Phase | state, stage |
| этап заключения | stage | bot.iom.life.Stage | phase, step |
| владелец раздела, столбца | owner | bot.iom.owners.owner | author, editor |
| столбец плана (вариант ответа строки) | column | bot.iom.owners.column_of | category, type |
| предложение педагога в чужом столбце | proposal, proposed | bot.iom.owners.proposed | request, wish |
| то, что заполняют не педагоги | filling | bot.iom.filling.steps | editing |
| план для группы педагогов | group | handlers.group.others | team, batch |
| у кого мяч, чей ход | ball | bot.iom.ball.Ball | turn (of the bot: handlers.turn), assignee |
| кем приходится маршруту | standing | bot.iom.access.Standing | permission, ACL |
| что можно видеть и делать | fact | bot.iom.access.Fact | right, permission |
| событие строки плана | line event | bot.iom.lines.LineEvent | a bare event is the catalogue's |
| что осталось (выполнено частично) | left | bot.iom.lines.WORDS | remainder, debt |
| просрочено | overdue | bot.iom.lines.overdue | late, expired |
| можно ли продлить | allowed | bot.iom.extensions.Allowed | permission |
| что меняет корректировка | wanted | bot.iom.corrections.Wanted | patch, diff |
| ознакомление педагога | acknowledge | bot.iom.corrections.agree | agree; she does not |
| к чему замечание: строка или ответ | spot | bot.iom.remarks.Spot | anchor |
| подсказка перед отправкой | hint, blocking | bot.iom.hints.Hint | warning (overload's), lint |
| утверждённый вид как JSON | frozen, thawed | bot.iom.snapshot.frozen | dump, serialised |
| было – стало | difference, Changed | bot.iom.snapshot.difference | diff |
| чего не хватает для заключения | completion, lacks | bot.iom.conclusion.Completion | gap (of a card) |
| данные для заключения | digest of a conclusion | bot.iom.conclusion.Digest | report, summary |
| динамика (до и после) | dynamic, rise | bot.iom.dynamics.Dynamic | progress, delta |
| заключение эксперта о продукте | verdict | bot.iom.conclusion.VERDICT | review, grade |
| учёт часов (методический аудит) | account, totals | bot.iom.account.totals | timesheet |
| настройки организации | settings | bot.iom.school.SchoolSettings | config, profile |
| приоритеты года | priorities | bot.iom.school.SchoolSettings | goals |

People, and what passes between them

| термин | in code | where | words we do not use |
|---|---|---|---|
| роль (что человек может делать) | capability, role | bot.iom.regulation_life.Capability | permission |
| роль, в которой смотрят сейчас | hat | bot.iom.people.Person | mode, current role |
| участие в организации | membership | storage.memberships.Membership | account, employment |
| приглашение, ссылка, короткий код | invitation, token, code | storage.invitations.Invitation | promo |
| ход приглашённых | progress, stage | storage.invitations.Progress | status, funnel |
| участвую, подумаю, отказаться | answer of an invitation | storage.invitations.answer | consent |
| кто согласует и утверждает | signatory, approver | bot.iom.journey.Signatory | signer, boss |
| шаг согласования | step | bot.iom.regulation_life.ApprovalStep | stage, level |
| сопровождающий (тьютор, наставник) | companion; capability mentor | bot.iom.journey.Companion | coach |
| что привело до согласия | pending | handlers.invited.pending | intent, payload |
| познакомить пару | introduce | handlers.joining.introduce | match, notify |
| роли человека и шляпа | held, settle | handlers.roles.held | accounts |
| код организации для просьб | door | storage.doors.code | public link, join code |
| просьба принять без приглашения | application, apply | storage.doors.apply | request, join |
| пара | pairing | storage.pairings.Pairing | match, link |
| доступ к карте (004 п. 3.1.2) | open, closed pairing | storage.pairings.open | share, grant |
| передать другому наставнику | hand over | storage.pairings.hand_over | reassign |
| кто смотрел мою карту | viewing | storage.viewings.Viewing | log, hit |
| организации с теми, что ниже | scope | storage.rosters.routes_of | tenant, subtree |

What happens to a route

| термин | in code | where | words we do not use |
|---|---|---|---|
| что было с маршрутом | journey | bot.iom.journey.Journey | history, workflow |
| что стало со строкой плана | line | bot.iom.journey.Line | status, task |
| подтверждение выполнения (документ, файл) | evidence | bot.iom.journey.Evidence | proof, attachment |
| сданный документ со всеми его листами | handed | bot.iom.handed.Handed | bundle, attachment |
| строка в том виде, в каком её видели | seen mark | bot.iom.handed.seen_mark | version, etag |
| решение человека | decision | bot.iom.journey.Decision | vote, action |
| утверждённый вид плана | snapshot | storage.tables.snapshot | copy, backup |
| корректировка | correction | bot.iom.journey.Correction | edit, amendment |
| продление | extension | bot.iom.journey.Extension | prolongation |
| модель маршрута (школа, АИС) | model | bot.iom.route_model.waits | kind, mode |
| предложение продлить | offer, offered | handlers.offered | proposal |
| итог маршрута | outcome | handlers.concluding_flow.OUTCOMES | result, grade |
| «Не успеваю», честный стоп | slowing | handlers.slowing | failure |
| отметки других в конце | marks | bot.iom.finish.marks | grades |
| пауза | pause | bot.iom.journey.Pause | freeze |
| строки, напечатанные в форме | form rows | bot.iom.card_tables.over_form | placeholder |
| что значит принять рекомендацию | intake | bot.iom.advice.intake | merge |
| о чём можно советовать | topic | bot.iom.advice.topics | subject |
| от чьего имени советуют | voice | handlers.advising.Voice | author |
| рекомендация центра, города, школы | recommendation | bot.iom.journey.Recommendation | suggestion |
| промежуточный мониторинг, контрольная точка | due, checkpoint | bot.iom.monitoring.Due | survey, check-in |
| что сказано о строке в мониторинге | interim | bot.iom.checkpoint.Interim | status, answer |
| «Спросить» | inquiry | bot.iom.journey.Inquiry | question (of a form), request |
| вопрос, на который долго не отвечают | silence | storage.unanswered.Silence | overdue |
| консультация, посещение урока | hours | bot.iom.journey.Hours | meeting, visit |
| кто подписывает решение | hand | storage.decisions.Hand | signer, actor |
| «Ждут вас» | queue, Waiting | storage.queues.Waiting | inbox, task list |
| обзор многих маршрутов (чей ход) | overview | storage.overviews.of_routes | dashboard |
| чей сейчас ход | turn | storage.turns.THINGS | assignee |
| до чего человек дотягивается в своих ролях | reach | storage.reach.by_role | permissions, ACL |
| кто отвечает на вопрос | writer, writers | bot.iom.regulation.Regulation | author |
| отметка о выполнении | mark | bot.iom.card_lines.mark | status, tick |
| колонка утверждения с днём согласования | signed | bot.iom.card_people.Signed | stamp |
| источники карты из того, что было | SCALARS, LINE, ROWS | bot.iom.card_journey.told | variables |
| напоминание, извещение | notice | storage.notices.Notice | message, push |
| дайджест координатора | digest | bot.iom.digest.due | report, newsletter |
| показатель, число из списка | figure, Tally | bot.iom.figures.Tally | metric, KPI, statistic |
| список за числом | list, LISTS | storage.counted.LISTS | drill-down, detail |
| на что смотрит координатор | scope, Sight | handlers.overseeing.Sight | dashboard |
| скрытые показатели (меньше пяти человек) | hidden | bot.iom.figures.hidden | masked, suppressed |
| профиль дефицитов (точки роста школы) | profile | bot.iom.profile.profile | heatmap |
| результаты обучающихся рядом | pupils, Beside | bot.iom.profile.Beside | children, marks |
| аналитический отчёт за год | report | bot.documents.report.Report | summary |
| «Напомнить» человека человеку | nudge | bot.iom.nudge.may_nudge | reminder (the clock's), ping |
| взятое курьером на время | claim, lease, token | storage.notices.claim | lock |

Time

| термин | in code | where | words we do not use |
|---|---|---|---|
| что и когда будет сказано | Due, planned | bot.iom.notices.planned | schedule, job |
| ступень (за неделю, завтра, просрочено) | rung | bot.iom.rungs.Rung | step, stage |
| как и когда напоминать человеку | habits | bot.iom.habits.Habits | preferences, config |
| рабочие дни и часы человека | calendar | bot.iom.habits.Calendar | schedule |
| тема напоминаний | topic | bot.iom.notices.TOPIC | category, channel |
| сводка недели | week | handlers.reminding.week | digest (a coordinator's) |
| напомнить позже | snooze, later | storage.snoozes.put | postpone; a moved date is a correction |
| вежливость: не ночью, не часто, не поздно | manners | handlers.manners.wait | throttling |
| маршрут, чьи напоминания не запланированы | behind, again | storage.planning.behind | dirty, stale |
| что делает с маршрутом сам день | by_clock | handlers.by_clock.ACTS | cron, trigger |

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
| код версии в подвале | version code | bot.iom.version_code.version_code | hash, build |
| приложение к карте отдельно | appendix | bot.iom.appendices.Appendix | attachment (its head) |
| день в календаре телефона | appointment | bot.iom.appointments.Appointment | event (the catalogue's) |
| динамика картинкой | bars, parts | bot.iom.dynamics_bars.bars | radar, plot |
| материалы для аттестации | evidence pack | bot.iom.evidence_pack.evidence_pack | portfolio |
| проверка подлинности | verified | handlers.verifying.show | validation |
| та же карта по чужой форме | reprint, lacks | bot.iom.reprint.reprint | migration, conversion |
| сертификат | certificate, Issued | storage.certificates.Issued | diploma |
| долгая печать, печатный цех | print_job, print shop | storage.print_jobs.PrintJob | task, worker |
| список людей (файл координатора) | people file, PersonRow | bot.iom.people_file.judge | roster, import |
| кто может быть наставником по списку | guide | bot.iom.people_mentors.Guide | supervisor |
| лист таблицы | sheet (of a workbook) | bot.iom.workbook.Sheet | page, tab |
| приглашение на бумаге (карточка с QR) | invite | bot.documents.invitations.Invite | ticket, leaflet |
| список, который приносят файлом | import, form (of it) | bot.iom.import_words.ImportForm | upload, job |
| принятые и непринятые строки списка | sifted, rejected | bot.iom.imported.Sifted | parsed, valid |
| первый час координатора | setup, first_hour | bot.iom.first_hour.STEPS | onboarding, wizard |
| присланный список людей | import_batch, Batch | storage.imports.Batch | upload, job |
| файл, который ещё надо прочитать | fetch | bot.speech.screen.Fetch | download |
| проба (карта координатора понарошку) | trial | handlers.trial.begin | sandbox in the chat, demo |
| журнал действий | audit | storage.audit.record | log (that is structlog's) |

Stored contracts: never renamed without a migration

- keys of questions, options, tables, blocks and levels of every `regulation.toml`, and its folder's name;
- tables the rules look up: diagnoses, growth, tasks, plan; questions they look up: scores, self_scores,
  growth_point, task, expected, term, and by name: wording, hinders, competences, title, subject, taken_on,
  hours and event_kind (its option course) of a plan line,
  full_name or last_name, first_name, patronymic;
- kinds of questions and the shape of their answers (`regulation_questions.Kind`): line, text, integer, date,
  email, phone, choice, chips, scores, self_scores, point, expected, task, term, period, events, rows, links;
- keys of a `scores` answer: a block's key, or the name of a competence of one's own as it was typed; on a
  scale of levels {"level": key, "percent": number if told}; the value of a `point` is such a key too;
- states of a route (`facts.State`): draft, on_review, returned, approved, active, finalizing, conclusion,
  audit, completed, withdrawn, archived;
- capabilities (`regulation_life.Capability`), which are the roles of a membership: teacher, mentor,
  coordinator, curator, head, approver, methodist, expert;
- decisions of a conclusion: "concluded" with the outcome (achieved, partly, not) as its remark; "agreed",
  "returned" and "acknowledged" with the step "conclusion", "audited"; an agreement that nobody could give is
  nobody's with the remark "absent"; of the route's end by a person: "withdrawn";
- places of the end of a route: correcting, correction, corrections, extending, offering, offered, pausing,
  slowing, finishing, marking, conclusion, withdrawing, stopped; the walk finish:<left>; notices: correction,
  correction_news, extension_offer, extension_news, to_finish, conclusion, concluded, withdrawn; fact verbs:
  yes_correction, no_correction, see_correction (id: the route, version: correction · 16 + step), take_offer,
  leave_offer (version: the extension), open_marks, yes_conclusion, open_conclusion; reasons of a pause:
  illness, leave, training, family;
- decisions about the model of a route: model_offered, model_taken, model_declined, model_confirmed,
  model_refused, with the step "model" and the key of the model as the remark;
- kinds of a decision (`journey.Decision`), ends of a notice: waiting, sent, dropped, missed, failed,
  unreachable; the `key` and `kind` of a notice;
- levels, forms and education of events: federal, regional, municipal, institutional; onsite, online, mixed,
  self; formal, nonformal, informal; the `code` of an event is the key of imports, an organisation's own codes
  begin with its id and a slash; its states proposed, published, declined, withdrawn; kinds of a resource:
  information, communication, activity, social, material, people; who recommends: cnppm, mms, school;
  registration: open, closed; diagnosis_name of a brought diagnosis;
- states of a plan line (`journey.LineState`): planned, claimed, confirmed, partly, returned, not_done,
  replaced, cancelled; kinds and states of a correction (`corrections.CorrectionKind`, `CorrectionState`) and
  the form of its `changes` (`corrections.Wanted`); kinds of an extension: own, offered; kinds of logged
  hours: consultation, visit; the form of a snapshot (`snapshot.FORM`);
- what `conclusion` and `dynamics` look up at the end of a route: rows `diagnoses_final` with final_scores
  and final_taken_on, verdict of a product with its option eliminated, final_done, keys that begin with
  reflection; and what the card does: final_diagnosis_name, final_diagnosis_level, final_done_on,
  final_hinders, conclusion;
- kinds of a checkpoint: monitoring, reflection, activity, transfer; its keys, which name its notice too:
  <notice>/<route>/<date> and <notice>/<route>/line-<entry> with the notices monitoring, reflection, transfer;
  of an `interim`: have, going, not_yet, told, nothing, yes, no; of a verdict: enough, lacking, fits, unfit;
- keys of an organisation's settings: school_year_from, school_year_to, holidays, digest_day, digest_hour,
  staff, priorities, setup, pupils, card_to;
- lists behind numbers (`storage.counted.LISTS`, in the order of `handlers.digest_words.ORDER`), which look up
  diagnosis_level; keys digest/<ISO week>/<organisation, 0: a mentor's own>/<person>;
- kinds of consent: storage, tutor;
- answers to an invitation: taking_part, thinking, declined, and applied of one that its person brought; its
  link and code (`storage.codes`), which are printed and forwarded and live as long as the bot's secret;
- the code of a certificate and its link («v-» and ten letters), which are printed and live as long as the
  bot's secret; the UID of a plan line in a calendar, `line-<entry>@<eight digits of the secret>.iom-bot`;
  kinds of a print_job: cards, registry, application; its states: waiting, sent, failed;
- names of places: agree_all, appendices, applying, ask, card, case, certificate, changes, claim, claims,
  code, companion, companions, conclusion, consent, correcting, correction, corrections, declined, deficits,
  digest, digest_list, door, draft_ready, erase, erased, events, evidence, exports, extending, finishing,
  hats, help, home, hours, import_file, imports, inquire, inquiry, invitation, invitations, invited, later,
  leaving, line, marking, menu, model, moderation, monitoring, monitoring_case, my_cards, new_organisation,
  new_track, not_done, nudge, offered, offering, organisation, organisations, own_event, pairing,
  pairing_one, papers, pausing, people, people_file, plan, priorities, privacy, propose, pupils, queue,
  recommendation, recommendations, recommending, reflecting, regulation, reminders, reprint, resource,
  resources, returning, review, row, rows, school, school_settings, sections, sending, settings, setup,
  signature, sitting_over, slowing, stopped, summary, unanswered, verified, viewers, wards, withdrawing,
  zones; an unknown one is home;
- walks of a place: draft, rest:<left>, section:<key>, row, fix;
- what a place carries before consent: view "pending" = "invited.<id>" or "applying.<id>"; the key "door" of
  an organisation's settings;
- kinds of a notice: access_opened, admitted, answered, application, approved, approved_mentor, asked,
  begins, claimed, concluded, conclusion, correction, correction_news, deadline, digest, draft, ended,
  extension_news, extension_offer, introduced, introduced_companion, line_again, line_judged, mentor_digest,
  model_confirm, model_news, model_offer, monitoring, monitoring_given, monitoring_judged, nudge, proposed,
  recommended, reflection, resource_answer, resource_asked, retention, returned, returned_mentor, review,
  to_finish, transfer, turned_down, waits, waits_long, week, withdrawn;
- keys of reminders: deadline/<person>/<day>, week/<person>/<day>, waits/<person>/<day>,
  waits_long/<route>/<day>/<person>, draft/<route>/<since>, begins/<route>/<day>, ended/<route>/<day>,
  retention/<route>/<day>/<person>;
- keys of a person's settings (`habits.Habits`): hour, quiet_from, quiet_to, day, weekends, most, off, few,
  paused_to; topics: deadline, week, questions, waits;
- verbs of the buttons under notices (`f:<verb>:<id>:<version>`): admit, agree, answer, companion, confirm,
  decline_advice, digest_list, judge_enough, judge_lacking, keep_resource, later, leave_offer, line_done,
  line_fails, line_later, mend_interim, mute, no_correction, no_model, open_access, open_case, open_claim,
  open_conclusion, open_digest, open_line, open_marks, open_monitoring, open_own, open_own_digest,
  open_plan, open_queue, open_review, own_interim, partly, proceed, read_access, reflect_line, return,
  see_advice, see_correction, see_interim, send_back, share_resource, take_advice, take_offer, transfer,
  tune, turn_down,
  yes_conclusion, yes_correction, yes_model;
- steps of the first hour (`first_hour.STEPS`): title, region, zone, year, holidays, names, regulation,
  signers, staff, digest, done; states of an import_batch: arrived, judged, refused, done, cancelled;
- callback data: `c:<rev in base 36>:<verb>:<arg>`, at most 64 bytes; verbs belong to the room, and a press of
  another revision writes nothing, so verbs may change, the form may not;
- tables and columns of `storage.tables`; values of an answer are JSON as `Kind` says;
- keys of `templates/texts/buttons.toml` and names of the texts: screens name them.
"""
