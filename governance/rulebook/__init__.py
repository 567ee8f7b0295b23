"""One dated set of rules, parsed and immutable, and the rulebook in force on a date."""

from governance.rulebook.book import Rulebook
from governance.rulebook.books import Rulebooks
from governance.rulebook.dated import dated_value, judged_day
from governance.rulebook.nouns import (
    ACT_ROLES,
    FACT_ROLES,
    ActKind,
    Clause,
    Counting,
    DatedReading,
    FactKind,
    Input,
    Named,
    Organisation,
    Process,
    ReadingChoice,
    Remark,
    Rule,
    Section,
    Step,
)

__all__ = [
    "ACT_ROLES",
    "FACT_ROLES",
    "ActKind",
    "Clause",
    "Counting",
    "DatedReading",
    "FactKind",
    "Input",
    "Named",
    "Organisation",
    "Process",
    "ReadingChoice",
    "Remark",
    "Rule",
    "Rulebook",
    "Rulebooks",
    "Section",
    "Step",
    "dated_value",
    "judged_day",
]
