"""Findings in words."""

from __future__ import annotations

from governance.conformance import PLACE, UNCHANGED
from governance.model import Finding, Text, Verdict
from governance.prose import say_finding, say_ways
from governance.prose.labels import both, step_label
from governance.rulebook import Rulebook
from governance.service.views import FindingView

STRUCTURAL = {
    "by": Text("hvem der tager skridtet", "who takes the step"),
    "from": Text("hvor skridtet begynder", "where the step starts"),
    "inputs": Text("oplysninger, skridtet kræver", "facts the step asks for"),
}
OWN = {
    UNCHANGED: Text("regler i kraft ændres ikke", "rules in force are not changed"),
    PLACE: Text("reglerne har plads til sagen", "the rules have a place for the item"),
}
MENDABLE = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN)


def finding_view(book: Rulebook, finding: Finding, subject: str, event: int | None = None) -> FindingView:
    """A finding told, with the event it judges if it judges one."""
    return FindingView(
        rule=finding.rule,
        label=rule_label(book, finding.rule),
        clause=finding.clause,
        force=finding.force,
        verdict=finding.verdict,
        subject=subject,
        because=say_finding(finding, book),
        mend=say_ways(finding.ways, book) if finding.verdict in MENDABLE else None,
        event=event,
    )


def rule_label(book: Rulebook, rule: str) -> Text:
    """What a rule is called; for what every step asks, the step's name and what is asked."""
    found = next((each.label for each in book.every_rule if each.id == rule), None)
    if found is not None:
        return found
    step, _, part = rule.rpartition("/")
    if part in STRUCTURAL:
        return both("{step}: {part}", "{step}: {part}", step=step_label(book, step), part=STRUCTURAL[part])
    return OWN.get(rule, Text(rule, rule))
