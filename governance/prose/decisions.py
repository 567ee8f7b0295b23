"""Findings and decisions in words, as they are shown and stored."""

from __future__ import annotations

from governance.conditions.reasons import Reason, Way
from governance.model import Decision, Finding, Ruled, Text, Verdict
from governance.prose.labels import (
    both,
    either,
    every,
    fact_label,
    label,
    quoted,
    sentence,
    thing_label,
)
from governance.prose.nouns import SCOPES
from governance.prose.reasons import say_reason
from governance.prose.remedies import say_way
from governance.rulebook import Rulebook
from governance.values import Truth

CANNOT_BE_MENDED = Text(
    "det kan ikke ændres, som {thing} står nu", "nothing can change that as {thing} stands now"
)
MOST_SAID = 3


def say_finding(finding: Finding, rulebook: Rulebook) -> Text:
    """Why a finding came out as it did, in one or two sentences without a final full stop."""
    structural = _say_structural(finding, rulebook)
    if structural is not None:
        return sentence(structural)
    if finding.reason is None:
        if finding.applies is not None:
            return sentence(say_reason(finding.applies, rulebook))
        return finding.text or Text("Gælder ikke på datoen", "Not in force on the date")
    seen = say_reason(finding.reason, rulebook)
    if finding.applies is not None and _is_telling(finding, finding.applies):
        seen = both(
            "{seen} – {applies}",
            "{seen} – {applies}",
            seen=seen,
            applies=say_reason(finding.applies, rulebook),
        )
    if finding.text is not None and finding.verdict in (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN):
        return both("{text}. {seen}", "{text}. {seen}", text=finding.text, seen=sentence(seen))
    return sentence(seen)


def _is_telling(finding: Finding, applies: Reason) -> bool:
    """Why a rule applies is worth saying when it guards a step, or when it is undecided."""
    if finding.verdict is Verdict.KEPT:
        return False
    return finding.step is not None or applies.truth is Truth.UNKNOWN


def _say_structural(finding: Finding, rulebook: Rulebook) -> Text | None:
    """The findings every step has: who takes it, from which state, and with which inputs."""
    if finding.step is None or not finding.rule.startswith(f"{finding.step}/") or finding.reason is None:
        return None
    reason = finding.reason
    kind = finding.rule.removeprefix(f"{finding.step}/")
    if kind == "inputs":
        missing = [remedy.fact for way in finding.ways for remedy in way if hasattr(remedy, "fact")]
        if not missing:
            return Text(
                "alle oplysninger, skridtet kræver, er givet", "every fact the step asks for is given"
            )
        named = every(fact_label(rulebook, fact) for fact in missing)
        return both("skridtet kræver oplysning om {facts}", "the step asks for {facts}", facts=named)
    if kind == "history":
        if finding.verdict is Verdict.KEPT:
            return Text(
                "skridtet er fortalt som historie",
                "the step is told as history",
            )
        return Text(
            "skridtet fortæller kun, hvad der var før registret; brug det som historie",
            "the step only tells what was before the register; use it as history",
        )
    if kind == "ends":
        if finding.verdict is Verdict.KEPT:
            return Text("der er en periode at afslutte", "there is a term to end")
        return Text(
            "ingen har siddet på pladsen, så der er ingen periode at afslutte",
            "nobody has held the seat, so there is no term to end",
        )
    seen, wanted = _word(reason, rulebook), either(_word_wanted(part, rulebook) for part in reason.parts)
    if kind == "by":
        if finding.verdict is Verdict.KEPT:
            return both("{seen} kan tage skridtet", "{seen} may take the step", seen=seen)
        return both(
            "skridtet tages af {wanted}, ikke af {seen}",
            "the step is taken by {wanted}, not by {seen}",
            wanted=wanted,
            seen=seen,
        )
    thing = thing_label(rulebook, finding.step)
    if finding.verdict is Verdict.KEPT:
        return both("{thing} står som »{seen}«", "{thing} stands as “{seen}”", thing=thing, seen=seen)
    wanted = either(quoted(_word_wanted(part, rulebook)) for part in reason.parts)
    return both(
        "{thing} står som »{seen}«; skridtet tages fra {wanted}",
        "{thing} stands as “{seen}”; the step is taken from {wanted}",
        thing=thing,
        seen=seen,
        wanted=wanted,
    )


def _word(reason: Reason, rulebook: Rulebook) -> Text:
    options = getattr(reason.seen, "options", None) or frozenset({"?"})
    return label(rulebook, min(options))


def _word_wanted(reason: Reason, rulebook: Rulebook) -> Text:
    options = getattr(reason.wanted, "options", None) or frozenset({"?"})
    return label(rulebook, min(options))


def say_ways(ways: tuple[Way, ...], rulebook: Rulebook) -> Text | None:
    """What would mend a finding; alternatives are set apart by *or*."""
    said = [say_way(way, rulebook) for way in ways[:MOST_SAID] if way]
    if not said:
        return None
    return sentence(Text("; eller ".join(t.da for t in said), "; or ".join(t.en for t in said)))


def ruled(decision: Decision, rulebook: Rulebook) -> tuple[Ruled, ...]:
    """Every finding of a decision as it is told and stored."""
    return tuple(
        Ruled(
            finding.rule,
            finding.clause,
            finding.force,
            finding.verdict,
            say_finding(finding, rulebook),
            _mend(finding, rulebook),
            finding.blocks,
        )
        for finding in decision.findings
    )


def _mend(finding: Finding, rulebook: Rulebook) -> Text | None:
    if finding.verdict not in (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN) or finding.rule.endswith(
        ("/ends", "/history")
    ):
        return None
    thing = thing_label(rulebook, finding.step) if finding.step is not None else SCOPES["item"]
    cannot = both(CANNOT_BE_MENDED.da, CANNOT_BE_MENDED.en, thing=thing)
    return say_ways(finding.ways, rulebook) or sentence(cannot)
