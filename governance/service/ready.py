"""Whether the pages can be served now: what whoever spreads requests over servers asks again and again."""

from __future__ import annotations

from dataclasses import dataclass

from governance.faults import RuleError
from governance.model import RequestError
from governance.service.opening import Governance
from governance.store import StoreError, reading
from governance.store.upgrade import REVISION, revision
from governance.values import day


@dataclass(frozen=True, slots=True)
class Readiness:
    """What serving rests on: the database answers, its tables are this version's, rules cover today."""

    database: bool
    tables: bool
    rules: bool


def readiness(gov: Governance) -> Readiness:
    """Each of the checks. Raises nothing; what cannot be looked at is not as it should be."""
    try:
        with reading(gov.engine) as connection:
            tables = revision(connection) == REVISION
    except StoreError:
        return Readiness(database=False, tables=False, rules=False)
    return Readiness(database=True, tables=tables, rules=_rules(gov))


def _rules(gov: Governance) -> bool:
    try:
        gov.rulebook(day(gov.today))
    except (RequestError, RuleError):
        return False
    return True
