"""The group over time: who sits, what the rules say of it, and what is coming."""

from governance.roster.coming import (
    Call,
    Calling,
    Cluster,
    Ending,
    Forecast,
    Loss,
    Lost,
    Meeting,
    Vacancy,
)
from governance.roster.findings import (
    OF_A_BODY,
    Roster,
    group_findings,
    judge_group_rule,
    judges,
    seats_on,
)
from governance.roster.forecast import forecast
from governance.roster.spans import JudgedSpan, due_on, judged_spans
from governance.roster.timeline import Held, SeatLine, Stretch, seat_timeline

__all__ = [
    "OF_A_BODY",
    "Call",
    "Calling",
    "Cluster",
    "Ending",
    "Forecast",
    "Held",
    "JudgedSpan",
    "Loss",
    "Lost",
    "Meeting",
    "Roster",
    "SeatLine",
    "Stretch",
    "Vacancy",
    "due_on",
    "forecast",
    "group_findings",
    "judge_group_rule",
    "judged_spans",
    "judges",
    "seat_timeline",
    "seats_on",
]
