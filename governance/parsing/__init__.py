"""Holds rule files against the rule language: a `Rulebook`, or a `RuleError` with every fault at once."""

from governance.parsing.build import parse_rulebook
from governance.parsing.codes import CODES
from governance.parsing.faultlist import Source
from governance.parsing.jsonschema import json_schema
from governance.parsing.overlaps import check_rulebooks

__all__ = ["CODES", "Source", "check_rulebooks", "json_schema", "parse_rulebook"]
