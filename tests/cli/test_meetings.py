"""Meetings on the command line: from the plan to the conclusions."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from governance.service.opening import COPENHAGEN

TODAY = datetime.now(COPENHAGEN).date()
SEATED = {"plads-1": "Odense", "plads-2": "Vejle", "plads-3": "Aalborg"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the file with the group is kept once it is made."""
    return tmp_path_factory.mktemp("group") / "group.sqlite"


@pytest.fixture
def group(run, kept, tmp_path):
    """Seats with their holders, and two items ready to be prioritised."""
    own = tmp_path / "data" / "governance" / "governance.sqlite"
    if kept.exists():
        own.parent.mkdir(parents=True)
        shutil.copy(kept, own)
        return run
    make_group(run)
    with closing(sqlite3.connect(own)) as connection:
        connection.execute("VACUUM INTO ?", [str(kept)])
    return run


def make_group(run):
    live = ("--origin", "live", "--source", "x")
    assert run("add", "referencegruppen", "--kind", "body", "--fact", "places=3", *live).code == 0
    for seat, name in SEATED.items():
        told = ("--origin", "history", "--source", "x", "--on", TODAY - timedelta(days=1))
        assert run("add", seat, "--kind", "seat", "--link", "body=referencegruppen", *told).code == 0
        sits = ("--set", f"organisation={name}", "--set", f"from={TODAY}")
        assert run("advance", seat, "indsaet", "--by", "kombit", *sits, *told).code == 0
    for item in ("ÆØ-1", "ÆØ-2"):
        assert run("add", item, "--kind", "aendringsoenske", "--title", f"Ønske {item[-1]}").code == 0
        assert run("advance", item, "meld-klar", "--by", "kombit").code == 0


def planned(run, day=TODAY, id_="møde-1", *more):
    answer = run(
        "meetings", "plan", id_, "--date", day, "--body", "referencegruppen", "--title", "Vinter", *more
    )
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def meeting(group):
    """A meeting today with both items on its agenda."""
    planned(group)
    for item in ("ÆØ-1", "ÆØ-2"):
        assert group("meetings", "put", "møde-1", "prioritering", "--item", item).code == 0
    return group


def test_a_meeting_is_planned_with_its_facts_and_a_receipt(group):
    answer = planned(group, TODAY, "møde-1", "--set", "form=fysisk", "--set", "sted=kombit-koebenhavn")
    assert answer.out.startswith("møde-1: mødet er planlagt (begivenhed ")
    assert "Kvittering: " in answer.out
    told = group("meetings", "show", "møde-1").out
    assert "Mødeformen: fysisk" in told
    assert "Mødestedet: KOMBIT i København" in told


def test_a_plan_with_a_key_is_answered_once(group):
    first = planned(group, TODAY, "møde-1", "--key", "k")
    assert planned(group, TODAY, "møde-1", "--key", "k").out == first.out
    answer = group("meetings", "plan", "møde-1", "--date", TODAY, "--body", "referencegruppen")
    assert (answer.code, answer.err.split(";")[0]) == (2, "`møde-1` findes allerede")


def test_what_a_meeting_cannot_be_is_told_at_once(group):
    words = ("--date", "en dag", "--body", "referencgruppen", "--set", "form=telefon", "--language", "en")
    answer = group("meetings", "plan", "m", *words)
    assert answer.code == 2
    assert "`en dag`" in answer.err
    assert "`telefon`" in answer.err


def test_the_meetings_stand_in_a_list(group):
    assert group("meetings", "list").out == "Der er ingen møder.\n"
    planned(group)
    planned(group, TODAY + timedelta(days=200), "møde-2")
    _, later, sooner = group("meetings", "list").out.splitlines()
    assert later.startswith("møde-2")
    assert sooner.startswith("møde-1")
    assert "planlagt" in sooner
    assert [each["id"] for each in group("meetings", "list", "--json").json] == ["møde-2", "møde-1"]


def test_the_agenda_shows_what_is_on_and_what_is_ready(group):
    planned(group)
    before = group("meetings", "agenda", "møde-1").out
    assert "Der er intet på dagsordenen." in before
    assert "ÆØ-1 Ønske 1 (klar)" in before
    put = group("meetings", "put", "møde-1", "prioritering", "--item", "ÆØ-1")
    assert put.out.startswith("møde-1/6.1: sat på dagsordenen")
    after = group("meetings", "agenda", "møde-1").out
    assert "6.1 ÆØ-1 Ønske 1 (klar til prioritering)" in after
    assert "ÆØ-1 Ønske 1 (klar)" not in after
    found = group("meetings", "agenda", "møde-1", "--json").json
    assert [each["item"]["id"] for each in found["proposals"]] == ["ÆØ-2"]
    assert found["sections"][0][1][0]["number"] == "6.1"
    group("meetings", "put", "møde-1", "prioritering", "--item", "ÆØ-2")
    assert "Ingen flere sager er klar til den." in group("meetings", "agenda", "møde-1").out


def test_a_section_that_is_not_there_is_refused_with_what_may_be_meant(group):
    planned(group)
    answer = group("meetings", "put", "møde-1", "prioriterin", "--item", "ÆØ-1")
    assert answer.code == 2
    assert "mente du `prioritering`" in answer.err


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("present", "Til stede"),
        ("til-stede", "Til stede"),
        ("excused", "Afbud"),
        ("afbud", "Afbud"),
        ("expected", "Ventet"),
        ("ventet", "Ventet"),
    ],
)
def test_attendance_is_written_in_danish_or_english_words(meeting, word, told):
    assert meeting("meetings", "attend", "møde-1", "Odense", "expected").code == 0
    assert meeting("meetings", "attend", "møde-1", "Odense", word).code == 0
    shown = meeting("meetings", "show", "møde-1").out
    assert f"{told}: Odense" in shown
    assert "Medlemmer uden svar: Aalborg, Vejle" in shown


def test_another_word_for_attendance_is_refused(meeting):
    answer = meeting("meetings", "attend", "møde-1", "Odense", "perhaps")
    assert (answer.code, answer.out) == (2, "")
    assert "ventet, til-stede, afbud" in answer.err


def test_a_conclusion_takes_the_step_of_the_item(meeting):
    answer = meeting(
        "meetings", "conclude", "møde-1/6.1", "konkluder-prioritering", "--text", "Med", "--key", "k"
    )
    assert answer.code == 0, answer.out + answer.err
    assert "møde-1/6.1: konkluder-prioritering er konklusionen" in answer.out
    assert "Kvittering: " in answer.out
    assert "ÆØ-1" in meeting("items", "--state", "prioriteret").out
    shown = meeting("meetings", "show", "møde-1").out
    assert "→ Prioriteret i denne runde: Med" in shown
    again = meeting(
        "meetings", "conclude", "møde-1/6.1", "konkluder-prioritering", "--text", "Med", "--key", "k"
    )
    assert again.out.splitlines()[-1] == answer.out.splitlines()[-1]


def test_a_conclusion_the_rules_do_not_allow_is_refused_with_its_reasons(meeting):
    answer = meeting("meetings", "conclude", "møde-1/6.1", "konkluder-indstilling", "--language", "en")
    assert answer.code == 1
    assert "ÆØ-1: konkluder-indstilling is refused" in answer.out
    assert "K04a, broken: " in answer.out
    receipt = meeting("meetings", "conclude", "møde-1/6.1", "konkluder-indstilling", "--json")
    assert receipt.code == 1
    assert {each["rule"] for each in receipt.json["findings"] if each["blocks"]} == {
        "indstil/from",
        "prioriteret-foer-indstilling",
    }


def test_a_conclusion_that_cannot_be_read_or_is_overtaken_says_so(meeting):
    words = ("meetings", "conclude", "møde-1/6.1", "konkluder-prioritering")
    assert meeting(*words, "--set", "stemmer").code == 2
    assert meeting(*words, "--set", "stemme=1").code == 2
    assert meeting(*words, "--version", "1").code == 3
    assert meeting("meetings", "conclude", "møde-1", "konkluder-prioritering").code == 2
    assert meeting(*words, "--set", "stemmer=16", "--set", "prioritet=2").code == 0
    assert "16" in meeting("history", "ÆØ-1", "--json").out


def test_what_can_be_concluded_is_listed_on_the_day_and_not_before(meeting):
    assert "Kan konkluderes: konkluder-prioritering" in meeting("meetings", "show", "møde-1").out
    planned(meeting, TODAY + timedelta(days=30), "møde-2")
    meeting("meetings", "put", "møde-2", "prioritering", "--item", "ÆØ-1")
    assert "Kan konkluderes" not in meeting("meetings", "show", "møde-2").out


def test_the_deadline_of_the_dispatch_is_counted_in_days(group):
    planned(group, TODAY + timedelta(days=12))
    told = group("meetings", "show", "møde-1").out
    assert f"{TODAY + timedelta(days=5)} (om 5 dage)" in told
    planned(group, TODAY + timedelta(days=7), "møde-2")
    assert "(today)" in group("meetings", "show", "møde-2", "--language", "en").out
    planned(group, TODAY + timedelta(days=6), "møde-3")
    assert "(for 1 dag siden)" in group("meetings", "show", "møde-3").out


def test_the_rest_of_a_meetings_way_goes_by_steps(meeting):
    assert "indkald: Udsend dagsorden og materiale (KOMBIT) → indkaldt" in meeting("steps", "møde-1").out
    assert meeting("advance", "møde-1", "indkald", "--by", "kombit").code == 0
    assert meeting("advance", "møde-1", "afhold", "--by", "kombit").code == 0
    refused = meeting("advance", "møde-1", "skriv-referat", "--by", "kombit")
    assert refused.code == 1
    assert "Skriv for hvert punkt" in refused.out
    for point in ("møde-1/6.1", "møde-1/6.2"):
        assert meeting("meetings", "conclude", point, "udsaet-punkt", "--by", "kombit").code == 0
    assert meeting("way", "møde-1", "refereret").code == 0
    assert meeting("advance", "møde-1", "skriv-referat", "--by", "kombit").code == 0
    assert meeting("advance", "møde-1", "godkend-referat", "--by", "referencegruppen").code == 0
    assert "Afhold mødet (KOMBIT)" in meeting("history", "møde-1").out
    assert "Pladsen" not in meeting("steps", "plads-1").err


def test_a_meeting_that_is_not_there_is_refused(run):
    run("init")
    for words in (("show", "m"), ("agenda", "m"), ("put", "m", "velkomst", "--title", "x")):
        answer = run("meetings", *words)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.count("\n") == 1


def test_the_demo_shows_its_meetings_as_they_were_known(demo):
    assert "moede-2025-09" in demo("meetings", "list").out
    assert demo("meetings", "list", "--known", "2020-01-01").code in (0, 2)
    listed = demo("meetings", "list", "--json").json
    for each in listed:
        assert demo("meetings", "show", each["id"]).code == 0
        assert demo("meetings", "agenda", each["id"], "--json").code == 0
