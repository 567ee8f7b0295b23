"""The codes of the faults that parsing can find, each with its meaning in English for the documentation."""

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # shapes
        "unknown-key": "a key that does not belong where it stands",
        "missing-key": "a key that must be there is not",
        "conflicting-keys": "two keys that exclude each other, or a key without the one it belongs to",
        "wrong-type": "a value of another type than its key takes",
        "wrong-unit": "a unit or number that does not fit, or a decimal where a fraction belongs",
        "bad-date": "a date that is not in the calendar or not written as 2024-01-31",
        "bad-digest": "a digest that is not 64 hexadecimal digits",
        "bad-id": "a new name with other characters than names may have",
        "missing-translation": "a text that is not there in both Danish and English",
        "missing-section": "no file has the section that says which rulebook this is",
        "twice-section": "the section that says which rulebook this is stands more than once",
        "too-many-faults": "more faults than are shown at once",
        # names
        "unknown-act": "an act that is not declared",
        "unknown-body": "a body that is not declared",
        "unknown-clause": "a clause that is not declared",
        "unknown-collection": "a collection that no row in reach has",
        "unknown-fact": "a fact that no row in reach has",
        "unknown-kind": "an item kind that no process declares",
        "unknown-reading": "a reading that is not declared",
        "unknown-row": "a row that cannot be spoken of here",
        "unknown-scale": "a scale that is not declared",
        "unknown-state": "a state that the process does not have",
        "unknown-step": "a step that no process has",
        "unknown-word": "a word that is not one of those allowed",
        "duplicate-id": "a name given to two things of the same sort",
        # conditions
        "no-operator": "a comparison without an operator",
        "two-operators": "a comparison with more than one operator",
        "unknown-operator": "a key that stands where an operator belongs and is none",
        "kind-mismatch": "values of different kinds held against each other, or used as a kind they are not",
        "reading-cycle": "a reading that refers to itself",
        "due-not-monotone": "a deadline on a requirement that can come undone after it was met",
        # rules and clauses
        "bad-force": "a rule that may be excused without being a default",
        "step-not-for-item": "a rule that guards a step but does not judge items",
        "clause-unnamed": "a clause said to be checked, and named by nothing that checks it",
        "clause-without-why": "a clause that is not checked, or only in part, without saying why",
        # dates
        "dates-reversed": "a span of dates that ends before it begins",
        "reading-gap": "days of the rulebook on which a reading has no value",
        "reading-overlap": "days on which a reading or fact has two values",
        "rulebooks-overlap": "two rulebooks in force on the same day",
        # processes
        "duplicate-step": "two steps of one id that can be taken from the same state",
        "unreachable-state": "a state that no step leads to",
        "dead-end-state": "a state that is not final and that no step leads away from",
        "no-final-reachable": "a state from which no final state can be reached",
    }
)
