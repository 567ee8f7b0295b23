"""A rulebook made executable: what a request is answered, which steps there are, and the way to a goal."""

from governance.referee.beside import added_id, is_link, links_of
from governance.referee.decide import Referee
from governance.referee.rules import judge_rule
from governance.referee.suppose import request_row, supposing
from governance.referee.ways import Leg, Route, way_to

__all__ = [
    "Leg",
    "Referee",
    "Route",
    "added_id",
    "is_link",
    "judge_rule",
    "links_of",
    "request_row",
    "supposing",
    "way_to",
]
