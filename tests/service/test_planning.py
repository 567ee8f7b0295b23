"""A plan of successors over a record: which seats, which candidates, what is said of them."""

from fractions import Fraction

import openpyxl
import pytest

from governance.model import RequestError, Verdict
from governance.service import declare_complete, plan_seats, record_fact, record_thing
from governance.service.opening import looking
from governance.store import load_all

DAY = "2025-09-10"
HEAD = "organisation;tilsluttet;oenskede-pladsen;ledelse\n"
THREE = "Odense;ja;ja;ja\nAalborg;ja;ja;ja\nAarhus;ja;ja;ja\n"


def table(tmp_path, content, name="kandidater.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def refused(gov, **asked):
    """What is wrong with a question, in English; both languages say it."""
    with pytest.raises(RequestError) as error:
        plan_seats(gov, **{"on": DAY, **asked})
    assert all(problem.da.strip() and problem.da != problem.en for problem in error.value.problems)
    return [problem.en for problem in error.value.problems]


def names(set_):
    return [name for _, name in set_.sitting]


def verdict(findings, rule):
    return next(each.verdict for each in findings if each.rule == rule)


def test_without_a_file_every_organisation_of_the_kind_that_sits_is_a_candidate(demo):
    view = plan_seats(demo, on=DAY)
    assert (view.seats, view.candidates) == (("plads-2", "plads-6", "plads-8"), 98)
    assert verdict(view.before, "geografisk-spredning") is Verdict.BROKEN
    for each in view.best:
        assert verdict(each.findings, "geografisk-spredning") is Verdict.KEPT
        assert not each.keeps_musts  # of nobody it is known whether they are connected
    assert [each.number for each in view.best] == list(range(1, 21))
    first = view.best[0]
    assert [pick.about.da.split(";")[0] for pick in first.picks] == [
        "regionen: Region Hovedstaden",
        "regionen: Region Syddanmark",
        "regionen: Region Nordjylland",
    ]
    assert first.sets == 13 * 11 * 7
    assert {each.organisation: each.because.en for each in view.left_out}["Køge"] == (
        "Already has the seat `plads-4`"
    )


def test_a_plan_stores_nothing(demo, tmp_path):
    with looking(demo) as connection:
        before = load_all(connection)
    plan_seats(demo, on=DAY, candidates=table(tmp_path, HEAD + THREE), sets=["Odense, Aalborg, Aarhus"])
    with looking(demo) as connection:
        assert load_all(connection) == before


def test_a_seat_of_which_nothing_is_known_can_be_filled_when_it_is_named(demo):
    seats = ["plads-2", "plads-6", "plads-8", "plads-9"]
    view = plan_seats(demo, on=DAY, seats=[*seats, "plads-2"])
    assert view.seats == tuple(seats)
    assert verdict(view.best[0].findings, "ni-kommuner") is Verdict.KEPT


def test_from_2027_there_are_four_regions_and_only_two_are_missing_still(demo):
    view = plan_seats(demo, on="2027-01-01", seats=["plads-2", "plads-6", "plads-8", "plads-9"])
    assert verdict(view.before, "geografisk-spredning") is Verdict.BROKEN
    assert verdict(view.best[0].findings, "geografisk-spredning") is Verdict.KEPT
    assert len(view.classes) == 8


def test_candidates_come_from_a_table_by_id_or_label_and_what_is_empty_is_not_known(demo, tmp_path):
    head = "Kommune;Tilslutning til DUBU;kommunens ønske om pladsen;ledelse\n"
    rows = "odense;Ja;JA;ja\nAalborg;ja;;\nVejle;nej;;\nKøge;ja;ja;ja\nAarhus;ja;ja;nej\n"
    path = table(tmp_path, head + rows)
    view = plan_seats(demo, on=DAY, candidates=path)
    assert view.candidates == 5
    assert {each.organisation for each in view.left_out} == {"Vejle", "Køge"}
    assert names(view.best[0]) == ["Odense", "Aalborg", "Aarhus"]
    assert [(each.organisation, each.fact.id) for each in view.settle] == [("Aalborg", "oenskede-pladsen")]
    assert [(each.organisation, each.fact.id) for each in view.later] == [("Aalborg", "ledelse")]
    assert view.best[0].rank.musts_unknown == 3  # Aalborg's wish, the superusers, and who has the ninth seat
    assert Fraction(view.best[0].rank.short) == Fraction(1, 9)


@pytest.mark.parametrize("kind", ["xlsx", "jsonl"])
def test_candidates_may_stand_in_a_workbook_or_in_json_lines(demo, tmp_path, kind):
    path = tmp_path / f"k.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for line in (HEAD + THREE).splitlines():
            book.active.append(line.split(";"))
        book.save(path)
    else:
        path.write_text(
            '{"organisation": "Odense", "tilsluttet": true}\n{"kommune": "Aalborg"}\n'
            '{"organisation": "Aarhus"}\n',
            encoding="utf-8",
        )
    assert names(plan_seats(demo, on=DAY, candidates=path).best[0]) == ["Odense", "Aalborg", "Aarhus"]


def test_a_named_set_is_held_against_the_best_rule_by_rule(demo, tmp_path):
    path = table(tmp_path, HEAD + THREE + "Roskilde;ja;ja;nej\nVejle;;ja;ja\n")
    view = plan_seats(
        demo, on=DAY, candidates=path, sets=["roskilde; Aarhus, Odense", "Aalborg, Odense, Aarhus"]
    )
    worse, same = view.compared
    assert names(view.best[0]) == ["Odense", "Aalborg", "Aarhus"]
    than = {rule.rule: rule.than for rule in worse.rules}
    assert (worse.than, than["geografisk-spredning"], than["ledelseskompetence"]) == (
        "worse",
        "worse",
        "worse",
    )
    assert (than["ni-kommuner"], than["efterfoelger-er-tilsluttet"]) == ("same", "same")
    assert (same.than, {rule.than for rule in same.rules}) == ("same", {"same"})
    spread = next(rule for rule in worse.rules if rule.rule == "geografisk-spredning")
    assert "Region Nordjylland" in spread.best.en
    assert "Region Nordjylland" not in spread.here.en


def test_a_set_of_somebody_who_cannot_be_chosen_shows_the_must_that_is_broken(demo, tmp_path):
    path = table(tmp_path, HEAD + THREE + "Vejle;nej;ja;ja\n")
    (compared,) = plan_seats(demo, on=DAY, candidates=path, sets=["Vejle, Odense, Aalborg"]).compared
    assert compared.than == "worse"
    assert compared.successors.rank.musts_broken == 1


def test_when_the_record_is_complete_and_everybody_fits_the_best_set_keeps_every_must(demo, tmp_path):
    for town in (
        "Horsens",
        "Lolland",
        "Køge",
        "Fredensborg",
        "Glostrup",
        "Odense",
        "Aalborg",
        "Aarhus",
        "Roskilde",
    ):
        record_thing(
            demo, f"su-{town}", "superuser", links={"organisation": town}, facts={}, source="liste", on=DAY
        )
    path = table(tmp_path, HEAD + THREE + "Roskilde;ja;ja;ja\nVejle;ja;ja;ja\n")
    seats = ["plads-2", "plads-6", "plads-8", "plads-9"]
    view = plan_seats(demo, on=DAY, candidates=path, seats=seats)
    assert sorted(names(view.best[0])) == ["Aalborg", "Aarhus", "Odense", "Roskilde"]
    assert view.best[0].keeps_musts
    assert not view.best[1].keeps_musts


def test_everything_wrong_with_a_file_is_told_at_once_with_row_and_column(demo, tmp_path):
    rows = "kommune;tilsluttet;ledelse\nOdnse;ja;ja\nVejle;måske;ja\nVejle;ja;\n;ja;\nAalborg;ja;ja;x\n"
    assert refused(demo, candidates=table(tmp_path, rows)) == [
        "row 2, column `kommune`: there is no organisation `Odnse`; did you mean `Odense`?",
        "row 3, column `tilsluttet`: `måske` does not fit `tilsluttet`; write one of yes, no (several: A|B)",
        "row 4: `Vejle` is there already, in row 3; delete one",
        "row 5, column `kommune`: the cell is empty; write who the candidate is",
        "row 6: there is something in cell 4, and there are 3 columns",
    ]


def test_columns_that_are_unknown_missing_or_the_same_are_told(demo, tmp_path):
    rows = "tilslutet;ledelse;ledelsesansvar i kommunen\nja;ja;ja\n"
    assert refused(demo, candidates=table(tmp_path, rows)) == [
        "row 1, column `tilslutet`: the column `tilslutet` is not known; did you mean `tilsluttet`?",
        "row 1, column `ledelsesansvar i kommunen`: the column is the same as `ledelse`",
    ]
    assert refused(demo, candidates=table(tmp_path, "ledelse\nja\n")) == [
        "row 1: the column `organisation` is missing"
    ]
    lines = '{"organisation": "Odense", "farve": "rød"}\n{"ledelse": "ja"}\n'
    told = refused(demo, candidates=table(tmp_path, lines, "k.jsonl"))
    assert told[0].startswith("row 1, column `farve`: the column `farve` is not known")
    assert told[1] == "row 2, column `organisation`: the cell is empty; write who the candidate is"


def test_a_file_without_candidates_or_with_too_few_is_told(demo, tmp_path):
    assert refused(demo, candidates=table(tmp_path, HEAD)) == [
        "row 1: there are no candidates here; write a row for each"
    ]
    assert refused(demo, candidates=table(tmp_path, HEAD + "Odense;ja;ja;ja\n"), sets=["Odense"]) == [
        "there are 3 seats and only 1 candidates; name more, or fewer seats",
        "`Odense` names 1, and there are 3 seats; name as many",
    ]
    assert refused(demo, candidates=tmp_path / "x.csv") == [f"there is no file {tmp_path / 'x.csv'}"]


def test_sets_that_cannot_be_read_are_all_told(demo, tmp_path):
    path = table(tmp_path, HEAD + THREE)
    assert refused(demo, candidates=path, sets=["Odense, Odense, Aalbrg", "Odense, Aarhus"]) == [
        "there is no candidate `Aalbrg`; did you mean `Aalborg`?",
        "`Odense` is there twice in `Odense, Odense, Aalbrg`",
        "`Odense, Aarhus` names 2, and there are 3 seats; name as many",
    ]


def test_seats_that_cannot_be_filled_are_told(demo):
    assert refused(demo, seats=["plads-1", "plads-x"]) == [
        "the seat `plads-1` is held by Horsens on 10 September 2025; name a vacant one, or a later day",
        "there is no seat `plads-x`; did you mean `plads-9` or `plads-8`?",
    ]
    (none,) = refused(demo, on="2025-09-09")
    assert none.startswith("no seat is vacant for certain on 9 September 2025; ")
    assert none.endswith("name by --seats one nothing is known of: `plads-9`")


def test_a_seat_whose_holder_may_have_left_waits_for_the_last_day_to_be_recorded(gov):
    record_thing(gov, "s", "seat", links={"body": "referencegruppen"}, facts={}, source="x", on="2024-01-01")
    links = {"seat": "s", "organisation": "Odense"}
    record_thing(
        gov,
        "s/Odense",
        "term",
        links=links,
        facts={"from": "2024-01-01", "to": "2025-09"},
        source="x",
        on="2024-01-01",
    )
    (undecided,) = refused(gov, seats=["s"])
    assert undecided.startswith("it is undecided whether Odense holds the seat `s` on 10 September 2025; ")
    assert undecided.endswith("first record the last day (`last_day`) of the term `s/Odense`")
    record_fact(gov, "s/Odense", "last_day", "2025-09-01", source="x", on="2025-09-01", origin="history")
    declare_complete(gov, "s", on="2025-11-01")
    view = plan_seats(gov, on=DAY)
    assert view.seats == ("s",)
    assert view.candidates == 98  # those who once sat tell the kind
    assert not view.left_out
