"""The use cases: each one function over a `Governance`. The only place where clock, store and core meet."""

from governance.audit import Audit, Problem, Recheck
from governance.prose.spoken import spoken
from governance.rights import ROLES, STRANGER, Caller, Duty, Office, Permission
from governance.service.accesses import (
    ANSWERED,
    FAILED,
    OVERTAKEN,
    REFUSED,
    UNUSABLE,
    AccessPage,
    accesses,
    accesses_page,
    note_access,
)
from governance.service.accounts import (
    account,
    accounts,
    add_account,
    any_account,
    change_password,
    disable_account,
    enable_account,
    folded_login,
    own_name,
    set_password,
)
from governance.service.accountviews import AccountView, OfficeView, SessionView, TokenView
from governance.service.acting import advance
from governance.service.adopting import AdoptionView, ListChanged, adopt, adoption
from governance.service.agendas import (
    Proposal,
    agenda_proposals,
    note_attendance,
    note_attendances,
    put_on_agenda,
)
from governance.service.auditing import (
    audit_checks,
    audit_export,
    audit_file,
    audit_head,
    audit_recheck,
    audit_recheck_record,
    audit_verify,
)
from governance.service.backups import backup, restore
from governance.service.casting import cast, close_round, open_round
from governance.service.checks import FAULT, FINE, WARNING
from governance.service.concluding import conclude
from governance.service.consulting import answer, consult
from governance.service.corrections import correct
from governance.service.demo import load_demo
from governance.service.demoaccounts import DEMO_PASSWORD, demo_accounts, is_demo
from governance.service.doctoring import doctor
from governance.service.entering import item_entry
from governance.service.erasing import erase_person, erasure_of
from governance.service.erasures import Erasure
from governance.service.eventpages import EVENT_KINDS, EventsPage, ProvedEvent, audit_event, events_page
from governance.service.exporting import EXPORTS, export_table
from governance.service.facts import declare_complete, record_fact, record_facts
from governance.service.group import record_thing
from governance.service.histories import history
from governance.service.importing import ImportView, TemplateView, import_table, template_view, write_template
from governance.service.items import add_item, item, steps
from governance.service.listings import PER_PAGE, ItemsBoard, ItemsPage, items, items_board, items_page
from governance.service.lists import call_document, orders_document
from governance.service.meetings import meeting, meetings
from governance.service.meetingviews import ConclusionView, MeetingLine, MeetingView, PointView
from governance.service.offices import DUTIES, grant_office, offices, withdraw_office
from governance.service.opening import (
    Governance,
    NoRegister,
    database_url,
    demo_url,
    open_governance,
    rules_folder,
)
from governance.service.organisations import OrganisationLine, OrganisationView, organisation, organisations
from governance.service.papers import PAPERS, Document, meeting_document, papers_of
from governance.service.people import Mention, PersonLine, add_person, people, person, rename_person
from governance.service.permitting import may, permit
from governance.service.planning import ComparedView, PickView, PlanView, QuestionView, plan_seats
from governance.service.plugins import FactSource, Listener
from governance.service.reading import kind_of_thing, known_day
from governance.service.ready import Readiness, readiness
from governance.service.relating import relate, relation_kinds
from governance.service.reports import report
from governance.service.retention import RetentionView, purge_access_log, retention, set_retention
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
from governance.service.roundviews import ResultView, RoundLine, RoundView
from governance.service.ruledifferences import DifferencesView, RulebookLine, rule_differences, rulebook_lines
from governance.service.rulefiles import check_rules, rules_schema
from governance.service.rules import rule, rules, trace
from governance.service.ruleviews import RulePage, RulesView, RuleView, TraceLine
from governance.service.seats import seats
from governance.service.sessions import (
    Identity,
    Life,
    caller_of_session,
    check_password,
    end_session,
    end_sessions_of,
    sessions,
    signed_in,
)
from governance.service.striking import correction
from governance.service.takeover import Affected
from governance.service.tasks import Task
from governance.service.todo import WEEK, TodoView, todo
from governance.service.tokens import NewToken, caller_of_token, make_token, revoke, tokens
from governance.service.trying import try_steps
from governance.service.views import (
    Arrow,
    CorrectionView,
    EventView,
    FindingView,
    ItemLine,
    ItemView,
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
from governance.service.waiting import offices_today, waiting
from governance.service.ways import way
from governance.vocabulary import RECORDED_KINDS

__all__ = [
    "ANSWERED",
    "DEMO_PASSWORD",
    "DUTIES",
    "EVENT_KINDS",
    "EXPORTS",
    "FAILED",
    "FAULT",
    "FINE",
    "OVERTAKEN",
    "PAPERS",
    "PER_PAGE",
    "RECORDED_KINDS",
    "REFUSED",
    "ROLES",
    "STRANGER",
    "UNUSABLE",
    "WARNING",
    "WEEK",
    "AccessPage",
    "AccountView",
    "AdoptionView",
    "Affected",
    "Arrow",
    "Audit",
    "CallView",
    "Caller",
    "ComparedView",
    "ConclusionView",
    "CorrectionView",
    "DifferencesView",
    "Document",
    "Duty",
    "Erasure",
    "EventView",
    "EventsPage",
    "FactSource",
    "FindingView",
    "ForecastView",
    "Governance",
    "Identity",
    "ImportView",
    "ItemLine",
    "ItemView",
    "ItemsBoard",
    "ItemsPage",
    "Life",
    "ListChanged",
    "Listener",
    "LostView",
    "MachineView",
    "MeetingLine",
    "MeetingView",
    "Mention",
    "NewToken",
    "NoRegister",
    "Office",
    "OfficeView",
    "OrganisationLine",
    "OrganisationView",
    "Permission",
    "PersonLine",
    "PickView",
    "PlanView",
    "PointView",
    "Problem",
    "Proposal",
    "ProvedEvent",
    "QuestionView",
    "Readiness",
    "Receipt",
    "Recheck",
    "ReportView",
    "ResultView",
    "RetentionView",
    "RoundLine",
    "RoundView",
    "RouteView",
    "RulePage",
    "RuleView",
    "RulebookLine",
    "RulesView",
    "Said",
    "SeatView",
    "SeatsCheckView",
    "SeatsView",
    "SessionView",
    "StepView",
    "StretchView",
    "Task",
    "TemplateView",
    "TimelineView",
    "TodoView",
    "TokenView",
    "TraceLine",
    "TryView",
    "accesses",
    "accesses_page",
    "account",
    "accounts",
    "add_account",
    "add_item",
    "add_person",
    "adopt",
    "adoption",
    "advance",
    "agenda_proposals",
    "answer",
    "any_account",
    "audit_checks",
    "audit_event",
    "audit_export",
    "audit_file",
    "audit_head",
    "audit_recheck",
    "audit_recheck_record",
    "audit_verify",
    "backup",
    "call_document",
    "caller_of_session",
    "caller_of_token",
    "cast",
    "change_password",
    "check_password",
    "check_rules",
    "check_seats",
    "close_round",
    "conclude",
    "consult",
    "correct",
    "correction",
    "database_url",
    "declare_complete",
    "demo_accounts",
    "demo_url",
    "disable_account",
    "doctor",
    "enable_account",
    "end_session",
    "end_sessions_of",
    "erase_person",
    "erasure_of",
    "events_page",
    "export_table",
    "folded_login",
    "forecast_seats",
    "grant_office",
    "history",
    "import_table",
    "is_demo",
    "item",
    "item_entry",
    "items",
    "items_board",
    "items_page",
    "kind_of_thing",
    "known_day",
    "load_demo",
    "make_token",
    "may",
    "meeting",
    "meeting_document",
    "meetings",
    "note_access",
    "note_attendance",
    "note_attendances",
    "offices",
    "offices_today",
    "open_governance",
    "open_round",
    "orders_document",
    "organisation",
    "organisations",
    "own_name",
    "papers_of",
    "people",
    "permit",
    "person",
    "plan_seats",
    "purge_access_log",
    "put_on_agenda",
    "readiness",
    "record_fact",
    "record_facts",
    "record_thing",
    "relate",
    "relation_kinds",
    "rename_person",
    "report",
    "restore",
    "retention",
    "revoke",
    "round_",
    "rounds",
    "rule",
    "rule_differences",
    "rulebook_lines",
    "rules",
    "rules_folder",
    "rules_schema",
    "seats",
    "seats_over_time",
    "sessions",
    "set_password",
    "set_retention",
    "signed_in",
    "spoken",
    "steps",
    "template_view",
    "todo",
    "tokens",
    "trace",
    "try_steps",
    "waiting",
    "way",
    "withdraw_office",
    "write_template",
]
