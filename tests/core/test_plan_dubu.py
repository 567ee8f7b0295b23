"""Successors by DUBU's own rules: the seats vacant after September 2025, and all nine of them."""

from datetime import date

from governance.model import Origin, Verdict
from governance.roster.plan import Bench, Candidate, plan
from governance.values import day, number, word
from tests import dubu_book
from tests.example import Pen

DAY = date(2025, 9, 10)
MUNICIPALITIES = [each.id for each in dubu_book.BOOK.organisations if each.kind == "kommune"]


def dubu(*sitting, on=DAY):
    pen = Pen(origin=Origin.HISTORY)
    pen.add("referencegruppen", "body")
    pen.fact("referencegruppen", "places", number(9))
    for place in range(1, 10):
        pen.add(f"plads-{place}", "seat", body="referencegruppen")
        pen.complete(f"plads-{place}", day(on))
        if place <= len(sitting):
            pen.add(f"p{place}", "term", seat=f"plads-{place}", organisation=sitting[place - 1])
            pen.fact(f"p{place}", "from", day(date(2025, 1, 1)))
    seats = tuple(f"plads-{place}" for place in range(len(sitting) + 1, 10))
    return Bench(pen.record(on), dubu_book.BOOK, "referencegruppen", on, seats)


SIT = ("Horsens", "Lolland", "Køge", "Fredensborg", "Glostrup")


def verdicts(set_):
    return {each.rule: each.verdict for each in set_.body}


def test_dubus_best_sets_after_september_2025_bring_back_the_two_regions_that_are_missing():
    found = plan(dubu(*SIT), [Candidate(each) for each in MUNICIPALITIES])
    assert verdict_before(found, "geografisk-spredning") is Verdict.BROKEN
    regions = {
        each.id: each.facts["region"][0].meaning.word
        for each in dubu_book.BOOK.organisations
        if "region" in each.facts
    }
    for each in found.best:
        assert verdicts(each)["geografisk-spredning"] is Verdict.KEPT
        assert verdicts(each)["ni-kommuner"] is Verdict.KEPT
        assert {"nordjylland", "syddanmark"} <= {regions[name] for name in names(each)}
    assert len(found.best) == 20
    assert (
        len(found.classes) == 10
    )  # five regions, two sizes; of all it is unknown whether they are connected


def verdict_before(found, rule_):
    return next(each.verdict for each in found.before if each.rule == rule_)


def test_dubus_regions_are_four_on_the_first_of_january_2027():
    found = plan(dubu(*SIT, on=date(2027, 1, 1)), [Candidate(each) for each in MUNICIPALITIES])
    assert verdict_before(found, "geografisk-spredning") is Verdict.BROKEN
    assert verdicts(found.best[0])["geografisk-spredning"] is Verdict.KEPT
    assert len(found.classes) == 8


def test_nine_vacancies_and_all_municipalities_each_known_differently():
    answers = ("ja", "nej", None)
    told = []
    for place, name in enumerate(MUNICIPALITIES):
        facts = {
            ("organisation", "tilsluttet"): answers[place % 3],
            ("term", "ledelse"): answers[place // 3 % 3],
        }
        facts[("term", "oenskede-pladsen")] = ("ja", None)[place // 9 % 2]
        told.append(Candidate(name, {fact: word(value) for fact, value in facts.items() if value}))
    found = plan(dubu(), told)
    assert len(found.best) == 20
    assert verdicts(found.best[0])["geografisk-spredning"] is Verdict.KEPT
    assert {each.finding.rule for each in found.left_out} == {"efterfoelger-er-tilsluttet"}
    best = set(names(found.best[0]))
    kept = [each for each in found.best[0].terms if each.rule == "efterfoelger-er-tilsluttet"]
    assert {each.verdict for each in kept} == {Verdict.KEPT}
    assert len(best) == 9


def names(set_):
    return [name for _, name in set_.sitting]
