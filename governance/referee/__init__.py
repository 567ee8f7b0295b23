"""A rulebook made executable: what a request is answered, which steps there are, and the way to a goal."""

from governance.referee.decide import Referee
from governance.referee.rules import judge_rule
from governance.referee.suppose import request_row
from governance.referee.ways import Leg, Route, way_to

__all__ = ["Leg", "Referee", "Route", "judge_rule", "request_row", "way_to"]
