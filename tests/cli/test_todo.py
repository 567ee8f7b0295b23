"""What must be done, consultations, and several facts at once, on the command line."""

import re
from datetime import timedelta

from tests.cli.test_meetings import TODAY, group, kept, planned

__all__ = ["group", "kept"]


def test_tasks_stand_under_who_does_them(group):
    planned(group, TODAY + timedelta(days=12))
    group("meetings", "put", "møde-1", "prioritering", "--item", "ÆØ-1")
    until = TODAY + timedelta(days=5)
    told = group("todo").out
    kombit, body = told.split("\nreferencegruppen\n")
    assert f"(senest {until}) [K18]" in kombit
    assert "  møde-1 Vinter: Udsend dagsorden og materiale\n" in kombit
    assert "  ÆØ-1 Ønske 1: Prioritér, eller Prioritér ikke i denne runde\n" in body
    english = group("todo", "--language", "en").out
    assert f"(no later than {until}) [K18]" in english
    assert "K18" not in group("todo", "--days", "4").out


def test_what_is_late_comes_first_and_says_so(group):
    planned(group, TODAY + timedelta(days=6))
    lines = group("todo").out.splitlines()
    assert f"(for sent, senest {TODAY - timedelta(days=1)})" in " ".join(lines[3:6])


def test_each_municipality_has_its_own_heading_for_its_ballot(group):
    closes = TODAY + timedelta(days=3)
    group("rounds", "open", "r", "--body", "referencegruppen", "--closes", closes, "--item", "ÆØ-1")
    group("rounds", "cast", "r", "--as", "Vejle", "ÆØ-1=1")
    told = group("todo").out
    for name in ("Aalborg", "Odense"):
        assert re.search(rf"\n{name}\n  r runde til [^:]+: Giv point i runden \(senest {closes}\)\n", told)
    assert "\nVejle\n" not in told


def test_a_number_of_days_is_a_whole_number(group):
    answer = group("todo", "--days", "en uge")
    assert (answer.code, answer.err) == (2, "`en uge` er ikke et antal dage; skriv et helt tal\n")


def test_nothing_to_do_is_said(run):
    run("init")
    assert "Der er intet at gøre." in run("todo").out
    assert run("todo", "--json").json["tasks"] == []


def test_the_tasks_of_the_demo_as_of_the_agenda(demo):
    assert demo("todo", "--on", "2025-09-09", "--days", "30").code == 0
    assert demo("todo", "--on", "2025-09-09", "--json").json["days"] == 7


def test_somebody_is_consulted_and_answers(group):
    asked = group("consult", "ÆØ-1", "--of", "kvalitetspanelet", "--question", "Giver det mening?")
    assert asked.code == 0
    assert "ÆØ-1: kvalitetspanelet er spurgt" in asked.out
    assert "`governance answer ÆØ-1/consultation`" in asked.out
    assert "\nkvalitetspanelet\n  ÆØ-1 Ønske 1: Svar på høringen\n" in group("todo").out
    answered = group("answer", "ÆØ-1/consultation", "--text", "Ja", "--key", "k")
    assert answered.code == 0
    assert "svaret er skrevet ned" in answered.out
    assert "Kvittering: " in answered.out
    assert group("answer", "ÆØ-1/consultation", "--text", "Ja", "--key", "k").out == answered.out
    assert "kvalitetspanelet" not in group("todo").out
    again = group("consult", "ÆØ-1", "--of", "leverandøren", "--question", "Hvor dyrt?")
    assert "`governance answer ÆØ-1/consultation-2`" in again.out


def test_a_consultation_the_rules_do_not_allow_is_refused(group):
    asked = ("consult", "ÆØ-1", "--of", "KL", "--question", "Hvad?")
    assert group(*asked, "--by", "projektgruppen").code == 1
    group("advance", "ÆØ-1", "prioriter", "--by", "referencegruppen")
    refused = group(*asked, "--language", "en")
    assert refused.code == 1
    assert "the consultation is refused" in refused.out
    assert group("answer", "ÆØ-1", "--text", "Ja").code == 2


def test_several_facts_are_written_down_at_once_or_none(group):
    facts = ("record", "ÆØ-1", "estimat-aar=1/4", "--set", "stoerrelse=M", "--source", "Netcompany")
    answer = group(*facts)
    assert answer.code == 0
    assert answer.out.startswith("ÆØ-1: estimat-aar og stoerrelse er skrevet ned")
    english = group(*facts, "--language", "en").out
    assert english.startswith("ÆØ-1: estimat-aar and stoerrelse are written down")
    before = group("history", "ÆØ-1").out
    wrong = group("record", "ÆØ-1", "estimat-aar=x", "--set", "stoerrelse=Q", "--source", "x")
    assert (wrong.code, len(wrong.err.splitlines())) == (2, 2)
    assert group("record", "ÆØ-1", "stoerrelse=M", "--set", "stoerrelse=L", "--source", "x").code == 2
    assert group("history", "ÆØ-1").out == before
