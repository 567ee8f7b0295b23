"""What the program around the service may add: listeners, facts it knows, folders of rules by name."""

import shutil
from dataclasses import replace
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from governance.model import Conflict, FactRecorded, RequestError, StepRefused, StepTaken
from governance.service import (
    FactSource,
    advance,
    audit_export,
    audit_recheck,
    cast,
    close_round,
    history,
    item,
    open_governance,
    record_fact,
    rules_folder,
    steps,
)
from governance.service.plugins import FACTS, LISTENERS, RULEBOOKS
from governance.service.recording import one_transaction
from governance.service.sealing import SEALED
from tests.service.asking import DECIDED, everything, new, problems, walk
from tests.service.meeting import ROUND, opened_round

ORDER = ("ÆØ-1", "bestil", "kombit")


def sized(size, **more):
    """A source that says how large every item is; an exception is raised."""

    def supply(_id, _day):
        if isinstance(size, Exception):
            raise size
        return size

    return replace(FactSource("item", "stoerrelse", "scale", "sagssystemet", supply), **more)


def knowing(gov, *sources):
    return replace(gov, facts=sources)


# ------------------------------------------------------------------------------------- listeners


@pytest.fixture
def heard():
    return []


@pytest.fixture
def listening(each_gov, heard):
    return replace(each_gov, listeners=(heard.append,))


def test_a_listener_is_told_of_each_transaction_once_it_is_stored(listening, heard):
    new(listening)
    advance(listening, "ÆØ-1", "meld-klar", "kombit")
    assert [[event.number for event in events] for events in heard] == [[1], [2]]
    assert heard[-1][0].hash == history(listening, "ÆØ-1")[-1].hash


def test_a_refusal_is_told_too(listening, heard):
    new(listening)
    assert not advance(listening, *ORDER).allowed
    assert isinstance(heard[-1][0].payload, StepRefused)


def test_a_listener_sees_what_is_stored(each_gov):
    seen = []
    listening = replace(each_gov, listeners=(lambda _: seen.append(history(each_gov, "ÆØ-1")),))
    new(listening)
    assert [len(events) for events in seen] == [1]


def test_events_of_one_transaction_are_told_together_and_none_when_it_fails(listening, heard):
    with one_transaction(listening) as connection:
        inside = replace(listening, within=connection)
        new(inside, "ÆØ-1")
        new(inside, "ÆØ-2")
        assert heard == []
    assert [[event.entity for event in events] for events in heard] == [["ÆØ-1", "ÆØ-2"]]
    with pytest.raises(RequestError):
        _two_of_one_number(listening)
    assert len(heard) == 1


def _two_of_one_number(gov):
    with one_transaction(gov) as connection:
        inside = replace(gov, within=connection)
        new(inside, "ÆØ-3")
        new(inside, "ÆØ-3")


def test_what_cannot_be_judged_or_came_too_late_is_not_told(listening, heard):
    new(listening)
    with pytest.raises(RequestError):
        advance(listening, "ÆØ-1", "flyv", "kombit")
    with pytest.raises(Conflict):
        advance(listening, "ÆØ-1", "meld-klar", "kombit", version=7)
    assert len(heard) == 1


def test_a_retry_is_not_told_again(listening, heard):
    new(listening)
    for _ in range(2):
        advance(listening, "ÆØ-1", "meld-klar", "kombit", key="k-1")
    assert len(heard) == 2


def test_a_listener_that_fails_is_logged_and_stops_neither_the_answer_nor_the_others(gov, heard, caplog):
    def failing(_events):
        raise ZeroDivisionError

    receipt = new(replace(gov, listeners=(failing, heard.append)))
    assert receipt.allowed
    assert len(heard) == 1
    assert "failing failed on events 1 to 1" in caplog.text


def test_a_listener_may_store_something_itself(gov):
    def answering(events):
        if events[0].entity == "ÆØ-1":
            new(gov, "ÆØ-2")

    new(replace(gov, listeners=(answering,)))
    assert [event.entity for event in everything(gov).events] == ["ÆØ-1", "ÆØ-2"]


def test_a_listener_sees_no_ballot_of_an_open_round(gov, clock, heard):
    opened_round(gov, clock)
    listening = replace(gov, listeners=(heard.append,))
    assert cast(listening, ROUND, "Odense", {"ÆØ-1": "5", "ÆØ-2": "3"}).allowed
    told = repr(heard)
    assert SEALED.da in told
    assert "ÆØ-1" not in told
    assert close_round(listening, ROUND, "kombit").allowed
    assert len(heard) == 2


# ----------------------------------------------------------------------------------------- facts


def test_a_supplied_fact_is_recorded_with_its_source_before_the_step_that_asks_for_it(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    assert not advance(gov, *ORDER).allowed
    known = knowing(gov, sized("S"))
    assert advance(known, *ORDER).allowed
    *_, fact, taken = everything(gov).events
    assert (fact.payload.fact, fact.source, fact.recorder) == ("stoerrelse", "sagssystemet", "")
    assert isinstance(taken.payload, StepTaken)


def test_a_step_that_does_not_ask_for_a_fact_asks_its_source_nothing(gov):
    new(gov)
    assert advance(knowing(gov, sized(ZeroDivisionError())), "ÆØ-1", "meld-klar", "kombit").allowed


def test_a_refused_step_keeps_what_it_was_refused_on(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    receipt = advance(knowing(gov, sized("XL")), *ORDER)
    assert [finding.clause for finding in receipt.findings if finding.blocks] == ["K23"]
    *_, fact, refused = everything(gov).events
    assert isinstance(fact.payload, FactRecorded)
    assert isinstance(refused.payload, StepRefused)


def test_a_decision_on_a_supplied_fact_is_made_again_without_its_function(gov, tmp_path):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    advance(knowing(gov, sized("XL")), *ORDER)
    file = tmp_path / "record.jsonl"
    audit_export(gov, file)
    assert audit_recheck(file).problems == ()


def test_what_is_recorded_already_is_not_recorded_again(gov):
    new(gov)
    known = knowing(gov, sized("XL"))
    for _ in range(2):
        advance(known, *ORDER)
    facts = [event for event in everything(gov).events if isinstance(event.payload, FactRecorded)]
    assert len(facts) == 1


def test_a_source_may_change_what_it_said_itself(gov):
    new(gov)
    for size in ("XL", "S"):
        advance(knowing(gov, sized(size)), *ORDER)
    facts = [
        event.payload.value.word
        for event in everything(gov).events
        if isinstance(event.payload, FactRecorded)
    ]
    assert facts == ["XL", "S"]


def test_a_source_that_contradicts_the_record_stops_the_step_until_they_agree(gov):
    new(gov)
    record_fact(gov, "ÆØ-1", "stoerrelse", "XL", source="leverandøren")
    known = knowing(gov, sized("S"))
    (problem,) = problems(advance, known, *ORDER)
    assert "`stoerrelse` of `ÆØ-1` is XL by “leverandøren”, but “sagssystemet” says S;" in problem
    assert len(everything(gov).events) == 2
    record_fact(gov, "ÆØ-1", "stoerrelse", "S", source="leverandøren")
    assert advance(known, *ORDER).findings


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (sized(ZeroDivisionError("hemmeligt")), "could not say `stoerrelse` of `ÆØ-1`; try again later"),
        (sized("enorm"), "enorm"),
        (sized("S", kind="number"), "gives `stoerrelse` as number, but the rules say scale"),
    ],
)
def test_a_source_that_errs_refuses_the_step_and_says_so(gov, source, said):
    new(gov)
    (problem,) = problems(advance, knowing(gov, source), *ORDER)
    assert said in problem
    assert "hemmeligt" not in problem
    assert len(everything(gov).events) == 1


def test_a_source_that_does_not_know_leaves_the_fact_unknown(gov):
    new(gov)
    advance(knowing(gov, sized(None)), *ORDER)
    assert len(everything(gov).events) == 2


def test_a_source_is_asked_what_held_on_the_day_of_the_step(gov):
    asked = []
    source = FactSource("item", "stoerrelse", "scale", "x", lambda id_, day: asked.append((id_, day)))
    new(gov)
    advance(knowing(gov, source), *ORDER)
    assert asked == [("ÆØ-1", date(2025, 11, 20))]


def test_a_page_shows_the_steps_as_they_would_be_judged_and_stores_nothing(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    before = len(everything(gov).events)
    known = knowing(gov, sized("S"))
    assert "bestil" not in {step.id for step in steps(gov, "ÆØ-1") if step.allowed}
    assert "bestil" in {step.id for step in steps(known, "ÆØ-1") if step.allowed}
    shown = item(known, "ÆØ-1")
    assert [(fact.id, fact.source) for fact in shown.facts] == [("stoerrelse", "sagssystemet")]
    assert len(everything(gov).events) == before
    assert advance(known, *ORDER, version=shown.line.version).allowed


def test_a_page_is_shown_though_a_source_errs(gov, caplog):
    new(gov)
    assert item(knowing(gov, sized(ZeroDivisionError("hemmeligt"))), "ÆØ-1").facts == ()
    assert "could not be used for a page" in caplog.text


# ---------------------------------------------------------------------------------- entry points


@pytest.fixture
def offered(monkeypatch):
    """Let an installed package offer things under entry points."""
    points = []
    monkeypatch.setattr(
        "governance.service.plugins.entry_points",
        lambda **wanted: metadata.EntryPoints(points).select(**wanted),
    )
    return lambda group, name, value: points.append(metadata.EntryPoint(name, f"{__name__}:{value}", group))


HEARD: list[object] = []
SIZES = sized("S")
HOUSING: Path = Path()


def test_an_installed_package_offers_listeners_and_facts(offered, tmp_path, monkeypatch):
    offered(LISTENERS, "log", "HEARD.append")
    offered(FACTS, "sizes", "SIZES")
    monkeypatch.setattr(metadata.EntryPoint, "load", lambda point: eval(point.attr))  # noqa: S307 - a test's own words
    gov = open_governance(f"sqlite:///{tmp_path / 'a.sqlite'}")
    assert gov.facts == (SIZES,)
    new(gov)
    assert len(HEARD) == 1
    gov.engine.dispose()


@pytest.mark.parametrize(("group", "value"), [(LISTENERS, "ORDER"), (FACTS, "ORDER"), (FACTS, "nowhere")])
def test_what_an_installed_package_offers_wrongly_is_refused_by_name(
    offered, tmp_path, monkeypatch, group, value
):
    offered(group, "broken", value)
    monkeypatch.setattr(metadata.EntryPoint, "load", lambda point: globals()[point.attr])
    (problem,) = problems(open_governance, f"sqlite:///{tmp_path / 'a.sqlite'}")
    assert f"the extension `broken` ({group}) cannot be used" in problem


def test_an_installed_package_offers_a_folder_of_rules_by_name(offered, tmp_path, monkeypatch):
    shutil.copytree(rules_folder(), tmp_path / "rules")
    offered(RULEBOOKS, "housing", "HOUSING")
    monkeypatch.setattr(metadata.EntryPoint, "load", lambda _: str(tmp_path / "rules"))
    gov = open_governance(f"sqlite:///{tmp_path / 'a.sqlite'}", Path("housing"))
    assert gov.folder == tmp_path / "rules"
    monkeypatch.setenv("GOVERNANCE_RULES", "housing")
    assert rules_folder() == tmp_path / "rules"
    gov.engine.dispose()
