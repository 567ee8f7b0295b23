"""The use cases: each one function over a `Governance`. The only place where clock, store and core meet."""

from governance.audit import Audit, Problem, Recheck
from governance.service.accesses import (
    ANSWERED,
    FAILED,
    OVERTAKEN,
    REFUSED,
    UNUSABLE,
    AccessView,
    accesses,
    note_access,
)
from governance.service.acting import advance
from governance.service.adopting import AdoptionView, ListChanged, adopt, adoption
from governance.service.agendas import Proposal, agenda_proposals, note_attendance, put_on_agenda
from governance.service.auditing import audit_export, audit_head, audit_recheck, audit_verify
from governance.service.backups import BackupView, RestoreView, backup, restore
from governance.service.casting import cast, close_round, open_round
from governance.service.checks import FAULT, FINE, WARNING, Check
from governance.service.concluding import conclude
from governance.service.consulting import answer, consult
from governance.service.corrections import correct
from governance.service.demo import load_demo
from governance.service.doctoring import doctor
from governance.service.erasing import erase_person, erasing_unfinished, erasure_of
from governance.service.erasures import Erasure
from governance.service.exporting import EXPORTS, export_table
from governance.service.facts import declare_complete, record_fact, record_facts
from governance.service.group import record_thing
from governance.service.histories import history
from governance.service.importing import (
    ImportView,
    TemplateView,
    import_table,
    template_view,
    write_template,
)
from governance.service.items import add_item, item, items, steps
from governance.service.lists import call_document, orders_document
from governance.service.meetings import meeting, meetings
from governance.service.meetingviews import (
    AttendanceView,
    ConclusionView,
    DueView,
    MeetingLine,
    MeetingView,
    PointView,
)
from governance.service.opening import (
    Governance,
    NoRegister,
    database_url,
    demo_url,
    open_governance,
    rules_folder,
    user_data,
)
from governance.service.papers import PAPERS, Document, meeting_document
from governance.service.people import (
    Mention,
    PersonLine,
    PersonView,
    add_person,
    people,
    person,
    rename_person,
)
from governance.service.planning import (
    ClassView,
    ComparedView,
    LeftOutView,
    PickView,
    PlanView,
    QuestionView,
    RankView,
    RuleComparison,
    SuccessorsView,
    plan_seats,
)
from governance.service.reading import known_day
from governance.service.reports import report
from governance.service.retention import (
    PurgeView,
    RetentionView,
    purge_access_log,
    retention,
    set_retention,
)
from governance.service.rotation import check_seats, forecast_seats, seats_over_time
from governance.service.rotationviews import (
    CallView,
    ForecastView,
    LostView,
    SeatsCheckView,
    StretchView,
    TimelineView,
)
from governance.service.rounds import round_, rounds
from governance.service.roundviews import BallotView, MarginView, ResultView, RoundLine, RoundView, TallyView
from governance.service.rulefiles import check_rules, rules_schema
from governance.service.rules import rules, trace
from governance.service.ruleviews import (
    ProcessView,
    ReadingView,
    RulesView,
    RuleView,
    StepRuleView,
    TraceLine,
)
from governance.service.seats import seats
from governance.service.takeover import Affected, StepChange
from governance.service.todo import WEEK, Task, TodoView, todo
from governance.service.trying import try_steps
from governance.service.views import (
    Arrow,
    ClauseView,
    ConsultationView,
    EventView,
    FactView,
    FindingView,
    InputView,
    ItemLine,
    ItemView,
    LegView,
    MachineView,
    Receipt,
    ReportView,
    RouteView,
    Said,
    SeatsView,
    SeatView,
    StepView,
    TryView,
)
from governance.service.ways import way
from governance.vocabulary import RECORDED_KINDS

__all__ = [
    "ANSWERED",
    "EXPORTS",
    "FAILED",
    "FAULT",
    "FINE",
    "OVERTAKEN",
    "PAPERS",
    "RECORDED_KINDS",
    "REFUSED",
    "UNUSABLE",
    "WARNING",
    "WEEK",
    "AccessView",
    "AdoptionView",
    "Affected",
    "Arrow",
    "AttendanceView",
    "Audit",
    "BackupView",
    "BallotView",
    "CallView",
    "Check",
    "ClassView",
    "ClauseView",
    "ComparedView",
    "ConclusionView",
    "ConsultationView",
    "Document",
    "DueView",
    "Erasure",
    "EventView",
    "FactView",
    "FindingView",
    "ForecastView",
    "Governance",
    "ImportView",
    "InputView",
    "ItemLine",
    "ItemView",
    "LeftOutView",
    "LegView",
    "ListChanged",
    "LostView",
    "MachineView",
    "MarginView",
    "MeetingLine",
    "MeetingView",
    "Mention",
    "NoRegister",
    "PersonLine",
    "PersonView",
    "PickView",
    "PlanView",
    "PointView",
    "Problem",
    "ProcessView",
    "Proposal",
    "PurgeView",
    "QuestionView",
    "RankView",
    "ReadingView",
    "Receipt",
    "Recheck",
    "ReportView",
    "RestoreView",
    "ResultView",
    "RetentionView",
    "RoundLine",
    "RoundView",
    "RouteView",
    "RuleComparison",
    "RuleView",
    "RulesView",
    "Said",
    "SeatView",
    "SeatsCheckView",
    "SeatsView",
    "StepChange",
    "StepRuleView",
    "StepView",
    "StretchView",
    "SuccessorsView",
    "TallyView",
    "Task",
    "TemplateView",
    "TimelineView",
    "TodoView",
    "TraceLine",
    "TryView",
    "accesses",
    "add_item",
    "add_person",
    "adopt",
    "adoption",
    "advance",
    "agenda_proposals",
    "answer",
    "audit_export",
    "audit_head",
    "audit_recheck",
    "audit_verify",
    "backup",
    "call_document",
    "cast",
    "check_rules",
    "check_seats",
    "close_round",
    "conclude",
    "consult",
    "correct",
    "database_url",
    "declare_complete",
    "demo_url",
    "doctor",
    "erase_person",
    "erasing_unfinished",
    "erasure_of",
    "export_table",
    "forecast_seats",
    "history",
    "import_table",
    "item",
    "items",
    "known_day",
    "load_demo",
    "meeting",
    "meeting_document",
    "meetings",
    "note_access",
    "note_attendance",
    "open_governance",
    "open_round",
    "orders_document",
    "people",
    "person",
    "plan_seats",
    "purge_access_log",
    "put_on_agenda",
    "record_fact",
    "record_facts",
    "record_thing",
    "rename_person",
    "report",
    "restore",
    "retention",
    "round_",
    "rounds",
    "rules",
    "rules_folder",
    "rules_schema",
    "seats",
    "seats_over_time",
    "set_retention",
    "steps",
    "template_view",
    "todo",
    "trace",
    "try_steps",
    "user_data",
    "way",
    "write_template",
]
