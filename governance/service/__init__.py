"""The use cases: each one function over a `Governance`. The only place where clock, store and core meet."""

from governance.service.acting import advance
from governance.service.corrections import correct
from governance.service.demo import load_demo
from governance.service.facts import declare_complete, record_fact
from governance.service.group import record_thing
from governance.service.histories import history
from governance.service.items import add_item, item, items, steps
from governance.service.opening import (
    Governance,
    database_url,
    demo_url,
    open_governance,
    rules_folder,
    user_data,
)
from governance.service.reports import report
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
    "RECORDED_KINDS",
    "Arrow",
    "ClauseView",
    "EventView",
    "FactView",
    "FindingView",
    "Governance",
    "InputView",
    "ItemLine",
    "ItemView",
    "LegView",
    "MachineView",
    "ProcessView",
    "ReadingView",
    "Receipt",
    "ReportView",
    "RouteView",
    "RuleView",
    "RulesView",
    "Said",
    "SeatView",
    "SeatsView",
    "StepRuleView",
    "StepView",
    "TraceLine",
    "add_item",
    "advance",
    "check_rules",
    "correct",
    "database_url",
    "declare_complete",
    "demo_url",
    "history",
    "item",
    "items",
    "load_demo",
    "open_governance",
    "record_fact",
    "record_thing",
    "report",
    "rules",
    "rules_folder",
    "rules_schema",
    "seats",
    "steps",
    "trace",
    "user_data",
    "way",
]
