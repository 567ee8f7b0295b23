"""A round: who may score, how much and when; sealed until closed; then totals, and how firmly they stand."""

import csv
import io
import json
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.cli.speaking import plain
from governance.model import Added, StepRefused
from governance.service import (
    add_item,
    advance,
    cast,
    close_round,
    correct,
    export_table,
    history,
    meeting,
    open_round,
    record_fact,
    record_thing,
    report,
    round_,
    rounds,
    steps,
    todo,
)
from tests.counts import count
from tests.service.asking import everything, problems, stored
from tests.service.meeting import CLOSES, MEETING, ROUND, at_once, group, opened_round, reasons

VALID = {"ÆØ-1": "5", "ÆØ-2": "3"}


def refused_and_stored(gov, *args, **kwargs):
    """A ballot that is refused: its reasons, with nothing stored but the refusal."""
    before = stored(gov)[0]
    receipt = cast(gov, *args, **kwargs)
    after = stored(gov)[0]
    assert not receipt.allowed
    assert len(after) == len(before) + 1
    assert isinstance(after[-1].payload, StepRefused)
    return reasons(receipt)


def totals(gov):
    (line,) = rounds(gov)
    return {item: total for item, total, _ in line.totals}


def closed(gov, **ballots):
    for organisation, scores in ballots.items():
        assert cast(gov, ROUND, organisation, scores).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    return round_(gov, ROUND)


def test_each_member_municipality_has_a_ballot(each_gov, clock):
    opened_round(each_gov, clock)
    assert cast(each_gov, ROUND, "Odense", VALID).allowed
    view = round_(each_gov, ROUND)
    assert [each.organisation for each in view.cast] == ["Odense"]
    assert view.missing == ("Aalborg", "Vejle")


def test_a_municipality_without_a_seat_cannot_score(gov, clock):
    opened_round(gov, clock)
    assert refused_and_stored(gov, ROUND, "Horsens", VALID) == {"kun-medlemskommuner-giver-point": "K20"}


@pytest.mark.parametrize("name", ["KL", "Socialstyrelsen", "KOMBIT", "Netcompany"])
def test_observers_the_vendor_and_kombit_cannot_score(gov, clock, name):
    opened_round(gov, clock)
    role = {"role": "observatoer", "from": "2026-01-05"}
    links = {"body": "referencegruppen", "organisation": name}
    record_thing(gov, f"del/{name}", "participant", links=links, facts=role, origin="live", source="x")
    assert refused_and_stored(gov, ROUND, name, VALID)["kun-medlemskommuner-giver-point"] == "K20"


def test_no_other_body_can_score_for_a_member(gov, clock):
    opened_round(gov, clock)
    assert refused_and_stored(gov, ROUND, "Odense", VALID, body="kombit") == {"giv-point/by": "K20"}


def test_a_municipality_cannot_score_twice(each_gov, clock):
    opened_round(each_gov, clock)
    assert cast(each_gov, ROUND, "Odense", VALID).allowed
    assert refused_and_stored(each_gov, ROUND, "Odense", {"ÆØ-3": "1"}) == {"en-seddel-hver": "K20"}


def test_a_ballot_that_was_never_cast_cannot_be_changed(gov, clock):
    opened_round(gov, clock)
    assert refused_and_stored(gov, ROUND, "Odense", VALID, change=True) == {"kun-egne-point-rettes": None}


def test_scores_are_taken_on_the_closing_day_and_not_after(gov, clock):
    opened_round(gov, clock)
    clock.set(CLOSES)
    assert cast(gov, ROUND, "Odense", VALID).allowed
    clock.set("2026-02-10")
    assert refused_and_stored(gov, ROUND, "Vejle", VALID) == {"point-foer-lukketid": None}
    late = refused_and_stored(gov, ROUND, "Odense", VALID, change=True)
    assert late == {"point-foer-lukketid": None}


def test_a_closed_round_takes_no_scores(gov, clock):
    opened_round(gov, clock)
    closed(gov, Odense=VALID)
    assert "giv-point/from" in refused_and_stored(gov, ROUND, "Vejle", VALID)
    assert "luk-runde/from" in reasons(close_round(gov, ROUND, "kombit"))


def test_only_kombit_closes_a_round(gov, clock):
    opened_round(gov, clock)
    assert reasons(close_round(gov, ROUND, "referencegruppen")) == {"luk-runde/by": None}


def test_a_ballot_may_spend_the_budget_and_no_more(gov, clock):
    opened_round(gov, clock, items=5)
    whole = {f"ÆØ-{number}": "4" for number in range(1, 6)}
    assert refused_and_stored(gov, ROUND, "Odense", {**whole, "ÆØ-1": "5"}) == {"pointpulje": None}
    assert cast(gov, ROUND, "Odense", whole).allowed


def test_one_item_may_get_five_points_and_no_more(gov, clock):
    opened_round(gov, clock)
    assert refused_and_stored(gov, ROUND, "Odense", {"ÆØ-1": "6"}) == {"hoejst-saa-mange-til-en-sag": None}
    assert cast(gov, ROUND, "Odense", {"ÆØ-1": "5"}).allowed


def test_everything_wrong_with_a_ballot_is_told_at_once(gov, clock):
    opened_round(gov, clock)
    clock.set("2026-02-10")
    assert refused_and_stored(gov, ROUND, "Horsens", {"ÆØ-1": "21"}) == {
        "kun-medlemskommuner-giver-point": "K20",
        "point-foer-lukketid": None,
        "pointpulje": None,
        "hoejst-saa-mange-til-en-sag": None,
    }


def test_an_item_that_is_not_in_the_round_gets_no_points(gov, clock):
    opened_round(gov, clock)
    (said,) = problems(cast, gov, ROUND, "Odense", {"ÆØ-9": "1"})
    assert "`ÆØ-9` is not" in said
    inputs = {"organisation": "Odense", "scores": "ÆØ-9=1; ÆØ-1=-2"}
    assert problems(advance, gov, ROUND, "giv-point", "referencegruppen", inputs=inputs)
    assert problems(cast, gov, ROUND, "Odense", {"ÆØ-1": "-2"})
    assert not round_(gov, ROUND).cast


def test_a_municipality_whose_term_ended_yesterday_cannot_score_and_one_whose_ends_today_can(gov, clock):
    opened_round(gov, clock)
    clock.set("2026-02-02")
    left = {"last_day": "2026-02-02"}
    assert advance(gov, "plads-1", "fratraed", "kombit", inputs=left).allowed
    assert cast(gov, ROUND, "Odense", VALID).allowed
    left = {"last_day": "2026-02-02"}
    assert advance(gov, "plads-2", "fratraed", "kombit", inputs=left).allowed
    clock.set("2026-02-03")
    assert refused_and_stored(gov, ROUND, "Vejle", VALID) == {"kun-medlemskommuner-giver-point": "K20"}


def test_a_changed_ballot_counts_once_with_its_newest_scores(each_gov, clock):
    opened_round(each_gov, clock)
    assert cast(each_gov, ROUND, "Odense", VALID).allowed
    assert cast(each_gov, ROUND, "Odense", {"ÆØ-1": "1"}, change=True).allowed
    assert cast(each_gov, ROUND, "Odense", {"ÆØ-3": "2"}, change=True).allowed
    view = closed(each_gov, Vejle={"ÆØ-3": "1"})
    assert totals(each_gov) == {"ÆØ-3": "3", "ÆØ-1": "0", "ÆØ-2": "0"}
    assert view.result.ballots == 2


def test_a_retry_with_the_same_key_casts_once(each_gov, clock):
    opened_round(each_gov, clock)
    first = cast(each_gov, ROUND, "Odense", VALID, key="k")
    events = stored(each_gov)[0]
    assert cast(each_gov, ROUND, "Odense", VALID, key="k") == first
    assert stored(each_gov)[0] == events


def test_of_two_ballots_of_one_municipality_cast_at_once_one_counts(each_gov, clock):
    opened_round(each_gov, clock)

    won = at_once(
        lambda: cast(each_gov, ROUND, "Odense", {"ÆØ-1": "5"}),
        lambda: cast(each_gov, ROUND, "Odense", {"ÆØ-2": "5"}),
    )
    assert sorted(won) == [False, True]
    closed(each_gov)
    assert totals(each_gov)["ÆØ-1" if won[0] else "ÆØ-2"] == "5"
    assert sorted(totals(each_gov).values()) == ["0", "0", "5"]


def test_a_round_gets_its_ballots_by_its_steps_alone(gov, clock):
    opened_round(gov, clock)
    cast(gov, ROUND, "Odense", VALID)
    events = stored(gov)[0]
    ballot = {"organisation": "Vejle", "round": ROUND}
    by_hand = ["a round gets its ballots by its steps; use `governance rounds cast`"]
    scores = {"scores": "ÆØ-1=5"}
    assert problems(record_thing, gov, "x", "ballot", links=ballot, facts=scores, source="x") == by_hand
    again = {"source": "x", "origin": "history"}
    assert problems(record_fact, gov, f"{ROUND}/Odense", "scores", "ÆØ-1=5", **again) == by_hand
    told = next(each.number for each in events if each.entity == f"{ROUND}/Odense" and each.version == 2)
    assert problems(correct, gov, told, reason="x", value="ÆØ-1=5") == by_hand
    settled = ["the items of a round and how it is counted are settled; close it, and open another"]
    assert problems(record_fact, gov, ROUND, "choices", "ÆØ-3", source="x") == settled
    assert problems(record_fact, gov, ROUND, "counting", "borda", source="x") == settled
    assert stored(gov)[0] == events


def test_a_round_is_over_items_until_a_day(gov, clock):
    group(gov, clock)
    wrong = problems(open_round, gov, "r", "referencegruppen", closes="2026-03", choices=["ÆØ-1", "plads-1"])
    assert wrong == [
        "`plads-1` is no item that can be scored; write the number of an item",
        "`2026-03` is not one day; write the day the round closes, as 2026-03-01",
    ]
    assert problems(open_round, gov, "r", "referencegruppen", closes=CLOSES)[0].startswith(
        "there are no items"
    )
    add_item(gov, "ÆØ-8", "aendringsoenske", "Et ønske")
    assert open_round(gov, "r", "referencegruppen", closes=CLOSES, choices=["ÆØ-8", "ÆØ-8"]).allowed
    assert [each.id for each in round_(gov, "r").choices] == ["ÆØ-8"]


def told_of(gov, folder, own=""):
    """Everything that anybody can read of a round without being the auditor."""
    tables = []
    for what in ("ballots", "events", "items"):
        path = folder / f"{what}.csv"
        path.unlink(missing_ok=True)
        export_table(gov, what, path)
        tables.append(path.read_text(encoding="utf-8"))
    ballots = [each.entity for each in everything(gov).events if _is_ballot(each)]
    views = [
        *(history(gov, id_) for id_ in (ROUND, *ballots)),
        round_(gov, ROUND, own=own),
        rounds(gov),
        meeting(gov, MEETING),
        steps(gov, ROUND),
        todo(gov),
        report(gov),
    ]
    return "\n".join([*tables, *(json.dumps(plain(view), ensure_ascii=False) for view in views)])


def _is_ballot(event):
    return isinstance(event.payload, Added) and event.payload.kind == "ballot"


def test_no_scores_are_seen_before_the_round_is_closed_and_all_are_after(gov, clock, tmp_path):
    """Telling numbers: a ballot of 19 in all, 4 at most, and one that was refused for 217."""
    opened_round(gov, clock, items=5)
    given = {"ÆØ-1": "4", "ÆØ-2": "4", "ÆØ-3": "4", "ÆØ-4": "4", "ÆØ-5": "3"}
    assert cast(gov, ROUND, "Odense", given).allowed
    assert not cast(gov, ROUND, "Vejle", {"ÆØ-1": "217"}).allowed
    assert cast(gov, ROUND, "Odense", given, change=True).allowed
    before = told_of(gov, tmp_path)
    line = "ÆØ-1=4; ÆØ-2=4"
    for secret in ("=217", "er 217", "is 217", line, "Pointene i alt er 19", "is 19"):
        assert secret not in before, secret
    assert "forseglet, til runden lukkes" in before
    assert "sealed until the round closes" in before
    assert dict(round_(gov, ROUND, own="Odense").own) == given
    assert not round_(gov, ROUND, own="Vejle").own
    close_round(gov, ROUND, "kombit")
    after = told_of(gov, tmp_path)
    for seen in ("=217", "er 217", "is 217", line, "Pointene i alt er 19", "is 19"):
        assert seen in after, seen
    assert "forseglet" not in after


def test_what_was_known_before_the_closing_is_sealed_as_it_was_then(gov, clock):
    opened_round(gov, clock)
    cast(gov, ROUND, "Odense", VALID)
    clock.set("2026-02-01")
    close_round(gov, ROUND, "kombit")
    clock.set("2026-02-05")
    earlier = round_(gov, ROUND, known="2026-01-20")
    assert (earlier.closed, earlier.result, earlier.known) == (False, None, "2026-01-20")
    assert round_(gov, ROUND).result is not None
    assert rounds(gov, known="2026-01-20")[0].totals == ()
    assert rounds(gov, known="2026-01-04") == ()


def test_a_meeting_that_was_moved_since_is_called_by_the_day_that_was_known(gov, clock):
    opened_round(gov, clock)
    (date,) = [each.event for each in meeting(gov, MEETING).facts if each.id == "date"]
    clock.set("2026-02-01")
    assert correct(gov, date, reason="flyttet", value="2026-02-12").allowed
    assert round_(gov, ROUND).meeting_called.en == "meeting 12 February 2026"
    assert round_(gov, ROUND, known="2026-01-20").meeting_called.en == "meeting 10 February 2026"


def test_a_closed_round_is_written_out_by_organisation_and_item(gov, clock, tmp_path):
    opened_round(gov, clock)
    told = {"organisation": "Horsens", "about": "ÆØ-1"}
    record_thing(gov, "s1", "ballot", links=told, facts={"score": "7"}, on="2025-03", source="referat")
    cast(gov, ROUND, "Odense", VALID)
    cast(gov, ROUND, "Odense", {"ÆØ-2": "4"}, change=True)
    assert written(gov, tmp_path / "a.csv") == [("", "Horsens", "ÆØ-1", "7")]
    closed(gov, Vejle={"ÆØ-1": "2", "ÆØ-3": "1"})
    assert written(gov, tmp_path / "b.csv") == [
        ("", "Horsens", "ÆØ-1", "7"),
        (ROUND, "Odense", "ÆØ-2", "4"),
        (ROUND, "Vejle", "ÆØ-1", "2"),
        (ROUND, "Vejle", "ÆØ-3", "1"),
    ]


def written(gov, path):
    export_table(gov, "ballots", path, language="en")
    text = path.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), dialect=csv.Sniffer().sniff(text))
    return [(row["round"], row["organisation"], row["item"], row["score"]) for row in rows]


def test_ties_are_shown_and_never_broken(gov, clock):
    opened_round(gov, clock)
    view = closed(gov, Odense={"ÆØ-3": "4"}, Vejle={"ÆØ-2": "4"})
    assert [(each.item.id, each.rank, each.tied_with) for each in view.result.tallies] == [
        ("ÆØ-2", 1, ("ÆØ-3",)),
        ("ÆØ-3", 1, ("ÆØ-2",)),
        ("ÆØ-1", 3, ()),
    ]
    first = view.result.margins[0]
    assert (
        first.said.en
        == "ÆØ-2 and ÆØ-3 are level; 1 point given otherwise turns it; 1 missing ballot can turn it"
    )
    assert view.result.missing == ("Aalborg",)


@settings(
    max_examples=count(reduced=5, full=100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Odense", "Vejle", "Aalborg", "Horsens", "KL"]),
            st.booleans(),
            st.dictionaries(st.sampled_from(["ÆØ-1", "ÆØ-2", "ÆØ-3"]), st.integers(0, 8), min_size=1),
        ),
        max_size=8,
    )
)
def test_whatever_is_tried_the_totals_are_those_of_each_members_newest_sound_ballot(
    tmp_path_factory, rulebooks, clock, tries
):
    from tests.service.conftest import opened

    gov = opened(f"sqlite:///{tmp_path_factory.mktemp('r') / 'r.sqlite'}", rulebooks, clock)
    opened_round(gov, clock)
    kept = {}
    for name, change, scores in tries:
        sound = (
            name in ("Odense", "Vejle", "Aalborg")
            and (name in kept) == change
            and sum(scores.values()) <= 20
            and max(scores.values()) <= 5
        )
        receipt = cast(gov, ROUND, name, {item: str(score) for item, score in scores.items()}, change=change)
        assert receipt.allowed == sound, (name, change, scores, reasons(receipt))
        if sound:
            kept[name] = scores
    assert round_(gov, ROUND).result is None
    close_round(gov, ROUND, "kombit")
    wanted = {item: sum(each.get(item, 0) for each in kept.values()) for item in ("ÆØ-1", "ÆØ-2", "ÆØ-3")}
    assert totals(gov) == {item: str(total) for item, total in wanted.items()}
    tallies = {each.item.id: each for each in round_(gov, ROUND).result.tallies}
    for one, other in combinations(wanted, 2):
        assert (wanted[one] == wanted[other]) == (other in tallies[one].tied_with)
        assert (wanted[one] > wanted[other]) == (tallies[one].rank < tallies[other].rank)
    gov.engine.dispose()
