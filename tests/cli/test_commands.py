"""Every command: done, refused, not usable, overtaken; in words for a secretary and as JSON."""

import re

import pytest

from governance.cli import cli
from governance.cli.bilingual import Command, Group
from tests.cli.test_usage import COMMANDS

STEPS = [
    ("meld-klar", "kombit"),
    ("prioriter", "referencegruppen"),
    ("indstil", "referencegruppen"),
    ("beslut", "projektgruppen"),
    ("godkend", "kommunestyregruppen"),
    ("bestil", "kombit"),
]


def test_init_makes_the_database_and_says_where(run, tmp_path):
    answer = run("init")
    path = tmp_path / "data" / "governance" / "governance.sqlite"
    assert (answer.code, answer.out.replace("\n", " ").strip()) == (0, f"Databasen er klar: {path}")
    assert path.exists()
    assert run("init", "--json").json == {"database": str(path), "entered": 0}


def test_init_with_the_demo_enters_it_once(run):
    first, second = run("init", "--demo", "--json"), run("init", "--demo", "--json")
    assert first.json["entered"] > 100
    assert second.json["entered"] == 0
    assert "ÆØ-1434" in run("items").out


def test_the_demo_has_a_file_of_its_own(run, tmp_path):
    answer = run("demo", "--no-serve")
    assert answer.code == 0
    assert answer.out.startswith("Demoen ligger i")
    assert (tmp_path / "data" / "governance" / "demo.sqlite").exists()
    assert "allerede indført" in " ".join(run("demo", "--no-serve").out.split())
    nothing = run("items")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("der er intet register i ")
    assert run("init").code == 0
    assert re.match(r"Der er ingen sager i ?\S+;", "".join(run("items").out.splitlines()))
    elsewhere = tmp_path / "another" / "place.sqlite"
    assert run("demo", "--no-serve", "--json", "--database", elsewhere).json["database"] == str(elsewhere)


def test_an_item_is_added_and_listed(run, item):
    assert run("items").out == (
        "Nummer  Tilstand  Type           Titel\nÆØ-1    indmeldt  ændringsønske  Et ønske\n"
    )
    assert (
        run("items", "--language", "en").out.splitlines()[1] == "ÆØ-1    received  change request  Et ønske"
    )
    (line,) = run("items", "--json").json
    assert (line["id"], line["state"]["id"], line["version"], line["complete"]) == (
        "ÆØ-1",
        "indmeldt",
        1,
        True,
    )


def test_a_thing_of_the_group_is_added_with_links_and_facts(run):
    seat = ("add", "plads-1", "--kind", "seat", "--link", "body=referencegruppen", "--source", "listen")
    assert run(*seat).code == 0
    term = (
        "--link",
        "seat=plads-1",
        "--link",
        "organisation=Horsens",
        "--fact",
        "from=2024-02-29",
        "--source",
        "listen",
        "--origin",
        "history",
    )
    answer = run("add", "p1/Horsens", "--kind", "term", *term, "--json")
    assert (answer.code, answer.json["version"]) == (0, 2)
    assert "29. februar 2024" in run("seats", "show").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "ønske", "--title", "x"), "sagstypen `ønske` findes ikke"),
        (("--kind", "aendringsoenske"), "titlen mangler; skriv en tekst"),
        (("--kind", "aendringsoenske", "--title", "x", "--on", "2099-01-01"), "er i fremtiden"),
        (
            ("--kind", "aendringsoenske", "--title", "x", "--on", "2019-01-01"),
            "intet regelsæt dækker 1. januar 2019",
        ),
        (("--kind", "spor", "--title", "x", "--parent", "ÆØ-9"), "sagen `ÆØ-9` findes ikke"),
        (
            ("--kind", "aendringsoenske", "--title", "x", "--fact", "stemmer=3"),
            "brug `governance record` til en sag",
        ),
        (("--kind", "seat", "--source", "x"), "`seat` mangler body"),
        (("--kind", "seat", "--link", "referencegruppen", "--source", "x"), "skriv NAVN=VÆRDI"),
        (
            ("--kind", "aendringsoenske", "--title", "x", "--origin", "rygte"),
            "oprindelsen `rygte` findes ikke",
        ),
    ],
)
def test_an_item_that_cannot_be_added_is_said_in_one_sentence(run, words, said):
    answer = run("add", "ÆØ-1", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_fact_is_recorded_with_its_source(run, item):
    answer = run("record", item, "estimat-aar=1/2..1", "--source", "grovestimatet")
    done, receipt = answer.out.splitlines()
    assert (answer.code, done) == (0, "ÆØ-1: estimat-aar er skrevet ned (begivenhed 2, version 2)")
    assert re.fullmatch(r"Kvittering: 2:[0-9a-f]{64}", receipt)
    assert "Estimatet: ½–1 års udviklingsbudget" in run("history", item).out
    assert run("record", item, "forslag=a=b", "--source", "x", "--json").json["event"] == 3


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("estimat-aar=x", "skriv et tal som 3, 1/4 eller 1/2..1"),
        ("estimat-aar=1,250", "kan læses på to måder"),
        ("estimat=3", "oplysningen `estimat` findes ikke; mente du `estimat-"),
        ("estimat-aar", "`estimat-aar` kan ikke læses; skriv NAVN=VÆRDI"),
        ("stoerrelse=m", "skriv et af ordene XS, S, M, L, XL"),
        ("forslag=a\0b", "fjern styretegn"),
    ],
)
def test_a_fact_that_does_not_fit_is_said_in_one_sentence(run, item, fact, said):
    answer = run("record", item, fact, "--source", "x")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("record", "ÆØ-1", "stemmer=3", "--source", "x", "--version", "1"),
            ("  Stemmetallet: 3", "  The number of votes: 3"),
        ),
        (
            ("advance", "ÆØ-1", "meld-klar", "--by", "kombit", "--version", "1"),
            (
                "  Meld klar til prioritering (KOMBIT): indmeldt → klar til prioritering",
                "  Report ready to be prioritised (KOMBIT): received → ready to be prioritised",
            ),
        ),
    ],
)
def test_whoever_comes_second_is_told_of_it_and_of_what_happened_meanwhile(run, item, words, told):
    assert run(*words).code == 0
    answer = run(*words)
    assert (answer.code, answer.out) == (3, "")
    said, meanwhile = answer.err.splitlines()
    assert said == "`ÆØ-1` er ændret siden: den er nu version 2, du så 1; se igen. Imens er der sket:"
    assert meanwhile == told[0]
    said, meanwhile = run(*words, "--language", "en").err.splitlines()
    assert said == "`ÆØ-1` has changed: it is now version 2, you saw 1; look again. Meanwhile this happened:"
    assert meanwhile == told[1]


def test_a_command_repeated_with_its_key_gets_the_first_answer(run, item):
    words = (
        "advance",
        "ÆØ-1",
        "meld-klar",
        "--by",
        "kombit",
        "--version",
        "1",
        "--key",
        "møde 9.9., punkt 3",
    )
    first, again = run(*words), run(*words)
    assert (again.code, again.out) == (0, first.out)
    other = run("record", "ÆØ-1", "stemmer=3", "--source", "x", "--key", "møde 9.9., punkt 3")
    assert (other.code, other.out) == (2, "")
    assert "er brugt til noget andet (begivenhed 2); tag en ny nøgle" in other.err


def test_an_item_is_advanced_through_the_whole_way(run, item):
    run("record", item, "estimat-aar=1/2..1", "--source", "x")
    for step, body in STEPS:
        answer = run("advance", item, step, "--by", body)
        assert answer.code == 0, answer.out
    assert "bestil er taget; nu bestilt (begivenhed 8, version 8)" in answer.out
    assert run("items", "--json").json[0]["state"]["id"] == "bestilt"


def test_a_refusal_names_every_reason_with_its_clause_and_what_would_mend_it(run, item):
    run("record", item, "estimat-aar=1/2..1", "--source", "x")
    answer = run("advance", item, "bestil", "--by", "netcompany")
    assert (answer.code, answer.err) == (1, "")
    assert answer.out.startswith("ÆØ-1: bestil er afvist; stadig indmeldt (begivenhed 3)\n")
    assert re.findall(r"^  (\w+), brudt: ", answer.out, re.MULTILINE) == ["vores", "K22", "K21", "K22", "K23"]
    assert answer.out.count("Afhjælpes: ") == 5
    told = run("advance", item, "bestil", "--by", "netcompany", "--json")
    assert told.code == 1
    assert told.json["allowed"] is False
    assert (
        "is refused; still received"
        in run("advance", item, "bestil", "--by", "kombit", "--language", "en").out
    )
    assert run("history", item).out.count("blev nægtet") == 3


def test_a_step_takes_its_facts_and_a_reason_and_people(run, item):
    run("advance", item, "meld-klar", "--by", "kombit")
    people = ("--person", "formanden", "--recorder", "sekretariatet", "--reason", "aftalt")
    assert (
        run("advance", item, "prioriter", "--by", "referencegruppen", "--fact", "stemmer=16", *people).code
        == 0
    )
    assert "Stemmetallet: 16" not in run("history", item).out
    assert run("advance", item, "indstil", "--by", "referencegruppen", "--fact", "x=1").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bestill", "--by", "kombit"), "skridtet `bestill` findes ikke; mente du `bestil`?"),
        (("bestil", "--by", "kombitt"), "organet `kombitt` findes ikke; mente du `kombit`?"),
        (("bestil", "--by", "kombit", "--on", "i går"), "`i går` er ikke en dato"),
        (
            ("bestil", "--by", "kombit", "--fact", "a=1", "--fact", "a=2"),
            "`a` er givet to gange; giv den én gang",
        ),
        (("bestil", "--by", "kombit", "--version", "٣"), "`٣` er ikke en version; skriv et helt tal"),
    ],
)
def test_a_step_that_cannot_be_judged_is_said_in_one_sentence(run, item, words, said):
    answer = run("advance", item, *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_history_entered_afterwards_is_stored_and_its_faults_told(run):
    history = ("--origin", "history", "--source", "et referat", "--on", "2024-09")
    run("add", "ÆØ-2", "--kind", "aendringsoenske", "--title", "x", *history)
    answer = run("advance", "ÆØ-2", "beslut", "--by", "referencegruppen", *history)
    assert answer.code == 0
    assert "K22, brudt: Skridtet tages af projektgruppen" in answer.out
    assert "[historik]" in run("history", "ÆØ-2").out


def test_an_event_is_corrected(run, item):
    run("record", item, "stemmer=61", "--source", "x")
    answer = run("correct", "2", "--reason", "byttet om", "--value", "16")
    done, receipt = answer.out.splitlines()
    assert (answer.code, done) == (0, "ÆØ-1: begivenhed 2 er rettet (begivenhed 3, version 3)")
    assert receipt.startswith("Kvittering: 3:")
    told = run("history", item).out
    assert "[rettet]" in told
    assert "Stemmetallet: 16" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("7", "--reason", "x"), "begivenhed 7 findes ikke"),
        (("to", "--reason", "x"), "`to` er ikke nummeret på en begivenhed; skriv et helt tal"),
        (("1",), "--reason mangler; se --help"),
    ],
)
def test_a_correction_that_cannot_be_made_is_said_in_one_sentence(run, item, words, said):
    answer = run("correct", *words)
    assert answer.code == 2
    assert said in answer.err


def test_a_record_is_declared_complete(demo):
    assert demo("complete", "tilbagemelding-05", "--on", "2025-09-09", "--source", "sekretariatet").code == 0
    assert demo("complete", "tilbagemelding-99").code == 2


def test_the_steps_are_shown_with_the_reasons_of_those_that_begin_here(demo):
    answer = demo("steps", "ÆØ-1434/1")
    assert answer.code == 0
    allowed, lacking, near, far = re.split(r"\n\n", answer.out)
    assert "meld-klar: Meld klar til prioritering (KOMBIT)" in allowed
    assert "forelaeg: " in lacking
    assert "--fact: forslag" in lacking
    assert "opdel: " in near
    assert "bestil " in far
    assert "K23" not in answer.out
    everything = demo("steps", "ÆØ-1434/1", "--all").out
    assert "K23, ukendt: En større opgave" in everything
    found = {step["id"]: step for step in demo("steps", "ÆØ-1434/1", "--json").json}
    assert "K23" in [finding["clause"] for finding in found["bestil"]["findings"]]
    assert "decision" not in found["bestil"]
    asked = demo("steps", "ÆØ-1434/1", "--by", "netcompany", "--json").json
    assert not any(step["allowed"] for step in asked if step["id"] == "meld-klar")


def test_the_way_to_a_state_is_shown_step_by_step(demo):
    answer = demo("way", "ÆØ-1434/1", "bestilt")
    assert answer.code == 0
    assert "5. Godkend i styregruppen (kommunestyregruppen) → godkendt i styregruppen" in answer.out
    assert demo("way", "ÆØ-1434/1", "indmeldt").out == "ÆØ-1434/1 er allerede indmeldt.\n"
    assert demo("way", "ÆØ-1434/1", "bestilt", "--json").json["found"] is True
    assert demo("way", "ÆØ-1434/1", "bestildt").code == 2


def test_a_state_that_no_way_leads_to_is_refused(demo):
    answer = demo("way", "tilbagemelding-02", "indmeldt")
    assert (answer.code, answer.out) == (1, "Reglerne giver ingen vej til indmeldt.\n")


def test_the_seats_are_shown_on_a_date_with_what_the_rules_say(demo):
    answer = demo("seats", "show", "--on", "2025-09-10")
    assert answer.code == 1
    assert re.search(r"plads-2 +nej +Middelfart +senest 9. september 2025 +9. september 2025", answer.out)
    assert "K06  Medlemmerne kommer fra ni kommuner: brudt" in answer.out
    view = demo("seats", "show", "referencegruppen", "--on", "2025-09-09", "--json").json
    assert [seat["occupied"] for seat in view["seats"]] == ["ja"] * 8 + ["?"]
    assert {"from", "to"} <= view["seats"][0].keys()
    assert demo("seats", "show", "--on", "2019-01-01").code == 2


def test_the_report_gives_every_clause_its_verdict(demo):
    answer = demo("report", "--on", "2025-09-09")
    assert answer.code == 1
    assert re.search(r"^K06  ukendt: ", answer.out, re.MULTILINE)
    assert re.search(r"^K01  –: ", answer.out, re.MULTILINE)
    view = demo("report", "--on", "2025-09-09", "--json").json
    assert {clause["id"]: clause["verdict"] for clause in view["clauses"]}["K06"] == "unknown"
    assert demo("report", "--on", "2019-01-01").code == 2


def test_a_report_on_nothing_that_is_broken_or_unknown_is_kept(run, tmp_path, known_rules):
    """An empty record under the group's rules is unknown, so kept needs rules that ask for nothing."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(
        "rulebook:\n"
        "  id: tom\n"
        "  title: {da: Tom, en: Empty}\n"
        "  document: {da: Intet, en: Nothing}\n"
        "  in_force: {from: 2024-01-01, why: {da: x, en: y}}\n",
        encoding="utf-8",
    )
    assert run("rules", "check", folder).code == 0
    assert run("init", "--rules", folder).code == 0
    assert run("report", "--rules", folder).code == 0


def test_the_history_is_told(demo):
    answer = demo("history", "henvendelse-4.3")
    assert "september 2024: Beslut (referencegruppen): indmeldt → besluttet [historik]" in answer.out
    assert [event["kind"] for event in demo("history", "henvendelse-4.3", "--json").json] == [
        "added", "fact", "fact", "step", "step",
    ]  # fmt: skip
    assert demo("history", "henvendelse-9").code == 2


def test_every_command_of_the_list_is_there():
    found = set(cli.commands) | {
        f"{name} {inner}" for name in ("seats", "rules") for inner in cli.commands[name].commands
    }
    assert found >= set(COMMANDS)
    assert all(isinstance(command, Command | Group) for command in cli.commands.values())


def test_an_answer_from_what_was_known_on_an_earlier_day_says_so(run, demo):
    then = ("--known", "2025-09")
    assert run("items", *then).out == "Som kendt ved udgangen af 2025-09-30:\nIngen sag passer til det.\n"
    assert run("items", *then, "--json").json == []
    seats = run("seats", "show", "--on", "2025-09-09", *then, "--language", "en")
    assert seats.out.startswith("As known at the end of 2025-09-30:\n")
    assert run("report", *then, "--json").json["known"] == "2025-09-30"
    assert run("history", "ÆØ-1434", *then).out == "Som kendt ved udgangen af 2025-09-30:\n"
    for command in (("steps", "ÆØ-1434"), ("way", "ÆØ-1434", "besluttet")):
        answer = run(*command, *then)
        assert (answer.code, answer.out) == (2, "")
        assert "efter hvad der var skrevet ned til og med 30. september 2025" in " ".join(answer.err.split())
    assert "Som kendt" not in run("items", "--known", "2099").out
    assert run("items", "--known", "engang").code == 2
