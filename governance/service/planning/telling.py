"""A plan in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb

from governance.model import Finding, Text
from governance.prose import say_finding, say_value
from governance.prose.labels import both, fact_label
from governance.roster.plan import Alike, Bench, LeftOut, Pick, Plan, Question, Rank, Successors, rank_of
from governance.rulebook import Rulebook
from governance.service.findings import finding_view, rule_label
from governance.service.planning.views import (
    ClassView,
    ComparedView,
    LeftOutView,
    PickView,
    PlanView,
    QuestionView,
    RankView,
    RuleComparison,
    SuccessorsView,
)
from governance.service.showing import said
from governance.service.views import FindingView, Said

ORDER = Text(
    "færrest brudte krav, så færrest uafgjorte; dernæst færrest brudte og uafgjorte udgangspunkter, "
    "færrest brudte og uafgjorte ønsker, mindst afstand til de brudte ønsker, færrest ukendte oplysninger, "
    "og til sidst navnene i filens rækkefølge",
    "fewest musts broken, then fewest unknown; then fewest defaults broken and unknown, fewest shoulds "
    "broken and unknown, the broken shoulds least far from kept, fewest facts not known, "
    "and last the names in the order of the file",
)
"""What makes a set better; see ``governance.roster.plan.Rank``."""
NOTHING_ASKED = Text("reglerne spørger ikke om noget", "the rules ask about nothing")


def tell_plan(bench: Bench, made: Plan, candidates: int, notes: Sequence[Text]) -> PlanView:
    """A plan as it is shown."""
    book, questions = bench.rulebook, made.questions
    best = tuple(_successors(book, each, made.best[0], number) for number, each in enumerate(made.best, 1))
    return PlanView(
        body=said(book, bench.body),
        on=bench.on.isoformat(),
        seats=made.seats,
        candidates=candidates,
        before=tuple(_finding(book, each) for each in made.before),
        classes=tuple(ClassView(each.members, _about(book, each)) for each in made.classes),
        best=best,
        compared=tuple(_compared(book, each, made.best) for each in made.named),
        left_out=tuple(_left_out(book, each) for each in made.left_out),
        settle=_questions(book, questions.settle),
        better=_questions(book, questions.better),
        later=_questions(book, questions.later),
        order=ORDER,
        notes=tuple(notes),
    )


def _finding(book: Rulebook, finding: Finding) -> FindingView:
    return finding_view(book, finding, finding.subject)


def _successors(book: Rulebook, set_: Successors, best: Successors, number: int = 0) -> SuccessorsView:
    return SuccessorsView(
        number=number,
        sitting=set_.sitting,
        picks=tuple(_pick(book, each) for each in set_.picks),
        sets=_sets(set_.picks),
        findings=tuple(_finding(book, each) for each in (*set_.body, *set_.terms)),
        rank=_rank(set_.rank),
        keeps_musts=set_.rank.keeps_musts,
        differs=tuple(
            rule
            for (rule, own), there in zip(_by_rule(set_).items(), _by_rule(best).values(), strict=True)
            if rank_of(own) != rank_of(there)
        ),
    )


def _sets(picks: Sequence[Pick]) -> int:
    """How many sets pick as many from the same classes."""
    left: dict[tuple[str, ...], int] = {}
    sets = 1
    for pick in picks:
        there = left.get(pick.of.members, len(pick.of.members))
        sets *= comb(there, pick.count)
        left[pick.of.members] = there - pick.count
    return sets


def _pick(book: Rulebook, pick: Pick) -> PickView:
    return PickView(pick.count, pick.of.members, _about(book, pick.of), pick.seats)


def _about(book: Rulebook, alike: Alike) -> Text:
    """What is known of candidates who are alike, fact by fact."""
    told = []
    for (scope, fact), value in alike.facts:
        kind = book.kind_of(scope, fact)
        unit = kind.unit if kind is not None else ""
        value_ = say_value(value, book, unit)
        told.append(both("{fact}: {value}", "{fact}: {value}", fact=fact_label(book, fact), value=value_))
    if not told:
        return NOTHING_ASKED
    return Text("; ".join(each.da for each in told), "; ".join(each.en for each in told))


def _rank(rank: Rank) -> RankView:
    return RankView(
        rank.musts_broken,
        rank.musts_unknown,
        rank.defaults_broken,
        rank.defaults_unknown,
        rank.shoulds_broken,
        rank.shoulds_unknown,
        str(rank.short),
        rank.facts_unknown,
    )


def _compared(book: Rulebook, set_: Successors, best: Sequence[Successors]) -> ComparedView:
    """A set held against the best one; with nothing to hold it against where no set is possible."""
    if not best:
        return ComparedView(_successors(book, set_, set_), "worse", ())
    own, other = _by_rule(set_), _by_rule(best[0])
    rules = []
    for rule, found in own.items():
        there = other[rule]
        rules.append(
            RuleComparison(
                rule=rule,
                label=rule_label(book, rule),
                clause=found[0].clause,
                force=found[0].force,
                than=_than(rank_of(found), rank_of(there)),
                here=_seen(book, found),
                best=_seen(book, there),
            )
        )
    return ComparedView(_successors(book, set_, best[0]), _than(set_.rank, best[0].rank), tuple(rules))


def _by_rule(set_: Successors) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in (*set_.body, *set_.terms):
        found.setdefault(finding.rule, []).append(finding)
    return found


def _than(rank: Rank, best: Rank) -> str:
    rank, best = (replace(each, facts_unknown=0) for each in (rank, best))
    return "same" if rank == best else "better" if rank < best else "worse"


def _seen(book: Rulebook, findings: Sequence[Finding]) -> Text:
    """What was seen, told once for all it is the same of."""
    told = dict.fromkeys(say_finding(each, book) for each in findings)
    return Text(". ".join(each.da for each in told), ". ".join(each.en for each in told))


def _left_out(book: Rulebook, out: LeftOut) -> LeftOutView:
    if out.finding is not None:
        return LeftOutView(out.organisation, say_finding(out.finding, book))
    return LeftOutView(
        out.organisation,
        Text(f"Har allerede pladsen `{out.held}`", f"Already has the seat `{out.held}`"),
    )


def _questions(book: Rulebook, questions: Sequence[Question]) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(each.organisation, Said(each.fact[1], fact_label(book, each.fact[1])))
        for each in questions
    )
