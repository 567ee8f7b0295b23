"""Every rule of DUBU's rulebook holds in one scenario and breaks in another, told in sentences of Danish."""

from collections import defaultdict
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
from governance.record import fold
from governance.referee import Referee
from governance.roster import judge_group_rule, judges
from governance.values import Span, day
from governance.vocabulary import JUDGED_KINDS
from governance.world import World, rows_of
from tests.scenarios.sentences import HISTORY, Teller, UnknownSentence, Vocabulary, read_vocabulary

RULES = Path(__file__).parents[2] / "rules" / "dubu"
SCENARIOS = Path(__file__).parent / "dubu"
KEYS = {"scenarie", "givet", "når", "så"}
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
class Outcome:
    """What came of a scenario: the findings by rule, and for a request whether it is allowed."""

    findings: dict[str, list[Finding]]
    allowed: bool | None = None


def referee_of_dubu() -> Referee:
    documents = read_folder(RULES / "2024-01-01")
    return Referee(parse_rulebook(documents, folder_digest(documents)))


REFEREE = referee_of_dubu()
VOCABULARY: Vocabulary = read_vocabulary(read(RULES / "scenarios-vocabulary.yaml"))
TOLD = [
    pytest.param(scenario, id=f"{path.stem}: {scenario['scenarie']}")
    for path in sorted(SCENARIOS.glob("*.yaml"))
    for scenario in read(path)
]


def play(scenario: dict[str, Any]) -> Outcome:
    """Tell what is given, then decide the request or judge the group."""
    teller = Teller(VOCABULARY, REFEREE)
    for sentence in scenario.get("givet", []):
        teller.tell(sentence)
    when = scenario["når"]
    judged = VOCABULARY.judge.regex.fullmatch(when)
    return judge_group(teller, date.fromisoformat(judged["dato"])) if judged else decide(teller, when)


def decide(teller: Teller, when: str) -> Outcome:
    origin = Origin.HISTORY if when.startswith(HISTORY) else Origin.LIVE
    patterns = VOCABULARY.tries if origin is Origin.LIVE else VOCABULARY.given
    pattern, values = VOCABULARY.match(when.removeprefix(HISTORY), patterns)
    record = teller.record
    decision = REFEREE.decide(record[values["sag"]], teller.request(pattern.step, values, origin), record)
    findings = defaultdict(list)
    for finding in decision.findings:
        findings[finding.rule].append(finding)
    return Outcome(findings, decision.allowed)


def judge_group(teller: Teller, on: date) -> Outcome:
    world = World(fold(teller.events, by=on), REFEREE.rulebook, day(on))
    findings = defaultdict(list)
    for scope in JUDGED_KINDS:
        for rule in REFEREE.rulebook.rules:
            if rule.for_each == scope and not rule.steps:
                rows = [row for row in rows_of(scope, world) if judges(rule, row)]
                findings[rule.id] += [judge_group_rule(rule, row, world) for row in rows]
    return Outcome(findings)


def expected(scenario: dict[str, Any]) -> dict[str, Any]:
    return scenario["så"].get("regler", {})


def verdicts_of(outcome: Outcome, rule: str, said: str | dict[str, str]) -> Any:
    """The verdicts of a rule, in the way they are said: one for all its rows, or one for each row named."""
    names = {verdict: name for name, verdict in VERDICTS.items()}
    found = {finding.subject: names[finding.verdict] for finding in outcome.findings[rule]}
    if isinstance(said, dict):
        return {subject: found.get(subject) for subject in said}
    seen = set(found.values()) - ({"ikke relevant"} if len(set(found.values())) > 1 else set())
    return seen.pop() if len(seen) == 1 else found


@pytest.mark.parametrize("scenario", TOLD)
def test_a_scenario_comes_out_as_told(scenario: dict[str, Any]) -> None:
    assert set(scenario) <= KEYS
    assert set(scenario["så"]) <= {"afgørelse", "regler"}
    outcome, wanted = play(scenario), expected(scenario)
    assert {rule: verdicts_of(outcome, rule, said) for rule, said in wanted.items()} == wanted
    if "afgørelse" in scenario["så"]:
        assert outcome.allowed is ALLOWED[scenario["så"]["afgørelse"]]


@pytest.mark.parametrize("scenario", TOLD)
def test_a_refusal_names_every_rule_that_stops_the_step(scenario: dict[str, Any]) -> None:
    if scenario["så"].get("afgørelse") != "afvist":
        return
    found = play(scenario).findings
    stops = {rule for rule, findings in found.items() if any(finding.blocks for finding in findings)}
    assert stops <= expected(scenario).keys()


def every_rule() -> list[str]:
    """The rules, and who may take a step and from where when a clause says so."""
    steps = [step for process in REFEREE.rulebook.processes for step in process.steps]
    bodies = [f"{step.id}/by" for step in steps if step.by_clause]
    states = [f"{step.id}/from" for step in steps if step.from_clause]
    return [rule.id for rule in REFEREE.rulebook.every_rule] + bodies + states


def told_verdicts() -> dict[str, set[str]]:
    told = defaultdict(set)
    for param in TOLD:
        (scenario,) = param.values
        for rule, said in expected(scenario).items():
            told[rule] |= set(said.values()) if isinstance(said, dict) else {said}
    return told


@pytest.mark.parametrize("rule", every_rule())
def test_every_rule_has_a_scenario_where_it_holds(rule: str) -> None:
    assert "overholdt" in told_verdicts()[rule]


@pytest.mark.parametrize("rule", [rule for rule in every_rule() if rule not in NEVER_BROKEN])
def test_every_rule_has_a_scenario_where_it_breaks(rule: str) -> None:
    assert "brudt" in told_verdicts()[rule]


def test_a_scenario_names_only_rules_there_are() -> None:
    steps = [step.id for process in REFEREE.rulebook.processes for step in process.steps]
    structural = {f"{step}/{what}" for step in steps for what in ("by", "from", "inputs")}
    assert told_verdicts().keys() <= {rule.id for rule in REFEREE.rulebook.every_rule} | structural


def test_every_step_has_sentences() -> None:
    steps = {step.id for process in REFEREE.rulebook.processes for step in process.steps}
    assert {pattern.step for pattern in VOCABULARY.tries} == steps


def test_no_two_scenarios_have_one_name() -> None:
    names = [param.values[0]["scenarie"] for param in TOLD]
    assert sorted(names) == sorted(set(names))


def test_a_sentence_that_no_pattern_fits_is_named() -> None:
    with pytest.raises(UnknownSentence, match="sætningen `månen er en ost` passer ikke til noget mønster"):
        Teller(VOCABULARY, REFEREE).tell("månen er en ost")


def test_a_step_that_the_rules_refuse_cannot_be_given_as_done() -> None:
    teller = Teller(VOCABULARY, REFEREE)
    teller.tell("ÆØ-1 er meldt ind som ændringsønske")
    with pytest.raises(AssertionError, match=r"kan ikke være sket: .*bestil/from"):
        teller.tell("KOMBIT har bestilt ÆØ-1 den 2025-05-01")


def test_what_a_placeholder_stands_for_is_read_as_its_fact() -> None:
    teller = Teller(VOCABULARY, REFEREE)
    teller.tell("ÆØ-1 er meldt ind som ændringsønske")
    teller.tell("estimatet på ÆØ-1 er 1/2..1 års udviklingsbudget")
    value = teller.record["ÆØ-1"].facts["estimat-aar"].value
    assert isinstance(value, Span)
    assert (str(value.low), str(value.high)) == ("1/2", "1")
    assert read_when("2025-09") == Span(date(2025, 9, 1), date(2025, 9, 30))
