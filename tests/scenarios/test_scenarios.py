"""Every rule of each rulebook holds in one scenario and breaks in another, told in sentences of Danish."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from governance.files import folder_digest, read_folder
from governance.model import Finding, Origin, Verdict
from governance.notation import read_when
from governance.parsing import parse_rulebook
from governance.prose import say_finding
from governance.record import fold
from governance.referee import Referee
from governance.roster import judge_group_rule, judges
from governance.values import Span, day
from governance.vocabulary import JUDGED_KINDS
from governance.world import World, rows_of
from tests.scenarios.sentences import HISTORY, Teller, UnknownSentence, Vocabulary, read_vocabulary

HERE = Path(__file__).parent
RULES = {"dubu": HERE.parents[1] / "rules" / "dubu", "boligforening": HERE.parent / "rules" / "boligforening"}
"""Where the rules of each folder of scenarios are, with their vocabulary."""

KEYS = {"scenarie", "givet", "når", "så"}
EXPECTED = {"afgørelse", "regler", "bestemmelser", "fordi"}
ALLOWED = {"tilladt": True, "afvist": False}
VERDICTS = {
    "overholdt": Verdict.KEPT,
    "brudt": Verdict.BROKEN,
    "ukendt": Verdict.UNKNOWN,
    "åben": Verdict.OPEN,
    "fraveget": Verdict.WAIVED,
    "ikke relevant": Verdict.NOT_APPLICABLE,
}
NEVER_BROKEN: dict[str, str] = {}
"""Rules that can only be unknown, each with the reason why."""


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


@dataclass(frozen=True)
class Book:
    """A rulebook with its scenarios, by the file they stand in, and the sentences they are told in."""

    name: str
    referee: Referee
    vocabulary: Vocabulary
    told: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def every_rule(self) -> list[str]:
        """The rules, and who may take a step and from where when a clause says so."""
        rulebook = self.referee.rulebook
        steps = [step for process in rulebook.processes for step in process.steps]
        bodies = [f"{step.id}/by" for step in steps if step.by_clause]
        states = [f"{step.id}/from" for step in steps if step.from_clause]
        return [rule.id for rule in rulebook.every_rule] + bodies + states

    @property
    def told_verdicts(self) -> dict[str, set[str]]:
        """The verdicts that scenarios expect of each rule."""
        told = defaultdict(set)
        for _, scenario in self.told:
            for rule, said in expected(scenario).items():
                told[rule] |= set(said.values()) if isinstance(said, dict) else {said}
        return told


@dataclass(frozen=True)
class Outcome:
    """What came of a scenario: the findings by rule, and for a request whether it is allowed."""

    findings: dict[str, list[Finding]]
    allowed: bool | None = None


def expected(scenario: dict[str, Any]) -> dict[str, Any]:
    return scenario["så"].get("regler", {})


def read_book(name: str, folder: Path) -> Book:
    (first,) = (path for path in folder.iterdir() if path.is_dir())
    documents = read_folder(first)
    told = ((path.stem, each) for path in sorted((HERE / name).glob("*.yaml")) for each in read(path))
    vocabulary = read_vocabulary(read(folder / "scenarios-vocabulary.yaml"))
    rulebook = parse_rulebook(documents, folder_digest(documents))
    return Book(name, Referee(rulebook), vocabulary, tuple(told))


BOOKS = [read_book(name, folder) for name, folder in RULES.items()]
DUBU = BOOKS[0]


def of_each_book(each: Iterable[Book]) -> list[Any]:
    return [pytest.param(book, id=book.name) for book in each]


def every_scenario() -> Iterator[Any]:
    for book in BOOKS:
        for file, scenario in book.told:
            yield pytest.param(book, scenario, id=f"{book.name}/{file}: {scenario['scenarie']}")


def every_rule() -> Iterator[Any]:
    for book in BOOKS:
        for rule in book.every_rule:
            yield pytest.param(book, rule, id=f"{book.name}: {rule}")


def play(book: Book, scenario: dict[str, Any]) -> Outcome:
    """Tell what is given, then decide the request or judge the group."""
    teller = Teller(book.vocabulary, book.referee)
    for sentence in scenario.get("givet", []):
        teller.tell(sentence)
    when = scenario["når"]
    judged = book.vocabulary.judge.regex.fullmatch(when)
    return judge_group(teller, date.fromisoformat(judged["dato"])) if judged else decide(teller, when)


def decide(teller: Teller, when: str) -> Outcome:
    origin = Origin.HISTORY if when.startswith(HISTORY) else Origin.LIVE
    vocabulary = teller.vocabulary
    patterns = vocabulary.tries if origin is Origin.LIVE else vocabulary.given
    pattern, values = vocabulary.match(when.removeprefix(HISTORY), patterns)
    record = teller.record
    asked = teller.asked(teller.request(pattern.step, values, origin), values["sag"])
    decided = [teller.referee.decide(record[thing], request, record) for thing, request in asked.items()]
    findings = defaultdict(list)
    for decision in decided:
        for finding in decision.findings:
            findings[finding.rule].append(finding)
    return Outcome(findings, all(decision.allowed for decision in decided))


def judge_group(teller: Teller, on: date) -> Outcome:
    rulebook = teller.referee.rulebook
    world = World(fold(teller.events, by=on), rulebook, day(on))
    findings = defaultdict(list)
    for scope in JUDGED_KINDS:
        for rule in rulebook.rules:
            if rule.for_each == scope and not rule.steps:
                rows = [row for row in rows_of(scope, world) if judges(rule, row)]
                findings[rule.id] += [judge_group_rule(rule, row, world) for row in rows]
    return Outcome(findings)


def verdicts_of(outcome: Outcome, rule: str, said: str | dict[str, str]) -> Any:
    """The verdicts of a rule, in the way they are said: one for all its rows, or one for each row named."""
    names = {verdict: name for name, verdict in VERDICTS.items()}
    found = {finding.subject: names[finding.verdict] for finding in outcome.findings[rule]}
    if isinstance(said, dict):
        return {subject: found.get(subject) for subject in said}
    seen = set(found.values()) - ({"ikke relevant"} if len(set(found.values())) > 1 else set())
    return seen.pop() if len(seen) == 1 else found


def reasons_of(book: Book, outcome: Outcome, rule: str) -> str:
    """The reasons of a rule for whatever it judged, in Danish."""
    return " / ".join(say_finding(each, book.referee.rulebook).da for each in outcome.findings[rule])


@pytest.mark.parametrize(("book", "scenario"), list(every_scenario()))
def test_a_scenario_comes_out_as_told(book: Book, scenario: dict[str, Any]) -> None:
    assert set(scenario) <= KEYS
    assert set(scenario["så"]) <= EXPECTED
    outcome, wanted = play(book, scenario), expected(scenario)
    assert {rule: verdicts_of(outcome, rule, said) for rule, said in wanted.items()} == wanted
    if "afgørelse" in scenario["så"]:
        assert outcome.allowed is ALLOWED[scenario["så"]["afgørelse"]]
    clauses = scenario["så"].get("bestemmelser", {})
    found = {rule: {each.clause for each in outcome.findings[rule]} for rule in clauses}
    assert found == {rule: {clause} for rule, clause in clauses.items()}
    for rule, reason in scenario["så"].get("fordi", {}).items():
        assert reason.casefold() in reasons_of(book, outcome, rule).casefold()


@pytest.mark.parametrize(("book", "scenario"), list(every_scenario()))
def test_a_refusal_names_every_rule_that_stops_the_step(book: Book, scenario: dict[str, Any]) -> None:
    if scenario["så"].get("afgørelse") != "afvist":
        return
    found = play(book, scenario).findings
    stops = {rule for rule, findings in found.items() if any(finding.blocks for finding in findings)}
    assert stops <= expected(scenario).keys()


@pytest.mark.parametrize(("book", "rule"), list(every_rule()))
def test_every_rule_has_a_scenario_where_it_holds(book: Book, rule: str) -> None:
    assert "overholdt" in book.told_verdicts[rule]


@pytest.mark.parametrize(("book", "rule"), list(every_rule()))
def test_every_rule_has_a_scenario_where_it_breaks(book: Book, rule: str) -> None:
    assert rule in NEVER_BROKEN or "brudt" in book.told_verdicts[rule]


@pytest.mark.parametrize("book", of_each_book(BOOKS))
def test_a_scenario_names_only_rules_there_are(book: Book) -> None:
    rulebook = book.referee.rulebook
    steps = [step.id for process in rulebook.processes for step in process.steps]
    structural = {f"{step}/{what}" for step in steps for what in ("by", "from", "inputs", "ends", "history")}
    assert book.told_verdicts.keys() <= {rule.id for rule in rulebook.every_rule} | structural


@pytest.mark.parametrize("book", of_each_book(BOOKS))
def test_every_step_has_sentences(book: Book) -> None:
    steps = {step.id for process in book.referee.rulebook.processes for step in process.steps}
    assert {pattern.step for pattern in book.vocabulary.tries} == steps


@pytest.mark.parametrize("book", of_each_book(BOOKS))
def test_no_two_scenarios_have_one_name(book: Book) -> None:
    names = [scenario["scenarie"] for _, scenario in book.told]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("book", of_each_book(book for book in BOOKS if book is not DUBU))
def test_every_broken_rule_of_a_clause_is_told_with_its_clause_and_its_reason(book: Book) -> None:
    clauses = {rule.id: rule.clause for rule in book.referee.rulebook.every_rule if rule.clause}
    for _, scenario in book.told:
        broken = {rule for rule, said in expected(scenario).items() if said == "brudt" and rule in clauses}
        assert broken <= scenario["så"].get("bestemmelser", {}).keys(), scenario["scenarie"]
        assert broken <= scenario["så"].get("fordi", {}).keys(), scenario["scenarie"]


def test_a_sentence_that_no_pattern_fits_is_named() -> None:
    with pytest.raises(UnknownSentence, match="sætningen `månen er en ost` passer ikke til noget mønster"):
        Teller(DUBU.vocabulary, DUBU.referee).tell("månen er en ost")


def test_a_step_that_the_rules_refuse_cannot_be_given_as_done() -> None:
    teller = Teller(DUBU.vocabulary, DUBU.referee)
    teller.tell("ÆØ-1 er meldt ind som ændringsønske")
    with pytest.raises(AssertionError, match=r"kan ikke være sket: .*bestil/from"):
        teller.tell("KOMBIT har bestilt ÆØ-1 den 2025-05-01")


def test_what_a_placeholder_stands_for_is_read_as_its_fact() -> None:
    teller = Teller(DUBU.vocabulary, DUBU.referee)
    teller.tell("ÆØ-1 er meldt ind som ændringsønske")
    teller.tell("estimatet på ÆØ-1 er 1/2..1 års udviklingsbudget")
    value = teller.record["ÆØ-1"].facts["estimat-aar"].value
    assert isinstance(value, Span)
    assert (str(value.low), str(value.high)) == ("1/2", "1")
    assert read_when("2025-09") == Span(date(2025, 9, 1), date(2025, 9, 30))
