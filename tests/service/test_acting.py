"""Steps: allowed or refused with every reason, stored either way, and won by one when two compete."""

import threading
from itertools import count
from pathlib import Path

import pytest

from governance.model import Conflict, StepRefused, Verdict
from governance.service import (
    Governance,
    add_item,
    advance,
    correct,
    history,
    item,
    items,
    record_fact,
    steps,
    way,
)
from governance.store import make_engine
from tests.service.asking import (
    DECIDED,
    READY,
    everything,
    new,
    not_kept,
    problems,
    rows_agree_with_events,
    stored,
    walk,
)

BODIES = ["referencegruppen", "projektgruppen", "kommunestyregruppen", "kombit", "netcompany"]


def large(gov):
    """An item that needs the steering group."""
    new(gov)
    record_fact(gov, "ÆØ-1", "estimat-aar", "1/2..1", source="grovestimatet")


def test_a_step_that_is_allowed_moves_the_item_and_is_stored_with_its_findings(gov):
    new(gov)
    receipt = advance(gov, "ÆØ-1", "meld-klar", "kombit", person="kontoret", recorder="sekretariatet")
    assert (receipt.event, receipt.version, receipt.allowed, receipt.state.id) == (2, 2, True, "klar")
    event = stored(gov)[0][-1]
    assert event.payload.findings == receipt.findings
    assert event.rulebook == gov.rulebooks.books[0].digest
    who = everything(gov).names
    told = event.payload.request
    assert (who[told.person], who[told.recorder]) == ("kontoret", "sekretariatet")
    assert event.recorder == told.recorder


def test_a_step_that_is_refused_moves_nothing_and_is_stored_with_all_reasons(gov):
    large(gov)
    receipt = advance(gov, "ÆØ-1", "bestil", "netcompany")
    assert (receipt.event, receipt.version, receipt.allowed, receipt.state.id) == (3, 2, False, "indmeldt")
    assert not_kept(receipt.findings) == {
        "bestil/by": Verdict.BROKEN,
        "bestil/from": Verdict.BROKEN,
        "indstillet-foer-bestilling": Verdict.BROKEN,
        "besluttet-foer-bestilling": Verdict.BROKEN,
        "stoerre-godkendes": Verdict.BROKEN,
    }
    assert history(gov, "ÆØ-1")[-1].kind == "refused"
    assert history(gov, "ÆØ-1")[-1].findings == receipt.findings
    assert rows_agree_with_events(gov)


def test_a_large_item_is_ordered_only_after_recommendation_decision_and_approval(gov):
    large(gov)
    for step, right in [*DECIDED, ("godkend", "kommunestyregruppen")]:
        order = advance(gov, "ÆØ-1", "bestil", "kombit")
        assert not order.allowed
        assert "stoerre-godkendes" in not_kept(order.findings)
        for wrong in set(BODIES) - {right}:
            refused = advance(gov, "ÆØ-1", step, wrong)
            assert not refused.allowed
            assert f"{step}/by" in not_kept(refused.findings)
        walk(gov, "ÆØ-1", [(step, right)])
    walk(gov, "ÆØ-1", [("bestil", "kombit")])
    assert rows_agree_with_events(gov)


def test_an_estimate_that_grows_after_the_approval_bars_the_order_again(gov):
    large(gov)
    walk(gov, "ÆØ-1", [*DECIDED, ("godkend", "kommunestyregruppen")])
    record_fact(gov, "ÆØ-1", "estimat-aar", "2", source="et nyt estimat")
    order = advance(gov, "ÆØ-1", "bestil", "kombit")
    assert not_kept(order.findings) == {"stoerre-godkendes": Verdict.BROKEN}
    walk(gov, "ÆØ-1", [("godkend", "kommunestyregruppen"), ("bestil", "kombit")])


def test_the_steps_shown_are_the_steps_decided(gov):
    large(gov)
    for step, body in READY:
        shown = {each.id: each for each in steps(gov, "ÆØ-1", body=body)}
        receipt = advance(gov, "ÆØ-1", step, body)
        assert shown[step].allowed == receipt.allowed
        assert shown[step].findings == receipt.findings
    assert [each.id for each in items(gov)[0].allowed_steps] == [
        each.id for each in steps(gov, "ÆØ-1") if each.allowed
    ]


def test_the_way_shown_can_be_walked(gov):
    large(gov)
    route = way(gov, "ÆØ-1", "bestilt")
    assert [leg.step.id for leg in route.legs] == [
        "meld-klar",
        "prioriter",
        "indstil",
        "beslut",
        "godkend",
        "bestil",
    ]
    walk(gov, "ÆØ-1", [(leg.step.id, leg.by[0].id) for leg in route.legs])
    assert way(gov, "ÆØ-1", "bestilt").legs == ()
    assert problems(way, gov, "ÆØ-1", "bestillt") == ["there is no state `bestillt`; did you mean `bestilt`?"]


def test_everything_wrong_with_a_request_is_said_at_once_and_nothing_stored(gov):
    new(gov)
    said = problems(advance, gov, "ÆØ-1", "bestill", "kombitt", reason="x" * 4001)
    assert said[0] == "there is no body `kombitt`; did you mean `kombit`?"
    assert said[1] == "the reason has 4001 characters; write at most 4000"
    assert said[2].startswith("there is no step `bestill`; did you mean `bestil`")
    assert len(stored(gov)[0]) == 1


def test_a_step_takes_only_the_facts_it_asks_for(gov):
    new(gov)
    walk(gov, "ÆØ-1", READY[:1])
    assert problems(
        advance, gov, "ÆØ-1", "prioriter", "referencegruppen", inputs={"stoerrelse": "M", "stemmer": "mange"}
    ) == [
        "there is no fact `stoerrelse`; there are stemmer, prioritet",
        "`mange` does not fit `stemmer`; write a number such as 3, 1/4 or 1/2..1",
    ]
    assert advance(gov, "ÆØ-1", "prioriter", "referencegruppen", inputs={"stemmer": "16"}).allowed
    assert [(fact.id, fact.value.da) for fact in item(gov, "ÆØ-1").facts] == [("stemmer", "16")]


def test_an_input_never_overrides_what_is_recorded(gov):
    new(gov)
    record_fact(gov, "ÆØ-1", "stemmer", "16", source="optællingen")
    walk(gov, "ÆØ-1", READY[:1])
    (said,) = problems(advance, gov, "ÆØ-1", "prioriter", "referencegruppen", inputs={"stemmer": "17"})
    assert said == "the fact `stemmer` is already recorded; correct it first if it is wrong"


def test_a_step_on_a_version_that_is_past_is_a_conflict(gov):
    new(gov)
    assert advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1).allowed
    with pytest.raises(Conflict) as conflict:
        advance(gov, "ÆØ-1", "prioriter", "referencegruppen", version=1)
    assert (conflict.value.entity, conflict.value.seen, conflict.value.current) == ("ÆØ-1", 1, 2)
    assert len(stored(gov)[0]) == 2


@pytest.mark.parametrize("version", [None, 1])
def test_of_two_who_take_the_same_step_at_once_exactly_one_wins(each_gov, version):
    new(each_gov)
    start, came = threading.Barrier(4), []

    def run():
        start.wait()
        try:
            came.append(
                "taken"
                if advance(each_gov, "ÆØ-1", "meld-klar", "kombit", version=version).allowed
                else "refused"
            )
        except Conflict:
            came.append("conflict")

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = "conflict" if version else "refused"
    assert sorted(came) == sorted(["taken", lost, lost, lost])
    assert rows_agree_with_events(each_gov)


def test_two_who_act_on_the_whole_and_on_its_track_see_each_other(each_gov):
    """The size of the whole decides about the track: nobody may act on a record the other is changing."""
    new(each_gov, "ÆØ-1")
    new(each_gov, "ÆØ-1/1", "spor", parent="ÆØ-1")
    walk(each_gov, "ÆØ-1/1", DECIDED)
    start, came = threading.Barrier(2), {}

    def record():
        start.wait()
        came["fact"] = record_fact(each_gov, "ÆØ-1", "stoerrelse", "XL", source="x").event

    def order():
        start.wait()
        came["order"] = advance(each_gov, "ÆØ-1/1", "bestil", "kombit")

    threads = [threading.Thread(target=record), threading.Thread(target=order)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if came["order"].event > came["fact"]:
        assert not came["order"].allowed
        assert not_kept(came["order"].findings) == {"stoerre-godkendes": Verdict.BROKEN}


def test_a_restart_keeps_everything(each_gov, clock):
    large(each_gov)
    walk(each_gov, "ÆØ-1", READY)
    advance(each_gov, "ÆØ-1", "bestil", "kombit")
    correct(each_gov, 2, reason="en fejl", value="1/8")
    before = item(each_gov, "ÆØ-1")
    each_gov.engine.dispose()
    again = Governance(
        make_engine(each_gov.engine.url.render_as_string(hide_password=False)), each_gov.rulebooks, clock
    )
    assert item(again, "ÆØ-1") == before
    again.engine.dispose()


# History


def test_history_is_stored_as_it_was_and_judged_never_refused(gov):
    new(gov, origin="history", source="et referat", on="2024-09")
    receipt = advance(
        gov, "ÆØ-1", "beslut", "referencegruppen", on="2024-09", origin="history", source="et referat"
    )
    assert receipt.allowed
    assert receipt.state.id == "besluttet"
    assert not_kept(receipt.findings)["beslut/by"] is Verdict.BROKEN
    assert not_kept(receipt.findings)["indstillet-foer-beslutning"] is Verdict.UNKNOWN
    assert history(gov, "ÆØ-1")[-1].origin == "history"
    assert rows_agree_with_events(gov)


def test_what_a_wrong_body_decided_in_the_past_opens_no_order_today(gov):
    new(gov, origin="history", source="x", on="2024-09")
    advance(gov, "ÆØ-1", "beslut", "referencegruppen", on="2024-09", origin="history", source="x")
    order = advance(gov, "ÆØ-1", "bestil", "kombit")
    assert not order.allowed
    assert "besluttet-foer-bestilling" in not_kept(order.findings)


# Acts entered late


def test_an_act_dated_before_the_latest_is_allowed_and_marked(gov):
    new(gov, on="2025-09-01")
    walk(gov, "ÆØ-1", [("hoer", "kombit")], on="2025-10-01")
    receipt = advance(gov, "ÆØ-1", "hoer", "kombit", on="2025-09-15")
    assert receipt.allowed
    assert [event.late for event in history(gov, "ÆØ-1")] == [False, False, True]


def test_an_act_that_takes_away_what_a_later_one_relied_on_needs_a_reason(gov):
    new(gov, on="2025-09-01")
    walk(gov, "ÆØ-1", [*READY, ("beslut", "projektgruppen")], on="2025-10-01")
    refused = advance(gov, "ÆØ-1", "parker", "kombit", on="2025-09-15")
    (late,) = [found for found in refused.blocking if found.rule == "parker/late"]
    assert not refused.allowed
    assert late.because.en == (
        "The step is dated before Report ready to be prioritised (event 2),"
        " which would then not have been allowed"
    )
    assert late.mend.en == "Give a reason, or correct the date"
    assert isinstance(stored(gov)[0][-1].payload, StepRefused)
    receipt = advance(gov, "ÆØ-1", "parker", "kombit", on="2025-09-15", reason="referatet kom først nu")
    assert receipt.allowed
    assert receipt.state.id == "besluttet"
    assert stored(gov)[0][-1].payload.request.reason == "referatet kom først nu"


def test_an_approval_dated_before_a_refusal_does_not_undo_the_refusal(gov):
    new(gov, on="2025-09-01")
    walk(gov, "ÆØ-1", [*READY, ("beslut", "projektgruppen")], on="2025-09-01")
    record_fact(gov, "ÆØ-1", "stoerrelse", "XL", source="leverandøren", on="2025-09-01")
    advance(gov, "ÆØ-1", "naegt-godkendelse", "kommunestyregruppen", on="2025-09-10")
    advance(gov, "ÆØ-1", "godkend", "kommunestyregruppen", on="2025-09-05", reason="fundet i referatet")
    receipt = advance(gov, "ÆØ-1", "bestil", "kombit", on="2025-09-12")
    assert not receipt.allowed
    assert receipt.state.id == "ikke-godkendt"


def test_history_is_not_a_way_around_the_rules(gov):
    new(gov, on="2025-09-01")
    said = problems(advance, gov, "ÆØ-1", "bestil", "kombit", on="2025-09-02", origin="history", source="x")
    assert said == ["`ÆØ-1` has been kept here from the start; take the step live, not as history"]
    add_item(gov, "ÆØ-2", "aendringsoenske", "Fra før", on="2025-01-01", origin="history", source="x")
    said = problems(advance, gov, "ÆØ-2", "bestil", "kombit", origin="history", source="x")
    assert said == ["history is what happened before today; write an earlier date, or take the step now"]
    said = problems(advance, gov, "ÆØ-2", "bestil", "kombit", on="2025-02-01", origin="history")
    assert said == ["the source is missing; write a text"]


def test_the_same_requests_with_the_same_salts_give_the_same_record_byte_for_byte(
    tmp_path, rulebooks, clock, monkeypatch
):
    from sqlalchemy import select

    from governance.store import reading, seals, upgrade
    from governance.store.schema import events

    rows = []
    for name in ("one", "two"):
        salts = count()
        monkeypatch.setattr(seals, "token_hex", lambda _bytes, salts=salts: f"{next(salts):032}")
        engine = make_engine(f"sqlite:///{Path(tmp_path) / name}")
        upgrade(engine)
        made = Governance(engine, rulebooks, clock)
        large(made)
        walk(made, "ÆØ-1", READY)
        advance(made, "ÆØ-1", "bestil", "netcompany")
        with reading(engine) as connection:
            rows.append(connection.execute(select(events)).all())
        engine.dispose()
    assert rows[0] == rows[1]


def test_a_step_is_not_taken_on_a_day_when_the_item_did_not_exist(gov):
    add_item(gov, "ÆØ-1", "aendringsoenske", "Fra før", on="2025-03", origin="history", source="x")
    assert problems(advance, gov, "ÆØ-1", "meld-klar", "kombit", on="2025-01-01") == [
        "`ÆØ-1` exists only since 2025-03-01; write a date after that"
    ]
    add_item(gov, "ÆØ-2", "aendringsoenske", "Fra før", on="..2025-03-01", origin="history", source="x")
    assert problems(advance, gov, "ÆØ-2", "meld-klar", "kombit", on="2025-01-01") == [
        "`ÆØ-2` did not exist yet on that day; write a later date"
    ]
