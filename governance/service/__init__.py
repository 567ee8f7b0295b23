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
from governance.service.auditing import audit_export, audit_head, audit_recheck, audit_verify
from governance.service.backups import BackupView, RestoreView, backup, restore
from governance.service.checks import FAULT, FINE, WARNING, Check
from governance.service.corrections import correct
from governance.service.demo import load_demo
from governance.service.doctoring import doctor
from governance.service.erasing import erase_person, erasing_unfinished, erasure_of
from governance.service.erasures import Erasure
from governance.service.exporting import EXPORTS, export_table
from governance.service.facts import declare_complete, record_fact
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
from governance.service.opening import (
    Governance,
    NoRegister,
    database_url,
    demo_url,
    open_governance,
    rules_folder,
    user_data,
)
from governance.service.people import (
    Mention,
    PersonLine,
    PersonView,
    add_person,
    people,
    person,
    rename_person,
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
from governance.service.views import (
    Arrow,
    ClauseView,
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
    "RECORDED_KINDS",
    "REFUSED",
    "UNUSABLE",
    "WARNING",
    "AccessView",
    "AdoptionView",
    "Affected",
    "Arrow",
    "Audit",
    "BackupView",
    "Check",
    "ClauseView",
    "Erasure",
    "EventView",
    "FactView",
    "FindingView",
    "Governance",
    "ImportView",
    "InputView",
    "ItemLine",
    "ItemView",
    "LegView",
    "ListChanged",
    "MachineView",
    "Mention",
    "NoRegister",
    "PersonLine",
    "PersonView",
    "Problem",
    "ProcessView",
    "PurgeView",
    "ReadingView",
    "Receipt",
    "Recheck",
    "ReportView",
    "RestoreView",
    "RetentionView",
    "RouteView",
    "RuleView",
    "RulesView",
    "Said",
    "SeatView",
    "SeatsView",
    "StepChange",
    "StepRuleView",
    "StepView",
    "TemplateView",
    "TraceLine",
    "accesses",
    "add_item",
    "add_person",
    "adopt",
    "adoption",
    "advance",
    "audit_export",
    "audit_head",
    "audit_recheck",
    "audit_verify",
    "backup",
    "check_rules",
    "correct",
    "database_url",
    "declare_complete",
    "demo_url",
    "doctor",
    "erase_person",
    "erasing_unfinished",
    "erasure_of",
    "export_table",
    "history",
    "import_table",
    "item",
    "items",
    "known_day",
    "load_demo",
    "note_access",
    "open_governance",
    "people",
    "person",
    "purge_access_log",
    "record_fact",
    "record_thing",
    "rename_person",
    "report",
    "restore",
    "retention",
    "rules",
    "rules_folder",
    "rules_schema",
    "seats",
    "set_retention",
    "steps",
    "template_view",
    "trace",
    "user_data",
    "way",
    "write_template",
]
