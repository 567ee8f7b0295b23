"""Rules, reasons and remedies said in Danish and English."""

from governance.prose.conditions import say_condition, say_expression, say_rule
from governance.prose.decisions import ruled, say_finding, say_ways
from governance.prose.labels import label, step_label
from governance.prose.reasons import say_reason
from governance.prose.remedies import say_remedy, say_way
from governance.prose.values import NOT_RECORDED, say_date, say_value

__all__ = [
    "NOT_RECORDED",
    "label",
    "ruled",
    "say_condition",
    "say_date",
    "say_expression",
    "say_finding",
    "say_reason",
    "say_remedy",
    "say_rule",
    "say_value",
    "say_way",
    "say_ways",
    "step_label",
]
